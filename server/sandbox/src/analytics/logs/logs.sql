-- What questions about logs find in their database: the type of a row, and those of ClickHouse's functions that PostgreSQL
-- has not. Their names are written there in two cases; PostgreSQL folds them.

CREATE TYPE logs AS (
    id text, "timestamp" timestamp, event_message text, severity_text text, source text, log_attributes jsonb
);

-- An attribute that is not there is empty, and no error.
CREATE FUNCTION attribute(jsonb, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1 ->> $2, '') $$;
CREATE FUNCTION mapcontains(jsonb, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ? $2';
CREATE FUNCTION mapkeys(jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE
    AS 'SELECT pg_catalog.array_agg(k ORDER BY k) FROM pg_catalog.jsonb_object_keys($1) AS k';

CREATE FUNCTION whole(text) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT CASE WHEN $1 ~ '^\s*[+-]?\d{1,18}\s*$' THEN $1::bigint ELSE 0 END $$;
CREATE FUNCTION broken(text) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS $$ SELECT CASE WHEN $1 ~ '^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$' THEN $1::double precision ELSE 0 END $$;
CREATE FUNCTION toint32(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1::int';
CREATE FUNCTION toint32(double precision) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT trunc($1)::int';
CREATE FUNCTION toint64(text) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint';
CREATE FUNCTION toint64(double precision) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT trunc($1)::bigint';
CREATE FUNCTION tofloat64(text) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT $1::double precision';
CREATE FUNCTION tofloat64(double precision) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION tostring(anyelement) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION intdiv(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 / $2';

CREATE FUNCTION match(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~ $2';
CREATE FUNCTION startswith(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.starts_with($1, $2)';
CREATE FUNCTION endswith(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT pg_catalog.right($1, pg_catalog.length($2)) = $2';
CREATE FUNCTION empty(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = '' $$;
CREATE FUNCTION notempty(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 <> '' $$;

CREATE FUNCTION tostartofminute(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc('minute', $1) $$;
CREATE FUNCTION tostartofhour(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc('hour', $1) $$;
CREATE FUNCTION tostartofday(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc('day', $1) $$;
CREATE FUNCTION todate(timestamp) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT $1::date';
CREATE FUNCTION tostartofinterval(timestamp, interval) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS $$ SELECT date_bin($2, $1, timestamp '1970-01-01') $$;
CREATE FUNCTION tostartoffiveminutes(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS $$ SELECT date_bin('5 minutes', $1, timestamp '1970-01-01') $$;
CREATE FUNCTION tostartoftenminutes(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS $$ SELECT date_bin('10 minutes', $1, timestamp '1970-01-01') $$;
CREATE FUNCTION tostartoffifteenminutes(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS $$ SELECT date_bin('15 minutes', $1, timestamp '1970-01-01') $$;
CREATE FUNCTION todatetime(text) RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT $1::timestamptz::timestamp';
CREATE FUNCTION todatetime(timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc('second', $1) $$;
CREATE FUNCTION todatetime64(text, int) RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT $1::timestamptz::timestamp';
CREATE FUNCTION parsedatetimebesteffort(text) RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT $1::timestamptz::timestamp';
CREATE FUNCTION tounixtimestamp(timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT trunc(extract(epoch FROM $1))::bigint';
CREATE FUNCTION tounixtimestamp64milli(timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT trunc(extract(epoch FROM $1) * 1000)::bigint';
CREATE FUNCTION tounixtimestamp64micro(timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT trunc(extract(epoch FROM $1) * 1000000)::bigint';
CREATE FUNCTION subtractminutes(timestamp, int) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS 'SELECT $1 - make_interval(mins => $2)';
CREATE FUNCTION subtracthours(timestamp, int) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS 'SELECT $1 - make_interval(hours => $2)';
CREATE FUNCTION subtractdays(timestamp, int) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS 'SELECT $1 - make_interval(days => $2)';
CREATE FUNCTION datediff(text, timestamp, timestamp) RETURNS bigint LANGUAGE sql STABLE
    AS $$ SELECT trunc(extract(epoch FROM $3 - $2) / extract(epoch FROM ('1 ' || $1)::interval))::bigint $$;
