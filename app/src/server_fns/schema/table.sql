-- One table or view with its parts: $1 is its schema, $2 its name.
select json_build_object(
    'table', json_build_object(
        'schema', n.nspname, 'name', c.relname,
        'kind', case when c.relkind in ('v', 'm') then 'view' else 'table' end,
        'detail', case c.relkind when 'm' then 'materialized' when 'f' then 'foreign' when 'p' then 'partitioned' else '' end,
        'rows', case when c.relkind in ('r', 'm', 'p') and c.reltuples >= 0 then c.reltuples::bigint end,
        'bytes', case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) end,
        'rls', case when c.relkind in ('r', 'p') then c.relrowsecurity end,
        'policies', (select count(*) from pg_catalog.pg_policy p where p.polrelid = c.oid)
    ),
    'comment', obj_description(c.oid, 'pg_class'),
    'columns', (
        select coalesce(json_agg(json_build_object(
            'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull,
            'value', case
                when a.attidentity = 'a' then 'always as identity'
                when a.attidentity = 'd' then 'by default as identity'
                when a.attgenerated <> '' then 'from ' || pg_get_expr(d.adbin, d.adrelid)
                else pg_get_expr(d.adbin, d.adrelid)
            end,
            'comment', col_description(a.attrelid, a.attnum)
        ) order by a.attnum), '[]')
        from pg_catalog.pg_attribute a
        left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ),
    'keys', (
        select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
            order by position(k.contype::text in 'pufc'), k.conname), '[]')
        from pg_catalog.pg_constraint k
        where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
    ),
    'indexes', (
        select coalesce(json_agg(json_build_object(
            'name', i.relname, 'definition', pg_get_indexdef(i.oid), 'bytes', pg_relation_size(i.oid),
            'scans', coalesce(pg_stat_get_numscans(i.oid), 0)
        ) order by i.relname), '[]')
        from pg_catalog.pg_index x
        join pg_catalog.pg_class i on i.oid = x.indexrelid
        where x.indrelid = c.oid
    ),
    'policies', (
        select coalesce(json_agg(json_build_object(
            'name', p.policyname, 'command', p.cmd, 'permissive', p.permissive = 'PERMISSIVE',
            'roles', array_to_string(p.roles, ', '), 'using', p.qual, 'check', p.with_check
        ) order by p.policyname), '[]')
        from pg_catalog.pg_policies p
        where p.schemaname = n.nspname and p.tablename = c.relname
    ),
    'triggers', (
        select coalesce(json_agg(json_build_object('name', t.tgname, 'definition', pg_get_triggerdef(t.oid)) order by t.tgname), '[]')
        from pg_catalog.pg_trigger t
        where t.tgrelid = c.oid and not t.tgisinternal
    ),
    'pointed_at', (
        select coalesce(json_agg(json_build_object('name', k.conrelid::regclass::text, 'definition', pg_get_constraintdef(k.oid))
            order by k.conrelid::regclass::text), '[]')
        from pg_catalog.pg_constraint k
        where k.confrelid = c.oid and k.contype = 'f'
    ),
    'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end
) as found
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')
