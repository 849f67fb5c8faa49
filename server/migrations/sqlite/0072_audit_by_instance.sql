-- The rows of an instance in their order. Without it each start and each turn of retention read the whole audit, to find that
-- there is nothing of before instances were written down. The number of a row is the end of every index.
CREATE INDEX audit_by_instance ON audit (instance);
