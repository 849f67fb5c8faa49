-- Those that a table has from its parents come and go with these.
select
    k.oid::int8 as oid,
    k.conindid::int8 as index_oid,
    n.nspname as schema,
    c.relname as table,
    k.conname as name,
    case k.contype
        when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign' when 'c' then 'check' else 'exclude'
    end as kind,
    pg_get_constraintdef(k.oid) as definition,
    array(
        select a.attname::text
        from unnest(k.conkey) with ordinality x (number, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number
        order by x.place
    ) as columns,
    fn.nspname as referenced_schema,
    f.relname as referenced_table,
    array(
        select a.attname::text
        from unnest(k.confkey) with ordinality x (number, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number
        order by x.place
    ) as referenced_columns
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_class f on f.oid = k.confrelid
left join pg_namespace fn on fn.oid = f.relnamespace
where n.nspname = any($1)
    and k.contype in ('p', 'u', 'f', 'c', 'x')
    and k.conislocal
    and k.conparentid = 0
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
