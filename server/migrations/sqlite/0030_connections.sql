-- What a sign-in reaches Supabase through. Its own row is its first connection; the others name it. Rows of before are
-- sign-ins with one connection each, and stay what they are.

ALTER TABLE accounts ADD COLUMN sign_in TEXT; -- key of the sign-in; NULL: it is one
ALTER TABLE accounts ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- 1: disconnected; only the sign-in is left of the row
ALTER TABLE accounts ADD COLUMN refreshed_at INTEGER NOT NULL DEFAULT 0; -- 0: never
CREATE INDEX accounts_by_sign_in ON accounts (sign_in) WHERE sign_in IS NOT NULL;
