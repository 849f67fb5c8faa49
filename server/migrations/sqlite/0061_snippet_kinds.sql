-- What a named text is: `sql` for the SQL page, `logs` for a question to the logs.
ALTER TABLE snippets ADD COLUMN kind TEXT NOT NULL DEFAULT 'sql';
