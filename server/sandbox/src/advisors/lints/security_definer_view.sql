select n.nspname as schema, c.relname as name, 'view' as kind,
    format('The view %I.%I reads with the rights of its owner, not of who asks.', n.nspname, c.relname) as detail,
    concat_ws('_', n.nspname, c.relname) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'v' and n.nspname = any ($2) and n.nspname <> all ($1)
    and not exists (
        select from unnest(c.reloptions) o where lower(o) in
            ('security_invoker=1', 'security_invoker=true', 'security_invoker=yes', 'security_invoker=on')
    )
    and (has_table_privilege('anon', c.oid, 'select') or has_table_privilege('authenticated', c.oid, 'select'))
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
