//! Branches: what is copied and carried over, how their status moves, what is refused.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

/// A world, and production in it with a table that has a row.
async fn lab() -> (Lab, String) {
    let lab = Lab::new(json!({})).await;
    let production = lab.reference("Difference Engine").to_owned();
    migrate(
        &lab,
        &production,
        "invoices",
        "CREATE TABLE invoices (id int PRIMARY KEY)",
    )
    .await;
    query(&lab, &production, "INSERT INTO invoices VALUES (1)").await;
    (lab, production)
}

async fn query(lab: &Lab, project: &str, sql: &str) -> Value {
    let path = format!("/v1/projects/{project}/database/query");
    let reply = lab.post(&path, lab.pat("Ada"), json!({ "query": sql })).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{sql}: {}", reply.text);
    reply.json()
}

async fn count(lab: &Lab, project: &str) -> i64 {
    let rows = query(lab, project, "SELECT count(*)::int AS count FROM invoices").await;
    rows[0]["count"].as_i64().unwrap()
}

async fn columns(lab: &Lab, project: &str) -> Vec<String> {
    let sql = "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'invoices' ORDER BY 1";
    let rows = query(lab, project, sql).await;
    let names = rows.as_array().unwrap().iter();
    names.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// A migration; a second later, so that the next one has another version.
async fn migrate(lab: &Lab, project: &str, name: &str, sql: &str) -> String {
    let path = format!("/v1/projects/{project}/database/migrations");
    let reply = lab
        .post(&path, lab.pat("Ada"), json!({ "name": name, "query": sql }))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    lab.advance(1).await;
    versions(lab, project).await.pop().unwrap()
}

async fn versions(lab: &Lab, project: &str) -> Vec<String> {
    let path = format!("/v1/projects/{project}/database/migrations");
    let rows = lab.get(&path, lab.pat("Ada")).await.json();
    let versions = rows.as_array().unwrap().iter();
    versions
        .map(|row| row["version"].as_str().unwrap().to_owned())
        .collect()
}

async fn create(lab: &Lab, production: &str, body: Value) -> Reply {
    let path = format!("/v1/projects/{production}/branches");
    lab.post(&path, lab.pat("Ada"), body).await
}

/// A branch whose making is over.
async fn branch(lab: &Lab, production: &str, body: Value) -> String {
    let reply = create(lab, production, body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    lab.advance(20).await;
    reply.json()["project_ref"].as_str().unwrap().to_owned()
}

async fn act(lab: &Lab, branch: &str, what: &str, body: Value) -> Reply {
    let path = format!("/v1/branches/{branch}/{what}");
    lab.post(&path, lab.pat("Ada"), body).await
}

/// Merges, pushes or resets, and tells what the run logs until its end.
async fn carry(lab: &Lab, branch: &str, project: &str, what: &str, body: Value) -> String {
    let reply = act(lab, branch, what, body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let run = reply.json()["workflow_run_id"].as_str().unwrap().to_owned();
    lab.advance(20).await;
    let path = format!("/v1/projects/{project}/actions/{run}/logs");
    let logs = lab.get(&path, lab.pat("Ada")).await;
    assert_eq!(logs.header("content-type"), Some("text/plain; charset=utf-8"));
    logs.text
}

async fn diff(lab: &Lab, branch: &str) -> String {
    let reply = lab.get(&format!("/v1/branches/{branch}/diff"), lab.pat("Ada")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.text
}

async fn list(lab: &Lab, production: &str) -> Vec<Value> {
    let path = format!("/v1/projects/{production}/branches");
    let rows = lab.get(&path, lab.pat("Ada")).await.json();
    rows.as_array().unwrap().clone()
}

#[tokio::test]
async fn the_status_moves_with_the_run() {
    let (lab, production) = lab().await;
    let reply = create(&lab, &production, json!({ "branch_name": "try" })).await;
    let made = reply.json();
    let reference = made["project_ref"].as_str().unwrap();
    let (mut statuses, mut logs) = (Vec::new(), Vec::new());
    for _ in 0..19 {
        statuses.push(list(&lab, &production).await[1]["status"].as_str().unwrap().to_owned());
        let runs = lab
            .get(&format!("/v1/projects/{reference}/actions"), lab.pat("Ada"))
            .await;
        let id = runs.json()[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/projects/{reference}/actions/{id}/logs");
        logs.push(lab.get(&path, lab.pat("Ada")).await.text.lines().count());
        lab.advance(1).await;
    }
    statuses.dedup();
    let expected = [
        "CREATING_PROJECT",
        "RUNNING_MIGRATIONS",
        "MIGRATIONS_PASSED",
        "FUNCTIONS_DEPLOYED",
    ];
    assert_eq!(statuses, expected);
    assert!(logs.is_sorted() && logs[0] < logs[18], "{logs:?}");
    assert_eq!(lab.status(reference).await, "ACTIVE_HEALTHY");
    // Its functions are production's.
    let functions = lab
        .get(&format!("/v1/projects/{reference}/functions"), lab.pat("Ada"))
        .await;
    assert_eq!(functions.json().as_array().unwrap().len(), 2);
    // It is a project of the organization, and tells that it is a branch.
    let path = format!("/v1/organizations/{}/projects", lab.slug("Analytical Engines"));
    let projects = lab.get(&path, lab.pat("Ada")).await.json()["projects"].clone();
    let projects = projects.as_array().unwrap();
    let branches: Vec<_> = projects.iter().filter(|project| project["is_branch"] == true).collect();
    // Beside the one that is there from the beginning.
    let refs: Vec<_> = branches.iter().map(|branch| &branch["ref"]).collect();
    assert!(refs.len() == 2 && refs.contains(&&json!(reference)), "{refs:?}");
    let all = lab.get("/v1/projects", lab.pat("Ada")).await.json();
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(|project| project["ref"] != reference)
    );
}

#[tokio::test]
async fn a_branch_has_productions_schema_and_only_on_request_its_data() {
    let (lab, production) = lab().await;
    let empty = branch(&lab, &production, json!({ "branch_name": "empty" })).await;
    let full = branch(&lab, &production, json!({ "branch_name": "full", "with_data": true })).await;
    assert_eq!((count(&lab, &empty).await, count(&lab, &full).await), (0, 1));
    assert_eq!(versions(&lab, &empty).await, versions(&lab, &production).await);
    assert_eq!(diff(&lab, &empty).await, "");
    query(&lab, &full, "DELETE FROM invoices").await;
    assert_eq!(count(&lab, &production).await, 1);
}

#[tokio::test]
async fn a_branch_begins_with_the_secrets_it_was_given() {
    let (lab, production) = lab().await;
    let body = json!({ "branch_name": "try", "secrets": { "PAYMENT_KEY": "of-the-branch" } });
    let branch = branch(&lab, &production, body).await;
    let names = async |project: &str| {
        let rows = lab
            .get(&format!("/v1/projects/{project}/secrets"), lab.pat("Ada"))
            .await;
        assert!(!rows.text.contains("of-the-branch"), "only digests are told");
        rows.text
    };
    assert!(names(&branch).await.contains("PAYMENT_KEY"));
    assert!(!names(&production).await.contains("PAYMENT_KEY"));
    let reserved = json!({ "branch_name": "x", "secrets": { "SUPABASE_URL": "x" } });
    let refused = create(&lab, &production, reserved).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text);
}

#[tokio::test]
async fn a_merge_carries_migrations_and_what_else_differs_to_production() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    let total = migrate(&lab, &branch, "total", "ALTER TABLE invoices ADD total int").await;
    query(&lab, &branch, "ALTER TABLE invoices ADD note text").await;
    let sql = diff(&lab, &branch).await.to_lowercase();
    assert!(sql.contains("total") && sql.contains("note"), "{sql}");
    let log = carry(&lab, &branch, &production, "merge", json!({})).await;
    assert!(log.contains(&format!("Running migration {total} total")), "{log}");
    assert!(log.contains("merge_try") && log.contains("[deploy] Done"), "{log}");
    assert_eq!(columns(&lab, &production).await, ["id", "note", "total"]);
    assert_eq!(count(&lab, &production).await, 1, "production keeps its data");
    assert_eq!(versions(&lab, &branch).await, versions(&lab, &production).await);
    assert_eq!(diff(&lab, &branch).await, "");
}

#[tokio::test]
async fn a_merge_stops_at_the_wanted_version_and_deploys_functions() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    let first = migrate(&lab, &branch, "total", "ALTER TABLE invoices ADD total int").await;
    migrate(&lab, &branch, "note", "ALTER TABLE invoices ADD note text").await;
    let function = json!({ "slug": "new", "name": "New", "body": "x" });
    lab.post(&format!("/v1/projects/{branch}/functions"), lab.pat("Ada"), function)
        .await;
    let wrong = act(&lab, &branch, "merge", json!({ "migration_version": "1" })).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{}", wrong.text);
    let log = carry(
        &lab,
        &branch,
        &production,
        "merge",
        json!({ "migration_version": first }),
    )
    .await;
    assert!(log.contains("Deployed new"), "{log}");
    assert_eq!(columns(&lab, &production).await, ["id", "total"]);
    let functions = lab
        .get(&format!("/v1/projects/{production}/functions"), lab.pat("Ada"))
        .await
        .json();
    let slugs: Vec<_> = functions
        .as_array()
        .unwrap()
        .iter()
        .map(|function| function["slug"].clone())
        .collect();
    assert!(slugs.contains(&json!("new")) && slugs.len() == 3, "{slugs:?}");
}

#[tokio::test]
async fn a_merge_that_fails_changes_nothing_and_says_why() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    migrate(
        &lab,
        &branch,
        "total",
        "ALTER TABLE invoices ADD total int; ALTER TABLE invoices ADD note text",
    )
    .await;
    // Past the history, so that only running the migration shows it.
    query(&lab, &production, "ALTER TABLE invoices ADD note int").await;
    let log = carry(&lab, &branch, &production, "merge", json!({})).await;
    assert!(log.contains("already exists") && !log.contains("[deploy]"), "{log}");
    assert_eq!(
        columns(&lab, &production).await,
        ["id", "note"],
        "all of a migration or nothing"
    );
    let branches = list(&lab, &production).await;
    assert_eq!(
        (&branches[0]["status"], &branches[1]["status"]),
        (&json!("MIGRATIONS_FAILED"), &json!("FUNCTIONS_DEPLOYED"))
    );
}

#[tokio::test]
async fn production_that_went_on_is_pushed_before_it_is_merged_into() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    migrate(&lab, &production, "total", "ALTER TABLE invoices ADD total int").await;
    let early = act(&lab, &branch, "merge", json!({})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text);
    query(&lab, &branch, "INSERT INTO invoices VALUES (7)").await;
    carry(&lab, &branch, &branch, "push", json!({})).await;
    assert_eq!(columns(&lab, &branch).await, ["id", "total"]);
    assert_eq!(count(&lab, &branch).await, 1, "a push keeps the branch's data");
    assert_eq!(act(&lab, &branch, "merge", json!({})).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_reset_begins_anew() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    let own = migrate(&lab, &branch, "note", "ALTER TABLE invoices ADD note text").await;
    query(&lab, &branch, "INSERT INTO invoices VALUES (7)").await;
    let total = migrate(&lab, &production, "total", "ALTER TABLE invoices ADD total int").await;
    migrate(&lab, &production, "paid", "ALTER TABLE invoices ADD paid bool").await;
    // The history is production's: it knows nothing of what the branch alone has run.
    let unknown = act(&lab, &branch, "reset", json!({ "migration_version": own })).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.text);
    carry(&lab, &branch, &branch, "reset", json!({ "migration_version": total })).await;
    assert_eq!(
        (columns(&lab, &branch).await, count(&lab, &branch).await),
        (vec!["id".to_owned(), "total".to_owned()], 0)
    );
    assert_eq!(versions(&lab, &branch).await.last(), Some(&total));
    carry(&lab, &branch, &branch, "reset", json!({})).await;
    assert_eq!(
        (columns(&lab, &branch).await, count(&lab, &branch).await),
        (vec!["id".to_owned(), "paid".to_owned(), "total".to_owned()], 0)
    );
    let wrong = act(&lab, &branch, "reset", json!({ "migration_version": "1" })).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{}", wrong.text);
}

#[tokio::test]
async fn a_deletion_that_waits_can_be_taken_back_for_an_hour() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    let path = format!("/v1/branches/{branch}");
    let delete = async || {
        let reply = lab
            .call(Method::DELETE, &format!("{path}?force=false"), lab.pat("Ada"), None)
            .await;
        assert_eq!(reply.json(), json!({ "message": "ok" }), "{}", reply.text);
    };
    delete().await;
    lab.advance(600).await;
    assert_eq!(lab.status(&branch).await, "INACTIVE");
    let merge = act(&lab, &branch, "merge", json!({})).await;
    assert_eq!(merge.status, StatusCode::BAD_REQUEST, "{}", merge.text);
    assert_eq!(act(&lab, &branch, "restore", json!({})).await.status, StatusCode::OK);
    assert_eq!(
        act(&lab, &branch, "restore", json!({})).await.status,
        StatusCode::BAD_REQUEST
    );
    lab.advance(4000).await;
    assert_eq!(lab.status(&branch).await, "ACTIVE_HEALTHY");
    delete().await;
    lab.advance(3601).await;
    assert_eq!(list(&lab, &production).await.len(), 1);
    assert_eq!(lab.get(&path, lab.pat("Ada")).await.status, StatusCode::NOT_FOUND);
    assert!(lab.status(&branch).await.contains("has been removed"));
}

#[tokio::test]
async fn branches_go_with_production_and_production_forgets_a_deleted_project() {
    let (lab, production) = lab().await;
    let one = branch(&lab, &production, json!({ "branch_name": "one" })).await;
    let two = branch(&lab, &production, json!({ "branch_name": "two" })).await;
    let gone = async |reference: &str| {
        let reply = lab.get(&format!("/v1/projects/{reference}"), lab.pat("Ada")).await;
        (reply.status, reply.message())
    };
    let removed = (StatusCode::BAD_REQUEST, "Resource has been removed".to_owned());
    lab.call(Method::DELETE, &format!("/v1/projects/{one}"), lab.pat("Ada"), None)
        .await;
    let names: Vec<_> = list(&lab, &production)
        .await
        .iter()
        .map(|branch| branch["name"].clone())
        .collect();
    assert_eq!(names, ["main", "two"]);
    lab.call(
        Method::DELETE,
        &format!("/v1/projects/{production}"),
        lab.pat("Ada"),
        None,
    )
    .await;
    assert_eq!(gone(&two).await, removed);
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let (lab, production) = lab().await;
    let branch = branch(&lab, &production, json!({ "branch_name": "try" })).await;
    let cases = [
        (json!({ "branch_name": "try" }), StatusCode::CONFLICT, "try"),
        (json!({ "branch_name": "main" }), StatusCode::CONFLICT, "main"),
        (
            json!({ "branch_name": "x", "is_default": true }),
            StatusCode::CONFLICT,
            "main",
        ),
        (json!({}), StatusCode::BAD_REQUEST, "branch_name"),
        (json!({ "branch_name": " " }), StatusCode::BAD_REQUEST, "branch_name"),
        (
            json!({ "branch_name": "x", "region": "the-moon" }),
            StatusCode::BAD_REQUEST,
            "region",
        ),
        (
            json!({ "branch_name": "x", "desired_instance_size": "huge" }),
            StatusCode::BAD_REQUEST,
            "size",
        ),
        (
            json!({ "branch_name": "x", "postgres_engine": "9" }),
            StatusCode::BAD_REQUEST,
            "17-oriole",
        ),
        (
            json!({ "branch_name": "x", "notify_url": "here" }),
            StatusCode::BAD_REQUEST,
            "notify_url",
        ),
    ];
    for (body, status, named) in cases {
        let reply = create(&lab, &production, body).await;
        assert_eq!(reply.status, status, "{}", reply.text);
        assert!(reply.message().contains(named), "{}", reply.text);
    }
    assert_eq!(list(&lab, &production).await.len(), 2);
    let of_a_branch = create(&lab, &branch, json!({ "branch_name": "x" })).await;
    assert_eq!(of_a_branch.status, StatusCode::BAD_REQUEST, "{}", of_a_branch.text);
    let free = create(&lab, lab.reference("Tide Tables"), json!({ "branch_name": "x" })).await;
    assert_eq!(free.status, StatusCode::PAYMENT_REQUIRED, "{}", free.text);
    let paused = create(
        &lab,
        lab.reference("Bernoulli (staging)"),
        json!({ "branch_name": "x" }),
    )
    .await;
    assert_eq!(paused.status, StatusCode::BAD_REQUEST, "{}", paused.text);
    // Production stands in the list, but is not deleted with it.
    for (method, what) in [(Method::DELETE, ""), (Method::POST, "/reset"), (Method::POST, "/merge")] {
        let path = format!("/v1/branches/{production}{what}");
        let reply = lab.call(method, &path, lab.pat("Ada"), Some(json!({}))).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    }
    let config = lab
        .get(&format!("/v1/branches/{production}"), lab.pat("Ada"))
        .await
        .json();
    assert!(
        config["db_pass"].is_null(),
        "a password that somebody chose cannot be read"
    );
    // Somebody else's branch is none at all.
    let stranger = lab.get(&format!("/v1/branches/{branch}"), lab.pat("Emmy")).await;
    assert_eq!(
        (stranger.status, stranger.message()),
        (StatusCode::NOT_FOUND, "Branch not found".to_owned())
    );
}

#[tokio::test]
async fn the_first_branch_may_be_production_itself() {
    let (lab, production) = lab().await;
    let body = json!({ "branch_name": "trunk", "git_branch": "trunk", "is_default": true });
    let made = create(&lab, &production, body).await.json();
    assert_eq!(
        (&made["project_ref"], &made["is_default"]),
        (&json!(production), &json!(true))
    );
    branch(&lab, &production, json!({ "branch_name": "main" })).await;
    let names: Vec<_> = list(&lab, &production)
        .await
        .iter()
        .map(|branch| branch["name"].clone())
        .collect();
    assert_eq!(names, ["trunk", "main"]);
}

#[tokio::test]
async fn steps_are_set_by_hand_until_the_run_is_over() {
    let (lab, production) = lab().await;
    create(&lab, &production, json!({ "branch_name": "try" })).await;
    let actions = format!("/v1/projects/{production}/actions");
    let run = lab.get(&actions, lab.pat("Ada")).await.json()[0].clone();
    let status = format!("{actions}/{}/status", run["id"].as_str().unwrap());
    let set = async |body: Value| {
        lab.call(Method::PATCH, &status, lab.pat("Ada"), Some(body))
            .await
            .status
    };
    assert_eq!(set(json!({ "bake": "EXITED" })).await, StatusCode::BAD_REQUEST);
    assert_eq!(set(json!({ "pull": "TIRED" })).await, StatusCode::BAD_REQUEST);
    assert_eq!(set(json!({ "migrate": "DEAD" })).await, StatusCode::OK);
    assert_eq!(list(&lab, &production).await[1]["status"], "MIGRATIONS_FAILED");
    assert_eq!(
        set(json!({ "migrate": "RUNNING" })).await,
        StatusCode::BAD_REQUEST,
        "a run that failed is over"
    );
    let few = lab.get(&format!("{actions}?limit=3"), lab.pat("Ada")).await;
    assert_eq!(few.status, StatusCode::BAD_REQUEST, "a page has at least ten");
    let head = lab.call(Method::HEAD, &actions, lab.pat("Ada"), None).await;
    assert_eq!((head.header("x-total-count"), head.text.as_str()), (Some("1"), ""));
}

#[tokio::test]
async fn a_merge_does_not_open_what_the_branch_has_closed() {
    let (lab, production) = lab().await;
    let reference = branch(&lab, &production, json!({ "branch_name": "closed" })).await;
    // Where people have new tables granted by themselves, as the service did until the end of October 2026.
    let usual = "alter default privileges in schema public grant all on tables to anon, authenticated";
    query(&lab, &production, usual).await;
    query(&lab, &reference, usual).await;
    let close = "create table public.secret(i int); revoke all on public.secret from anon, authenticated";
    query(&lab, &reference, close).await;
    query(&lab, &reference, "create table public.usual(i int)").await;
    let sql = diff(&lab, &reference).await;
    // A new table is open by the defaults of whoever runs the diff: closing it is a change, and leaving it so is none.
    assert!(sql.contains("revoke") && sql.contains("from anon"), "{sql}");
    assert!(!sql.contains("grant"), "{sql}");
    carry(&lab, &reference, &production, "merge", json!({})).await;
    let reads = "select r.role, t.name, has_table_privilege(r.role, t.name, 'select') as reads
        from unnest(array['anon', 'authenticated']) r(role), unnest(array['public.secret', 'public.usual']) t(name) order by 1, 2";
    let rows = query(&lab, &production, reads).await;
    let seen: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["reads"].as_bool().unwrap())
        .collect();
    assert_eq!(seen, [false, true, false, true], "{rows}");
    assert_eq!(diff(&lab, &reference).await, "");
}

#[tokio::test]
async fn a_new_table_is_nobodys_until_it_is_granted_and_a_merge_carries_the_grant() {
    let (lab, production) = lab().await;
    let reference = branch(&lab, &production, json!({ "branch_name": "granted" })).await;
    query(
        &lab,
        &reference,
        "create table public.cards (id int); create table public.decks (id int)",
    )
    .await;
    let reads = "select t.name, has_table_privilege(r.role, 'public.' || t.name, 'select') as reads
        from unnest(array['anon', 'service_role']) r(role), unnest(array['cards', 'decks']) t(name) order by r.role, t.name";
    let seen = async |reference: &str| -> Vec<bool> {
        let rows = query(&lab, reference, reads).await;
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["reads"].as_bool().unwrap()).collect()
    };
    assert_eq!(seen(&reference).await, [false; 4]);
    query(&lab, &reference, "grant select on public.cards to anon, service_role").await;
    carry(&lab, &reference, &production, "merge", json!({})).await;
    assert_eq!(seen(&production).await, [true, false, true, false]);
    assert_eq!(diff(&lab, &reference).await, "");
}

#[tokio::test]
async fn policies_and_triggers_on_the_platforms_tables_are_carried_over() {
    let (lab, production) = lab().await;
    let reference = branch(&lab, &production, json!({ "branch_name": "own" })).await;
    let own = "create policy \"Own files\" on storage.objects for select to authenticated using (true);
        create function public.made() returns trigger language plpgsql as 'begin return new; end';
        create trigger on_made after insert on auth.users for each row execute function public.made()";
    query(&lab, &reference, own).await;
    let sql = diff(&lab, &reference).await;
    for part in ["policy \"Own files\"", "trigger", "on_made"] {
        assert!(sql.contains(part), "{part}: {sql}");
    }
    carry(&lab, &reference, &production, "merge", json!({})).await;
    let made = "select (select count(*)::int from pg_policies where policyname = 'Own files') as policies,
        (select count(*)::int from pg_trigger where tgname = 'on_made') as triggers";
    assert_eq!(
        query(&lab, &production, made).await,
        json!([{ "policies": 1, "triggers": 1 }])
    );
    assert_eq!(diff(&lab, &reference).await, "");
}

#[tokio::test]
async fn whatever_a_schema_holds_is_merged() {
    let (lab, production) = lab().await;
    let reference = branch(&lab, &production, json!({ "branch_name": "whole" })).await;
    // Columns' grants and grant options, rules, replica identity, publications, aggregates, an identity's numbers.
    let made = "create table public.held (id int generated always as identity (start with 40 increment by 2) primary key, name text, kind int);
        revoke all on public.held from anon, authenticated;
        grant select (name) on public.held to anon; grant select on public.held to authenticated with grant option;
        alter table public.held replica identity full; alter publication supabase_realtime add table public.held;
        create rule kept as on delete to public.held do instead nothing;
        create aggregate public.total(int) (sfunc = int4pl, stype = int, initcond = '0')";
    query(&lab, &reference, made).await;
    carry(&lab, &reference, &production, "merge", json!({})).await;
    let seen = "insert into public.held (name) values ('a'); delete from public.held;
        select has_column_privilege('anon', 'public.held', 'name', 'select') and not has_column_privilege('anon', 'public.held', 'kind', 'select') as columns,
            has_table_privilege('authenticated', 'public.held', 'select with grant option') as passed_on,
            (select relreplident = 'f' from pg_class where oid = 'public.held'::regclass) as replica,
            exists (select from pg_publication_tables where pubname = 'supabase_realtime' and tablename = 'held') as published,
            (select count(*)::int from public.held) as kept, (select public.total(id) from public.held) as first";
    assert_eq!(
        query(&lab, &production, seen).await,
        json!([{ "columns": true, "passed_on": true, "replica": true, "published": true, "kept": 1, "first": 40 }])
    );
    assert_eq!(diff(&lab, &reference).await, "");
}

#[tokio::test]
async fn branching_that_is_off_has_no_list() {
    let lab = Lab::new(json!({})).await;
    let path = format!("/v1/projects/{}/branches", lab.reference("Difference Engine"));
    let off = lab.get(&path, lab.pat("Ada")).await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", off.text);
    let body = json!({ "branch_name": "main", "is_default": true });
    assert_eq!(lab.post(&path, lab.pat("Ada"), body).await.status, StatusCode::CREATED);
    assert_eq!(lab.get(&path, lab.pat("Ada")).await.json().as_array().unwrap().len(), 1);
}
