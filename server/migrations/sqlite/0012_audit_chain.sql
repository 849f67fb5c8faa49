-- The audit becomes a chain: every row carries the hash of the one before it and one of its own, both keyed. The hashes of
-- the rows that are there are made by Steward, which holds the key, at its next start.

ALTER TABLE audit ADD COLUMN organization TEXT; -- slug of the organization that the place belongs to, where it is known
-- 1: whoever made the call could reach the place, so its people see the row; else its maker alone does.
ALTER TABLE audit ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN previous BLOB; -- hash of the row before it, of the same instance
ALTER TABLE audit ADD COLUMN hash BLOB;     -- of `previous` and all that was known before the call left
ALTER TABLE audit ADD COLUMN end_hash BLOB; -- of `hash` and what came of the call; NULL until it is over

UPDATE audit SET
    organization = CASE WHEN scope_kind = 'organization' THEN scope END,
    -- A refusal does not tell whether its reader was let in.
    reached = outcome = 'done';

-- One row per instance: where its chain stands, itself keyed, so that rows taken off either end are missed.
CREATE TABLE audit_chain (
    instance TEXT PRIMARY KEY,
    rows     INTEGER NOT NULL, -- that are in the table
    ended    INTEGER NOT NULL, -- of them those whose end is known
    first    BLOB NOT NULL,    -- hash of the row before the oldest
    last     BLOB NOT NULL,    -- hash of the newest
    old      INTEGER NOT NULL, -- 1 while rows of before the chain are being taken in
    broken   TEXT,             -- when Steward found that this row had been changed or taken away
    mac      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Others see only what was reached.
DROP INDEX audit_by_scope;
CREATE INDEX audit_by_scope ON audit (scope_kind, scope, at, id, area, effect, outcome, through, label) WHERE reached = 1;
-- Projects that are no more: their rows are for the people of the organization.
CREATE INDEX audit_of_deleted ON audit (organization, scope)
    WHERE operation = 'v1-delete-a-project' AND outcome = 'done' AND scope_kind = 'project';
