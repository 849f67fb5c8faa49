-- Findings of advisors that somebody lets stand, sealed.
CREATE TABLE accepted_findings (
    -- The project's ref.
    project TEXT NOT NULL,
    -- SHA-256 of the finding's key.
    finding TEXT NOT NULL,
    -- When it is a finding again, in Unix seconds.
    until INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (project, finding)
) STRICT, WITHOUT ROWID;

-- When each finding was seen first; that of an empty finding is when the project was looked at first.
CREATE TABLE seen_findings (
    project TEXT NOT NULL,
    finding TEXT NOT NULL,
    -- Unix seconds.
    since INTEGER NOT NULL,
    PRIMARY KEY (project, finding)
) STRICT, WITHOUT ROWID;
