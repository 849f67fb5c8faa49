-- Who did what. Writes stand here before they leave, reads after they came back; never a token or a secret.

CREATE TABLE audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice, even if rows are deleted
    at          TEXT NOT NULL,    -- RFC 3339, UTC, milliseconds: sorts as text
    person      TEXT NOT NULL,
    label       TEXT NOT NULL,    -- the person in a sentence
    operation   TEXT NOT NULL,    -- the API's operation id
    scope       TEXT,             -- project ref or organization slug
    sentence    TEXT NOT NULL,    -- the whole, in plain English
    parameters  TEXT NOT NULL,    -- JSON, secret ones replaced
    effect      TEXT NOT NULL CHECK (effect IN ('read', 'write', 'destructive')),
    outcome     TEXT NOT NULL CHECK (outcome IN ('started', 'done', 'refused', 'unanswered')),
    status      INTEGER,          -- upstream's, where it answered
    message     TEXT,             -- why it was not done
    duration_ms INTEGER           -- NULL until it is over
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_scope ON audit (scope, at);
CREATE INDEX audit_by_person ON audit (person, at);
