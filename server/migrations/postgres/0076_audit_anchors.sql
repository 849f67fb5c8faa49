-- Where each chain of the audit saw the others stand, so that one that was put back to an earlier state, or taken away whole, is
-- found. `rows` counts those that retention has deleted, too, as `forgotten` does; `anchored` seals the holder's rows here.
CREATE TABLE audit_anchors (
    holder   TEXT COLLATE "C" NOT NULL,
    instance TEXT COLLATE "C" NOT NULL,
    rows     BIGINT NOT NULL,
    last     BYTEA NOT NULL,
    PRIMARY KEY (holder, instance)
);
ALTER TABLE audit_chain ADD COLUMN forgotten BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_chain ADD COLUMN anchored BYTEA;
