select n.nspname as schema, e.extname as name, 'extension' as kind,
    format('The extension %I is installed in the schema public.', e.extname) as detail,
    e.extname as key
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
where n.nspname = 'public' and n.nspname <> all ($1)
