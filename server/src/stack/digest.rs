//! A digest of several texts, each behind its length, so that no two lists of texts read the same.

use sha2::{Digest, Sha256};

pub(super) fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    digest.finalize().into()
}
