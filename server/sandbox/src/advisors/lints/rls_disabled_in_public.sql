select n.nspname as schema, c.relname as name, 'table' as kind,
    format('%I.%I can be reached through the API, and row level security is off.', n.nspname, c.relname) as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname = any ($2) and n.nspname <> all ($1)
    and (
        has_table_privilege('anon', c.oid, 'select, insert, update, delete')
        or has_table_privilege('authenticated', c.oid, 'select, insert, update, delete')
    )
