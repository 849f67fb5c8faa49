-- The TypeScript types of projects as they were seen last, and before they changed last; sealed.
CREATE TABLE seen_types (
    -- What nobody can make of the project and the schemas without the key.
    id TEXT PRIMARY KEY,
    -- When they were seen last, in Unix seconds.
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX seen_types_by_age ON seen_types (at);
