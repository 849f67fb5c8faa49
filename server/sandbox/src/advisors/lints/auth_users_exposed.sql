-- Views over auth.users: those that read with their owner's rights, and materialized ones.
select distinct n.nspname as schema, v.relname as name, 'view' as kind,
    format('The view %I.%I shows data of auth.users to whoever may read it through the API.', n.nspname, v.relname) as detail,
    concat_ws('_', n.nspname, v.relname) as key
from pg_depend d
join pg_rewrite r on r.oid = d.objid
join pg_class v on v.oid = r.ev_class
join pg_namespace n on n.oid = v.relnamespace
where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
    and d.refobjid = to_regclass('auth.users') and v.relkind in ('v', 'm')
    and n.nspname = any ($2) and n.nspname <> all ($1)
    and (has_table_privilege('anon', v.oid, 'select') or has_table_privilege('authenticated', v.oid, 'select'))
    and (
        v.relkind = 'm'
        or not (select u.relrowsecurity from pg_class u where u.oid = d.refobjid)
        or not exists (
            select from unnest(v.reloptions) o where lower(o) in
                ('security_invoker=1', 'security_invoker=true', 'security_invoker=yes', 'security_invoker=on')
        )
    )
