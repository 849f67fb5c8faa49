-- Without those that constraints make, and those of partitions that come with the parent's.
select
    i.indexrelid::int8 as oid,
    n.nspname as schema,
    c.relname as table,
    x.relname as name,
    pg_get_indexdef(i.indexrelid) as definition
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
    and c.relkind in ('r', 'p', 'm')
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
