-- What the grant of a sign-in was given, so that a page can say beforehand what it does not cover.

ALTER TABLE accounts ADD COLUMN scopes TEXT; -- words with spaces between, as Supabase told them; NULL: it did not
