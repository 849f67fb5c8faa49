-- Alike but for their names.
select n.nspname as schema, c.relname as name, 'table' as kind,
    format('%I.%I has indexes that are alike: %s. One of them is enough.', n.nspname, c.relname,
        string_agg(quote_ident(x.relname), ', ' order by x.relname)) as detail,
    concat_ws('_', n.nspname, c.relname, string_agg(x.relname, ',' order by x.relname)) as key
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname <> all ($1) and c.relkind in ('r', 'm', 'p')
group by n.nspname, c.relname, replace(pg_get_indexdef(i.indexrelid), quote_ident(x.relname) || ' ON ', ' ON ')
having count(*) > 1
