select
    g.oid::int8 as oid,
    n.nspname as schema,
    c.relname as table,
    g.tgname as name,
    pg_get_triggerdef(g.oid) as definition,
    g.tgenabled::text as enabled
from pg_trigger g
join pg_class c on c.oid = g.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
    and not g.tgisinternal
    and g.tgparentid = 0
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
