-- Through which of the person's connections a call went; NULL where there was no choice to be told, and of before.
ALTER TABLE audit ADD COLUMN connection TEXT;
