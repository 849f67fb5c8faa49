select n.oid::int8 as oid, n.nspname as name
from pg_namespace n
where n.nspname = any($1)
