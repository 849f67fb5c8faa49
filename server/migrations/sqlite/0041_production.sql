-- Projects that somebody has marked as production.
CREATE TABLE production_marks (
    -- The project's ref.
    project TEXT PRIMARY KEY,
    -- Who has marked it and when.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
