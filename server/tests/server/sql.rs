//! The SQL page: it reads unless it is told to write, asks by what a statement does, shows errors with their place, plans as
//! trees, and gives rows as files.

use management_api::OperationId;
use serde_json::json;

use crate::{
    browser::{Browser, Page},
    kill::{MANY, Process, Watched, Witness},
    stage::{Stage, data_dir},
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];
const WRITE: (&str, &str) = ("_mode", "write");

struct Bench {
    stage: Stage,
    browser: Browser,
    project: String,
    name: String,
}

impl Bench {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let browser = stage.signed_in().await;
        let project = stage.projects().await.remove(0);
        Self {
            stage,
            browser,
            project: project.reference,
            name: project.name,
        }
    }

    async fn run(&mut self, sql: &str, more: &[(&str, &str)]) -> Page {
        let fields: Vec<(&str, &str)> = [("query", sql)].into_iter().chain(more.iter().copied()).collect();
        let address = format!("/projects/{}/sql", self.project);
        self.browser.post_multipart(&address, &fields, &[], OURS).await
    }

    async fn calls(&self, operation: OperationId) -> u64 {
        self.stage.world().await["counters"]["calls"][operation.as_str()]
            .as_u64()
            .unwrap_or_default()
    }
}

/// What the answer says, without its tags.
fn answer(page: &Page) -> String {
    let (_, answer) = page
        .body
        .split_once("id=\"answer\"")
        .unwrap_or_else(|| panic!("{}", page.body));
    let answer = answer.split_once("</section>").unwrap().0;
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    let words = tags
        .replace_all(answer, " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(words, |words, (name, sign)| words.replace(name, sign))
}

#[tokio::test]
async fn a_statement_only_reads_unless_it_is_told_to_write() {
    let mut bench = Bench::new().await;
    let page = bench
        .run(
            "select 9007199254740993::int8 as big, null as n, '' as e, '<b>' as t, '{\"a\": [1]}'::jsonb as j",
            &[],
        )
        .await;
    assert_eq!(page.status, 200);
    page.assert_complete();
    let said = answer(&page);
    for part in ["1 row", "9007199254740993", "null", "empty text", "<b>", "big n e t j"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!page.body.contains("<td><bdi><b>"), "{}", page.body);
    let page = bench.run("create table public.kept (id int)", &[]).await;
    let said = answer(&page);
    assert!(
        said.contains("25006") && said.contains("Switch to \u{201c}Can write\u{201d}"),
        "{said}"
    );
    assert_eq!(bench.calls(OperationId::RunQuery).await, 0);

    let page = bench
        .run(
            "create table public.kept (id int); insert into kept values (1), (2)",
            &[WRITE],
        )
        .await;
    assert!(answer(&page).contains("It gave no rows"), "{}", answer(&page));
    let page = bench
        .run("update kept set id = id + 1 where id = 2 returning id", &[WRITE])
        .await;
    assert!(answer(&page).contains("1 row"), "{}", answer(&page));
    // What has written is not run again for a file.
    assert!(!page.body.contains("value=\"csv\""), "{}", page.body);
    assert_eq!(bench.calls(OperationId::RunQuery).await, 2);
}

#[tokio::test]
async fn what_loses_rows_is_ticked_and_named_first() {
    let mut bench = Bench::new().await;
    bench.run("create table public.kept (id int)", &[WRITE]).await;
    let drop = "drop table public.kept";
    let asked = bench.run(drop, &[WRITE]).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked.body.contains("I know that this drops the table public.kept"),
        "{}",
        asked.body
    );
    assert!(
        asked.body.contains(">drop table public.kept</textarea>"),
        "what was typed is kept: {}",
        asked.body
    );
    let sure = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]+)\"").unwrap();
    let yes = sure.captures(&asked.body).unwrap()[1].to_owned();
    let name = bench.name.clone();
    for fields in [
        vec![WRITE, ("_sure", yes.as_str())],
        vec![WRITE, ("_confirm", name.as_str())],
        vec![WRITE, ("_sure", yes.as_str()), ("_confirm", "another")],
    ] {
        let refused = bench.run(drop, &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
    }
    let other = bench
        .run("truncate public.kept", &[WRITE, ("_sure", &yes), ("_confirm", &name)])
        .await;
    assert_eq!(other.status, 422, "a yes holds for its own text");
    assert_eq!(bench.calls(OperationId::RunQuery).await, 1);
    let done = bench.run(drop, &[WRITE, ("_sure", &yes), ("_confirm", &name)]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(bench.calls(OperationId::RunQuery).await, 2);
    // What only gives access is ticked, and no name is typed.
    let asked = bench
        .run("grant select on all tables in schema public to anon", &[WRITE])
        .await;
    assert!(
        asked.body.contains("gives rights to") && !asked.body.contains("name=\"_confirm\""),
        "{}",
        asked.body
    );
}

#[tokio::test]
async fn a_question_says_how_many_rows_there_are() {
    let mut bench = Bench::new().await;
    bench
        .run(
            "create table public.kept as select 1 as id from generate_series(1, 7); create table public.\"Other\" (id int)",
            &[WRITE],
        )
        .await;
    let asked = bench
        .run("delete from kept; drop table public.\"Other\"", &[WRITE])
        .await;
    assert_eq!(asked.status, 422);
    for part in ["kept has 7 rows", "has 0 rows"] {
        assert!(asked.body.contains(part), "{part}: {}", asked.body);
    }
    // A yes to it is one, whatever the numbers are by then.
    let sure = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]+)\"").unwrap();
    let yes = sure.captures(&asked.body).unwrap()[1].to_owned();
    bench.run("insert into kept values (1)", &[WRITE]).await;
    let name = bench.name.clone();
    let fields = [WRITE, ("_sure", &*yes), ("_confirm", &*name)];
    let done = bench
        .run("delete from kept; drop table public.\"Other\"", &fields)
        .await;
    assert_eq!(done.status, 200, "{}", done.body);
    // What cannot be counted is asked about all the same.
    let asked = bench.run("truncate nowhere", &[WRITE]).await;
    assert!(
        asked.status == 422 && asked.body.contains("empties the table nowhere"),
        "{}",
        asked.body
    );
}

#[tokio::test]
async fn an_error_has_its_place_and_its_hint() {
    let mut bench = Bench::new().await;
    let page = bench.run("select 1;\nselect\n  relnam\nfrom pg_class", &[]).await;
    assert_eq!(page.status, 200);
    let said = answer(&page);
    for part in [
        "column \"relnam\" does not exist",
        "42703",
        "Line 3",
        "Hint",
        "relname",
        "Nothing was changed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(page.body.contains("  relnam\n  ^"), "{}", page.body);
    assert!(page.body.contains("data-line=\"3\""), "{}", page.body);
}

#[tokio::test]
async fn a_plan_is_a_tree_and_only_a_read_is_measured() {
    let mut bench = Bench::new().await;
    let page = bench
        .run(
            "select * from pg_class join pg_namespace on pg_namespace.oid = relnamespace;",
            &[("_as", "explain")],
        )
        .await;
    let said = answer(&page);
    assert!(
        said.contains("Only planned, not run") && said.contains("Join") && said.contains("rows expected"),
        "{said}"
    );
    let page = bench.run("select count(*) from pg_class", &[("_as", "analyze")]).await;
    let said = answer(&page);
    assert!(
        said.contains("run in") && said.contains("Aggregate") && said.contains("pg_class"),
        "{said}"
    );
    let page = bench.run("select 1; select 2", &[("_as", "explain")]).await;
    assert!(
        page.status == 422 && answer(&page).contains("one statement"),
        "{}",
        answer(&page)
    );
    let page = bench.run("delete from pg_class", &[("_as", "analyze"), WRITE]).await;
    assert!(
        page.status == 422 && answer(&page).contains("only done read-only"),
        "{}",
        answer(&page)
    );
    assert_eq!(bench.calls(OperationId::RunQuery).await, 0);
}

#[tokio::test]
async fn values_are_asked_for_and_sent() {
    let mut bench = Bench::new().await;
    let asked = bench.run("select $1::int + 1 as next, $2::text as word", &[]).await;
    assert_eq!(asked.status, 422);
    assert_eq!(asked.body.matches("name=\"parameters\"").count(), 2, "{}", asked.body);
    let fields = [("parameters", "41"), ("parameters", ""), ("_null", "2")];
    let page = bench.run("select $1::int + 1 as next, $2::text as word", &fields).await;
    assert!(answer(&page).contains("next word 1 42 null"), "{}", answer(&page));
}

#[tokio::test]
async fn rows_are_cut_and_come_whole_as_files() {
    let mut bench = Bench::new().await;
    let sql = "select n, 'it''s, ' || n as words from generate_series(1, 1200) as n";
    let page = bench.run(sql, &[]).await;
    let said = answer(&page);
    assert!(
        said.contains("1,200 rows in") && said.contains("The first 500 of 1,200 rows are shown"),
        "{said}"
    );
    for (format, kind, rows) in [
        ("csv", "text/csv; charset=utf-8", 1201),
        ("markdown", "text/markdown; charset=utf-8", 1202),
        ("insert", "application/sql; charset=utf-8", 1200),
    ] {
        let file = bench.run(sql, &[("_as", format)]).await;
        assert_eq!(file.headers["content-type"], kind);
        assert!(
            file.headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
        assert_eq!(file.body.lines().count(), rows, "{format}");
    }
    let file = bench.run(sql, &[("_as", "json")]).await;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&file.body).unwrap();
    assert_eq!(
        (rows.len(), &rows[1199]),
        (1200, &json!({ "n": 1200, "words": "it's, 1200" }))
    );
    // The selected part is run alone.
    let page = bench
        .run(
            "select 1 as one;\r\nselect 2 as two",
            &[("_selection", "select 1 as one")],
        )
        .await;
    let said = answer(&page);
    assert!(said.contains("the selected part") && said.contains("one 1 1"), "{said}");
    // What is nested deeper than most readers go spoils neither.
    let deep = "select 7 as n, (repeat('[', 300) || '1' || repeat(']', 300))::json as deep; -- one";
    let text = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    let shown = bench.run(deep, &[]).await;
    assert!(
        shown.body.contains(&text) && shown.body.contains("1 row"),
        "{}",
        shown.body
    );
    assert!(
        bench
            .run(deep, &[("_as", "csv")])
            .await
            .body
            .contains(&format!("7,\"{text}\""))
    );
    let said = "only what the last of them that has rows gave";
    assert!(!shown.body.contains(said));
    assert!(
        bench
            .run("select 1 as one; select 2 as two", &[])
            .await
            .body
            .contains(said)
    );
}

#[tokio::test]
async fn the_grid_is_given_more_rows_than_the_page_once_and_to_whom_they_belong() {
    let mut bench = Bench::new().await;
    let address = format!("/projects/{}/sql", bench.project);
    let more: String = (0..23).map(|at| format!(", {at} as c{at}")).collect();
    let sql = format!(
        "select n, case when n = 2 then null else 'w' || n end as word{more} from generate_series(1, 10000) as n"
    );
    let in_place = [OURS, &[("steward-in-place", "1")]].concat();
    let page = bench
        .browser
        .post_multipart(&address, &[("query", &sql)], &[], &in_place)
        .await;
    let said = answer(&page);
    assert!(
        said.contains("10,000 rows in")
            && said.contains("The first 60 of 10,000 rows are shown")
            && said.contains("The first 8,000 of 10,000 rows are shown"),
        "{said}"
    );
    let from = regex::Regex::new("data-from=\"(/rows/[0-9a-f]+)\"").unwrap();
    let from = from.captures(&page.body).unwrap_or_else(|| panic!("{}", page.body))[1].to_owned();
    let mut other = bench.stage.signed_in().await;
    assert_eq!(other.get(&from).await.status, 404);
    let rows = bench.browser.get(&from).await;
    assert_eq!(rows.status, 200);
    let rows: Vec<serde_json::Value> = rows
        .body
        .lines()
        .flat_map(|piece| serde_json::from_str::<Vec<serde_json::Value>>(piece).unwrap())
        .collect();
    assert_eq!((rows.len(), &rows[1][0], &rows[1][1]), (8_000, &json!("n2"), &json!(0)));
    assert_eq!(bench.browser.get(&from).await.status, 404, "they are given once");
    // One run is one call.
    assert_eq!(bench.calls(OperationId::RunReadOnlyQuery).await, 1);
}

/// The console as a process of its own, so that only its memory is looked at.
#[tokio::test]
async fn fifty_megabytes_are_cut_and_take_little_memory() {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0).reference;
    let dir = data_dir();
    let process = Process::start(dir.path(), &Witness::default().before(&stage.sandbox).await).await;
    let mut browser = Browser::new(&process.url);
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    browser
        .post("/sign-in/token", &[("token", &pat), ("return_to", "/healthz")])
        .await;
    let address = format!("/projects/{project}/sql");
    let in_place = [OURS, &[("steward-in-place", "1")]].concat();
    let many = format!("select '{MANY}'");
    // What is made once and kept is no answer's.
    let first = [(
        "query",
        "select n, repeat('x', 1000) as text from generate_series(1, 1000) as n",
    )];
    let first = browser.post_multipart(&address, &first, &[], &in_place).await;
    assert!(answer(&first).contains("1,000 rows"), "{}", answer(&first));
    let watched = Watched::process(&process);
    let page = browser
        .post_multipart(&address, &[("query", &many)], &[], &in_place)
        .await;
    let said = answer(&page);
    assert!(
        said.contains("The first ") && said.contains("was cut behind a row"),
        "{said}"
    );
    let from = regex::Regex::new("data-from=\"(/rows/[0-9a-f]+)\"").unwrap();
    let rows = browser.get(&from.captures(&page.body).unwrap()[1]).await;
    assert!(rows.body.lines().count() > 2);
    let grown = watched.grown("50 MB asked for");
    assert!(grown < 20_000, "grown by {grown} kB");
    // A file has all of them, and goes through in pieces.
    let watched = Watched::process(&process);
    let file = browser
        .post_multipart(&address, &[("query", &many), ("_as", "csv")], &[], OURS)
        .await;
    let grown = watched.grown("50 MB as a file");
    assert!(grown < 5_000, "grown by {grown} kB");
    assert_eq!((file.status.as_u16(), file.body.lines().count()), (200, 50_001));
    assert!(
        file.body.len() > 50_000_000 && file.body.ends_with("x\"\r\n"),
        "{} bytes",
        file.body.len()
    );
}

#[tokio::test]
async fn nothing_is_run_by_a_link_or_for_somebody_else() {
    let mut bench = Bench::new().await;
    let address = format!("/projects/{}/sql?sql=select%20%3C%2Ftextarea%3E%201", bench.project);
    let page = bench.browser.get(&address).await;
    page.assert_complete();
    assert!(
        page.body.contains("<div class=\"sql-linked\">") && page.body.contains("select &lt;/textarea&gt; 1</textarea>"),
        "{}",
        page.body
    );
    let from_elsewhere = [("accept", "text/html"), ("sec-fetch-site", "cross-site")];
    let address = format!("/projects/{}/sql", bench.project);
    let refused = bench
        .browser
        .post_multipart(&address, &[("query", "select 1")], &[], &from_elsewhere)
        .await;
    assert_eq!(refused.status, 403);
    let mut nobody = bench.stage.browser();
    let away = nobody
        .post_multipart(&address, &[("query", "select 1")], &[], OURS)
        .await;
    assert!(away.location().starts_with("/sign-in"), "{}", away.location());
    assert_eq!(bench.calls(OperationId::RunReadOnlyQuery).await, 0);
}

#[tokio::test]
async fn saved_statements_stand_beside_and_open_in_the_editor() {
    let stage = Stage::with(json!({}), &[]).await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let project = &projects
        .iter()
        .find(|project| project.name == "Note G")
        .unwrap()
        .reference;
    let page = browser.get(&format!("/projects/{project}/sql?side=saved")).await;
    page.assert_complete();
    let link = regex::Regex::new("href=\"(/projects/[^\"]*snippet=[^\"]*)\"").unwrap();
    let link = link.captures(&page.body).unwrap_or_else(|| panic!("{}", page.body))[1].to_owned();
    let opened = browser.get(&link).await;
    opened.assert_complete();
    let text = regex::Regex::new("(?s)<textarea[^>]*>select.*?</textarea>").unwrap();
    assert!(text.is_match(&opened.body), "{}", opened.body);
    let gone = browser
        .get(&format!(
            "/projects/{project}/sql?snippet=00000000-0000-4000-8000-000000000000"
        ))
        .await;
    assert!(gone.body.contains("does not exist"), "{}", gone.body);
    let ready = browser.get(&format!("/projects/{project}/sql?ready=sizes")).await;
    assert!(
        ready.body.contains("pg_total_relation_size") && ready.body.contains(" hidden class=\"sql-linked\">"),
        "{}",
        ready.body
    );
}

#[tokio::test]
async fn the_tables_beside_the_editor_are_read_once_and_hidden_where_they_do_not_fit() {
    let bench = Bench::new().await;
    let mut browser = bench.stage.signed_in().await;
    let page = format!("/projects/{}/sql", bench.project);
    let asked = || bench.calls(OperationId::RunReadOnlyQuery);
    for (path, others) in [(page.clone(), 0), (format!("{page}?side=saved"), 1)] {
        browser.get(&path).await.assert_complete();
        assert_eq!(bench.calls(OperationId::ListSnippets).await, others, "{path}");
    }
    assert_eq!(asked().await, 0);
    let tables = browser.get(&format!("{page}?side=schema&find=encrypted_pass")).await;
    tables.assert_complete();
    assert_eq!(asked().await, 1);
    let table = |name: &str, rest: &str| tables.body.contains(&format!("<li data-table=\"{name}\"{rest}"));
    assert!(table("auth.users", "><details open>"), "{}", tables.body);
    assert!(table("storage.buckets", " hidden>"), "{}", tables.body);
    // What a browser has already is not asked for: with the tables in hand, and when a statement is run.
    let without = [("accept", "text/html"), ("steward-regions", "none")];
    let frame = browser
        .request(http::Method::GET, &format!("{page}?side=schema"), &without, None)
        .await;
    assert!(frame.body.contains("Search tables and columns") && !frame.body.contains("data-table=\"auth"));
    for side in ["schema", "saved"] {
        let before = (asked().await, bench.calls(OperationId::ListSnippets).await);
        let in_place = [
            ("accept", "text/html"),
            ("sec-fetch-site", "same-origin"),
            ("steward-in-place", "1"),
        ];
        let ran = browser
            .post_multipart(
                &format!("{page}?side={side}"),
                &[("query", "select 5 as five")],
                &[],
                &in_place,
            )
            .await;
        assert!(
            ran.body.contains("five") && ran.body.contains("data-left-out"),
            "{}",
            ran.body
        );
        assert_eq!(
            (asked().await, bench.calls(OperationId::ListSnippets).await),
            (before.0 + 1, before.1),
            "{side}"
        );
    }
}
