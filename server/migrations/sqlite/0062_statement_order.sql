-- In which order statements of one second were run: Unix time in microseconds, and something smaller of those of before.
ALTER TABLE ran_statements ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
UPDATE ran_statements SET written = rowid;
