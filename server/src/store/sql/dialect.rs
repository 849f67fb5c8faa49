//! Where the two engines speak differently.

/// An engine's way to say things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Behind a table's name: by which index it is to be read. PostgreSQL finds that out by itself.
    pub fn indexed_by(self, index: &str) -> String {
        match self {
            Self::Sqlite => format!(" INDEXED BY {index}"),
            Self::Postgres => String::new(),
        }
    }

    /// The function that makes rows with a column `value` of a JSON array, where a text argument is between the two.
    pub fn each(self) -> (&'static str, &'static str) {
        match self {
            Self::Sqlite => ("json_each(", ")"),
            Self::Postgres => ("jsonb_array_elements(CAST(", " AS jsonb))"),
        }
    }

    /// The function of a text and a part that says where the part begins; 0: it is not in there.
    pub fn position(self) -> &'static str {
        match self {
            Self::Sqlite => "instr",
            Self::Postgres => "strpos",
        }
    }

    /// Behind a SELECT whose rows are then changed: rows that somebody else is changing are left out. On SQLite nobody
    /// else is.
    pub fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }
}
