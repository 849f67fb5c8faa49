-- What belongs to what, as Supabase's answers to a person told it: whose branch or snippet something is, and which
-- organization a project is of. It outlives restarts and what it is about. What one person has learned is used for that
-- person's calls only.
CREATE TABLE places (
    person       TEXT NOT NULL,
    key          TEXT NOT NULL,    -- ref of a project, id of a branch or snippet
    project      TEXT,             -- ref of the project that it belongs to; production's own is itself
    own          TEXT,             -- ref of a branch's own project, where the key is its id
    organization TEXT,             -- slug
    seen_at      INTEGER NOT NULL, -- Unix seconds, to a day or so
    PRIMARY KEY (person, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_by_time ON places (seen_at);
