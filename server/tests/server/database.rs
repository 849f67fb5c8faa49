//! Tools around a database: ways to connect without the password, a new password, roles for tools, webhooks, TypeScript
//! types and the document of the Data API.

use app::paths;
use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    configure::{calls, demo, done, failing, holds, note_g, perform},
};

#[tokio::test]
async fn every_way_in_leaves_the_password_out() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/database");
    holds(
        &ada.get(&page).await,
        &[
            &format!("postgresql://postgres:[YOUR-PASSWORD]@db.{project}."),
            "Shared pooler, by transaction",
            "Shared pooler, by session",
            "psycopg.connect",
            "See whether you get in",
            &format!("action=\"{}\"", paths::settings(&project, "jit")),
        ],
    );
    let mut grace = failing(&stage, "v1-get-pooler-config").await;
    holds(
        &grace.get(&page).await,
        &["How the pooler is reached could not be read", "Direct"],
    );
}

#[tokio::test]
async fn a_new_password_is_proposed_typed_and_named() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/database");
    let proposed = ada.get(&format!("{page}?propose=yes")).await;
    let (_, field) = proposed.body.split_once("name=\"password\"").unwrap();
    let (_, value) = field.split_once("value=\"").unwrap();
    let (password, _) = value.split_once('"').unwrap();
    assert!(password.len() >= 24 && password.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let operation = "v1-update-database-password";
    let fields = [("ref", project.as_str()), ("password", password)];
    let unnamed = perform(&mut ada, operation, &page, &fields).await;
    assert_eq!(unnamed.status, 422);
    assert_eq!(calls(&stage, operation).await, Value::Null);
    let named = [fields[0], fields[1], ("_confirm", "Note G")];
    done(&mut ada, operation, &page, &named).await;
    assert_eq!(calls(&stage, operation).await, json!(1));
    assert!(!ada.get("/audit").await.body.contains(password));
}

#[tokio::test]
async fn a_role_for_a_tool_is_told_once_and_ended() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/database");
    holds(&ada.get(&page).await, &["Make a role that reads", "Delete all of them"]);
    let fields = [
        ("ref", project.as_str()),
        ("read_only", "true"),
        ("_back", page.as_str()),
        ("_form", "reveal-reads"),
        ("_reveal", "password"),
    ];
    let unsure = ada.post("/reveal/v1-create-login-role", &fields).await;
    holds(&unsure, &["tick the box"]);
    let sure: Vec<_> = fields.into_iter().chain([("_sure", "true")]).collect();
    let told = ada.post("/reveal/v1-create-login-role", &sure).await;
    holds(&told, &["data-once", "Keep it now"]);
    assert_eq!(calls(&stage, "v1-create-login-role").await, json!(1));
    let all = [("ref", project.as_str()), ("_sure", "true")];
    done(&mut ada, "v1-delete-login-roles", &page, &all).await;
    done(&mut ada, "v1-enable-database-webhook", &page, &all[..1]).await;
}

#[tokio::test]
async fn types_are_made_of_the_schemas_that_are_chosen() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let query = json!({ "query": "create table public.wheels (teeth int); create schema loom; create table loom.cards (hole int)" });
    stage
        .post_upstream(&format!("/v1/projects/{project}/database/query"), &query)
        .await;
    let page = format!("/projects/{project}/database/types");
    let shown = ada.get(&page).await;
    holds(&shown, &["wheels", "name=\"schema\" value=\"loom\"", "lines"]);
    assert!(!shown.body.contains("cards"));
    holds(&ada.get(&format!("{page}?schema=loom")).await, &["cards"]);
    let file = ada
        .get(&format!("/files/{project}/database/types.ts?schema=loom"))
        .await;
    holds(&file, &["export type Database", "cards"]);
    assert!(!file.body.contains("wheels"));

    let document = format!("/projects/{project}/database/data-api");
    holds(&ada.get(&document).await, &["wheels", "teeth integer"]);
    holds(
        &ada.get(&format!("/files/{project}/database/data-api.json")).await,
        &["\"/wheels\""],
    );

    let mut grace = failing(&stage, "v1-get-database-metadata").await;
    holds(&grace.get(&page).await, &["Which there are is not known", "wheels"]);
}

#[tokio::test]
async fn the_schema_is_read_with_what_guards_it() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let query = "create type public.colour as enum ('red', 'blue'); \
        create table public.decks (id bigint generated always as identity primary key); \
        create table public.\"odd \"\"name\" (deck bigint not null references public.decks, hue public.colour default 'red'); \
        comment on table public.decks is 'Stacks <of> cards'; \
        create index on public.\"odd \"\"name\" (deck); \
        alter table public.decks enable row level security; \
        create policy \"Readers read\" on public.decks for select to anon using (id > 0); \
        create view public.heads with (security_invoker) as select id from public.decks; \
        create function public.count_decks(minimum int) returns bigint language sql as 'select count(*) from public.decks'";
    stage
        .post_upstream(
            &format!("/v1/projects/{project}/database/query"),
            &json!({ "query": query }),
        )
        .await;
    let page = format!("/projects/{project}/database/schema");
    let all = ada.get(&page).await;
    let odd = paths::table(&project, "public", "odd \"name");
    holds(
        &all,
        &[
            "decks",
            "On, 1 policy",
            "minimum integer",
            "red, blue",
            &format!("href=\"{}\"", odd.replace('&', "&amp;")),
            "schemas",
        ],
    );
    assert!(!all.body.contains("value=\"auth\""), "Supabase's own are left out");
    holds(&ada.get(&format!("{page}?all=yes")).await, &["value=\"auth\""]);
    // Which extensions there are is told, wherever they lie.
    let extensions = ada.get(&format!("{page}?kind=extensions")).await;
    assert!(
        extensions.body.contains("pgcrypto") && !extensions.body.contains("plpgsql"),
        "{}",
        extensions.body
    );
    let views = ada.get(&format!("{page}?kind=views")).await;
    assert!(views.body.contains("heads") && !views.body.contains("count_decks"));

    holds(
        &ada.get(&paths::table(&project, "public", "decks")).await,
        &[
            "always as identity",
            "PRIMARY KEY (id)",
            "Readers read",
            "Stacks &lt;of&gt; cards",
            "odd ",
        ],
    );
    holds(&ada.get(&odd).await, &["FOREIGN KEY (deck) REFERENCES", "red"]);
    holds(
        &ada.get(&paths::table(&project, "public", "heads")).await,
        &["Definition"],
    );
    holds(
        &ada.get(&paths::table(&project, "public", "none")).await,
        &["Not found"],
    );
}

#[tokio::test]
async fn who_may_not_change_the_database_is_told_why() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/database");
    let mut reader = signed_in_as(&stage, 3).await;
    holds(
        &reader.get(&page).await,
        &["database_config_write", "aria-disabled=\"true\""],
    );
    let fields = [
        ("ref", project.as_str()),
        ("password", "0123456789ab"),
        ("_confirm", "Note G"),
    ];
    let refused = perform(&mut reader, "v1-update-database-password", &page, &fields).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn relations_are_drawn_and_listed_and_lead_to_their_tables() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let sql = "create table decks (id uuid primary key);
        create table cards (id int primary key, deck uuid references decks on delete cascade, owner uuid references auth.users);
        create table punches (id int primary key, card_id int unique references cards, above int references punches);
        create table alone (id int);";
    stage
        .post_upstream(
            &format!("/v1/projects/{project}/database/query"),
            &json!({ "query": sql }),
        )
        .await;
    let page = ada.get(&paths::relations(&project, "public", "")).await;
    page.assert_complete();
    holds(
        &page,
        &[
            "class=\"map-table\"",
            &format!(
                "href=\"{}\"",
                paths::table(&project, "public", "cards").replace('&', "&amp;")
            ),
            "cards.deck points at decks.id",
            "auth.users",
            "data-outside",
            "Goes, too",
            "One at most",
            "No index",
            "Indexed",
            "1 table of public has no relation and is left out.",
        ],
    );
    assert!(
        !page.body.contains("style=\""),
        "the policy of the page allows no such attribute"
    );
    assert_eq!(calls(&stage, "v1-read-only-query").await, json!(1));
    let near = ada
        .get(&format!("{}&steps=1", paths::relations(&project, "public", "decks")))
        .await;
    holds(&near, &["cards.deck points at decks.id", "data-on", "Direct only"]);
    assert!(!near.body.contains("cards.owner") && !near.body.contains("punches.card_id points"));
    // Names that are none are the usual ones.
    let odd = ada.get(&paths::relations(&project, "<b>x</b>", "<b>y</b>")).await;
    holds(&odd, &["cards.deck points at decks.id"]);
    assert!(!odd.body.contains("<b>x"));
}

#[tokio::test]
async fn what_has_changed_in_the_types_since_somebody_looked_is_told() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::types(&project);
    holds(&ada.get(&page).await, &["No change since"]);
    stage
        .post_upstream(
            &format!("/v1/projects/{project}/database/query"),
            &json!({ "query": "create table newcomer (id int primary key)" }),
        )
        .await;
    // Whoever looks next is told, and whoever looks again.
    let mut grace = signed_in_as(&stage, 1).await;
    for _ in 0..2 {
        let changed = grace.get(&page).await;
        holds(&changed, &["The latest change", "newcomer", "data-line=\"add\""]);
    }
    let mut ada = failing(&stage, "v1-generate-typescript-types").await;
    assert!(
        !ada.get(&page).await.body.contains("newcomer"),
        "nothing was read as this person"
    );
}
