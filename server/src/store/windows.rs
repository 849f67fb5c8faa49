//! Rows that wait for the grid on the page that shows them, where another instance may be asked for them. On PostgreSQL
//! alone: on SQLite they wait in memory.

use std::{
    io::{self, Read, Write},
    time::Duration,
};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};

use super::{
    Store,
    crypto::{hashed, random_id},
    now, sql,
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "windows";
/// Windows of one account, at most; the oldest go first. One has some megabytes.
const EACH: i64 = 4;

impl Store {
    /// Keeps the pieces for this sign-in and so long, and gives the id that they are asked for with.
    pub async fn add_window(&self, account: &AccountKey, pieces: &[String], kept: Duration) -> Result<String, Error> {
        let id = random_id();
        let id_hash = hashed(&id);
        let packed = packed(pieces).map_err(|_| Error::Sealed { table: TABLE })?;
        let sealed = self.vault.seal_bytes(TABLE, &id_hash, &packed)?;
        sql::query("INSERT INTO windows (id_hash, account, sealed, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(&id_hash)
            .bind(account.as_str())
            .bind(sealed)
            .bind(now() + kept.as_secs() as i64)
            .execute(&self.pool)
            .await?;
        self.keep_newest(TABLE, "TRUE", account, &id_hash, EACH).await?;
        Ok(id)
    }

    /// The pieces, which are then gone; `None` where there are none for this sign-in (any more).
    pub async fn take_window(&self, account: &AccountKey, id: &str) -> Result<Option<Vec<String>>, Error> {
        let id_hash = hashed(id);
        let sealed: Option<Vec<u8>> = sql::query_scalar(
            "DELETE FROM windows WHERE id_hash = $1 AND account = $2 AND expires_at > $3 RETURNING sealed",
        )
        .bind(&id_hash)
        .bind(account.as_str())
        .bind(now())
        .fetch_optional(&self.pool)
        .await?;
        let Some(sealed) = sealed else { return Ok(None) };
        let packed = self.vault.open_bytes(TABLE, &id_hash, &sealed)?;
        unpacked(&packed).map(Some).map_err(|_| Error::Sealed { table: TABLE })
    }
}

/// Each piece on a line, compressed piece by piece: what is sealed and sent is then a small part of what it holds.
fn packed(pieces: &[String]) -> io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    for piece in pieces {
        packed.write_all(piece.as_bytes())?;
        packed.write_all(b"\n")?;
    }
    packed.finish()
}

fn unpacked(packed: &[u8]) -> io::Result<Vec<String>> {
    let mut text = String::new();
    DeflateDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text.lines().map(str::to_owned).collect())
}
