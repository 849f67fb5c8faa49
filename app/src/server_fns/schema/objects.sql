-- All tables, views, functions, types and extensions but PostgreSQL's own.
select coalesce(json_agg(o order by o.schema, o.kind, o.name), '[]') as found
from (
    select n.nspname as schema, c.relname as name,
        case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
        case c.relkind when 'm' then 'materialized' when 'f' then 'foreign' when 'p' then 'partitioned' else '' end as detail,
        case when c.relkind in ('r', 'm', 'p') and c.reltuples >= 0 then c.reltuples::bigint end as rows,
        case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) end as bytes,
        case when c.relkind in ('r', 'p') then c.relrowsecurity end as rls,
        (select count(*) from pg_catalog.pg_policy p where p.polrelid = c.oid) as policies
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select n.nspname, p.proname, 'function', pg_get_function_identity_arguments(p.oid), null, null, null, 0
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        -- What extensions bring along is theirs.
        and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
        )
    union all
    select n.nspname, t.typname, 'type',
        coalesce((select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid), ''),
        null, null, null, 0
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    -- PL/pgSQL is in every database.
    select n.nspname, e.extname, 'extension', e.extversion, null, null, null, 0
    from pg_catalog.pg_extension e
    join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname <> 'plpgsql'
) o
