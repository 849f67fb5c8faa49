select
    r.oid::int8 as oid,
    n.nspname as schema,
    c.relname as table,
    p.pubname as publication,
    (
        select array_agg(quote_ident(a.attname) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum = any(r.prattrs)
    ) as columns,
    pg_get_expr(r.prqual, r.prrelid) as filter
from pg_publication_rel r
join pg_publication p on p.oid = r.prpubid
join pg_class c on c.oid = r.prrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1)
