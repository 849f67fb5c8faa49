-- Who carries a plan out; whoever did before writes nothing into it any more.
ALTER TABLE plans ADD COLUMN run TEXT;
