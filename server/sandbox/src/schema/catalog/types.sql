select
    t.oid::int8 as oid,
    t.typarray::int8 as array_oid,
    t.typrelid::int8 as relation,
    coalesce(r.rngmultitypid::int8, 0) as multirange,
    n.nspname as schema,
    t.typname as name,
    case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'r' then 'range' else 'composite' end as kind,
    array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
    case
        when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
        when t.typtype = 'r' then format_type(r.rngsubtype, null)
    end as base,
    t.typnotnull as not_null,
    pg_get_expr(t.typdefaultbin, 0) as expression,
    array(
        select format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
        from pg_constraint k
        where k.contypid = t.oid and k.contype = 'c'
        order by k.conname
    ) as checks
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_class c on c.oid = t.typrelid
left join pg_range r on r.rngtypid = t.oid
where n.nspname = any($1)
    and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
    and not exists (
        select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
    )
