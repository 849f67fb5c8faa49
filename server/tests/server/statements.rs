//! Statements that Steward keeps: a history of one's own, and named ones that an organization may read.

use app::sql::format::LONGEST;

use crate::{
    audit::signed_in_as,
    browser::{Browser, Page},
    configure::{demo, holds, note_g},
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];

async fn act(browser: &mut Browser, project: &str, act: &str, fields: &[(&str, &str)]) -> Page {
    browser
        .post_multipart(&format!("/statements/{project}/{act}"), fields, &[], OURS)
        .await
}

async fn run(browser: &mut Browser, project: &str, fields: &[(&str, &str)]) -> Page {
    browser
        .post_multipart(&format!("/projects/{project}/sql"), fields, &[], OURS)
        .await
}

/// The first address in the list beside the editor that opens what is kept, such as `past=`.
fn link(page: &Page, name: &str) -> String {
    let link = regex::Regex::new(&format!("href=\"(/projects/[^\"?]*\\?{name}=[^\"]*)\"")).unwrap();
    link.captures(&page.body).unwrap_or_else(|| panic!("{}", page.body))[1].to_owned()
}

/// What a saved statement's form sends as its id.
fn snippet(page: &Page) -> String {
    let id = regex::Regex::new("name=\"_snippet\" value=\"([0-9a-f]+)\"").unwrap();
    id.captures(&page.body).unwrap_or_else(|| panic!("{}", page.body))[1].to_owned()
}

#[tokio::test]
async fn what_was_run_is_in_the_history_of_who_ran_it_and_of_nobody_else() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/sql");
    holds(&ada.get(&page).await, &["What you run here is kept for you."]);
    run(
        &mut ada,
        &project,
        &[("query", "select 'h'||'ush', $1"), ("parameters", "mercury")],
    )
    .await;
    run(&mut ada, &project, &[("query", "select nowhere")]).await;
    // What was not sent is not kept, and neither is what only became a file.
    run(&mut ada, &project, &[("query", "select $1")]).await;
    let answered = run(&mut ada, &project, &[("query", "select 5"), ("_as", "csv")]).await;
    assert_eq!(answered.headers["content-type"], "text/csv; charset=utf-8");
    let listed = ada.get(&page).await;
    assert_eq!(listed.body.matches("?past=").count(), 2, "{}", listed.body);
    holds(&listed, &["42703", "1 row", "Clear the history"]);
    // It is searched in whole, whatever its case, and by nobody else.
    for (find, found) in [("NOWHERE", 1), ("select", 2), ("mercury", 0)] {
        let searched = ada.get(&format!("{page}?side=history&find={find}")).await;
        assert_eq!(
            searched.body.matches("?past=").count(),
            found,
            "{find}: {}",
            searched.body
        );
        assert_eq!(searched.body.contains("Nothing here holds"), found == 0, "{find}");
    }
    let latest = ada.get(&link(&listed, "past")).await;
    holds(&latest, &[">select nowhere</textarea>"]);
    assert!(
        latest.body.contains("<div hidden class=\"sql-linked\">"),
        "{}",
        latest.body
    );
    assert!(!listed.body.contains("mercury"));

    let mut grace = signed_in_as(&stage, 1).await;
    holds(&grace.get(&page).await, &["What you run here is kept for you."]);
    let theirs = grace.get(&link(&listed, "past")).await;
    assert!(!theirs.body.contains("nowhere"), "{}", theirs.body);
    act(&mut grace, &project, "clear", &[("_snippet", "")]).await;
    assert_eq!(ada.get(&page).await.body.matches("?past=").count(), 2);
    let cleared = act(&mut ada, &project, "clear", &[("_snippet", "")]).await;
    assert_eq!(cleared.status, 303);
    holds(
        &ada.get(&cleared.location()).await,
        &["The history is cleared.", "What you run here is kept for you."],
    );
    let mut nobody = stage.browser();
    let away = act(&mut nobody, &project, "clear", &[("_snippet", "")]).await;
    assert!(away.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_named_statement_is_shared_changed_and_deleted_by_its_owner() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/sql");
    let query = ("query", "select 'open <invoices>'");
    let unnamed = act(&mut ada, &project, "add", &[query, ("_name", " ")]).await;
    assert_eq!(unnamed.status, 422);
    holds(
        &unnamed,
        &["give it a name", ">select 'open &lt;invoices&gt;'</textarea>"],
    );
    let saved = act(
        &mut ada,
        &project,
        "add",
        &[query, ("_name", "Open <b>"), ("_shared", "false")],
    )
    .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let opened = ada.get(&saved.location()).await;
    holds(
        &opened,
        &[
            "Saved as Open &lt;b&gt;.",
            "Only yours",
            ">select 'open &lt;invoices&gt;'</textarea>",
        ],
    );
    let id = snippet(&opened);
    let address = link(&opened, "kept");

    // Nobody else finds it until it is shared, and then it is theirs to read only.
    let mut grace = signed_in_as(&stage, 1).await;
    let beside = format!("{page}?side=saved");
    assert!(!grace.get(&beside).await.body.contains("Open &lt;b&gt;"));
    assert!(!grace.get(&address).await.body.contains("open &lt;invoices"));
    let share = [
        ("query", "select 2"),
        ("_name", "Both"),
        ("_shared", "true"),
        ("_snippet", &*id),
    ];
    let shared = act(&mut ada, &project, "save", &share).await;
    assert_eq!(shared.status, 303, "{}", shared.body);
    holds(&ada.get(&beside).await, &["Yours, shared with"]);
    holds(&grace.get(&beside).await, &["Both", "Shared by ada@example.com"]);
    // Those of others and of Supabase are searched with one's own.
    for (find, found) in [("bot", true), ("ADA@", true), ("Largest", false)] {
        let searched = grace.get(&format!("{beside}&find={find}")).await;
        assert_eq!(searched.body.contains("Shared by ada@example.com"), found, "{find}");
        assert_eq!(searched.body.contains("?ready=sizes"), !found, "{find}");
    }
    holds(
        &grace.get(&format!("{beside}&find=%3Cb%3E")).await,
        &["Nothing here holds", "<bdi>&lt;b&gt;"],
    );
    let read = grace.get(&address).await;
    holds(&read, &[">select 2</textarea>", "shared by", "ada@example.com"]);
    for (act_, status) in [("save", 404), ("delete", 404)] {
        let refused = act(&mut grace, &project, act_, &share).await;
        assert_eq!(refused.status, status, "{act_}");
    }
    holds(&ada.get(&address).await, &[">select 2</textarea>"]);

    // Who does not see the project does not see what its organization shares, and shares nothing with it.
    let mut stranger = signed_in_as(&stage, 4).await;
    assert!(!stranger.get(&address).await.body.contains("select 2"));
    let refused = act(
        &mut stranger,
        &project,
        "add",
        &[query, ("_name", "Mine"), ("_shared", "true")],
    )
    .await;
    assert!(refused.status.is_client_error(), "{}", refused.status);

    let deleted = act(&mut ada, &project, "delete", &[("_snippet", &id)]).await;
    assert_eq!(deleted.status, 303);
    assert!(!grace.get(&beside).await.body.contains("Both"));
}

#[tokio::test]
async fn in_a_project_marked_as_production_writing_is_asked_about_each_time() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let (settings, page) = (
        format!("/projects/{project}/settings"),
        format!("/projects/{project}/sql"),
    );
    let mark = |act: &str| format!("/marks/{project}/{act}");
    holds(&ada.get(&settings).await, &["Mark as production"]);
    // Who may not change the project does not mark it, and a stranger does not learn of it.
    let mut reader = signed_in_as(&stage, 3).await;
    assert_eq!(reader.post(&mark("set"), &[]).await.status, 403);
    let mut stranger = signed_in_as(&stage, 4).await;
    assert!(stranger.post(&mark("set"), &[]).await.status.is_client_error());
    let insert = ("query", "create table public.kept (id int)");
    let write = ("_mode", "write");
    let free = run(&mut ada, &project, &[insert, write]).await;
    assert_eq!(free.status, 200, "{}", free.body);
    let marked = ada.post(&mark("set"), &[]).await;
    assert_eq!(marked.status, 303, "{}", marked.body);
    holds(
        &ada.get(&settings).await,
        &["Marked by ", "ada@example.com", "Take the mark away"],
    );
    let word = "<span class=\"badge-word\">Production</span>";
    holds(&ada.get(&page).await, &[word]);
    assert!(!stranger.get(&page).await.body.contains(word));

    let sure = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]+)\"").unwrap();
    let insert = ("query", "insert into public.kept values (1)");
    for _ in 0..2 {
        let asked = run(&mut ada, &project, &[insert, write]).await;
        assert_eq!(asked.status, 422);
        holds(
            &asked,
            &["I know that this writes to a project that is marked as production"],
        );
        let yes = sure.captures(&asked.body).unwrap()[1].to_owned();
        let done = run(&mut ada, &project, &[insert, write, ("_sure", &yes)]).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert!(
            !done.body.contains("I know that this"),
            "it is asked anew the next time"
        );
    }
    // What a `where` picks out is told as far as a plan knows; what it cannot plan is asked about all the same.
    let picks = ("query", "update public.kept set id = 3 where id = 1");
    holds(
        &run(&mut ada, &project, &[picks, write]).await,
        &["picks out ", " of public.kept)"],
    );
    let unknown = run(
        &mut ada,
        &project,
        &[("query", "delete from nowhere where id = 1"), write],
    )
    .await;
    assert_eq!(unknown.status, 422);
    assert!(sure.is_match(&unknown.body) && !unknown.body.contains("picks out"));
    // What reads is not asked about; what loses rows is asked about twice.
    assert_eq!(run(&mut ada, &project, &[("query", "select 1")]).await.status, 200);
    let drop = run(&mut ada, &project, &[("query", "drop table public.kept"), write]).await;
    assert_eq!(sure.captures_iter(&drop.body).count(), 2, "{}", drop.body);
    assert!(drop.body.contains("name=\"_confirm\""));
    assert_eq!(ada.post(&mark("clear"), &[]).await.status, 303);
    assert_eq!(run(&mut ada, &project, &[insert, write]).await.status, 200);
}

#[tokio::test]
async fn a_text_is_formatted_by_steward_alone_or_stays() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let format = |query: &'static str| [("query", query), ("_mode", "write"), ("_as", "format")];
    let calls = |world: serde_json::Value| {
        let of = |id: &str| world["counters"]["calls"][id].as_u64().unwrap_or_default();
        of("v1-run-a-query") + of("v1-read-only-query")
    };
    let set = run(&mut ada, &project, &format("delete from a where b=1 and c->>'d'='<e>'")).await;
    assert_eq!(set.status, 200, "{}", set.body);
    holds(
        &set,
        &["Formatted; nothing was run", "\nwhere", "c -&gt;&gt; 'd' = '&lt;e&gt;'"],
    );
    let long = format!("select '{}'", "x".repeat(LONGEST));
    let refused = run(&mut ada, &project, &[("query", &long), ("_as", "format")]).await;
    assert_eq!(refused.status, 422);
    let most = format!("Steward formats up to {} kB at once", LONGEST / 1024);
    holds(&refused, &[&most]);
    assert_eq!(run(&mut ada, &project, &format(" ")).await.status, 422);
    assert_eq!(calls(stage.world().await), 0, "nothing goes to Supabase");
    assert!(
        !ada.get(&format!("/projects/{project}/sql"))
            .await
            .body
            .contains("?past=")
    );
    let away = run(&mut stage.browser(), &project, &format("select 1")).await;
    assert!(away.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_question_to_the_logs_is_kept_shared_and_deleted_by_its_owner() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/logs");
    let address = |act: &str| format!("/log-questions/{project}/{act}");
    let asked = ("_asked", "?range=1h&level=error&q=%3Cb%3E");
    let unnamed = ada
        .post_multipart(&address("add"), &[asked, ("_name", " ")], &[], OURS)
        .await;
    assert_eq!(unnamed.status, 422);
    holds(&unnamed, &["give it a name", "name=\"level\""]);
    for end in ["", "//elsewhere", "/../settings?a=b", "?q=#x"] {
        let refused = [("_asked", end), ("_name", "Bad")];
        let refused = ada.post_multipart(&address("add"), &refused, &[], OURS).await;
        assert_eq!(refused.status, 422, "{end}");
    }
    let saved = ada
        .post_multipart(&address("add"), &[asked, ("_name", "Bad <i>")], &[], OURS)
        .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let opened = ada.get(&saved.location()).await;
    let link = format!("href=\"{page}?range=1h&amp;level=error&amp;q=%3Cb%3E\"");
    holds(
        &opened,
        &["The question is saved as Bad &lt;i&gt;.", "Only yours", &link],
    );
    // It is none of the SQL page's, and other projects have it as well.
    assert!(
        !ada.get(&format!("/projects/{project}/sql"))
            .await
            .body
            .contains("Bad &lt;i&gt;")
    );
    let sql = ada
        .get(&format!("{page}/query?sql=select%201%20as%20one%20from%20logs"))
        .await;
    holds(&sql, &["Bad &lt;i&gt;", "value=\"/query?range="]);
    let id = regex::Regex::new("name=\"_id\" value=\"([0-9a-f]+)\"").unwrap();
    let id = id.captures(&opened.body).unwrap_or_else(|| panic!("{}", opened.body))[1].to_owned();
    let of_it = [asked, ("_id", &*id)];

    let mut grace = signed_in_as(&stage, 1).await;
    assert!(!grace.get(&page).await.body.contains("Bad &lt;i&gt;"));
    let shared = ada.post_multipart(&address("share"), &of_it, &[], OURS).await;
    assert_eq!(shared.status, 303, "{}", shared.body);
    holds(&ada.get(&page).await, &["Yours, shared with"]);
    let read = grace.get(&page).await;
    holds(&read, &["Shared by ada@example.com", &link]);
    assert!(!read.body.contains(&id), "only its owner changes it");
    for act in ["share", "unshare", "delete"] {
        let refused = grace.post_multipart(&address(act), &of_it, &[], OURS).await;
        assert_eq!(refused.status, 404, "{act}");
    }
    let mut stranger = signed_in_as(&stage, 4).await;
    assert!(!stranger.get(&page).await.body.contains("Bad &lt;i&gt;"));
    let share = [asked, ("_name", "Mine"), ("_shared", "true")];
    let refused = stranger.post_multipart(&address("add"), &share, &[], OURS).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);

    let alone = ada.post_multipart(&address("unshare"), &of_it, &[], OURS).await;
    holds(&ada.get(&alone.location()).await, &["is only yours.", "Only yours"]);
    assert!(!grace.get(&page).await.body.contains("Bad &lt;i&gt;"));
    let deleted = ada.post_multipart(&address("delete"), &of_it, &[], OURS).await;
    assert_eq!(deleted.status, 303);
    assert!(!ada.get(&page).await.body.contains(&link));
    let away = stage
        .browser()
        .post_multipart(&address("delete"), &of_it, &[], OURS)
        .await;
    assert!(away.location().starts_with("/sign-in"));
}
