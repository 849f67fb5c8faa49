-- Rules, and those behind views.
select
    r.oid::int8 as oid,
    r.ev_class::int8 as relation,
    n.nspname as schema,
    c.relname as table,
    r.rulename as name,
    case when r.rulename <> '_RETURN' then rtrim(pg_get_ruledef(r.oid), '; ') end as definition,
    r.ev_enabled::text as enabled
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
