//! Vault: seals what may not lie readable in the database.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use rand::Rng;
use secrecy::{ExposeSecret, SecretSlice};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::error::Error;

const NONCE: usize = 24;

/// Bytes of a [`Vault::mac`].
pub const MAC: usize = 32;

/// Seals and opens with XChaCha20-Poly1305. What is sealed for one row of one table opens nowhere else.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    /// HMAC-SHA256 under a key of its own, derived from the secret key that the installation began with.
    mac: Hmac<Sha256>,
    mac_key: SecretSlice<u8>,
    /// Of the key of before, while it is changed: it opens, and seals nothing.
    old: Option<Box<Vault>>,
}

/// Under which key something is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    Current,
    Old,
    /// Neither opens it.
    Neither,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// `key` has 32 bytes; see [`super::key`].
    pub fn new(key: &SecretSlice<u8>) -> Result<Self, Error> {
        let derived = authenticating(key)?.chain_update("steward message authentication");
        let mac_key = SecretSlice::from(derived.finalize().into_bytes().to_vec());
        Ok(Self {
            cipher: XChaCha20Poly1305::new_from_slice(key.expose_secret()).map_err(|_| unfit())?,
            mac: authenticating(&mac_key)?,
            mac_key,
            old: None,
        })
    }

    /// Opens what is sealed under the `old` key, too.
    pub fn with_old(self, old: &SecretSlice<u8>) -> Result<Self, Error> {
        let old = Some(Box::new(Self::new(old)?));
        Ok(Self { old, ..self })
    }

    /// Makes MACs under this key instead, see [`Vault::mac_key`].
    pub fn with_mac_key(self, mac_key: SecretSlice<u8>) -> Result<Self, Error> {
        Ok(Self {
            mac: authenticating(&mac_key)?,
            mac_key,
            ..self
        })
    }

    /// What MACs are made under. It is to outlive the secret key.
    pub fn mac_key(&self) -> &SecretSlice<u8> {
        &self.mac_key
    }

    /// The vault of before, while the secret key is changed.
    pub fn old(&self) -> Option<&Self> {
        self.old.as_deref()
    }

    /// What nobody can make of these fields who does not hold the key. Each is told apart from its neighbours and from one
    /// that is not there; `purpose` keeps the uses apart.
    pub fn mac(&self, purpose: &str, fields: &[Option<&[u8]>]) -> [u8; MAC] {
        let mut mac = self.mac.clone();
        for field in [Some(purpose.as_bytes())].iter().chain(fields) {
            match field {
                Some(bytes) => {
                    mac.update(&(bytes.len() as u64).to_be_bytes());
                    mac.update(bytes);
                }
                None => mac.update(&u64::MAX.to_be_bytes()),
            }
        }
        mac.finalize().into_bytes().into()
    }

    /// The nonce, then the ciphertext of `value` as JSON.
    pub fn seal<T: Serialize>(&self, table: &'static str, row: &str, value: &T) -> Result<Vec<u8>, Error> {
        self.seal_bytes(table, row, &serde_json::to_vec(value)?)
    }

    /// The same of bytes as they are.
    pub fn seal_bytes(&self, table: &'static str, row: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let aad = place(table, row);
        let mut sealed = nonce.to_vec();
        let ciphertext = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_| Error::Sealed { table })?;
        sealed.extend(ciphertext);
        Ok(sealed)
    }

    /// Fails when the key is another one, and when the row was tampered with or moved.
    pub fn open<T: DeserializeOwned>(&self, table: &'static str, row: &str, sealed: &[u8]) -> Result<T, Error> {
        let plain = self.open_bytes(table, row, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| Error::Sealed { table })
    }

    /// The same of bytes as they were.
    pub fn open_bytes(&self, table: &'static str, row: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let (_, plain) = self.plain(table, row, sealed).ok_or(Error::Sealed { table })?;
        Ok(plain)
    }

    /// Under which of the keys it is sealed.
    pub fn under(&self, table: &'static str, row: &str, sealed: &[u8]) -> Under {
        self.plain(table, row, sealed)
            .map_or(Under::Neither, |(under, _)| under)
    }

    /// What is sealed under the old key, sealed under the current one; `None`: it is not.
    pub fn reseal(&self, table: &'static str, row: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        match self.plain(table, row, sealed) {
            Some((Under::Old, plain)) => self.seal_bytes(table, row, &plain).map(Some),
            Some((Under::Current | Under::Neither, _)) | None => Ok(None),
        }
    }

    fn plain(&self, table: &'static str, row: &str, sealed: &[u8]) -> Option<(Under, Vec<u8>)> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
        let aad = place(table, row);
        let payload = || Payload {
            msg: ciphertext,
            aad: &aad,
        };
        let with = |vault: &Self| vault.cipher.decrypt(&XNonce::from(*nonce), payload()).ok();
        let old = || Some((Under::Old, with(self.old()?)?));
        with(self).map(|plain| (Under::Current, plain)).or_else(old)
    }
}

fn unfit() -> Error {
    Error::Configuration("The secret key must have 32 bytes.".to_owned())
}

fn authenticating(key: &SecretSlice<u8>) -> Result<Hmac<Sha256>, Error> {
    Hmac::new_from_slice(key.expose_secret()).map_err(|_| unfit())
}

/// Where a sealed value belongs; the zero byte keeps table and row apart.
fn place(table: &str, row: &str) -> Vec<u8> {
    [table.as_bytes(), row.as_bytes()].join(&0)
}

/// 128 random bits as hex: keys of rows and one-time ids.
pub fn random_id() -> String {
    hex(&rand::rng().random::<[u8; 16]>())
}

/// What is stored instead of an id that is itself a credential.
pub fn hashed(id: &str) -> String {
    hex(&Sha256::digest(id.as_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(byte: u8) -> Vault {
        Vault::new(&SecretSlice::from(vec![byte; 32])).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_row_only() {
        let sealed = vault(1).seal("accounts", "a", &"token").unwrap();
        assert!(!sealed.windows(5).any(|window| window == b"token"));
        assert_eq!(vault(1).open::<String>("accounts", "a", &sealed).unwrap(), "token");
        for (vault, table, row) in [
            (vault(1), "accounts", "b"),
            (vault(1), "notices", "a"),
            (vault(2), "accounts", "a"),
        ] {
            assert!(matches!(
                vault.open::<String>(table, row, &sealed),
                Err(Error::Sealed { .. })
            ));
        }
    }

    #[test]
    fn tampering_is_noticed() {
        let sealed = vault(1).seal("accounts", "a", &"token").unwrap();
        for position in [0, NONCE, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(vault(1).open::<String>("accounts", "a", &changed).is_err());
        }
        assert!(vault(1).open::<String>("accounts", "a", &sealed[..10]).is_err());
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let vault = vault(1);
        assert_ne!(vault.seal("t", "r", &1).unwrap(), vault.seal("t", "r", &1).unwrap());
    }

    #[test]
    fn what_was_sealed_under_the_old_key_opens_and_is_sealed_anew() {
        let old = vault(1).seal("accounts", "a", &"token").unwrap();
        let both = vault(2).with_old(&SecretSlice::from(vec![1; 32])).unwrap();
        assert_eq!(both.open::<String>("accounts", "a", &old).unwrap(), "token");
        assert_eq!(both.under("accounts", "a", &old), Under::Old);
        assert_eq!(both.under("accounts", "b", &old), Under::Neither);
        let anew = both.reseal("accounts", "a", &old).unwrap().unwrap();
        assert_eq!(vault(2).open::<String>("accounts", "a", &anew).unwrap(), "token");
        assert_eq!(both.under("accounts", "a", &anew), Under::Current);
        assert_eq!(both.reseal("accounts", "a", &anew).unwrap(), None);
        assert_eq!(both.reseal("accounts", "b", &old).unwrap(), None);
        // What it seals itself is never under the old one.
        let own = both.seal("accounts", "a", &"token").unwrap();
        assert_eq!(both.under("accounts", "a", &own), Under::Current);
    }

    #[test]
    fn macs_stay_what_they_were_under_the_key_of_before() {
        let kept = vault(1).mac_key().clone();
        let of = |vault: &Vault| vault.mac("p", &[Some(b"a")]);
        assert_eq!(of(&vault(2).with_mac_key(kept).unwrap()), of(&vault(1)));
    }

    #[test]
    fn a_mac_tells_fields_apart() {
        let of = |purpose: &str, fields: &[Option<&[u8]>]| vault(1).mac(purpose, fields);
        let one = of("p", &[Some(b"ab"), Some(b"c")]);
        assert_eq!(one, of("p", &[Some(b"ab"), Some(b"c")]));
        assert_ne!(one, of("p", &[Some(b"a"), Some(b"bc")]));
        assert_ne!(one, of("q", &[Some(b"ab"), Some(b"c")]));
        assert_ne!(of("p", &[Some(b"")]), of("p", &[None]));
        assert_ne!(one, vault(2).mac("p", &[Some(b"ab"), Some(b"c")]));
    }
}
