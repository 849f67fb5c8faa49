select
    p.oid::int8 as oid,
    n.nspname as schema,
    p.proname as name,
    pg_get_function_identity_arguments(p.oid) as identity,
    -- As the names of the types alone, which tell overloaded functions apart.
    array_to_string(array(select format_type(a, null) from unnest(p.proargtypes) a), ', ') as signature,
    coalesce(pg_get_function_arguments(p.oid), '') as declared,
    case p.prokind when 'p' then 'procedure' when 'w' then 'window' when 'a' then 'aggregate' else 'function' end as kind,
    coalesce(pg_get_function_result(p.oid), '') as result,
    case
        when p.prokind <> 'a' then pg_get_functiondef(p.oid)
        else (
            select format('create or replace aggregate %I.%I(%s) (%s)', n.nspname, p.proname,
                coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'),
                concat_ws(', ',
                    'sfunc = ' || g.aggtransfn::regproc,
                    'stype = ' || format_type(g.aggtranstype, null),
                    case when g.aggtransspace <> 0 then 'sspace = ' || g.aggtransspace end,
                    case when g.aggfinalfn <> 0 then 'finalfunc = ' || g.aggfinalfn::regproc end,
                    case when g.aggfinalextra then 'finalfunc_extra' end,
                    case
                        when g.aggfinalfn = 0 then null
                        when g.aggfinalmodify = 'r' then 'finalfunc_modify = read_only'
                        when g.aggfinalmodify = 's' then 'finalfunc_modify = shareable'
                        else 'finalfunc_modify = read_write'
                    end,
                    case when g.aggcombinefn <> 0 then 'combinefunc = ' || g.aggcombinefn::regproc end,
                    case when g.aggserialfn <> 0 then 'serialfunc = ' || g.aggserialfn::regproc end,
                    case when g.aggdeserialfn <> 0 then 'deserialfunc = ' || g.aggdeserialfn::regproc end,
                    'initcond = ' || quote_literal(g.agginitval),
                    case when g.aggmtransfn <> 0 then 'msfunc = ' || g.aggmtransfn::regproc end,
                    case when g.aggminvtransfn <> 0 then 'minvfunc = ' || g.aggminvtransfn::regproc end,
                    case when g.aggmtranstype <> 0 then 'mstype = ' || format_type(g.aggmtranstype, null) end,
                    case when g.aggmfinalfn <> 0 then 'mfinalfunc = ' || g.aggmfinalfn::regproc end,
                    'minitcond = ' || quote_literal(g.aggminitval),
                    (
                        select format('sortop = operator(%I.%s)', sn.nspname, s.oprname)
                        from pg_operator s
                        join pg_namespace sn on sn.oid = s.oprnamespace
                        where s.oid = g.aggsortop
                    ),
                    case when g.aggkind = 'h' then 'hypothetical' end,
                    case p.proparallel when 's' then 'parallel = safe' when 'r' then 'parallel = restricted' end
                ))
            from pg_aggregate g
            where g.aggfnoid = p.oid
        )
    end as definition,
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
    and not exists (
        select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
            -- Those that a range type brings along are its own.
            and d.deptype in ('e', 'i')
    )
