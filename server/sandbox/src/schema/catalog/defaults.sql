-- What others may do with whatever the project's owner makes next, which is who runs what a diff says; whoever reads this is another: everywhere, and added to that in some schemas.
with kinds (letter, initial) as (values ('r', 'r'), ('S', 's'), ('f', 'f'), ('n', 'n')),
held as (
    select k.letter, null::text as schema, coalesce(
        (
            select d.defaclacl from pg_default_acl d
            where d.defaclrole = 'postgres'::regrole and d.defaclnamespace = 0 and d.defaclobjtype::text = k.letter
        ),
        acldefault(k.initial::"char", 'postgres'::regrole)
    ) as acl
    from kinds k
    union all
    select d.defaclobjtype::text, n.nspname, d.defaclacl
    from pg_default_acl d
    join pg_namespace n on n.oid = d.defaclnamespace
    where d.defaclrole = 'postgres'::regrole
)
select
    h.letter,
    h.schema,
    case when x.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end as grantee,
    array_agg(distinct lower(x.privilege_type)) as privileges,
    coalesce(array_agg(distinct lower(x.privilege_type)) filter (where x.is_grantable), '{}') as passed_on
from held h
cross join lateral aclexplode(h.acl) x
where x.grantee <> 'postgres'::regrole and $1::text[] is not null
group by 1, 2, 3
