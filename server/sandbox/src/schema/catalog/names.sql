-- Every type there is, whichever schemas are read: columns and arguments may be of any.
select
    t.oid::int8 as oid,
    n.nspname as schema,
    t.typname as name,
    case when t.typcategory = 'A' then t.typelem::int8 else 0 end as element,
    case when t.typtype = 'd' then t.typbasetype::int8 else 0 end as base,
    coalesce(c.relkind in ('r', 'p', 'f', 'v', 'm'), false) as row,
    coalesce(c.relkind = 'c', false) as composite,
    array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_class c on c.oid = t.typrelid
where $1::text[] is not null
