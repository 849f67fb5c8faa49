-- The audit gets a page: what a call came through, its area, what Steward decided, what was left of the budget; and an
-- outcome for writes whose end nobody saw. SQLite changes no CHECK in place, so the rows move to a new table.

CREATE TABLE audit_new (
    id               INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice, even if rows are deleted
    at               TEXT NOT NULL,    -- RFC 3339, UTC, milliseconds: sorts as text
    instance         TEXT NOT NULL,    -- the Steward that made the call; '' of before this column
    person           TEXT NOT NULL,
    label            TEXT NOT NULL,    -- the person in a sentence
    through          TEXT NOT NULL,    -- 'console', 'explorer'; more ways in will come, so there is no CHECK
    operation        TEXT NOT NULL,    -- the API's operation id
    area             TEXT NOT NULL,    -- the operation's part of the API
    scope_kind       TEXT CHECK (scope_kind IN ('project', 'organization')),
    scope            TEXT,             -- project ref or organization slug
    sentence         TEXT NOT NULL,    -- the whole, in plain English
    marks            TEXT NOT NULL,    -- JSON: [begin, end] of each name in the sentence, in bytes
    parameters       TEXT NOT NULL,    -- JSON, secret ones replaced
    effect           TEXT NOT NULL CHECK (effect IN ('read', 'write', 'costly', 'destructive')),
    decision         TEXT NOT NULL,    -- 'allowed', or 'refused' by Steward itself; policies will add to it
    outcome          TEXT NOT NULL CHECK (outcome IN ('started', 'done', 'refused', 'unanswered', 'unknown')),
    status           INTEGER,          -- upstream's, where it answered
    message          TEXT,             -- why it was not done, or why that is not known
    request_id       TEXT,             -- upstream's number of the request, where it tells one
    budget_remaining INTEGER,          -- calls left in the window, as upstream told
    budget_limit     INTEGER,
    duration_ms      INTEGER           -- NULL until it is over
) STRICT;

INSERT INTO audit_new (
    id, at, instance, person, label, through, operation, area, scope_kind, scope, sentence, marks, parameters, effect,
    decision, outcome, status, message, duration_ms
)
SELECT
    id, at, '', person, label, 'console', operation,
    -- The operations that Steward could call before this migration.
    CASE
        WHEN operation LIKE 'v1-get-project-usage-%' THEN 'analytics'
        WHEN operation = 'v1-get-profile' THEN 'profile'
        WHEN operation IN (
            'v1-list-all-organizations', 'v1-create-an-organization', 'v1-get-an-organization',
            'v1-get-organization-entitlements', 'v1-list-organization-members'
        ) THEN 'organizations'
        ELSE 'projects'
    END,
    CASE
        WHEN scope IS NULL THEN NULL
        WHEN operation IN (
            'v1-get-an-organization', 'v1-get-organization-entitlements', 'v1-list-organization-members',
            'v1-get-all-projects-for-organization', 'v1-create-a-project', 'v1-get-available-regions'
        ) THEN 'organization'
        ELSE 'project'
    END,
    scope, sentence, '[]', parameters, effect,
    -- What upstream refused has its status.
    CASE WHEN outcome = 'refused' AND status IS NULL THEN 'refused' ELSE 'allowed' END,
    outcome, status, message, duration_ms
FROM audit;

UPDATE sqlite_sequence
SET seq = max(seq, (SELECT seq FROM sqlite_sequence WHERE name = 'audit'))
WHERE name = 'audit_new';
DROP TABLE audit;
ALTER TABLE audit_new RENAME TO audit;

-- A person sees their own calls and those in places they can list, newest first. The columns behind `id` are what is
-- filtered by: a filter that fits little is answered from the index alone.
CREATE INDEX audit_by_person ON audit (person, at, id, scope, area, effect, outcome, through, label);
CREATE INDEX audit_by_scope ON audit (scope_kind, scope, at, id, area, effect, outcome, through, label);
-- Exports.
CREATE INDEX audit_by_time ON audit (at, id);
-- Writes whose end has not been seen.
CREATE INDEX audit_started ON audit (at) WHERE outcome = 'started';
