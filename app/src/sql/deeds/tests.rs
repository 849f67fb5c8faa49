use statements::DEEPEST;

use super::{deeds as read_deeds, *};

/// What is told of a script.
fn deeds(sql: &str) -> Vec<String> {
    read_deeds(sql).into_iter().map(|deed| deed.does).collect()
}

#[test]
fn only_rows_are_lost() {
    for (sql, loses) in [
        ("drop table a", true),
        ("alter table a drop column b", true),
        ("drop schema s cascade", true),
        ("drop type t", true),
        ("truncate a", true),
        ("delete from a", true),
        ("do $$ begin end $$", true),
        ("create tabl", true),
        ("drop policy p on a", false),
        ("drop function f()", false),
        ("drop index i", false),
        ("drop view v", false),
        ("alter table a alter column b drop default", false),
        ("alter table a drop constraint c", false),
        ("grant select on a to anon", false),
        ("alter table a disable row level security", false),
    ] {
        let deeds = read_deeds(sql);
        assert!(!deeds.is_empty(), "{sql}");
        assert_eq!(deeds.iter().any(|deed| deed.loses), loses, "{sql}: {deeds:?}");
    }
}

/// Each script with all that is told of it.
const TABLE: &[(&str, &[&str])] = &[
    // What loses rows or things.
    ("drop table orders", &["drops the table orders"]),
    (
        "DROP TABLE IF EXISTS public.orders, \"My items\" CASCADE;",
        &[
            "drops 2 tables: public.orders, \"My items\"",
            "reaches everything that depends on them, too",
        ],
    ),
    (
        "drop schema a; drop schema a; drop schema b",
        &["drops 2 schemas: a, b"],
    ),
    (
        "drop table \"public\".\"orders\"; alter table \"public\".\"A b\" drop column \"c\"",
        &["drops the table public.orders", "drops the column c of public.\"A b\""],
    ),
    ("drop function f(int, text)", &["drops the function f(int, text)"]),
    ("drop policy p on t", &["drops the policy p on t"]),
    ("drop trigger g on public.t", &["drops the trigger g on public.t"]),
    ("drop materialized view v", &["drops the materialized view v"]),
    ("drop index concurrently a, b", &["drops 2 indexes: a, b"]),
    ("drop role a, b", &["drops 2 roles: a, b"]),
    ("drop owned by bob", &["drops everything that is owned by bob"]),
    (
        "drop extension pg_net; drop type t; drop database d",
        &["drops the extension pg_net", "drops the type t", "drops the database d"],
    ),
    (
        "truncate only a, b restart identity cascade",
        &["empties 2 tables: a, b", "reaches everything that depends on them, too"],
    ),
    ("delete from public.x as y", &["deletes every row of public.x"]),
    ("delete from x using y", &["deletes every row of x"]),
    ("delete from x where true", &["deletes every row of x"]),
    ("delete from x where 1 = 1", &["deletes every row of x"]),
    ("update only x set a = 1", &["changes every row of x"]),
    ("update x set a = 1 from y where 'a' = 'a'", &["changes every row of x"]),
    (
        "delete from x; delete from y; delete from x",
        &["deletes every row of x, y"],
    ),
    (
        "drop table a, b, c, d, e, f, g",
        &["drops 7 tables: a, b, c, d, e and 2 more"],
    ),
    (
        "alter table a drop column b, drop c",
        &["drops 2 columns: b of a, c of a"],
    ),
    (
        "alter table if exists only s.a drop constraint c",
        &["drops the constraint c of s.a"],
    ),
    (
        "alter table a alter column d drop not null",
        &["drops the not null of a"],
    ),
    ("alter type t drop attribute a", &["drops the attribute a of t"]),
    // What changes who gets in.
    (
        "grant select on x to anon, authenticated",
        &["gives rights to anon, authenticated"],
    ),
    (
        "revoke all on all tables in schema public from anon",
        &["takes rights away from anon"],
    ),
    (
        "alter default privileges grant select on tables to anon",
        &["gives rights to anon"],
    ),
    (
        "create schema s grant usage on schema s to anon",
        &["gives rights to anon"],
    ),
    ("create role bob login password 'hunter2'", &["creates the role bob"]),
    ("create user bob; create group g", &["creates 2 roles: bob, g"]),
    ("alter role bob superuser", &["changes the role bob"]),
    ("alter table t owner to bob", &["changes the owner of t"]),
    (
        "reassign owned by a to b",
        &["changes the owner of all that is owned by a"],
    ),
    (
        "alter table t no force row level security",
        &["turns row level security off for the table t"],
    ),
    (
        "alter table t disable row level security",
        &["turns row level security off for the table t"],
    ),
    (
        "alter system set x = 1",
        &["changes settings of the whole database server"],
    ),
    // Where it is hidden.
    (
        "with d as (delete from x returning *) select * from d",
        &["deletes every row of x"],
    ),
    (
        "with d as materialized (update x set a = 1 returning *) insert into y select * from d",
        &["changes every row of x"],
    ),
    (
        "create table t as with d as (delete from x returning *) select * from d",
        &["deletes every row of x"],
    ),
    ("with w as (select 1) delete from x", &["deletes every row of x"]),
    (
        "copy (delete from x returning *) to stdout",
        &["deletes every row of x"],
    ),
    ("explain analyze delete from x", &["deletes every row of x"]),
    (
        "explain (costs off, ANALYZE) delete from x",
        &["deletes every row of x"],
    ),
    ("prepare p as delete from x", &["deletes every row of x"]),
    ("-- hi\rdrop table x", &["drops the table x"]),
    ("/* a /* b */ c */ drop table x", &["drops the table x"]),
    ("select E'\\''; drop table x; --'", &["drops the table x"]),
    ("select 'a\\'; drop table x; --'", &["drops the table x"]),
    ("select U&'\\0027'; drop table x", &["drops the table x"]),
    ("select $a$ $$ $a$; drop table x", &["drops the table x"]),
    ("begin; delete from x; rollback", &["deletes every row of x"]),
    (
        "create function begin() returns void language sql as $$ select 1 $$; drop table x",
        &["drops the table x"],
    ),
    (
        "create function f() returns void language sql begin atomic delete from y; select 1; end; drop table x",
        &["drops the table x"],
    ),
    (
        "merge into t using s on t.id = s.id when matched then delete",
        &["deletes rows, by a merge, of t"],
    ),
    (
        "merge into t using s on t.id = s.id when not matched by source then delete",
        &["deletes rows, by a merge, of t"],
    ),
    (
        "copy x from program 'rm -rf /'",
        &["runs a program on the database\u{2019}s server"],
    ),
    (
        "copy x to '/tmp/x'",
        &["reads or writes a file of the database\u{2019}s server"],
    ),
    // What cannot be read.
    (
        "do $$ begin delete from x; end $$",
        &["runs a block of code that Steward cannot read"],
    ),
    (
        "do language plpgsql 'begin end'",
        &["runs a block of code that Steward cannot read"],
    ),
    ("selec 1", &["holds SQL that Steward cannot read, at line 1"]),
    (
        "select '\n';\nselec 1;\ndrop table x",
        &["holds SQL that Steward cannot read, at line 3", "drops the table x"],
    ),
    ("select 1 from", &["holds SQL that Steward cannot read, at line 1"]),
    ("\\d x", &["holds SQL that Steward cannot read, at line 1"]),
    ("select 'a; drop table x", &[UNREADABLE]),
    ("select $$ drop table x", &[UNREADABLE]),
    // What needs no question.
    ("", &[]),
    (" ; -- nothing", &[]),
    ("select * from orders where drop_off = 'drop table x'", &[]),
    ("select delete_everything(), lo_unlink(1)", &[]),
    ("select 1 for update", &[]),
    ("select $1, $2", &[]),
    ("table x; values (1, 2)", &[]),
    ("select E'a\\'; drop table x; --'", &[]),
    ("select U&'d\\0061t'; select $q$ drop table x; $q$", &[]),
    ("/* a /* b */ drop table x */ select 1 -- drop table x", &[]),
    ("select \"drop table x\" from \"delete\"", &[]),
    ("explain delete from x", &[]),
    (
        "insert into x values (1, 'drop') on conflict (a) do update set b = 1",
        &[],
    ),
    ("insert into x select * from y returning *", &[]),
    ("update x set a = 1 where id = 5", &[]),
    ("delete from x where id in (select id from y)", &[]),
    ("delete from x where current of c", &[]),
    (
        "create table t (id int primary key, a text default 'x' check (a <> ''))",
        &[],
    ),
    ("create table t as select * from x; select * into y from x", &[]),
    ("create policy p on t for delete using (auth.uid() = owner)", &[]),
    (
        "alter table t enable row level security, add column c int, rename to u",
        &[],
    ),
    ("alter table t rename to u", &[]),
    (
        "create or replace function f() returns trigger language plpgsql as $$ begin delete from x; return new; end $$",
        &[],
    ),
    (
        "create function f() returns void language sql begin atomic delete from x; end",
        &[],
    ),
    ("create rule r as on insert to t do instead delete from x", &[]),
    (
        "create trigger g after delete on t for each row execute function f()",
        &[],
    ),
    (
        "merge into t using s on t.id = s.id when matched then update set a = 1 when not matched then insert values (1)",
        &[],
    ),
    ("refresh materialized view v; analyze x; vacuum x; reindex table x", &[]),
    ("call f(); notify a; show all; set search_path = a", &[]),
    ("begin; savepoint a; release savepoint a; commit", &[]),
    ("comment on table t is 'drop table t'", &[]),
    ("copy x from stdin; copy x to stdout", &[]),
];

#[test]
fn what_a_statement_does_is_told_in_words() {
    for (sql, expected) in TABLE {
        assert_eq!(deeds(sql), *expected, "{sql}");
    }
}

#[test]
fn what_is_told_has_an_end() {
    let kinds = [
        "table",
        "view",
        "index",
        "schema",
        "sequence",
        "type",
        "domain",
        "role",
        "extension",
        "server",
        "collation",
        "publication",
    ];
    let script: String = kinds.iter().map(|kind| format!("drop {kind} a; ")).collect();
    let told = deeds(&script);
    assert_eq!(told.len(), 11);
    assert_eq!(told[10], "and does 2 more things of the kind");
}

#[test]
fn nothing_of_a_literal_is_told() {
    for sql in [
        "create role bob password 'hunter2'",
        "alter role bob password 'hunter2'",
        "do 'hunter2'",
        "selec 'hunter2'",
    ] {
        let told = deeds(sql).join("; ");
        assert!(!told.is_empty() && !told.contains("hunter2"), "{told}");
    }
    let long = "x".repeat(500);
    assert!(deeds(&format!("drop table {long}")).join("").len() < 200);
}

#[test]
fn what_would_be_too_much_for_the_reader_is_not_read() {
    let deep = 30_000;
    for sql in [
        format!("select {}1{}", "(".repeat(deep), ")".repeat(deep)),
        format!("select {}", "(".repeat(deep)),
        format!("select {}1", "- ".repeat(deep)),
        format!("select 1{}", " + 1".repeat(deep)),
        format!("select 1 {}", "union select 1 ".repeat(deep / 2)),
        format!("{} select 1", "explain ".repeat(deep)),
        format!("select * from {}", "a join ".repeat(deep)),
        format!("select {}", "(select ';', ".repeat(deep / 2)),
        format!("select {}", "(')' || ".repeat(deep / 2)),
        "select 1;".repeat(30_000),
    ] {
        assert_eq!(deeds(&sql), [UNREADABLE], "{}", &sql[..40]);
    }
    // Long is not deep.
    let rows = "(1, 'a', now(), -1.5),\n".repeat(5_000);
    assert_eq!(
        deeds(&format!("insert into x values {rows} (1, 'a', now(), 1)")),
        [] as [String; 0]
    );
    // What is just not too deep is read, in whatever way it is deep.
    let near = DEEPEST / 2 - 10;
    for (open, close) in [
        ("(", ")"),
        ("(select ", ")"),
        ("not ", ""),
        ("- ", ""),
        ("case when ", " then 1 end"),
        ("array[", "]"),
    ] {
        let sql = format!("select {}1{}; drop table x", open.repeat(near), close.repeat(near));
        assert!(!deeds(&sql).is_empty(), "{open}");
    }
}

#[test]
fn bodies_of_functions_are_not_read_either() {
    let deep = "(".repeat(100_000);
    for body in [
        format!("$${deep}$$"),
        format!("'{deep}'"),
        format!("E'{deep}'"),
        format!("U&'{deep}'"),
    ] {
        let sql = format!("create function f() returns void language sql as {body}");
        assert_eq!(deeds(&sql), [] as [String; 0], "{}", &sql[..60]);
        assert_eq!(
            deeds(&format!("do {body}")),
            ["runs a block of code that Steward cannot read"]
        );
    }
}
