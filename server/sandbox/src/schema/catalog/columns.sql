-- Columns of tables and views, and the attributes of composite types.
select
    a.attrelid::int8 as relation,
    a.attnum::int4 as place,
    a.attname as name,
    a.atttypid::int8 as type_oid,
    format_type(a.atttypid, a.atttypmod) as sql_type,
    a.attnotnull as not_null,
    a.attnotnull or t.typtype = 'd' and t.typnotnull as required,
    case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
    (
        select json_build_object(
            'start', s.seqstart, 'increment', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax, 'cache', s.seqcache,
            'cycle', s.seqcycle,
            'usual', s.seqstart = 1 and s.seqincrement = 1 and s.seqmin = 1 and s.seqcache = 1 and not s.seqcycle
                and s.seqmax = case s.seqtypid
                    when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 else 9223372036854775807
                end
        )
        from pg_depend p
        join pg_sequence s on s.seqrelid = p.objid
        where a.attidentity <> '' and p.classid = 'pg_class'::regclass and p.refclassid = 'pg_class'::regclass
            and p.refobjid = a.attrelid and p.refobjsubid = a.attnum and p.deptype = 'i'
    ) as identity_options,
    a.attgenerated <> '' as generated,
    pg_get_expr(d.adbin, d.adrelid) as expression,
    d.oid::int8 as expression_oid,
    case
        when a.attcollation <> 0 and a.attcollation <> t.typcollation then (
            select format('%I.%I', cn.nspname, co.collname)
            from pg_collation co
            join pg_namespace cn on cn.oid = co.collnamespace
            where co.oid = a.attcollation
        )
    end as collation,
    a.attislocal and not c.relispartition as own,
    -- What stands in the place of a write takes whole rows.
    coalesce(pg_column_is_updatable(a.attrelid, a.attnum, false), false)
        or exists (
            select from pg_trigger g
            where g.tgrelid = a.attrelid and not g.tgisinternal and g.tgtype & 64 <> 0 and g.tgtype & 20 <> 0
        )
        or exists (
            select from pg_rewrite r
            where r.ev_class = a.attrelid and r.is_instead and r.ev_type in ('2', '3') and r.ev_qual::text = '<>'
        ) as updatable
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where n.nspname = any($1)
    and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
    and a.attnum > 0
    and not a.attisdropped
order by a.attrelid, a.attnum
