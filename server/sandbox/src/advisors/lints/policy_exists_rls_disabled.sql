select n.nspname as schema, c.relname as name, 'table' as kind,
    format('%I.%I has policies (%s) that do nothing: row level security is off.', n.nspname, c.relname,
        string_agg(quote_ident(p.polname), ', ' order by p.polname)) as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where not c.relrowsecurity and n.nspname <> all ($1)
group by n.nspname, c.relname
