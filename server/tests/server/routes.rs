//! Every link that `app::paths` builds leads somewhere, every page is drawn, and every entry of the menus leads to its page.

use server::store::sql;
use std::{collections::BTreeSet, fs, path::Path};

use app::{
    audit::{AuditFilter, Cursor},
    logs::{question::Question, span::Span},
    page::{self, Parameters},
    paths,
    plan::Kind,
};
use management_api::{OperationId, Scope, organizations::Invitation};
use reqwest::Method;
use serde_json::{Value, json};
use server::PAGES;
use time::OffsetDateTime;

use crate::{browser::Browser, stage::Stage};

/// The function that [`branch`] makes beside the branch.
const FUNCTION: &str = "hello-world";

/// What a link of `app::paths` is for.
pub enum Link {
    /// A page, whose route is this.
    Page(&'static str, String),
    /// A page that sends on to another one.
    Redirect(&'static str, String, &'static str),
    /// A file to be kept.
    File(String),
    /// Where forms are sent to.
    Form(String),
    /// What a page of before asks for once.
    Gone(String),
    /// Where Supabase sends people back to.
    Callback(String),
}

/// A program's name. Whether there is one, the service tells to few projects.
const PROGRAM: &str = "mailer";

/// What pages are about, by their ids.
#[derive(Clone, Copy)]
pub struct Things<'a> {
    pub member: &'a str,
    pub branch: &'a str,
    pub run: &'a str,
    pub key: &'a str,
    pub provider: &'a str,
    pub issuer: &'a str,
    /// Of the project.
    pub webhook: &'a str,
    pub drain: &'a str,
    pub notebook: &'a str,
    /// Of a migration.
    pub version: &'a str,
}

/// Each link by the name of what builds it.
pub fn links(slug: &str, reference: &str, audited: i64, things: Things<'_>) -> Vec<(&'static str, Link)> {
    let Things {
        member,
        branch,
        run,
        key,
        provider,
        issuer,
        webhook,
        drain,
        version,
        notebook,
    } = things;
    let of_project = Scope::Project(reference.to_owned());
    let page = |route, path: &str| Link::Page(route, path.to_owned());
    let form = |path: &str| Link::Form(path.to_owned());
    let organization_projects = "/organizations/{slug}/projects";
    let project = "/projects/{ref}";
    let filter = AuditFilter {
        place: slug.to_owned(),
        ..AuditFilter::default()
    };
    let mut links = working(reference, version);
    links.extend(vec![
        ("HOME", Link::Redirect("/", paths::HOME.to_owned(), paths::PROJECTS)),
        ("SIGN_IN", page("/sign-in", paths::SIGN_IN)),
        ("SIGN_IN_START", form(paths::SIGN_IN_START)),
        ("SIGN_IN_CALLBACK", Link::Callback(paths::SIGN_IN_CALLBACK.to_owned())),
        ("SIGN_IN_TOKEN", form(paths::SIGN_IN_TOKEN)),
        ("THEME", form(paths::THEME)),
        ("mail_look", form(&paths::mail_look("mailer_templates_invite_content"))),
        ("MENU", form(paths::MENU)),
        ("FIND", page("/find", paths::FIND)),
        ("PROJECTS", page("/projects", paths::PROJECTS)),
        ("NEW_PROJECT", page("/projects/new", paths::NEW_PROJECT)),
        ("ORGANIZATIONS", page("/organizations", paths::ORGANIZATIONS)),
        ("NEW_ORGANIZATION", page("/organizations/new", paths::NEW_ORGANIZATION)),
        ("KEYS", page("/keys", paths::KEYS)),
        ("EXPLORER", page("/explorer", paths::EXPLORER)),
        (
            "explorer_operation",
            page(
                "/explorer/{operation}",
                &paths::explorer_operation(OperationId::DeleteHostnameConfig),
            ),
        ),
        (
            "explorer_filled",
            page(
                "/explorer/{operation}",
                &paths::explorer_filled(OperationId::GetBranch, &[("name", "a b&c")]),
            ),
        ),
        ("perform", form(&paths::perform(OperationId::CreateOrganization))),
        ("reveal", form(&paths::reveal(OperationId::GetApiKey))),
        ("draw_up", form(&paths::draw_up(Kind::Secrets))),
        ("apply", form(&paths::apply("none"))),
        ("stop", form(&paths::stop("none"))),
        ("discard", form(&paths::discard("none"))),
        ("leave_out", form(&paths::leave_out("none"))),
        (
            "sign_in_then",
            page("/sign-in", &paths::sign_in_then("/projects?search=a b")),
        ),
        (
            "sign_in_because",
            page("/sign-in", &paths::sign_in_because("revoked", "/projects")),
        ),
        ("project", page(project, &paths::project(reference))),
        (
            "settings",
            page("/projects/{ref}/settings/auth", &paths::settings(reference, "auth")),
        ),
        (
            "new_sso_provider",
            page("/projects/{ref}/settings/sso/new", &paths::new_sso_provider(reference)),
        ),
        (
            "sso_provider",
            page(
                "/projects/{ref}/settings/sso/{provider}",
                &paths::sso_provider(reference, provider),
            ),
        ),
        (
            "issuer",
            page(
                "/projects/{ref}/settings/third-party/{issuer}",
                &paths::issuer(reference, issuer),
            ),
        ),
        (
            "jit_grant",
            page("/projects/{ref}/settings/jit/grant", &paths::jit_grant(reference, "")),
        ),
        (
            "pgbouncer",
            page(
                "/projects/{ref}/settings/pooler/pgbouncer",
                &paths::pgbouncer(reference),
            ),
        ),
        (
            "addons",
            page(
                "/projects/{ref}/settings/infrastructure/add-ons",
                &paths::addons(reference),
            ),
        ),
        (
            "vanity",
            page("/projects/{ref}/settings/hostname/vanity", &paths::vanity(reference)),
        ),
        (
            "vanity_checked",
            page(
                "/projects/{ref}/settings/hostname/vanity",
                &paths::vanity_checked(reference, "a-name"),
            ),
        ),
        (
            "compare",
            page("/projects/{ref}/compare", &paths::compare(reference, reference)),
        ),
        (
            "project_settings",
            page("/projects/{ref}/settings", &paths::project_settings(reference)),
        ),
        ("secrets", page("/projects/{ref}/secrets", &paths::secrets(reference))),
        ("secrets_file", Link::File(paths::secrets_file(reference))),
        (
            "add_secrets",
            page("/projects/{ref}/secrets/add", &paths::add_secrets(reference, "A_KEY")),
        ),
        ("preview", form(&paths::preview(Kind::Secrets))),
        ("SECRETS", page("/secrets", paths::SECRETS)),
        ("CHANGE_SECRETS", page("/secrets/change", paths::CHANGE_SECRETS)),
        ("DELETE_SECRETS", page("/secrets/delete", paths::DELETE_SECRETS)),
        ("secrets_named", page("/secrets", &paths::secrets_named("API_KEY"))),
        (
            "change_secret",
            page("/secrets/change", &paths::change_secret("API_KEY")),
        ),
        (
            "delete_secrets",
            page("/projects/{ref}/secrets/delete", &paths::delete_secrets(reference)),
        ),
        ("keys", page("/projects/{ref}/keys", &paths::keys(reference))),
        (
            "new_key",
            page("/projects/{ref}/keys/new", &paths::new_key(reference, "secret")),
        ),
        (
            "signing_keys",
            page("/projects/{ref}/keys/signing", &paths::signing_keys(reference)),
        ),
        (
            "new_signing_key",
            page("/projects/{ref}/keys/signing/new", &paths::new_signing_key(reference)),
        ),
        ("key", page("/projects/{ref}/keys/{key}", &paths::key(reference, key))),
        (
            "branches",
            page("/projects/{ref}/branches", &paths::branches(reference)),
        ),
        (
            "new_sized_branch",
            page(
                "/projects/{ref}/branches/new-sized",
                &paths::new_sized_branch(reference),
            ),
        ),
        (
            "new_branch",
            page("/projects/{ref}/branches/new", &paths::new_branch(reference)),
        ),
        (
            "branch",
            page("/projects/{ref}/branches/{branch}", &paths::branch(reference, branch)),
        ),
        (
            "branch_changes",
            page(
                "/projects/{ref}/branches/{branch}/changes",
                &paths::branch_changes(reference, branch),
            ),
        ),
        (
            "branch_runs",
            page(
                "/projects/{ref}/branches/{branch}/runs",
                &paths::branch_runs(reference, branch),
            ),
        ),
        (
            "branch_runs_at",
            page(
                "/projects/{ref}/branches/{branch}/runs",
                &paths::branch_runs_at(reference, branch, 20),
            ),
        ),
        (
            "branch_run",
            page(
                "/projects/{ref}/branches/{branch}/runs/{run}",
                &paths::branch_run(reference, branch, run),
            ),
        ),
        (
            "started_run",
            page(
                "/projects/{ref}/branches/{branch}/runs/{run}",
                &paths::started_run(reference, branch).replace("{workflow_run_id}", run),
            ),
        ),
        (
            "branch_settings",
            page(
                "/projects/{ref}/branches/{branch}/settings",
                &paths::branch_settings(reference, branch),
            ),
        ),
        (
            "functions",
            page("/projects/{ref}/functions", &paths::functions(reference)),
        ),
        (
            "new_function",
            page("/projects/{ref}/functions/new", &paths::new_function(reference)),
        ),
        (
            "function",
            page(
                "/projects/{ref}/functions/{slug}",
                &paths::function(reference, FUNCTION),
            ),
        ),
        (
            "function_usage",
            page(
                "/projects/{ref}/functions/{slug}",
                &paths::function_usage(reference, FUNCTION, "3hr"),
            ),
        ),
        (
            "function_source",
            page(
                "/projects/{ref}/functions/{slug}/source",
                &paths::function_source(reference, FUNCTION),
            ),
        ),
        (
            "function_settings",
            page(
                "/projects/{ref}/functions/{slug}/settings",
                &paths::function_settings(reference, FUNCTION),
            ),
        ),
        (
            "change_functions",
            page("/projects/{ref}/function-changes", &paths::change_functions(reference)),
        ),
        (
            "delete_functions",
            page("/projects/{ref}/function-deletion", &paths::delete_functions(reference)),
        ),
        (
            "deploy_elsewhere",
            page("/projects/{ref}/function-copies", &paths::deploy_elsewhere(reference)),
        ),
        (
            "deploy_one_elsewhere",
            page(
                "/projects/{ref}/function-copies",
                &paths::deploy_one_elsewhere(reference, FUNCTION),
            ),
        ),
        (
            "function_everywhere",
            page(
                "/projects/{ref}/functions/{slug}/everywhere",
                &paths::function_everywhere(reference, FUNCTION),
            ),
        ),
        ("function_zip", Link::File(paths::function_zip(reference, FUNCTION))),
        (
            "webhooks",
            page("/projects/{ref}/webhooks", &paths::webhooks(&of_project)),
        ),
        (
            "new_webhook",
            page(
                "/organizations/{slug}/webhooks/new",
                &paths::new_webhook(&Scope::Organization(slug.to_owned())),
            ),
        ),
        (
            "webhook",
            page(
                "/projects/{ref}/webhooks/{webhook}",
                &paths::webhook(&of_project, webhook),
            ),
        ),
        (
            "deliveries_at",
            page(
                "/projects/{ref}/webhooks/{webhook}",
                &paths::deliveries_at(&of_project, webhook, ("before", "")),
            ),
        ),
        (
            "delivery",
            page(
                "/projects/{ref}/webhooks/{webhook}",
                &paths::delivery(&of_project, webhook, ""),
            ),
        ),
        (
            "log_drains",
            page("/projects/{ref}/log-drains", &paths::log_drains(reference)),
        ),
        (
            "new_log_drain",
            page(
                "/projects/{ref}/log-drains/new",
                &paths::new_log_drain(reference, "loki"),
            ),
        ),
        (
            "log_drain",
            page(
                "/projects/{ref}/log-drains/{drain}",
                &paths::log_drain(reference, drain),
            ),
        ),
        (
            "invite_again",
            page(
                "/organizations/{slug}/members/invite",
                &paths::invite_again(
                    slug,
                    &Invitation {
                        email: "somebody@example.com".to_owned(),
                        role: "developer".to_owned(),
                        projects: vec![reference.to_owned()],
                        require_sso: None,
                    },
                ),
            ),
        ),
        (
            "members_report",
            page("/organizations/{slug}/members/report", &paths::members_report(slug)),
        ),
        ("members_file", Link::File(paths::members_file(slug))),
        ("metrics", page("/projects/{ref}/metrics", &paths::metrics(reference))),
        (
            "metric",
            page("/projects/{ref}/metrics", &paths::metric(reference, "node_load1")),
        ),
        (
            "notebooks",
            page("/projects/{ref}/notebooks", &paths::notebooks(reference)),
        ),
        (
            "notebooks_at",
            page(
                "/projects/{ref}/notebooks",
                &paths::notebooks_at(reference, "Looms", ("after", "")),
            ),
        ),
        (
            "new_notebook",
            page("/projects/{ref}/notebooks/new", &paths::new_notebook(reference)),
        ),
        (
            "notebook",
            page(
                "/projects/{ref}/notebooks/{notebook}",
                &paths::notebook(reference, notebook),
            ),
        ),
        (
            "notebook_edit",
            page(
                "/projects/{ref}/notebooks/{notebook}/edit",
                &paths::notebook_edit(reference, notebook),
            ),
        ),
        (
            "notebook_run",
            page(
                "/projects/{ref}/notebooks/{notebook}",
                &paths::notebook_run(reference, notebook, "a-cell"),
            ),
        ),
        (
            "private_link",
            page("/projects/{ref}/private-link", &paths::private_link(reference)),
        ),
        ("compute", page("/projects/{ref}/compute", &paths::compute(reference))),
        (
            "new_compute",
            page("/projects/{ref}/compute/new", &paths::new_compute(reference, "resizer")),
        ),
        (
            "compute_instance",
            page(
                "/projects/{ref}/compute/{name}",
                &paths::compute_instance(reference, PROGRAM),
            ),
        ),
        (
            "in_force",
            page("/projects/{ref}/settings/in-force", &paths::in_force(reference)),
        ),
        ("DRIFT", page("/drift", paths::DRIFT)),
        ("drift", page("/projects/{ref}/drift", &paths::drift(reference))),
        ("baseline", form(&paths::baseline(reference, "set"))),
        ("BULK", page("/bulk-change", paths::BULK)),
        ("bulk", page("/bulk-change", &paths::bulk("auth", "jwt_exp"))),
        ("COMPARE", page("/compare", paths::COMPARE)),
        ("compare_two", page("/compare", &paths::compare_two(reference, slug))),
        (
            "configuration",
            page("/projects/{ref}/configuration", &paths::configuration(reference)),
        ),
        (
            "configuration_file",
            Link::File(paths::configuration_file(reference, "toml")),
        ),
        ("run_log", Link::File(paths::run_log(branch, run))),
        ("project_usage", page(project, &paths::project_usage(reference, "3hr"))),
        (
            "scope",
            page(project, &paths::scope(&Scope::Project(reference.to_owned())).unwrap()),
        ),
        ("new_project_in", page("/projects/new", &paths::new_project_in(slug))),
        (
            "organization",
            page("/organizations/{slug}", &paths::organization(slug)),
        ),
        (
            "organization_projects",
            page(organization_projects, &paths::organization_projects(slug)),
        ),
        (
            "organization_projects_at",
            page(
                organization_projects,
                &paths::organization_projects_at(slug, 1, "Project", "ACTIVE_HEALTHY"),
            ),
        ),
        (
            "organization_members",
            page("/organizations/{slug}/members", &paths::organization_members(slug)),
        ),
        (
            "member_in",
            page(
                "/organizations/{slug}/members/{member}",
                &paths::member_in(slug, member, reference),
            ),
        ),
        (
            "members_without_factor",
            page("/organizations/{slug}/members", &paths::members_without_factor(slug)),
        ),
        (
            "member",
            page("/organizations/{slug}/members/{member}", &paths::member(slug, member)),
        ),
        (
            "invite",
            page("/organizations/{slug}/members/invite", &paths::invite(slug)),
        ),
        ("estate", page("/organizations/{slug}/estate", &paths::estate(slug))),
        (
            "transfer",
            page("/projects/{ref}/settings/transfer", &paths::transfer(reference)),
        ),
        (
            "claim_project",
            page("/organizations/{slug}/claim", &paths::claim_project(slug)),
        ),
        (
            "organization_entitlements",
            page(
                "/organizations/{slug}/entitlements",
                &paths::organization_entitlements(slug),
            ),
        ),
        ("AUDIT", page("/audit", paths::AUDIT)),
        ("audit_at", page("/audit", &paths::audit_at(&filter, Cursor::Before(7)))),
        (
            "audit_beside",
            page("/audit", &paths::audit_beside(&filter, Cursor::Newest, audited)),
        ),
        ("audit_call", page("/audit/{id}", &paths::audit_call(audited))),
        ("AUDIT_CSV", Link::File(paths::AUDIT_CSV.to_owned())),
        ("AUDIT_JSON_LINES", Link::File(paths::AUDIT_JSON_LINES.to_owned())),
        ("audit_file", Link::File(paths::audit_file(paths::AUDIT_CSV, &filter))),
        ("CONNECTIONS", page("/connections", paths::CONNECTIONS)),
        (
            "connections_told",
            page("/connections", &paths::connections_told("removed-later")),
        ),
        ("replace_token", page("/connections", &paths::replace_token("none"))),
        ("CONNECT", form(paths::CONNECT)),
        ("CONNECT_TOKEN", form(paths::CONNECT_TOKEN)),
        ("CALL_ME", form(paths::CALL_ME)),
        ("DISCONNECT", form(paths::DISCONNECT)),
        ("SESSIONS", page("/sessions", paths::SESSIONS)),
        ("session_ended", page("/sessions", &paths::session_ended("later-token"))),
        ("signed_out", page("/sign-in", &paths::signed_out("revoked"))),
        ("END_SESSION", form(paths::END_SESSION)),
        // Last, because they work.
        ("END_SESSIONS", form(paths::END_SESSIONS)),
        ("SIGN_OUT", form(paths::SIGN_OUT)),
    ]);
    links
}

/// Those of what a team looks into.
fn working(reference: &str, version: &str) -> Vec<(&'static str, Link)> {
    let page = |route, path: String| Link::Page(route, path);
    let (sql, lines, query) = (
        "/projects/{ref}/sql",
        "/projects/{ref}/logs",
        "/projects/{ref}/logs/query",
    );
    let (all, hour) = (
        Question::default(),
        Span::read(|_| String::new(), OffsetDateTime::now_utc()).unwrap(),
    );
    let ask = "select id from logs";
    vec![
        ("sql", page(sql, paths::sql(reference))),
        ("sql_ready", page(sql, paths::sql_ready(reference, "sizes"))),
        ("sql_saved", page(sql, paths::sql_saved(reference, ""))),
        ("sql_beside", page(sql, paths::sql_beside(reference, "schema", &[]))),
        // Of which there are, the page's own test opens one.
        ("sql_snippet", page(sql, paths::sql_snippet(reference, ""))),
        ("sql_of", page(sql, paths::sql_of(reference, "select 1"))),
        ("sql_past", page(sql, paths::sql_past(reference, ""))),
        ("sql_kept", page(sql, paths::sql_kept(reference, ""))),
        ("logs_of", page(lines, paths::logs_of(reference))),
        ("logs", page(lines, paths::logs(reference, &all, &hour))),
        ("logs_query_of", page(query, paths::logs_query_of(reference))),
        ("logs_query", page(query, paths::logs_query(reference, ask, &hour))),
        (
            "logs_view",
            page(query, paths::logs_view(reference, "errors", Some(&hour))),
        ),
        ("logs_file", Link::File(paths::logs_file(reference, &all, &hour, "csv"))),
        (
            "logs_query_file",
            Link::File(paths::logs_query_file(reference, ask, &hour, "jsonl")),
        ),
        ("BACKUPS", page("/backups", paths::BACKUPS.to_owned())),
        ("backups", page("/projects/{ref}/backups", paths::backups(reference))),
        (
            "backups_at",
            page(
                "/projects/{ref}/backups",
                paths::backups_at(reference, "2026-11-26T11:51:00"),
            ),
        ),
        (
            "backup_file",
            page("/projects/{ref}/backups", paths::backup_file(reference, 7)),
        ),
        (
            "migrations",
            page("/projects/{ref}/migrations", paths::migrations(reference)),
        ),
        (
            "new_migration",
            page("/projects/{ref}/migrations/new", paths::new_migration(reference)),
        ),
        (
            "compare_migrations",
            page(
                "/projects/{ref}/migrations/compare",
                paths::compare_migrations(reference, reference),
            ),
        ),
        (
            "migration",
            page(
                "/projects/{ref}/migrations/{version}",
                paths::migration(reference, version),
            ),
        ),
        ("ADVISORS", page("/advisors", paths::ADVISORS.to_owned())),
        ("ADVISORS_CSV", Link::File(paths::ADVISORS_CSV.to_owned())),
        ("advisors", page("/projects/{ref}/advisors", paths::advisors(reference))),
        (
            "findings_of",
            page(
                "/projects/{ref}/advisors",
                paths::findings_of(reference, "no_primary_key"),
            ),
        ),
        (
            "finding",
            page(
                "/projects/{ref}/advisors/finding",
                paths::finding(reference, "no_primary_key_public_wheels"),
            ),
        ),
        ("finding_act", Link::Form(paths::finding_act(reference, "accept"))),
        ("sql_rows", Link::Gone(paths::sql_rows("gone"))),
        ("mark_act", Link::Form(paths::mark_act(reference, "set"))),
        ("statements_act", Link::Form(paths::statements_act(reference, "delete"))),
        (
            "log_questions_act",
            Link::Form(paths::log_questions_act(reference, "delete")),
        ),
        (
            "migration_of_sql",
            page(
                "/projects/{ref}/migrations/new",
                paths::migration_of_sql(reference, "wheels", "select 1"),
            ),
        ),
        ("database", page("/projects/{ref}/database", paths::database(reference))),
        ("types", page("/projects/{ref}/database/types", paths::types(reference))),
        (
            "relations",
            page(
                "/projects/{ref}/database/relations",
                paths::relations(reference, "public", ""),
            ),
        ),
        ("usage", page("/projects/{ref}/usage", paths::usage(reference, "1hr"))),
        (
            "migration_folder",
            page("/projects/{ref}/migrations/folder", paths::migration_folder(reference)),
        ),
        (
            "types_file",
            Link::File(paths::types_file(reference, &["public".to_owned()])),
        ),
        (
            "data_api_document",
            page(
                "/projects/{ref}/database/data-api",
                paths::data_api_document(reference, "public"),
            ),
        ),
        ("document_file", Link::File(paths::document_file(reference, "public"))),
        (
            "schema",
            page("/projects/{ref}/database/schema", paths::schema(reference)),
        ),
        (
            "table",
            page(
                "/projects/{ref}/database/schema/table",
                paths::table(reference, "public", "wheels"),
            ),
        ),
        ("VERSIONS", page("/versions", paths::VERSIONS.to_owned())),
        (
            "infrastructure",
            page("/projects/{ref}/infrastructure", paths::infrastructure(reference)),
        ),
        (
            "upgrade",
            page("/projects/{ref}/infrastructure/upgrade", paths::upgrade(reference)),
        ),
        (
            "migration_rollback",
            page(
                "/projects/{ref}/migrations/{version}/rollback",
                paths::migration_rollback(reference, version),
            ),
        ),
    ]
}

/// What `app::paths` offers, read from its source: a link that nobody lists here would not be walked.
fn offered() -> BTreeSet<String> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let rooms = fs::read_dir(app.join("paths"))
        .unwrap()
        .map(|file| file.unwrap().path());
    let name = |line: &str| {
        let rest = line
            .strip_prefix("pub fn ")
            .or_else(|| line.strip_prefix("pub const "))?;
        rest.split(['(', ':', '<']).next().map(str::to_owned)
    };
    rooms
        .chain([app.join("paths.rs")])
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            text.lines().filter_map(name).collect::<Vec<_>>()
        })
        .collect()
}

/// The refs of a new branch and of its run.
async fn branch(browser: &mut Browser, project: &str) -> (String, String) {
    let fields = [
        ("ref", project),
        ("branch_name", "try"),
        ("_sure", "true"),
        ("_next", "/projects/{project_ref}"),
    ];
    let function = [
        ("ref", project),
        ("function.slug", FUNCTION),
        ("function.name", FUNCTION),
        ("function.body", "Deno.serve(() => new Response(\"Hello\"));"),
    ];
    let deployed = browser
        .post(&paths::perform(OperationId::CreateFunction), &function)
        .await;
    assert_eq!(deployed.status, 303, "{}", deployed.body);
    let made = browser.post(&paths::perform(OperationId::CreateBranch), &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let next = made.location();
    let branch = next.split(['/', '?']).nth(2).unwrap().to_owned();
    let runs = browser.get(&paths::branch_runs(project, &branch)).await.body;
    let start = format!("{}/", paths::branch_runs(project, &branch));
    let run = runs
        .split(&start)
        .nth(1)
        .and_then(|rest| rest.get(..36))
        .unwrap()
        .to_owned();
    (branch, run)
}

/// The id of one of the project's API keys.
async fn key(browser: &mut Browser, project: &str) -> String {
    let list = paths::keys(project);
    let page = browser.get(&list).await.body;
    let start = format!("{list}/");
    let ids = page.split(&start).filter_map(|rest| rest.get(..36));
    let found = ids.map(str::to_owned).find(|id| id.matches('-').count() == 4);
    found.unwrap()
}

/// The ids of a new identity provider and of a new issuer that the project trusts.
pub async fn vouching(stage: &Stage, project: &str) -> (String, String) {
    let auth = format!("/v1/projects/{project}/config/auth");
    stage.patch_upstream(&auth, &json!({ "saml_enabled": true })).await;
    let made = async |path: &str, body: Value| -> String {
        let made: Value = serde_json::from_str(&stage.post_upstream(&format!("{auth}/{path}"), &body).await).unwrap();
        made["id"].as_str().unwrap().to_owned()
    };
    let provider = json!({ "type": "saml", "metadata_url": "https://idp.example.com/metadata" });
    let issuer = json!({ "oidc_issuer_url": "https://issuer.example.com" });
    (
        made("sso/providers", provider).await,
        made("third-party-auth", issuer).await,
    )
}

/// The version of a migration that was applied to the project.
pub async fn migrated(stage: &Stage, project: &str) -> String {
    let path = format!("/v1/projects/{project}/database/migrations");
    let migration = json!({ "name": "wheels", "query": "create table wheels ()", "rollback": "drop table wheels" });
    stage.post_upstream(&path, &migration).await;
    let history = stage.get_upstream(&path).await;
    history[0]["version"].as_str().unwrap().to_owned()
}

/// The id of a new webhook of `place`, such as `projects/abc`.
async fn webhook(stage: &Stage, place: &str) -> String {
    let attributes = json!({
        "url": "https://hooks.example.com/reports",
        "event_types": [{ "type": "*" }],
        "signing_secret": "a secret of twenty-four",
    });
    let body = json!({ "data": { "type": "endpoint", "attributes": attributes } });
    let made = stage
        .post_upstream(&format!("/v2/{place}/webhooks/endpoints"), &body)
        .await;
    let made: Value = serde_json::from_str(&made).unwrap();
    made["data"]["id"].as_str().unwrap().to_owned()
}

/// The id of a new log drain.
async fn drain(stage: &Stage, project: &str) -> String {
    let config = json!({ "url": "https://logs.example.com/" });
    let attributes = json!({ "name": "Logs", "backend_type": "webhook", "config": config });
    let body = json!({ "data": { "type": "log_drain", "attributes": attributes } });
    let made = stage
        .post_upstream(&format!("/v2/projects/{project}/analytics/log-drains"), &body)
        .await;
    let made: Value = serde_json::from_str(&made).unwrap();
    made["data"]["id"].as_str().unwrap().to_owned()
}

/// The id of a new notebook.
async fn notebook(stage: &Stage, project: &str) -> String {
    let attributes = json!({ "name": "Looms", "content": { "cells": [{ "type": "markdown", "text": "Ours" }] } });
    let body = json!({ "data": { "type": "notebook", "attributes": attributes } });
    let made = stage
        .post_upstream(&format!("/v2/projects/{project}/notebooks"), &body)
        .await;
    let made: Value = serde_json::from_str(&made).unwrap();
    made["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    // Writes stand in the audit before they are answered.
    let fields = [("ref", project.reference.as_str()), ("name", project.name.as_str())];
    let renamed = browser
        .post_in_place(&paths::perform(OperationId::UpdateProject), &fields)
        .await;
    assert_eq!(renamed.status, 200, "{}", renamed.body);
    let audited: i64 = sql::query_scalar("SELECT max(id) FROM audit WHERE label LIKE 'ada@%'")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap();
    let (branch, run) = branch(&mut browser, &project.reference).await;
    let slug = &stage.organizations().await[0].slug;
    let key = key(&mut browser, &project.reference).await;
    let (provider, issuer) = vouching(&stage, &project.reference).await;
    let member = stage.world().await["people"][0]["id"].as_str().unwrap().to_owned();
    let webhook = webhook(&stage, &format!("projects/{}", project.reference)).await;
    let drain = drain(&stage, &project.reference).await;
    let notebook = notebook(&stage, &project.reference).await;
    let version = migrated(&stage, &project.reference).await;
    let things = Things {
        member: &member,
        branch: &branch,
        run: &run,
        key: &key,
        provider: &provider,
        issuer: &issuer,
        webhook: &webhook,
        drain: &drain,
        notebook: &notebook,
        version: &version,
    };
    let links = links(slug, &project.reference, audited, things);
    let listed: BTreeSet<String> = links.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, offered());

    let mut walked = BTreeSet::new();
    for (name, link) in links {
        match link {
            Link::Page(route, path) => {
                browser.get(&path).await.assert_complete();
                walked.insert(route);
            }
            Link::Redirect(route, path, to) => {
                let answer = browser.get(&path).await;
                assert_eq!(
                    (answer.status.as_u16(), answer.location().as_str()),
                    (302, to),
                    "{name}"
                );
                walked.insert(route);
            }
            Link::File(path) => {
                let file = browser.get(&path).await;
                assert_eq!(file.status, 200, "{name}: {}", file.body);
                assert!(file.header("content-disposition").starts_with("attachment"), "{name}");
            }
            Link::Form(path) => {
                let answer = browser
                    .post(&path, &[("theme", "dark"), ("menu", "narrow"), ("token", "")])
                    .await;
                // A form that is not right is answered by a page.
                let expected = match name {
                    "perform" | "reveal" => 422,
                    // It names no finding.
                    "finding_act" => 404,
                    // It takes files.
                    "draw_up" | "preview" | "mail_look" | "baseline" | "statements_act" | "log_questions_act" => 400,
                    _ => 303,
                };
                assert_eq!(answer.status, expected, "{name}: {}", answer.body);
                let page = browser
                    .request(Method::GET, &path, &[("accept", "text/html")], None)
                    .await;
                assert_eq!(page.status, 405, "{name} is for forms");
            }
            Link::Gone(path) => assert_eq!(browser.get(&path).await.status, 404, "{name}"),
            Link::Callback(path) => {
                let answer = browser.get(&path).await;
                assert!(
                    answer.location().starts_with("/sign-in?problem="),
                    "{name}: {}",
                    answer.body
                );
            }
        }
    }
    let routes: BTreeSet<&str> = PAGES.iter().map(|route| route.path()).collect();
    assert!(walked.is_subset(&routes), "{walked:?}");
}

#[tokio::test]
async fn every_page_is_drawn() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let (project, slug) = (
        stage.projects().await.remove(0).reference,
        stage.organizations().await.remove(0).slug,
    );
    browser.get(paths::PROJECTS).await.assert_complete();
    browser.get(paths::AUDIT).await.assert_complete();
    let audited: i64 = sql::query_scalar("SELECT max(id) FROM audit")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap();
    let (branch, run) = branch(&mut browser, &project).await;
    let key = key(&mut browser, &project).await;
    let (provider, issuer) = vouching(&stage, &project).await;
    let version = migrated(&stage, &project).await;
    let member = stage.world().await["people"][0]["id"].as_str().unwrap().to_owned();
    let of_project = webhook(&stage, &format!("projects/{project}")).await;
    let of_organization = webhook(&stage, &format!("organizations/{slug}")).await;
    let drain = drain(&stage, &project).await;
    let notebook = notebook(&stage, &project).await;
    for page in app::pages::all() {
        let path = page
            .template()
            .replace("{drain}", &drain)
            .replace("{notebook}", &notebook)
            .replace("{name}", PROGRAM)
            .replace("{ref}/webhooks/{webhook}", &format!("{{ref}}/webhooks/{of_project}"))
            .replace("{webhook}", &of_organization)
            .replace("{key}", &key)
            .replace("{version}", &version)
            .replace("schema/table", "schema/table?schema=public&name=wheels")
            .replace("advisors/finding", "advisors/finding?key=no_primary_key_public_wheels")
            .replace("{provider}", &provider)
            .replace("{issuer}", &issuer)
            .replace("{branch}", &branch)
            .replace("{run}", &run)
            .replace("{ref}", &project)
            .replace("functions/{slug}", &format!("functions/{FUNCTION}"))
            .replace("{slug}", &slug)
            .replace("{member}", &member)
            .replace("{id}", &audited.to_string())
            .replace("{operation}", OperationId::GetProject.as_str());
        browser.get(&path).await.assert_complete();
    }
}

#[tokio::test]
async fn what_no_route_is_for_is_not_found() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let (project, slug) = (
        stage.projects().await.remove(0),
        stage.organizations().await.remove(0).slug,
    );
    for path in [
        "/nowhere".to_owned(),
        "/project".to_owned(),
        "/projects/new/settings/more".to_owned(),
        format!("{}/nothing", paths::project(&project.reference)),
        format!("{}/nothing", paths::project_settings(&project.reference)),
        format!("{}/nothing", paths::organization(&slug)),
        format!("{}/nothing", paths::organization_entitlements(&slug)),
        format!("{}/more", paths::SIGN_IN),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("Not found"), "{path}: {}", page.body);
    }
}

/// Opens every page of the place's menu; each marks its own entry.
async fn walk(browser: &mut Browser, scope: Scope) {
    let (menu, named) = (page::menu(&scope), Parameters::of(&scope));
    assert!(!menu.is_empty());
    for (_, page) in &menu {
        let path = page.href(&named);
        let drawn = browser.get(&path).await;
        drawn.assert_complete();
        let current = format!("<a href=\"{path}\" aria-current=\"page\">");
        // The page's own tabs mark it, too.
        let side = drawn.body.split("id=\"side-menu\"").nth(1).unwrap();
        let side = side.split("</nav>").next().unwrap();
        assert_eq!(side.matches(&current).count(), 1, "{path}: {}", drawn.body);
        for (_, page) in &menu {
            let link = format!("<a href=\"{}\"", page.href(&named));
            assert!(side.contains(&link), "{path} does not lead to {}", page.title);
        }
    }
}

#[tokio::test]
async fn every_entry_of_the_menus_leads_to_its_page() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    walk(&mut browser, Scope::Account).await;
    walk(
        &mut browser,
        Scope::Organization(stage.organizations().await.remove(0).slug),
    )
    .await;
    walk(&mut browser, Scope::Project(stage.projects().await.remove(0).reference)).await;
}

#[test]
fn the_router_serves_every_page_and_nothing_else_in_the_frame() {
    let routed: BTreeSet<&str> = PAGES.iter().map(|route| route.path()).collect();
    let pages: BTreeSet<String> = app::pages::all().map(page::Page::template).collect();
    let others = ["/", "/sign-in"];
    let expected: BTreeSet<&str> = pages.iter().map(String::as_str).chain(others).collect();
    assert_eq!(routed, expected);
}
