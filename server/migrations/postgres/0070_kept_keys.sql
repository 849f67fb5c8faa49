-- Keys that outlive a change of the secret key, sealed under it: that for MACs, on which the audit's chain and ids hang.
CREATE TABLE kept_keys (
    name   TEXT COLLATE "C" PRIMARY KEY,
    sealed BYTEA NOT NULL
);
