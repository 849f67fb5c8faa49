-- Changes of several calls, drawn up, shown and then made; sealed, since what they are made with may be secret.
CREATE TABLE plans (
    id_hash TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    sealed BLOB NOT NULL,
    -- drawn, running or ended
    phase TEXT NOT NULL,
    -- When it was last written; while it runs that is at each call.
    written_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_by_account ON plans (account, expires_at);
CREATE INDEX plans_by_end ON plans (expires_at);
