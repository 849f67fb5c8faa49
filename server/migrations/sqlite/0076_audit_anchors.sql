-- Where each chain of the audit saw the others stand, so that one that was put back to an earlier state, or taken away whole, is
-- found. `rows` counts those that retention has deleted, too, as `forgotten` does; `anchored` seals the holder's rows here.
CREATE TABLE audit_anchors (
    holder   TEXT NOT NULL,
    instance TEXT NOT NULL,
    rows     INTEGER NOT NULL,
    last     BLOB NOT NULL,
    PRIMARY KEY (holder, instance)
) STRICT;
ALTER TABLE audit_chain ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit_chain ADD COLUMN anchored BLOB;
