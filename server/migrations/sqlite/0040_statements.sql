-- SQL that people ran, and SQL that they gave a name; sealed, since a statement may hold a secret.
CREATE TABLE ran_statements (
    -- What nobody can make of person, project and statement without the key: the same statement is one row.
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    -- The project's ref.
    project TEXT NOT NULL,
    -- When it was last run, in Unix seconds.
    at INTEGER NOT NULL,
    -- What lists show of it.
    told BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX ran_statements_by_person ON ran_statements (person, project, at);
CREATE INDEX ran_statements_by_age ON ran_statements (at);

CREATE TABLE snippets (
    id TEXT PRIMARY KEY,
    -- Who alone may change it.
    person TEXT NOT NULL,
    -- The slug of the organization whose members may read it; NULL: nobody else.
    organization TEXT,
    -- What lists show of it.
    told BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX snippets_by_person ON snippets (person);
CREATE INDEX snippets_by_organization ON snippets (organization) WHERE organization IS NOT NULL;
