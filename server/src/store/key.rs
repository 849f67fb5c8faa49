//! The secret key: given by configuration, or made on first start and kept in a file only we can read.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use rand::Rng;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::crypto::{Vault, hex};
use crate::error::Error;

const FILE: &str = "secret.key";

/// Makes the data directory, readable by nobody else, where there is none.
///
/// # Errors
/// It cannot be made, or others may look into one that is there: what they may have taken from it cannot be undone here.
pub fn make_data_dir(path: &Path) -> Result<(), Error> {
    let failed = |source| Error::DataDirectory {
        path: path.to_owned(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(failed)?;
    match open_to_others(path).map_err(failed)? {
        None => Ok(()),
        Some(mode) => Err(Error::Configuration(format!(
            "The data directory {} is open to others (mode {mode:o}). Run `chmod 700` on it; if somebody may have read \
             secret.key or steward.db in it, delete both: everybody then signs in anew.",
            path.display()
        ))),
    }
}

/// The mode of what others than its owner may read, write or enter.
fn open_to_others(path: &Path) -> std::io::Result<Option<u32>> {
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    Ok((mode & 0o077 != 0).then_some(mode))
}

/// Whether the data directory holds a key.
pub fn is_made(data_dir: &Path) -> bool {
    data_dir.join(FILE).exists()
}

/// The key of the configuration, else that of the data directory, which is made when there is none.
pub fn load(configured: Option<&SecretString>, data_dir: &Path) -> Result<SecretSlice<u8>, Error> {
    if let Some(text) = configured {
        return given("STEWARD_SECRET_KEY", text);
    }
    let path = data_dir.join(FILE);
    let unusable = |reason: String| Error::SecretKey {
        path: path.clone(),
        reason,
    };
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match made {
        Ok(mut file) => {
            let key: [u8; 32] = rand::rng().random();
            writeln!(file, "{}", hex(&key))
                .and_then(|()| file.sync_all())
                .map_err(|e| unusable(e.to_string()))?;
            Ok(SecretSlice::from(key.to_vec()))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if let Some(mode) = open_to_others(&path).map_err(|e| unusable(e.to_string()))? {
                return Err(unusable(format!(
                    "others may read it (mode {mode:o}). Run `chmod 600` on it; if somebody may have copied it, change the key: \
                     move the file away and name it with STEWARD_SECRET_KEY_OLD_FILE, and a new one is made."
                )));
            }
            let text = fs::read_to_string(&path).map_err(|e| unusable(e.to_string()))?;
            decode(&text).ok_or_else(|| unusable("it does not hold 32 bytes as hex.".to_owned()))
        }
        Err(error) => Err(unusable(error.to_string())),
    }
}

/// The vault of these keys: it seals under the secret key, see [`load`], and opens what is under that of before as well.
///
/// # Errors
/// A key is none, or both are the same.
pub fn vault(configured: Option<&SecretString>, old: Option<&SecretString>, data_dir: &Path) -> Result<Vault, Error> {
    let key = load(configured, data_dir)?;
    let vault = Vault::new(&key)?;
    let Some(old) = old else {
        return Ok(vault);
    };
    let old = given("STEWARD_SECRET_KEY_OLD", old)?;
    if old.expose_secret() == key.expose_secret() {
        return Err(Error::Configuration(
            "STEWARD_SECRET_KEY_OLD is the secret key itself. Give the key of before, or unset it.".to_owned(),
        ));
    }
    vault.with_old(&old)
}

fn given(variable: &str, text: &SecretString) -> Result<SecretSlice<u8>, Error> {
    decode(text.expose_secret()).ok_or_else(|| {
        Error::Configuration(format!(
            "{variable} must be 32 bytes as hex or base64: try `openssl rand -hex 32`."
        ))
    })
}

pub(super) fn decode(text: &str) -> Option<SecretSlice<u8>> {
    let text = text.trim();
    let bytes = if text.len() == 64 {
        (0..32)
            .map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok())
            .collect::<Option<Vec<u8>>>()?
    } else {
        BASE64_STANDARD.decode(text).ok()?
    };
    (bytes.len() == 32).then(|| SecretSlice::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_base64_are_both_read() {
        let hex = decode(&"ab".repeat(32)).unwrap();
        let base64 = decode(&BASE64_STANDARD.encode([0xab; 32])).unwrap();
        assert_eq!(hex.expose_secret(), base64.expose_secret());
        for wrong in ["", "short", &"zz".repeat(32), &BASE64_STANDARD.encode([1; 31])] {
            assert!(decode(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn an_open_directory_is_refused_and_a_new_one_is_closed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/data");
        make_data_dir(&path).unwrap();
        assert_eq!(open_to_others(&path).unwrap(), None);
        make_data_dir(&path).unwrap();
        for mode in [0o755, 0o750, 0o701] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let refusal = make_data_dir(&path).unwrap_err().to_string();
            assert!(refusal.contains("chmod 700"), "{refusal}");
        }
    }

    #[test]
    fn the_file_is_made_once_and_must_stay_private() {
        let dir = tempfile::tempdir().unwrap();
        let first = load(None, dir.path()).unwrap();
        assert_eq!(first.expose_secret(), load(None, dir.path()).unwrap().expose_secret());
        let path = dir.path().join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refusal = load(None, dir.path()).unwrap_err().to_string();
        assert!(refusal.contains("chmod 600"), "{refusal}");
    }
}
