//! Every link of the console is built here.

mod working;

use management_api::{SEGMENT, Scope, organizations::Invitation};
use percent_encoding::utf8_percent_encode;

pub use self::working::*;

use crate::{
    audit::{AuditFilter, Cursor},
    plan::Kind,
};

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, SEGMENT).collect()
}

/// What stands under a path without parameters.
fn under(path: &str, value: &str) -> String {
    let mut text = String::with_capacity(path.len() + value.len() + 24);
    text.push_str(path);
    text.push('/');
    text.extend(utf8_percent_encode(value, SEGMENT));
    text
}

/// Paths without parameters.
pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
/// Where the sign-in form posts to; answers with a redirect to Supabase.
pub const SIGN_IN_START: &str = "/sign-in/start";
/// Where Supabase sends people back to.
pub const SIGN_IN_CALLBACK: &str = "/sign-in/callback";
/// Where a personal access token is posted to.
pub const SIGN_IN_TOKEN: &str = "/sign-in/token";
pub const SIGN_OUT: &str = "/sign-out";
/// The person's own sign-ins.
pub const SESSIONS: &str = "/sessions";
/// Through what somebody reaches Supabase.
pub const CONNECTIONS: &str = "/connections";
/// To Supabase's consent page, for one organization more.
pub const CONNECT: &str = "/connections/connect";
/// A personal token more.
pub const CONNECT_TOKEN: &str = "/connections/token";
pub const DISCONNECT: &str = "/connections/disconnect";
/// How the person is to be called, where Supabase does not tell it.
pub const CALL_ME: &str = "/connections/name";
/// Where one of them is ended, and where all are.
pub const END_SESSION: &str = "/sessions/end";
pub const END_SESSIONS: &str = "/sessions/end-all";
pub const THEME: &str = "/theme";
/// Where the side menu is made narrow or wide.
pub const MENU: &str = "/menu";
/// What is searched for in the bar.
pub const FIND: &str = "/find";
pub const PROJECTS: &str = "/projects";
pub const NEW_PROJECT: &str = "/projects/new";
pub const ORGANIZATIONS: &str = "/organizations";
pub const NEW_ORGANIZATION: &str = "/organizations/new";
/// The keys of all projects.
pub const KEYS: &str = "/keys";
pub const EXPLORER: &str = "/explorer";

pub const AUDIT: &str = "/audit";
/// The audit as files, with the choices of its page.
pub const AUDIT_CSV: &str = "/audit.csv";
pub const AUDIT_JSON_LINES: &str = "/audit.jsonl";

/// The form's way to an operation; see [`crate::components::form`].
pub fn perform(operation: management_api::OperationId) -> String {
    format!("/do/{}", encoded(operation.as_str()))
}

/// Where a form goes that asks to see one secret of an answer; see [`crate::components::reveal`].
pub fn reveal(operation: management_api::OperationId) -> String {
    format!("/reveal/{operation}")
}

/// Where the form of a configuration goes for the look of an e-mail.
pub fn mail_look(setting: &str) -> String {
    format!("/mail-look/{}", encoded(setting))
}

/// Where a form goes that draws up a plan of this kind, and where one is carried out or given up.
pub fn draw_up(kind: Kind) -> String {
    format!("/plans/{}", kind.as_str())
}

/// Where it is sent while it is being filled in, for a look at what would come of it.
pub fn preview(kind: Kind) -> String {
    format!("{}/preview", draw_up(kind))
}

pub fn apply(plan: &str) -> String {
    format!("/plans/{}/apply", encoded(plan))
}

/// Where a setting is left out of a plan.
pub fn leave_out(plan: &str) -> String {
    format!("/plans/{}/leave-out", encoded(plan))
}

/// The page of a project's configuration, by its area's word.
pub fn settings(reference: &str, area: &str) -> String {
    format!("{}/settings/{area}", project(reference))
}

/// Where an identity provider is added, and one of them.
pub fn new_sso_provider(reference: &str) -> String {
    format!("{}/new", settings(reference, "sso"))
}

pub fn sso_provider(reference: &str, id: &str) -> String {
    format!("{}/{}", settings(reference, "sso"), encoded(id))
}

/// One of the issuers that a project trusts.
pub fn issuer(reference: &str, id: &str) -> String {
    format!("{}/{}", settings(reference, "third-party"), encoded(id))
}

/// Where a person is given just-in-time access; empty for nobody yet.
pub fn jit_grant(reference: &str, person: &str) -> String {
    with_choices(&format!("{}/grant", settings(reference, "jit")), &[("person", person)])
}

/// A project going to another organization.
pub fn transfer(reference: &str) -> String {
    settings(reference, "transfer")
}

/// How a project's own pooler is set up.
pub fn pgbouncer(reference: &str) -> String {
    format!("{}/pgbouncer", settings(reference, "pooler"))
}

/// The add-ons of a project.
pub fn addons(reference: &str) -> String {
    format!("{}/add-ons", settings(reference, "infrastructure"))
}

/// A project's vanity subdomain, and the same with an answer to whether `name` can be had.
pub fn vanity(reference: &str) -> String {
    format!("{}/vanity", settings(reference, "hostname"))
}

pub fn vanity_checked(reference: &str, name: &str) -> String {
    with_choices(&vanity(reference), &[("name", name)])
}

/// A project's configuration beside that of `with`; empty for none yet.
pub fn compare(reference: &str, with: &str) -> String {
    let path = format!("{}/compare", project(reference));
    if with.is_empty() {
        path
    } else {
        format!("{path}?with={}", encoded(with))
    }
}

/// Baselines of all projects.
pub const DRIFT: &str = "/drift";

/// A project beside its baseline.
pub fn drift(reference: &str) -> String {
    format!("{}/drift", project(reference))
}

/// Where a baseline is set, where settings are accepted into it, where it is checked by itself and where it is forgotten:
/// `set`, `accept`, `checks`, `forget`.
pub fn baseline(reference: &str, act: &str) -> String {
    format!("/baselines/{}/{act}", encoded(reference))
}

/// Where one setting is changed in several projects.
pub const BULK: &str = "/bulk-change";

/// The same for one setting of an area; empty for none yet.
pub fn bulk(area: &str, setting: &str) -> String {
    with_choices(BULK, &[("area", area), ("setting", setting)])
}

/// Any two projects' configurations side by side.
pub const COMPARE: &str = "/compare";

/// Those of `one` and `other`; values are taken from the other.
pub fn compare_two(one: &str, other: &str) -> String {
    with_choices(COMPARE, &[("a", one), ("b", other)])
}

/// A project's whole configuration: to be exported, and to be imported.
pub fn configuration(reference: &str) -> String {
    format!("{}/configuration", project(reference))
}

/// The same as a file, as `toml` or `json`.
pub fn configuration_file(reference: &str, format: &str) -> String {
    format!("/files/{}/configuration/{format}", encoded(reference))
}

/// Where a plan that runs is stopped.
pub fn stop(plan: &str) -> String {
    format!("/plans/{}/stop", encoded(plan))
}

pub fn discard(plan: &str) -> String {
    format!("/plans/{}/discard", encoded(plan))
}

/// The explorer's page of one operation; its form is posted there too.
pub fn explorer_operation(operation: management_api::OperationId) -> String {
    format!("{EXPLORER}/{}", encoded(operation.as_str()))
}

/// The same with these parameters filled in.
pub fn explorer_filled(operation: management_api::OperationId, fields: &[(&str, &str)]) -> String {
    let filled: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("{}?{}", explorer_operation(operation), filled.join("&"))
}

/// A project's Edge Functions.
pub fn functions(reference: &str) -> String {
    format!("{}/functions", project(reference))
}

pub fn new_function(reference: &str) -> String {
    format!("{}/new", functions(reference))
}

pub fn function(reference: &str, slug: &str) -> String {
    format!("{}/{}", functions(reference), encoded(slug))
}

pub fn function_source(reference: &str, slug: &str) -> String {
    format!("{}/source", function(reference, slug))
}

pub fn function_settings(reference: &str, slug: &str) -> String {
    format!("{}/settings", function(reference, slug))
}

pub fn function_everywhere(reference: &str, slug: &str) -> String {
    format!("{}/everywhere", function(reference, slug))
}

/// Where several functions of a project are changed at once; their slugs stand in the query.
pub fn change_functions(reference: &str) -> String {
    format!("{}/function-changes", project(reference))
}

/// Where it is asked before several functions are deleted; their slugs stand in the query.
pub fn delete_functions(reference: &str) -> String {
    format!("{}/function-deletion", project(reference))
}

/// Where functions of a project are deployed to others, too; their slugs stand in the query.
pub fn deploy_elsewhere(reference: &str) -> String {
    format!("{}/function-copies", project(reference))
}

/// The same for one function.
pub fn deploy_one_elsewhere(reference: &str, slug: &str) -> String {
    with_choices(&deploy_elsewhere(reference), &[("slug", slug)])
}

/// A function's overview with the numbers of the last `interval` (the API's word).
pub fn function_usage(reference: &str, slug: &str, interval: &str) -> String {
    format!("{}?interval={}", function(reference, slug), encoded(interval))
}

/// A function's files as a zip.
pub fn function_zip(reference: &str, slug: &str) -> String {
    format!("/zip/functions/{}/{}", encoded(reference), encoded(slug))
}

/// The sign-in page, returning to `path` afterwards.
pub fn sign_in_then(path: &str) -> String {
    format!("{SIGN_IN}?return_to={}", encoded(path))
}

/// Like [`sign_in_then`], where the page says what has ended the sign-in, or kept it from being made: one of its own words.
pub fn sign_in_because(problem: &str, path: &str) -> String {
    format!("{SIGN_IN}?problem={}&return_to={}", encoded(problem), encoded(path))
}

/// The sign-in page after a sign-out; `word` says what became of the access that Steward had.
pub fn signed_out(word: &str) -> String {
    format!("{SIGN_IN}?signed_out={}", encoded(word))
}

/// The list of sign-ins after one of them was ended; likewise.
pub fn session_ended(word: &str) -> String {
    format!("{SESSIONS}?ended={}", encoded(word))
}

/// The connections, with what came of a change: a word of the page's.
pub fn connections_told(word: &str) -> String {
    format!("{CONNECTIONS}?told={}", encoded(word))
}

/// The connections, with a form for a new token in the place of an older one.
pub fn replace_token(connection: &str) -> String {
    format!("{CONNECTIONS}?replace={}", encoded(connection))
}

/// The page of what a call belongs to.
pub fn scope(scope: &Scope) -> Option<String> {
    match scope {
        Scope::Account => None,
        Scope::Organization(slug) => Some(organization(slug)),
        Scope::Project(reference) => Some(project(reference)),
    }
}

/// Where a project's logs are sent.
pub fn log_drains(reference: &str) -> String {
    format!("{}/log-drains", project(reference))
}

/// Where one is added, to a kind of place (the API's word); empty for none yet.
pub fn new_log_drain(reference: &str, kind: &str) -> String {
    with_choices(&format!("{}/new", log_drains(reference)), &[("kind", kind)])
}

pub fn log_drain(reference: &str, id: &str) -> String {
    format!("{}/{}", log_drains(reference), encoded(id))
}

/// What a project measures of itself.
pub fn metrics(reference: &str) -> String {
    format!("{}/metrics", project(reference))
}

/// The same with one metric opened.
pub fn metric(reference: &str, name: &str) -> String {
    with_choices(&metrics(reference), &[("metric", name)])
}

pub fn notebooks(reference: &str) -> String {
    format!("{}/notebooks", project(reference))
}

/// Those with `name` in their name, on the page that lies behind or before a cursor.
pub fn notebooks_at(reference: &str, name: &str, cursor: (&str, &str)) -> String {
    with_choices(&notebooks(reference), &[("name", name), cursor])
}

pub fn new_notebook(reference: &str) -> String {
    format!("{}/new", notebooks(reference))
}

pub fn notebook(reference: &str, id: &str) -> String {
    format!("{}/{}", notebooks(reference), encoded(id))
}

pub fn notebook_edit(reference: &str, id: &str) -> String {
    format!("{}/edit", notebook(reference, id))
}

/// The notebook with one of its cells run.
pub fn notebook_run(reference: &str, id: &str, cell: &str) -> String {
    with_choices(&notebook(reference, id), &[("run", cell)])
}

/// The accounts at AWS that a project's databases are shared with.
pub fn private_link(reference: &str) -> String {
    format!("{}/private-link", project(reference))
}

/// A project's programs.
pub fn compute(reference: &str) -> String {
    format!("{}/compute", project(reference))
}

/// Where one is deployed; `name` is empty before it has one.
pub fn new_compute(reference: &str, name: &str) -> String {
    with_choices(&format!("{}/new", compute(reference)), &[("name", name)])
}

pub fn compute_instance(reference: &str, name: &str) -> String {
    format!("{}/{}", compute(reference), encoded(name))
}

/// All settings that are in force.
pub fn in_force(reference: &str) -> String {
    format!("{}/settings/in-force", project(reference))
}

/// The webhooks of an organization or a project.
pub fn webhooks(of: &Scope) -> String {
    format!("{}/webhooks", scope(of).unwrap_or_default())
}

pub fn new_webhook(of: &Scope) -> String {
    format!("{}/new", webhooks(of))
}

pub fn webhook(of: &Scope, id: &str) -> String {
    format!("{}/{}", webhooks(of), encoded(id))
}

/// The same with the page of its deliveries that lies behind or before a cursor.
pub fn deliveries_at(of: &Scope, id: &str, cursor: (&str, &str)) -> String {
    with_choices(&webhook(of, id), &[cursor])
}

/// The same with one of its deliveries opened.
pub fn delivery(of: &Scope, webhook_id: &str, id: &str) -> String {
    with_choices(&webhook(of, webhook_id), &[("delivery", id)])
}

pub fn project(reference: &str) -> String {
    under(PROJECTS, reference)
}

pub fn project_settings(reference: &str) -> String {
    format!("{}/settings", project(reference))
}

/// The secrets of all projects, side by side.
pub const SECRETS: &str = "/secrets";
/// Where one is changed in many projects at once.
pub const CHANGE_SECRETS: &str = "/secrets/change";
/// Where it is asked before secrets are deleted in several projects; their names stand in the query.
pub const DELETE_SECRETS: &str = "/secrets/delete";

/// The secrets of all projects, of which `name` is sought.
pub fn secrets_named(name: &str) -> String {
    with_choices(SECRETS, &[("search", name)])
}

/// Where the secret `name` is changed in many projects at once.
pub fn change_secret(name: &str) -> String {
    with_choices(CHANGE_SECRETS, &[("name", name)])
}

/// The secrets of a project's functions; a value that is to be compared is posted there.
pub fn secrets(reference: &str) -> String {
    format!("{}/secrets", project(reference))
}

/// The names of a project's secrets, as a file to be filled in.
pub fn secrets_file(reference: &str) -> String {
    format!("{}/names", secrets(reference))
}

/// Where secrets are set; `name` is the one to begin with, if any.
pub fn add_secrets(reference: &str, name: &str) -> String {
    with_choices(&format!("{}/add", secrets(reference)), &[("name", name)])
}

/// Where it is asked before secrets are deleted; their names stand in the query.
pub fn delete_secrets(reference: &str) -> String {
    format!("{}/delete", secrets(reference))
}

/// The keys that apps call a project's APIs with.
pub fn keys(reference: &str) -> String {
    format!("{}/keys", project(reference))
}

/// Where one is made; `kind` (the API's word) is the one to begin with.
pub fn new_key(reference: &str, kind: &str) -> String {
    with_choices(&format!("{}/new", keys(reference)), &[("type", kind)])
}

/// The keys that a project signs access tokens with, and where one is made.
pub fn signing_keys(reference: &str) -> String {
    format!("{}/signing", keys(reference))
}

pub fn new_signing_key(reference: &str) -> String {
    format!("{}/new", signing_keys(reference))
}

pub fn key(reference: &str, id: &str) -> String {
    format!("{}/{}", keys(reference), encoded(id))
}

pub fn new_project_in(slug: &str) -> String {
    format!("{NEW_PROJECT}?organization={}", encoded(slug))
}

pub fn organization(slug: &str) -> String {
    under(ORGANIZATIONS, slug)
}

pub fn organization_projects(slug: &str) -> String {
    format!("{}/projects", organization(slug))
}

pub fn organization_members(slug: &str) -> String {
    format!("{}/members", organization(slug))
}

pub fn member(slug: &str, id: &str) -> String {
    format!("{}/{}", organization_members(slug), encoded(id))
}

/// The member's page with a role in this project to be chosen.
pub fn member_in(slug: &str, id: &str, project: &str) -> String {
    with_choices(&member(slug, id), &[("project", project)])
}

/// The members who have no second factor.
pub fn members_without_factor(slug: &str) -> String {
    with_choices(&organization_members(slug), &[("factor", "off")])
}

pub fn invite(slug: &str) -> String {
    format!("{}/invite", organization_members(slug))
}

/// The form that invites, filled in for an invitation that is sent anew.
pub fn invite_again(slug: &str, invitation: &Invitation) -> String {
    let sso = if invitation.require_sso == Some(true) {
        "true"
    } else {
        ""
    };
    let mut choices = vec![
        ("to", invitation.email.as_str()),
        ("role", invitation.role.as_str()),
        ("sso", sso),
    ];
    choices.extend(invitation.projects.iter().map(|project| ("project", project.as_str())));
    with_choices(&invite(slug), &choices)
}

/// Who has no second factor, and who may do what where.
pub fn members_report(slug: &str) -> String {
    format!("{}/report", organization_members(slug))
}

/// The members as CSV.
pub fn members_file(slug: &str) -> String {
    format!("/files/{}/members", encoded(slug))
}

/// Machines, repositories and maintenance windows of an organization.
pub fn estate(slug: &str) -> String {
    format!("{}/estate", organization(slug))
}

/// Where the organization takes over a project of another.
pub fn claim_project(slug: &str) -> String {
    format!("{}/claim", organization(slug))
}

pub fn organization_entitlements(slug: &str) -> String {
    format!("{}/entitlements", organization(slug))
}

/// A page of an organization's projects, with its choices.
pub fn organization_projects_at(slug: &str, offset: u64, search: &str, statuses: &str) -> String {
    let offset = offset.to_string();
    let offset = if offset == "0" { "" } else { offset.as_str() };
    let choices = [("offset", offset), ("search", search), ("statuses", statuses)];
    with_choices(&organization_projects(slug), &choices)
}

pub fn branches(project: &str) -> String {
    format!("{}/branches", self::project(project))
}

pub fn new_sized_branch(reference: &str) -> String {
    format!("{}/new-sized", branches(reference))
}

pub fn new_branch(project: &str) -> String {
    format!("{}/new", branches(project))
}

/// A branch of a project, by the ref of the branch's own project; production's is the project's own.
pub fn branch(project: &str, branch: &str) -> String {
    format!("{}/{}", branches(project), encoded(branch))
}

pub fn branch_changes(project: &str, of: &str) -> String {
    format!("{}/changes", branch(project, of))
}

pub fn branch_runs(project: &str, of: &str) -> String {
    format!("{}/runs", branch(project, of))
}

/// A page of a branch's runs.
pub fn branch_runs_at(project: &str, of: &str, offset: u64) -> String {
    let offset = offset.to_string();
    let offset = if offset == "0" { "" } else { offset.as_str() };
    with_choices(&branch_runs(project, of), &[("offset", offset)])
}

pub fn branch_run(project: &str, of: &str, run: &str) -> String {
    format!("{}/{}", branch_runs(project, of), encoded(run))
}

/// The run that a form has started, whose id its answer tells.
pub fn started_run(project: &str, of: &str) -> String {
    format!("{}/{{workflow_run_id}}", branch_runs(project, of))
}

pub fn branch_settings(project: &str, of: &str) -> String {
    format!("{}/settings", branch(project, of))
}

/// What a run has logged, as a file. The project is that whose run it is.
pub fn run_log(project: &str, run: &str) -> String {
    format!("/files/{}/runs/{}", encoded(project), encoded(run))
}

/// The path with its choices as a query; what was left open is left out.
fn with_choices(path: &str, choices: &[(&str, &str)]) -> String {
    let query: Vec<String> = choices
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// A page of the audit, with its choices.
pub fn audit_at(filter: &AuditFilter, cursor: Cursor) -> String {
    audit_with(filter, cursor, "")
}

/// The same, with one call in the panel beside it.
pub fn audit_beside(filter: &AuditFilter, cursor: Cursor, call: i64) -> String {
    audit_with(filter, cursor, &call.to_string())
}

fn audit_with(filter: &AuditFilter, cursor: Cursor, call: &str) -> String {
    let (before, after) = match cursor {
        Cursor::Newest => (String::new(), String::new()),
        Cursor::Before(id) => (id.to_string(), String::new()),
        Cursor::After(id) => (String::new(), id.to_string()),
    };
    let mut choices = filter.choices().to_vec();
    choices.extend([("before", before.as_str()), ("after", after.as_str()), ("call", call)]);
    with_choices(AUDIT, &choices)
}

/// One call in the audit.
pub fn audit_call(id: i64) -> String {
    format!("{AUDIT}/{id}")
}

/// [`AUDIT_CSV`] or [`AUDIT_JSON_LINES`] with the page's choices.
pub fn audit_file(file: &str, filter: &AuditFilter) -> String {
    with_choices(file, &filter.choices())
}

/// A project's overview with the requests of the last `interval` (the API's word).
pub fn project_usage(reference: &str, interval: &str) -> String {
    format!("{}?interval={}", project(reference), encoded(interval))
}
