-- What queries over logs find in their database: a type for the rows of each source, and the dialect's types and
-- functions that PostgreSQL has not. `metadata` and what is in it are arrays of one element each, as they are there;
-- their fields avoid the names of the sources' own columns, which must stay unambiguous beside them.

CREATE DOMAIN string AS text;
CREATE DOMAIN int64 AS bigint;
CREATE DOMAIN float64 AS double precision;
CREATE DOMAIN datetime AS timestamp;

CREATE TYPE edge_cf AS (city text, country text, colo text, asn int);
CREATE TYPE edge_request_headers AS (
    cf_connecting_ip text, x_real_ip text, user_agent text, x_client_info text, host text, content_type text
);
CREATE TYPE edge_request AS (
    method text, path text, host text, protocol text, search text, url text,
    cf edge_cf[], headers edge_request_headers[]
);
CREATE TYPE edge_response_headers AS (content_type text, content_length int, sb_gateway_version text);
CREATE TYPE edge_response AS (status_code int, origin_time int, headers edge_response_headers[]);
CREATE TYPE edge_metadata AS (identifier text, request edge_request[], response edge_response[]);
CREATE TYPE edge_logs AS (id text, "timestamp" timestamptz, event_message text, metadata edge_metadata[]);

CREATE TYPE postgres_parsed AS (
    error_severity text, sql_state_code text, user_name text, database_name text, application_name text,
    backend_type text, command_tag text, query text, detail text, hint text, connection_from text,
    process_id int, session_id text
);
CREATE TYPE postgres_metadata AS (host text, parsed postgres_parsed[]);
CREATE TYPE postgres_logs AS (id text, "timestamp" timestamptz, event_message text, metadata postgres_metadata[]);

CREATE TYPE auth_metadata AS (
    level text, msg text, method text, path text, status int, duration bigint, component text, host text,
    remote_addr text, request_id text, referer text, grant_type text, error text
);
CREATE TYPE auth_logs AS (id text, "timestamp" timestamptz, event_message text, metadata auth_metadata[]);

CREATE TYPE function_request AS (method text, url text, pathname text, host text);
CREATE TYPE function_response AS (status_code int);
CREATE TYPE function_edge_metadata AS (
    function_id text, deployment_id text, execution_id text, execution_time_ms float8, version text, project_ref text,
    request function_request[], response function_response[]
);
CREATE TYPE function_edge_logs AS (
    id text, "timestamp" timestamptz, event_message text, metadata function_edge_metadata[]
);

CREATE TYPE function_metadata AS (
    function_id text, deployment_id text, execution_id text, event_type text, level text, region text, served_by text,
    version text, project_ref text, boot_time int, cpu_time_used int
);
CREATE TYPE function_logs AS (id text, "timestamp" timestamptz, event_message text, metadata function_metadata[]);

CREATE TYPE storage_request AS (method text, url text, host text, remote_address text, trace_id text);
CREATE TYPE storage_response AS (status_code int);
CREATE TYPE storage_metadata AS (
    level text, project text, tenant_id text, response_time float8, req storage_request[], res storage_response[]
);
CREATE TYPE storage_logs AS (id text, "timestamp" timestamptz, event_message text, metadata storage_metadata[]);

CREATE TYPE realtime_measurements AS (connected int, "limit" int);
CREATE TYPE realtime_metadata AS (
    level text, project text, external_id text, region text, measurements realtime_measurements[]
);
CREATE TYPE realtime_logs AS (id text, "timestamp" timestamptz, event_message text, metadata realtime_metadata[]);

CREATE TYPE postgrest_metadata AS (host text, identifier text);
CREATE TYPE postgrest_logs AS (id text, "timestamp" timestamptz, event_message text, metadata postgrest_metadata[]);

CREATE TYPE supavisor_metadata AS (level text, project text, region text, mode text, db_name text, db_user text);
CREATE TYPE supavisor_logs AS (id text, "timestamp" timestamptz, event_message text, metadata supavisor_metadata[]);

CREATE FUNCTION timestamp_trunc(timestamptz, text) RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.date_trunc($2, $1)';
CREATE FUNCTION timestamp_trunc(timestamp, text) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS 'SELECT pg_catalog.date_trunc($2, $1)';
CREATE FUNCTION datetime_trunc(timestamp, text) RETURNS timestamp LANGUAGE sql IMMUTABLE
    AS 'SELECT pg_catalog.date_trunc($2, $1)';
CREATE FUNCTION date_trunc(timestamptz, text) RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.date_trunc($2, $1)';
CREATE FUNCTION timestamp_add(timestamptz, interval) RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT $1 + $2';
CREATE FUNCTION timestamp_sub(timestamptz, interval) RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT $1 - $2';
CREATE FUNCTION timestamp_diff(timestamptz, timestamptz, text) RETURNS bigint LANGUAGE sql STABLE
    AS $$ SELECT trunc(extract(epoch FROM $1 - $2) / extract(epoch FROM ('1 ' || $3)::interval))::bigint $$;
CREATE FUNCTION timestamp_of(text) RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT $1::timestamptz';
CREATE FUNCTION timestamp_of(timestamp) RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT $1::timestamptz';
CREATE FUNCTION timestamp_micros(bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS 'SELECT to_timestamp($1 / 1e6)';
CREATE FUNCTION timestamp_millis(bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS 'SELECT to_timestamp($1 / 1e3)';
CREATE FUNCTION timestamp_seconds(bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS 'SELECT to_timestamp($1)';
CREATE FUNCTION unix_micros(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT (extract(epoch FROM $1) * 1000000)::bigint';
CREATE FUNCTION unix_millis(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT (extract(epoch FROM $1) * 1000)::bigint';
CREATE FUNCTION unix_seconds(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT floor(extract(epoch FROM $1))::bigint';
CREATE FUNCTION datetime(timestamptz) RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT $1::timestamp';
CREATE FUNCTION regexp_contains(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~ $2';
CREATE FUNCTION regexp_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT substring($1 FROM $2)';
CREATE FUNCTION contains_substr(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT strpos(lower($1), lower($2)) > 0';
CREATE FUNCTION ends_with(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT right($1, length($2)) = $2';
CREATE FUNCTION ifnull(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2)';
CREATE FUNCTION ifnull(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2)';
CREATE FUNCTION "if"(boolean, anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE
    AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END';
-- Two literals are text.
CREATE FUNCTION "if"(boolean, text, text) RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END';
CREATE FUNCTION safe_divide(numeric, numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1 / nullif($2, 0)';

CREATE FUNCTION countif_step(bigint, boolean) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT CASE WHEN $2 THEN $1 + 1 ELSE $1 END';
CREATE AGGREGATE countif(boolean) (sfunc = countif_step, stype = bigint, initcond = '0');
CREATE FUNCTION any_value_step(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT
    AS 'SELECT $1';
-- Newer versions have it, and find their own first.
CREATE AGGREGATE any_value(anyelement) (sfunc = any_value_step, stype = anyelement);
