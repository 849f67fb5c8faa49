-- The roles of every project. A cluster has one set of them for all its databases; nobody signs in as any of them.
-- Runs at each start, so it makes only what is missing.
DO $$
DECLARE missing text;
BEGIN
    FOREACH missing IN ARRAY ARRAY[
        'anon', 'authenticated', 'service_role', 'authenticator', 'postgres', 'supabase_read_only_user',
        'supabase_auth_admin', 'supabase_storage_admin', 'login_roles'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = missing) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', missing);
        END IF;
    END LOOP;
END $$;
ALTER ROLE service_role BYPASSRLS;
ALTER ROLE postgres BYPASSRLS;
ALTER ROLE supabase_read_only_user BYPASSRLS;
GRANT anon, authenticated, service_role, supabase_storage_admin TO postgres;
GRANT anon, authenticated, service_role TO authenticator;
GRANT pg_read_all_data TO supabase_read_only_user;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
