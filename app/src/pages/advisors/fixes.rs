//! Ways to mend findings: SQL made for the object that is concerned, or the page where the setting is.

use management_api::advisors::{Lint, LintMetadata};

use crate::paths;

/// How a finding is mended.
#[derive(Debug, PartialEq, Eq)]
pub enum Fix {
    /// Statements that mend it.
    Sql { sql: String, heed: &'static str },
    /// A question to the database, whose answer says what is to be done.
    Look { sql: String, then: &'static str },
    /// A page of the console.
    Page { href: String, label: &'static str },
    /// Only Supabase's guide says.
    Guide,
}

/// Why a rule matters, in our words; empty for rules that came later.
pub fn matters(rule: &str) -> &'static str {
    match rule {
        "rls_disabled_in_public" => {
            "Without row level security the grants of anon and authenticated are all that guards the table: whoever has the publishable key may read it, and often write it."
        }
        "policy_exists_rls_disabled" => {
            "The policies look like protection and do nothing until row level security is on."
        }
        "rls_enabled_no_policy" => {
            "Nobody but roles that bypass row level security sees a row. That may be meant; if not, the API answers with nothing."
        }
        "auth_users_exposed" => "Addresses and more about people who have signed up can be read through the API.",
        "security_definer_view" => {
            "The view shows rows by its owner\u{2019}s rights, whoever asks: policies of the tables below it are passed by."
        }
        "function_search_path_mutable" => {
            "Whoever may create objects in a schema of the caller\u{2019}s path can have the function use theirs instead of yours."
        }
        "extension_in_public" => "Its functions stand beside your own and can be called through the API.",
        "rls_references_user_metadata" => {
            "People write their user_metadata themselves, and with it what the policy lets them see."
        }
        "materialized_view_in_api" | "foreign_table_in_api" => {
            "Row level security does not hold there: whoever may read it reads all of it."
        }
        "unindexed_foreign_keys" => "Joins over the key, and deletions of what it points to, read the whole table.",
        "auth_rls_initplan" => "The function runs once for each row, and large tables become slow.",
        "multiple_permissive_policies" => "Each of them is looked at for every row.",
        "no_primary_key" => "Rows cannot be told apart quickly, and their changes cannot be replicated.",
        "unused_index" | "duplicate_index" => "It takes room and slows writing down, and helps nobody.",
        "unsupported_reg_types" => "Such columns stand in the way of an upgrade of Postgres.",
        "vulnerable_postgres_version" => "Newer images mend weaknesses that are known by now.",
        "ssl_not_enforced" => "Whoever listens on the way reads what is sent without TLS, passwords included.",
        "network_restrictions_not_set" => "Anybody can try passwords at the database.",
        "auth_leaked_password_protection" => {
            "Passwords that are known from break-ins elsewhere are the first that are tried."
        }
        "auth_otp_long_expiry" | "auth_otp_short_length" => "A code that is short or lasts long is easier to guess.",
        "auth_insufficient_mfa_options" => "A password alone guards the accounts of your users.",
        "auth_password_policy_missing" | "password_requirements_min_length" => "Short passwords are guessed.",
        "pitr_not_enabled" => "Whatever was written since the daily backup is lost in a restore.",
        "log_connections_not_enabled" => "Nothing tells afterwards who has connected to the database.",
        _ => "",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// The object with its schema, as SQL has it.
fn object(told: &LintMetadata) -> Option<String> {
    Some(format!(
        "{}.{}",
        quoted(told.schema.as_deref()?),
        quoted(told.name.as_deref()?)
    ))
}

pub fn fix(project: &str, lint: &Lint) -> Fix {
    let page = |href: String, label| Fix::Page { href, label };
    let settings = |area: &str| paths::settings(project, area);
    match lint.name.as_str() {
        "ssl_not_enforced" => page(settings("ssl"), "Enforce TLS"),
        "network_restrictions_not_set" => page(settings("network"), "Restrict the network"),
        "auth_otp_long_expiry"
        | "auth_otp_short_length"
        | "auth_leaked_password_protection"
        | "auth_insufficient_mfa_options"
        | "auth_password_policy_missing"
        | "password_requirements_min_length" => page(settings("auth"), "Auth settings"),
        "log_connections_not_enabled" => page(settings("database"), "Database settings"),
        "pitr_not_enabled" => page(paths::addons(project), "Add-ons"),
        "vulnerable_postgres_version" => page(paths::upgrade(project), "Upgrade Postgres"),
        "leaked_service_key" => page(paths::keys(project), "API keys"),
        rule => lint
            .metadata
            .as_ref()
            .and_then(|told| sql(rule, told))
            .unwrap_or(Fix::Guide),
    }
}

fn sql(rule: &str, told: &LintMetadata) -> Option<Fix> {
    let (schema, name) = (told.schema.as_deref()?, told.name.as_deref()?);
    let object = object(told)?;
    let mends = |sql: String, heed| Some(Fix::Sql { sql, heed });
    let looks = |sql: String, then| Some(Fix::Look { sql, then });
    let policies = || {
        format!(
            "select policyname, cmd, roles, qual, with_check\nfrom pg_policies\nwhere schemaname = {} and tablename = {};",
            text(schema),
            text(name)
        )
    };
    match rule {
        "rls_disabled_in_public" | "policy_exists_rls_disabled" => mends(
            format!("alter table {object} enable row level security;"),
            "Without a policy nobody but roles that bypass it sees a row from then on.",
        ),
        "rls_enabled_no_policy" => mends(
            format!(
                "create policy \"Signed-in people read\" on {object}\n  for select to authenticated\n  using (false);  -- say here who may see which rows"
            ),
            "As it stands the policy shows nothing: say who may see which rows.",
        ),
        "auth_users_exposed" => mends(
            format!("revoke select on {object} from anon, authenticated;"),
            "Whatever reads the view through the API loses it.",
        ),
        "security_definer_view" => mends(
            format!("alter view {object} set (security_invoker = true);"),
            "Whoever reads it needs rights on the tables below it from then on.",
        ),
        "function_search_path_mutable" => mends(
            format!("alter function {object} set search_path = '';"),
            "Names inside it need their schemas from then on. Where several functions have this name, add the arguments.",
        ),
        "extension_in_public" => mends(
            format!(
                "create schema if not exists extensions;\nalter extension {} set schema extensions;",
                quoted(name)
            ),
            "What names its functions without a schema needs extensions in its search_path.",
        ),
        "materialized_view_in_api" | "foreign_table_in_api" => mends(
            format!("revoke all on {object} from anon, authenticated;"),
            "Whatever reads it through the API loses it.",
        ),
        "no_primary_key" => mends(
            format!("alter table {object}\n  add column id bigint generated always as identity primary key;"),
            "The table is written anew and locked meanwhile. Where a column tells rows apart already, make that the key.",
        ),
        "unindexed_foreign_keys" => {
            let key = told.fkey_name.as_deref()?;
            looks(
                format!(
                    "select format('create index on %s (%s);', c.conrelid::regclass,\n  string_agg(quote_ident(a.attname), ', ' order by k.place))\nfrom pg_constraint c\ncross join unnest(c.conkey) with ordinality k (number, place)\njoin pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number\nwhere c.conname = {} and c.conrelid = {}::regclass\ngroup by c.conrelid;",
                    text(key),
                    text(&object)
                ),
                "It answers with the statement that makes the index.",
            )
        }
        "unused_index" => looks(
            format!(
                "select indexrelid::regclass as index, idx_scan as reads, pg_size_pretty(pg_relation_size(indexrelid)) as size\nfrom pg_stat_user_indexes\nwhere relid = {}::regclass\norder by idx_scan;",
                text(&object)
            ),
            "Drop one that stays unused, unless it guards that values are unique: drop index concurrently \u{2026};",
        ),
        "duplicate_index" => looks(
            format!(
                "select indexname, indexdef\nfrom pg_indexes\nwhere schemaname = {} and tablename = {}\norder by indexdef;",
                text(schema),
                text(name)
            ),
            "Keep one of those that are alike, and drop the others.",
        ),
        "auth_rls_initplan" => looks(
            policies(),
            "Write auth.uid() and the like as (select auth.uid()), so that it runs once: alter policy \u{2026} using (\u{2026});",
        ),
        "multiple_permissive_policies" => looks(
            policies(),
            "Join those of one role and command into one, with or between them.",
        ),
        "rls_references_user_metadata" => looks(policies(), "Use app_metadata instead, which only your server writes."),
        "unsupported_reg_types" => looks(
            format!(
                "select attname as column, format_type(atttypid, atttypmod) as type\nfrom pg_attribute\nwhere attrelid = {}::regclass and attnum > 0 and format_type(atttypid, atttypmod) like 'reg%';",
                text(&object)
            ),
            "Keep names there, as text: alter table \u{2026} alter column \u{2026} type text;",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::tests::lint;

    #[test]
    fn sql_is_made_for_the_object_and_quotes_it() {
        let of = |rule: &str, table: &str| fix("abc", &lint(rule, "ERROR", table));
        let Fix::Sql { sql, .. } = of("rls_disabled_in_public", "a\"b") else {
            panic!("it is mended by a statement");
        };
        assert_eq!(sql, "alter table \"public\".\"a\"\"b\" enable row level security;");
        let Fix::Look { sql, .. } = of("duplicate_index", "o'b") else {
            panic!("it is looked at");
        };
        assert!(sql.contains("tablename = 'o''b'"), "{sql}");
        assert_eq!(of("moon_phase", "t"), Fix::Guide);
        // Which key is meant is not told.
        assert_eq!(of("unindexed_foreign_keys", "t"), Fix::Guide);
        assert!(matches!(of("ssl_not_enforced", "t"), Fix::Page { .. }));
    }
}
