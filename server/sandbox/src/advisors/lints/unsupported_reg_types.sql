select n.nspname as schema, c.relname as name, 'table' as kind,
    format('The column %I of %I.%I has the type %s, which pg_upgrade cannot carry over.', a.attname, n.nspname, c.relname,
        format_type(a.atttypid, null)) as detail,
    concat_ws('_', n.nspname, c.relname, a.attname) as key
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'm') and n.nspname <> all ($1)
    and a.atttypid in (
        'regcollation'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype, 'regnamespace'::regtype, 'regoper'::regtype,
        'regoperator'::regtype, 'regproc'::regtype, 'regprocedure'::regtype
    )
