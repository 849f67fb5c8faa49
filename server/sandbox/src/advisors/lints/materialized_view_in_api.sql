select n.nspname as schema, c.relname as name, 'view' as kind,
    format('The materialized view %I.%I can be read through the API, and knows no row level security.', n.nspname, c.relname)
        as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'm' and n.nspname = any ($2) and n.nspname <> all ($1)
    and (has_table_privilege('anon', c.oid, 'select') or has_table_privilege('authenticated', c.oid, 'select'))
