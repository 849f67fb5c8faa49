-- All foreign keys, and the tables that they lie between with the columns of their keys.
with links as (
    select con.conname as name, con.conrelid, con.confrelid, con.confdeltype as on_delete,
        (select array_agg(a.attname order by k.place) from unnest(con.conkey) with ordinality k (number, place)
            join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.number) as columns,
        (select array_agg(a.attname order by k.place) from unnest(con.confkey) with ordinality k (number, place)
            join pg_catalog.pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.number) as to_columns,
        -- At most one row points at each.
        exists (
            select from pg_catalog.pg_index i
            where i.indrelid = con.conrelid and i.indisunique and i.indpred is null
                and (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ con.conkey
        ) as one,
        exists (
            select from pg_catalog.pg_index i
            where i.indrelid = con.conrelid and i.indpred is null
                and (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey
        ) as indexed
    from pg_catalog.pg_constraint con
    where con.contype = 'f' and con.conparentid = 0
), tables as (
    select c.oid, n.nspname as schema, c.relname as name,
        case when c.reltuples >= 0 then c.reltuples::bigint end as rows,
        (select coalesce(json_agg(json_build_object(
                'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'primary', a.attnum = any (k.primary_key)
            ) order by not a.attnum = any (k.primary_key), a.attnum), '[]')
            from pg_catalog.pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and (a.attnum = any (k.primary_key) or exists (
                    select from pg_catalog.pg_constraint f
                    where f.contype = 'f' and (f.conrelid = c.oid and a.attnum = any (f.conkey)
                        or f.confrelid = c.oid and a.attnum = any (f.confkey))
                ))) as columns
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    cross join lateral (
        select coalesce((select p.conkey from pg_catalog.pg_constraint p where p.contype = 'p' and p.conrelid = c.oid), '{}') as primary_key
    ) k
    where c.oid in (select conrelid from links union select confrelid from links)
)
select json_build_object(
    'tables', (select coalesce(json_agg(json_build_object(
            'schema', t.schema, 'name', t.name, 'rows', t.rows, 'columns', t.columns
        ) order by t.schema, t.name), '[]') from tables t),
    'links', (select coalesce(json_agg(json_build_object(
            'name', l.name, 'from', json_build_array(f.schema, f.name), 'columns', l.columns,
            'to', json_build_array(t.schema, t.name), 'to_columns', l.to_columns,
            'on_delete', l.on_delete, 'one', l.one, 'indexed', l.indexed
        ) order by f.schema, f.name, l.name), '[]')
        from links l join tables f on f.oid = l.conrelid join tables t on t.oid = l.confrelid),
    'alone', (select coalesce(json_object_agg(a.schema, a.count), '{}') from (
        select n.nspname as schema, count(*) as count
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and c.oid not in (select oid from tables)
            and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        group by n.nspname
    ) a)
) as found
