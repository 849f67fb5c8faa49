select n.nspname as schema, c.relname as name, 'table' as kind,
    format('For %I.%I, the role %s has several permissive policies for %s: %s.', n.nspname, c.relname, quote_ident(r.rolname),
        a.command, string_agg(quote_ident(p.polname), ', ' order by p.polname)) as detail,
    concat_ws('_', n.nspname, c.relname, r.rolname, a.command) as key
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_roles r on r.oid = any (p.polroles) or p.polroles = '{0}'
cross join lateral unnest(
    case p.polcmd
        when 'r' then '{SELECT}' when 'a' then '{INSERT}' when 'w' then '{UPDATE}' when 'd' then '{DELETE}'
        else '{SELECT,INSERT,UPDATE,DELETE}'
    end::text[]
) a (command)
where p.polpermissive and n.nspname <> all ($1)
    and r.rolname in ('anon', 'authenticated', 'authenticator')
group by n.nspname, c.relname, r.rolname, a.command
having count(*) > 1
