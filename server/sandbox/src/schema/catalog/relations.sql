select
    c.oid::int8 as oid,
    c.reltype::int8 as row_type,
    n.nspname as schema,
    c.relname as name,
    case c.relkind
        when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign' when 'v' then 'view' else 'materialized'
    end as kind,
    c.relpersistence = 'u' as unlogged,
    c.relrowsecurity as row_security,
    c.relforcerowsecurity as forced,
    coalesce(c.reloptions, '{}') as options,
    case when c.relkind in ('v', 'm') then rtrim(pg_get_viewdef(c.oid), '; ') end as definition,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as bound,
    array(
        select format('%I.%I', pn.nspname, p.relname)
        from pg_inherits i
        join pg_class p on p.oid = i.inhparent
        join pg_namespace pn on pn.oid = p.relnamespace
        where i.inhrelid = c.oid
        order by i.inhseqno
    ) as parents,
    (
        select format('server %I', s.srvname) || coalesce(' options (' || (
            select string_agg(format('%I %L', o.option_name, o.option_value), ', ') from pg_options_to_table(f.ftoptions) o
        ) || ')', '')
        from pg_foreign_table f
        join pg_foreign_server s on s.oid = f.ftserver
        where f.ftrelid = c.oid
    ) as server,
    c.relreplident::text as replica,
    (
        select x.relname
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        where i.indrelid = c.oid and i.indisreplident
    ) as replica_index,
    pg_relation_is_updatable(c.oid, true) & 8 = 8 as insertable,
    pg_relation_is_updatable(c.oid, true) & 4 = 4 as updatable,
    pg_relation_is_updatable(c.oid, true) & 16 = 16 as deletable
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
    and c.relkind in ('r', 'p', 'f', 'v', 'm')
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
