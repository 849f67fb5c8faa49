-- Extensions belong to the database, whichever schemas are read.
select e.oid::int8 as oid, e.extname as name, n.nspname as schema
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql' and $1::text[] is not null
