-- When somebody was last found to be of those who may sign in, and under which list of them.
ALTER TABLE accounts ADD COLUMN admitted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN admitted_as TEXT;
-- When that was last asked, so that one request asks for all that come at once.
ALTER TABLE accounts ADD COLUMN admission_asked_at INTEGER NOT NULL DEFAULT 0;
