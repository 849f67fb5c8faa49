-- The tables as SQLite has them after its migration of the same number, whose comments say what the columns hold. Texts are
-- compared byte by byte, as there; times are Unix seconds; `sealed` columns are encrypted.

-- The one function that SQLite has and PostgreSQL lacks: the clock that all instances share.
CREATE FUNCTION unixepoch() RETURNS BIGINT LANGUAGE sql VOLATILE
    AS 'SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)';

CREATE TABLE sessions (
    id_hash    TEXT COLLATE "C" PRIMARY KEY,
    sealed     BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_ins (
    state_hash TEXT COLLATE "C" PRIMARY KEY,
    browser    TEXT COLLATE "C" NOT NULL,
    sealed     BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_by_browser ON sign_ins (browser, expires_at);

CREATE TABLE accounts (
    key                TEXT COLLATE "C" PRIMARY KEY,
    person             BYTEA NOT NULL,
    tokens             BYTEA NOT NULL,
    access_expires_at  BIGINT,
    revision           BIGINT NOT NULL DEFAULT 0,
    dead               BOOLEAN NOT NULL DEFAULT FALSE,
    lease              TEXT COLLATE "C",
    lease_until        BIGINT NOT NULL DEFAULT 0,
    expires_at         BIGINT NOT NULL,
    admitted_at        BIGINT NOT NULL DEFAULT 0,
    admitted_as        TEXT COLLATE "C",
    admission_asked_at BIGINT NOT NULL DEFAULT 0,
    owner              TEXT COLLATE "C",
    signed_in_at       BIGINT NOT NULL DEFAULT 0,
    used_at            BIGINT NOT NULL DEFAULT 0,
    details            BYTEA,
    scopes             TEXT COLLATE "C",
    sign_in            TEXT COLLATE "C",
    removed            BOOLEAN NOT NULL DEFAULT FALSE,
    refreshed_at       BIGINT NOT NULL DEFAULT 0,
    projects           TEXT COLLATE "C"
);
CREATE INDEX accounts_by_expiry ON accounts (expires_at);
CREATE INDEX accounts_by_owner ON accounts (owner, signed_in_at);
CREATE INDEX accounts_by_sign_in ON accounts (sign_in) WHERE sign_in IS NOT NULL;

CREATE TABLE notices (
    id_hash    TEXT COLLATE "C" PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL,
    sealed     BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX notices_by_expiry ON notices (expires_at);
CREATE INDEX notices_by_account ON notices (account, expires_at);

CREATE TABLE revocations (
    id       TEXT COLLATE "C" PRIMARY KEY,
    sealed   BYTEA NOT NULL,
    asked_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at  BIGINT NOT NULL
);
CREATE INDEX revocations_by_time ON revocations (next_at);

CREATE TABLE people (
    alias  TEXT COLLATE "C" PRIMARY KEY,
    person TEXT COLLATE "C"
);
CREATE INDEX people_by_person ON people (person) WHERE person IS NOT NULL;

CREATE TABLE places (
    person       TEXT COLLATE "C" NOT NULL,
    key          TEXT COLLATE "C" NOT NULL,
    project      TEXT COLLATE "C",
    own          TEXT COLLATE "C",
    organization TEXT COLLATE "C",
    seen_at      BIGINT NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX places_by_time ON places (seen_at);

CREATE TABLE plans (
    id_hash    TEXT COLLATE "C" PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL,
    sealed     BYTEA NOT NULL,
    phase      TEXT COLLATE "C" NOT NULL,
    written_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    stopped    BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX plans_by_account ON plans (account, expires_at);
CREATE INDEX plans_by_end ON plans (expires_at);

CREATE TABLE baselines (
    project  TEXT COLLATE "C" PRIMARY KEY,
    sealed   BYTEA NOT NULL,
    account  TEXT COLLATE "C",
    check_at BIGINT
);
CREATE INDEX baselines_by_check ON baselines (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE accepted_findings (
    project TEXT COLLATE "C" NOT NULL,
    finding TEXT COLLATE "C" NOT NULL,
    until   BIGINT NOT NULL,
    sealed  BYTEA NOT NULL,
    PRIMARY KEY (project, finding)
);

CREATE TABLE seen_findings (
    project TEXT COLLATE "C" NOT NULL,
    finding TEXT COLLATE "C" NOT NULL,
    since   BIGINT NOT NULL,
    PRIMARY KEY (project, finding)
);

CREATE TABLE ran_statements (
    id      TEXT COLLATE "C" PRIMARY KEY,
    person  TEXT COLLATE "C" NOT NULL,
    project TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    told    BYTEA NOT NULL,
    sealed  BYTEA NOT NULL,
    written BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX ran_statements_by_person ON ran_statements (person, project, at);
CREATE INDEX ran_statements_by_age ON ran_statements (at);

CREATE TABLE snippets (
    id           TEXT COLLATE "C" PRIMARY KEY,
    person       TEXT COLLATE "C" NOT NULL,
    organization TEXT COLLATE "C",
    told         BYTEA NOT NULL,
    sealed       BYTEA NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL DEFAULT 'sql'
);
CREATE INDEX snippets_by_person ON snippets (person);
CREATE INDEX snippets_by_organization ON snippets (organization) WHERE organization IS NOT NULL;

CREATE TABLE production_marks (
    project TEXT COLLATE "C" PRIMARY KEY,
    sealed  BYTEA NOT NULL
);

CREATE TABLE health (
    project TEXT COLLATE "C" NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    since   BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    status  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project, service, since)
);
CREATE INDEX health_until ON health (until);

CREATE TABLE seen_types (
    id     TEXT COLLATE "C" PRIMARY KEY,
    at     BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX seen_types_by_age ON seen_types (at);

CREATE TABLE audit (
    id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at               TEXT COLLATE "C" NOT NULL,
    instance         TEXT COLLATE "C" NOT NULL,
    person           TEXT COLLATE "C" NOT NULL,
    label            TEXT COLLATE "C" NOT NULL,
    through          TEXT COLLATE "C" NOT NULL,
    operation        TEXT COLLATE "C" NOT NULL,
    area             TEXT COLLATE "C" NOT NULL,
    scope_kind       TEXT COLLATE "C" CHECK (scope_kind IN ('project', 'organization')),
    scope            TEXT COLLATE "C",
    sentence         TEXT COLLATE "C" NOT NULL,
    marks            TEXT COLLATE "C" NOT NULL,
    parameters       TEXT COLLATE "C" NOT NULL,
    effect           TEXT COLLATE "C" NOT NULL CHECK (effect IN ('read', 'write', 'costly', 'destructive')),
    decision         TEXT COLLATE "C" NOT NULL,
    outcome          TEXT COLLATE "C" NOT NULL
        CHECK (outcome IN ('started', 'done', 'refused', 'unanswered', 'unknown')),
    status           BIGINT,
    message          TEXT COLLATE "C",
    request_id       TEXT COLLATE "C",
    budget_remaining BIGINT,
    budget_limit     BIGINT,
    duration_ms      BIGINT,
    organization     TEXT COLLATE "C",
    reached          BOOLEAN NOT NULL DEFAULT FALSE,
    previous         BYTEA,
    hash             BYTEA,
    end_hash         BYTEA,
    connection       TEXT COLLATE "C"
);
CREATE INDEX audit_by_person ON audit (person, at, id);
CREATE INDEX audit_by_scope ON audit (scope_kind, scope, at, id) WHERE reached;
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_instance ON audit (instance, id);
CREATE INDEX audit_started ON audit (at) WHERE outcome = 'started';
CREATE INDEX audit_of_deleted ON audit (organization, scope)
    WHERE operation = 'v1-delete-a-project' AND outcome = 'done' AND scope_kind = 'project';

CREATE TABLE audit_chain (
    instance TEXT COLLATE "C" PRIMARY KEY,
    rows     BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    first    BYTEA NOT NULL,
    last     BYTEA NOT NULL,
    old      BOOLEAN NOT NULL,
    broken   TEXT COLLATE "C",
    mac      BYTEA NOT NULL
);
