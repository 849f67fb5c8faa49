-- How services of projects were seen to be, whenever somebody looked: spans in which one stayed the same.
CREATE TABLE health (
    -- The project's ref.
    project TEXT NOT NULL,
    -- The API's word, as is that of the status.
    service TEXT NOT NULL,
    -- When it was seen so first, and last, in Unix seconds.
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (project, service, since)
) STRICT, WITHOUT ROWID;

CREATE INDEX health_until ON health (until);
