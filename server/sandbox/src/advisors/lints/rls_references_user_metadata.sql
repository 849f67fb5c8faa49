select n.nspname as schema, c.relname as name, 'table' as kind,
    format('The policy %I of %I.%I relies on user_metadata, which people can change themselves.', p.polname, n.nspname, c.relname)
        as detail,
    concat_ws('_', n.nspname, c.relname, p.polname) as key
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname <> all ($1)
    and concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~* 'user_meta_?data'
