select n.nspname as schema, p.proname as name, 'function' as kind,
    format('The function %I.%I does not set its search_path.', n.nspname, p.proname) as detail,
    concat_ws('_', n.nspname, p.proname, md5(pg_get_function_identity_arguments(p.oid))) as key
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname <> all ($1)
    and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')
    and not exists (
        select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
    )
