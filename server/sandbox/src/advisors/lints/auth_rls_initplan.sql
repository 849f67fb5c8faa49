-- PostgreSQL writes a call within a select as "( SELECT auth.uid() AS uid)".
with policies as (
    select n.nspname, c.relname, p.polname,
        concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as expression
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relrowsecurity and n.nspname <> all ($1)
)
select nspname as schema, relname as name, 'table' as kind,
    format('The policy %I of %I.%I asks who calls once for every row. Write (select auth.uid()) in place of auth.uid(), and '
        'likewise for the other functions of auth and for current_setting.', polname, nspname, relname) as detail,
    concat_ws('_', nspname, relname, polname) as key
from policies
where regexp_replace(expression, 'select\s+(auth\.(uid|jwt|role|email)|current_setting)\(', '', 'gi')
    ~* '(auth\.(uid|jwt|role|email)|current_setting)\('
