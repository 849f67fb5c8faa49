-- The clock that all instances share, finer than seconds: Unix microseconds.
CREATE FUNCTION unixmicros() RETURNS BIGINT LANGUAGE sql VOLATILE
    AS 'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)';

-- Instances count each other by the notes that they hear.
DROP TABLE instances;
