-- Sign-ins that end for good after a time, that their person can list and end, and whose grants are given back whatever
-- becomes of Supabase meanwhile.

ALTER TABLE accounts ADD COLUMN owner TEXT; -- keyed hash of the person's id; NULL of before, until it is used again
ALTER TABLE accounts ADD COLUMN signed_in_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0; -- to a few minutes
ALTER TABLE accounts ADD COLUMN details BLOB; -- sealed: the browser in words, and the organizations of the grant
-- When people of before signed in is not known: from now on at most.
UPDATE accounts SET signed_in_at = unixepoch(), used_at = unixepoch();
CREATE INDEX accounts_by_owner ON accounts (owner, signed_in_at);

-- Grants that have ended here and not yet at Supabase.
CREATE TABLE revocations (
    id       TEXT PRIMARY KEY,
    sealed   BLOB NOT NULL, -- the refresh token
    asked_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  INTEGER NOT NULL -- before this nobody tries
) STRICT, WITHOUT ROWID;
CREATE INDEX revocations_by_time ON revocations (next_at);

-- People used to be known by their address, which may come to belong to somebody else. The rows of the audit stay as
-- they are: whoever signs in first with an address of before takes the name that it had, once and for all.
CREATE TABLE people (
    alias  TEXT PRIMARY KEY, -- the id of before, as it stands in the audit
    person TEXT              -- whose it is; NULL until somebody has taken it
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_person ON people (person) WHERE person IS NOT NULL;
INSERT INTO people (alias) SELECT DISTINCT person FROM audit;
