select n.nspname as schema, c.relname as name, 'table' as kind,
    format('The table %I.%I has no primary key.', n.nspname, c.relname) as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> all ($1)
    and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
