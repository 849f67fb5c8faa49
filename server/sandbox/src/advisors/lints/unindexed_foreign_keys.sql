-- A foreign key is covered by an index that begins with its columns, in any order.
select n.nspname as schema, c.relname as name, 'table' as kind,
    format('The foreign key %I of %I.%I has no index that begins with its columns.', k.conname, n.nspname, c.relname) as detail,
    concat_ws('_', n.nspname, c.relname, k.conname) as key,
    k.conname as fkey_name, k.conkey::int4[] as fkey_columns
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where k.contype = 'f' and k.conparentid = 0 and n.nspname <> all ($1)
    and not exists (
        select from pg_index i
        where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
            and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
    )
