select
    p.oid::int8 as oid,
    n.nspname as schema,
    p.proname as name,
    pg_get_function_identity_arguments(p.oid) as identity,
    -- As the names of the types alone, which tell overloaded functions apart.
    array_to_string(array(select format_type(a, null) from unnest(p.proargtypes) a), ', ') as signature,
    p.prokind = 'p' as procedure,
    coalesce(pg_get_function_result(p.oid), '') as result,
    pg_get_functiondef(p.oid) as definition,
    p.pronargs::int4 as inputs,
    p.pronargdefaults::int4 as defaults,
    coalesce(p.proargnames, '{}') as names,
    coalesce(p.proargmodes::text[], '{}') as modes,
    coalesce(p.proallargtypes, p.proargtypes::oid[])::int8[] as types,
    p.prorettype::int8 as return_oid,
    p.proretset as returns_set,
    p.prorows as rows,
    p.provolatile::text as volatility
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any($1)
    and p.prokind in ('f', 'p', 'w')
    and not exists (
        select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
            -- Those that a range type brings along are its own.
            and d.deptype in ('e', 'i')
    )
