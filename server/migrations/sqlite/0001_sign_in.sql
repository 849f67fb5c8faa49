-- Who is signed in. Times are Unix seconds; `sealed` columns are JSON under XChaCha20-Poly1305, bound to table and key.

CREATE TABLE sessions (
    id_hash    TEXT PRIMARY KEY, -- SHA-256 of the cookie's id: the database alone opens no session
    sealed     BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Sign-ins under way, each taken out by the one callback that brings its state.
CREATE TABLE sign_ins (
    state_hash TEXT PRIMARY KEY,
    browser    TEXT NOT NULL, -- the session's own mark, so that a state is worth nothing elsewhere
    sealed     BLOB NOT NULL, -- PKCE verifier and where the person wanted to go
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_browser ON sign_ins (browser, expires_at);

-- One row per sign-in: the tokens, and whose they are.
CREATE TABLE accounts (
    key               TEXT PRIMARY KEY,
    person            BLOB NOT NULL, -- sealed
    tokens            BLOB NOT NULL, -- sealed
    access_expires_at INTEGER,       -- NULL: a token without an end that we know of
    revision          INTEGER NOT NULL DEFAULT 0, -- grows with every refresh
    dead              INTEGER NOT NULL DEFAULT 0, -- 1: upstream refuses the grant for good
    lease             TEXT,          -- the instance that is refreshing
    lease_until       INTEGER NOT NULL DEFAULT 0,
    expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_expiry ON accounts (expires_at);

-- What came of forms, shown on the page they lead to.
CREATE TABLE notices (
    id_hash    TEXT PRIMARY KEY,
    account    TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_expiry ON notices (expires_at);
