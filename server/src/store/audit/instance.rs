//! Which Steward this is: a name kept in the data directory, so that a new start knows the rows of its earlier runs.

use std::{fs, path::Path};

use rand::Rng;

use crate::{error::Error, store::crypto::hex};

const FILE: &str = "instance";

/// The instance of this data directory; made on the first start.
pub fn of(data_dir: &Path) -> Result<String, Error> {
    let path = data_dir.join(FILE);
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if !kept.trim().is_empty() {
        return Ok(kept.trim().to_owned());
    }
    let made = hex(&rand::rng().random::<[u8; 8]>());
    fs::write(&path, &made).map_err(|source| Error::DataDirectory { path, source })?;
    Ok(made)
}
