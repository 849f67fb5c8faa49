select n.nspname as schema, c.relname as name, 'table' as kind,
    format('%I.%I has row level security and no policy, so the API sees no row of it.', n.nspname, c.relname) as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relrowsecurity and n.nspname <> all ($1)
    and not exists (select from pg_policy p where p.polrelid = c.oid)
