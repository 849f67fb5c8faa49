//! Tokens, codes and ids: shaped like the real ones, and each token says which world it belongs to.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Prefixes of the kinds of token.
pub const ACCESS: &str = "sbp_oauth_";
pub const REFRESH: &str = "sbp_refresh_";
pub const PERSONAL: &str = "sbp_";
/// How personal tokens begin that are for a part of what their person may.
pub const SCOPED: &str = "sbp_fc";

/// A world's number. The demo world is `demo` in text, all others are eight hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WorldId(u32);

impl WorldId {
    pub const DEMO: Self = Self(0);

    /// A number that no token of an earlier run of the sandbox is likely to carry.
    pub fn random() -> Self {
        // Below what would make a whole token look like a scoped one.
        Self(rand::random_range(1..0xfc00_0000))
    }
}

impl fmt::Display for WorldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::DEMO {
            f.write_str("demo")
        } else {
            write!(f, "{:08x}", self.0)
        }
    }
}

impl FromStr for WorldId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "demo" {
            Ok(Self::DEMO)
        } else {
            u32::from_str_radix(text, 16).map(Self)
        }
    }
}

/// A new token of the kind `prefix`: the world's number and 128 random bits, 40 hexadecimal digits in all.
pub fn token(prefix: &str, world: WorldId) -> String {
    format!("{prefix}{:08x}{:032x}", world.0, rand::random::<u128>())
}

/// A new scoped personal token: as long as the others, so two of its random digits give way to the mark.
pub fn scoped(world: WorldId) -> String {
    format!("{SCOPED}{:08x}{:030x}", world.0, rand::random::<u128>() >> 8)
}

/// A new authorization code: a UUID that begins with the world's number.
pub fn code(world: WorldId) -> String {
    let uuid = uuid(&random());
    format!("{:08x}{}", world.0, &uuid[8..])
}

/// The world that a token or code claims to belong to; whether it is valid, only that world knows.
pub fn world_of(token: &str) -> Option<WorldId> {
    let digits = [ACCESS, REFRESH, SCOPED, PERSONAL]
        .iter()
        .find_map(|prefix| token.strip_prefix(prefix))
        .unwrap_or(token);
    let first = digits
        .get(..8)
        .filter(|first| first.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(first, 16).ok().map(WorldId)
}

/// A UUID that depends on `seed` alone.
pub fn uuid(seed: &str) -> String {
    // ok: version 4 and the RFC's variant are set, as in the ids of the real service.
    let hex = format!("{:032x}", number(seed));
    format!(
        "{}-{}-4{}-8{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..]
    )
}

/// Twenty lower-case letters that depend on `seed` alone: the shape of project refs and organization slugs.
pub fn letters(seed: &str) -> String {
    Sha256::digest(seed)
        .iter()
        .take(20)
        .map(|byte| char::from(b'a' + byte % 26))
        .collect()
}

/// A seed that never comes again.
pub fn random() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// SHA-256 in hexadecimal digits: what the API answers in place of a secret.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// SHA-256 in base64 as it stands in URLs, 43 characters.
pub fn digest_base64(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// A number that depends on `seed` alone.
pub fn number(seed: &str) -> u128 {
    Sha256::digest(seed)
        .iter()
        .take(16)
        .fold(0, |number, byte| number << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_names_its_world() {
        let world = WorldId::random();
        for token in [
            token(ACCESS, world),
            token(REFRESH, world),
            token(PERSONAL, world),
            code(world),
        ] {
            assert_eq!(world_of(&token), Some(world), "{token}");
        }
        assert_eq!(world_of("sbp_"), None);
        assert_eq!(world_of("sbp_+1234567"), None);
        assert_eq!(world_of("ééééééééé"), None);
    }

    #[test]
    fn ids_have_the_real_shapes() {
        let reference = letters("x");
        assert!(reference.len() == 20 && reference.bytes().all(|byte| byte.is_ascii_lowercase()));
        let uuid = uuid("x");
        assert_eq!((uuid.len(), uuid.as_bytes()[14], uuid.as_bytes()[19]), (36, b'4', b'8'));
        assert_eq!("demo".parse(), Ok(WorldId::DEMO));
        let world = WorldId::random();
        assert_eq!(world.to_string().parse(), Ok(world));
    }
}
