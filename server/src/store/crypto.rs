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
    /// HMAC-SHA256 under a key of its own, derived from the secret key.
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// `key` has 32 bytes; see [`super::key`].
    pub fn new(key: &SecretSlice<u8>) -> Result<Self, Error> {
        let unfit = || Error::Configuration("The secret key must have 32 bytes.".to_owned());
        let cipher = XChaCha20Poly1305::new_from_slice(key.expose_secret()).map_err(|_| unfit())?;
        let derive = Hmac::<Sha256>::new_from_slice(key.expose_secret()).map_err(|_| unfit())?;
        let derived = derive
            .chain_update("steward message authentication")
            .finalize()
            .into_bytes();
        let mac = Hmac::new_from_slice(&derived).map_err(|_| unfit())?;
        Ok(Self { cipher, mac })
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
        let plain = serde_json::to_vec(value)?;
        let nonce: [u8; NONCE] = rand::rng().random();
        let aad = place(table, row);
        let mut sealed = nonce.to_vec();
        let ciphertext = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &aad })
            .map_err(|_| Error::Sealed { table })?;
        sealed.extend(ciphertext);
        Ok(sealed)
    }

    /// Fails when the key is another one, and when the row was tampered with or moved.
    pub fn open<T: DeserializeOwned>(&self, table: &'static str, row: &str, sealed: &[u8]) -> Result<T, Error> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(Error::Sealed { table })?;
        let aad = place(table, row);
        let plain = self
            .cipher
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: ciphertext,
                    aad: &aad,
                },
            )
            .map_err(|_| Error::Sealed { table })?;
        serde_json::from_slice(&plain).map_err(|_| Error::Sealed { table })
    }
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
