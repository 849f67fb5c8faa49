-- Configurations as somebody has decided that they are to be, sealed; and what differed when they were last read.
CREATE TABLE baselines (
    -- The project's ref.
    project TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    -- Whose grant checks run on; NULL where none do.
    account TEXT,
    -- When the next check is due, in Unix seconds.
    check_at INTEGER
) STRICT;
CREATE INDEX baselines_by_check ON baselines (check_at) WHERE check_at IS NOT NULL;
