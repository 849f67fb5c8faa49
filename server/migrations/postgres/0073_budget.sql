-- What is left of upstream's limits for all instances together. A key is a digest and names nobody; times are Unix milliseconds
-- by this server's clock, whatever those of the instances say.
CREATE TABLE budget_windows (
    key BYTEA PRIMARY KEY,
    -- When upstream counts anew.
    ends_at BIGINT NOT NULL,
    -- Whether an answer told so, and not only the first call's moment.
    told BOOLEAN NOT NULL,
    per_minute BIGINT NOT NULL,
    -- Calls that no instance has been given yet.
    ungiven BIGINT NOT NULL,
    -- What was given last: the answer to the statement that wrote the row.
    share BIGINT NOT NULL
);
CREATE INDEX budget_windows_by_end ON budget_windows (ends_at);

-- Which instances are there.
CREATE TABLE instances (
    instance TEXT COLLATE "C" PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
