-- Which projects the grant of a connection is limited to, so that a call of another one does not go through it.

ALTER TABLE accounts ADD COLUMN projects TEXT; -- refs with spaces between; empty: all of them; NULL: Supabase did not say
