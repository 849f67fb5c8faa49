-- Those behind identity columns are part of the column.
select
    c.oid::int8 as oid,
    n.nspname as schema,
    c.relname as name,
    format_type(s.seqtypid, null) as sql_type,
    s.seqstart as start,
    s.seqincrement as increment,
    s.seqmin as min,
    s.seqmax as max,
    s.seqcache as cache,
    s.seqcycle as cycle,
    (
        select array[tn.nspname::text, t.relname::text, a.attname::text]
        from pg_depend d
        join pg_class t on t.oid = d.refobjid
        join pg_namespace tn on tn.oid = t.relnamespace
        join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
            and d.deptype = 'a' and d.refobjsubid > 0
    ) as owner
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
    and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i')
    )
