-- A plan that runs makes no further call once somebody has stopped it.
ALTER TABLE plans ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
