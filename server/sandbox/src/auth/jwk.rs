//! JSON web keys in the right shape: their numbers are derived, so no token was ever signed with one.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The algorithms, each with the key type, the curve, and the members of the public and of the private half.
struct Shape {
    algorithm: &'static str,
    kty: &'static str,
    curve: Option<&'static str>,
    public: &'static [&'static str],
    private: &'static [&'static str],
}

const SHAPES: [Shape; 4] = [
    Shape {
        algorithm: "ES256",
        kty: "EC",
        curve: Some("P-256"),
        public: &["x", "y"],
        private: &["d"],
    },
    Shape {
        algorithm: "RS256",
        kty: "RSA",
        curve: None,
        public: &["n", "e"],
        private: &["d", "p", "q", "dp", "dq", "qi"],
    },
    Shape {
        algorithm: "EdDSA",
        kty: "OKP",
        curve: Some("Ed25519"),
        public: &["x"],
        private: &["d"],
    },
    Shape {
        algorithm: "HS256",
        kty: "oct",
        curve: None,
        public: &[],
        private: &["k"],
    },
];

fn shape(algorithm: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.algorithm == algorithm)
}

/// Whether there is such an algorithm.
pub fn is_known(algorithm: &str) -> bool {
    shape(algorithm).is_some()
}

/// As many bytes as asked for, in base64, that depend on `seed` alone.
fn number(seed: &str, bytes: usize) -> String {
    let digests = (0u8..).flat_map(|round| Sha256::digest(format!("{seed} {round}")));
    BASE64_URL_SAFE_NO_PAD.encode(digests.take(bytes).collect::<Vec<_>>())
}

/// The public half of the key `id`; `None` for a shared secret, which has none. Of a key that came from outside, the
/// members are those of `own`.
pub fn public(algorithm: &str, id: &str, own: Option<&Map<String, Value>>) -> Option<Value> {
    let shape = shape(algorithm).filter(|shape| !shape.public.is_empty())?;
    let mut key = json!({ "kid": id, "kty": shape.kty, "alg": algorithm, "key_ops": ["verify"], "ext": true });
    if let Some(curve) = shape.curve {
        key["crv"] = json!(curve);
    }
    for member in shape.public {
        key[*member] = match own.and_then(|own| own.get(*member)) {
            Some(own) => own.clone(),
            None if *member == "e" => json!("AQAB"),
            None if *member == "n" => json!(number(&format!("{id} n"), 256)),
            None => json!(number(&format!("{id} {member}"), 32)),
        };
    }
    Some(key)
}

/// Whether `key` is a private key for the algorithm.
///
/// # Errors
/// What is missing or does not fit.
pub fn check_private(algorithm: &str, key: &Value) -> Result<(), String> {
    let (Some(shape), Some(key)) = (shape(algorithm), key.as_object()) else {
        return Err("private_jwk: expected a JSON web key.".to_owned());
    };
    let expect = |member: &str, value: &str| match key.get(member) {
        Some(given) if given == value => Ok(()),
        _ => Err(format!("private_jwk.{member}: expected {value} for {algorithm}.")),
    };
    expect("kty", shape.kty)?;
    if let Some(curve) = shape.curve {
        expect("crv", curve)?;
    }
    if key.contains_key("alg") {
        expect("alg", algorithm)?;
    }
    if shape.kty == "RSA" {
        expect("e", "AQAB")?;
    }
    for member in shape.public.iter().chain(shape.private) {
        if !key.get(*member).is_some_and(Value::is_string) {
            return Err(format!("private_jwk.{member}: expected a text."));
        }
    }
    if shape.kty == "oct" && key["k"].as_str().is_none_or(|secret| secret.chars().count() < 16) {
        return Err("private_jwk.k: expected at least 16 characters.".to_owned());
    }
    Ok(())
}
