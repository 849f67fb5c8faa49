-- What others than the owner may do; without a list of grants PostgreSQL's own defaults hold.
with held as (
    select 'pg_class' as class, c.oid, null::name as column, c.relowner as owner, n.nspname,
        coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner)) as acl
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
    union all
    select 'pg_class', c.oid, a.attname, c.relowner, n.nspname, a.attacl
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where a.attacl is not null and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm')
    union all
    select 'pg_proc', p.oid, null, p.proowner, n.nspname, coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    union all
    select 'pg_namespace', n.oid, null, n.nspowner, n.nspname, coalesce(n.nspacl, acldefault('n', n.nspowner))
    from pg_namespace n
)
select
    h.class,
    h.oid::int8 as object,
    h.column,
    case when x.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end as grantee,
    array_agg(distinct lower(x.privilege_type)) as privileges,
    coalesce(array_agg(distinct lower(x.privilege_type)) filter (where x.is_grantable), '{}') as passed_on
from held h
cross join lateral aclexplode(h.acl) x
where h.nspname = any($1) and x.grantee <> h.owner
group by 1, 2, 3, 4
