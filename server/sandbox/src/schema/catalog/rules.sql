-- The rules behind views.
select r.oid::int8 as oid, r.ev_class::int8 as relation
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
