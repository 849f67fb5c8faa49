//! Types, documents and metadata follow what is in the database.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::Lab;

const RECORDINGS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/management-api/recordings.jsonl"
);

async fn run(lab: &Lab, project: &str, query: &str) {
    let path = format!("/v1/projects/{project}/database/query");
    let reply = lab.post(&path, lab.pat("Ada"), json!({ "query": query })).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
}

async fn types(lab: &Lab, project: &str, schemas: &str) -> String {
    let path = format!("/v1/projects/{project}/types/typescript{schemas}");
    let reply = lab.get(&path, lab.pat("Ada")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json()["types"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_empty_schema_has_the_recorded_types() {
    let Ok(recordings) = std::fs::read_to_string(RECORDINGS) else {
        println!("skipped: the recordings are not beside the project");
        return;
    };
    let mut recordings = recordings
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let recorded = recordings.find(|line| line["path"].as_str().unwrap().ends_with("/types/typescript"));
    let lab = Lab::new(json!({})).await;
    let types = types(&lab, lab.reference("Note G"), "").await;
    assert_eq!(types, recorded.unwrap()["body"]["types"].as_str().unwrap());
}

#[tokio::test]
async fn types_say_what_can_be_read_and_written() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Note G");
    run(
        &lab,
        project,
        "create type mood as enum ('sad', 'it''s fine');
         create type pair as (a int, b text[]);
         create table people (id bigint generated always as identity primary key, name text not null, mood mood default 'sad',
             \"odd-name\" jsonb, tags text[] not null default '{}', pair pair);
         create table notes (id serial primary key, person bigint unique references people);
         create view names as select name from people;
         create view counted as select count(*) from people;
         create function shout(people) returns text language sql stable as 'select upper($1.name)';
         create function add(b int, a int default 1) returns int language sql as 'select a + b';
         create function all_people() returns setof people language sql as 'select * from people';
         create function few(out x int) returns setof int language sql as 'select 1';
         create function listed() returns table (z int, y mood) language sql as 'select 1, null::mood';
         create function hook() returns trigger language plpgsql as 'begin return new; end'",
    )
    .await;
    let types = types(&lab, project, "?included_schemas=public,nowhere").await;
    for wanted in [
        "      people: {\n        Row: {\n          id: number\n          mood: Database[\"public\"][\"Enums\"][\"mood\"] | null\n          name: string\n          \"odd-name\": Json | null\n          pair: Database[\"public\"][\"CompositeTypes\"][\"pair\"] | null\n          tags: string[]\n          shout: string | null\n        }\n",
        "        Insert: {\n          id?: never\n          mood?: Database[\"public\"][\"Enums\"][\"mood\"] | null\n          name: string\n          \"odd-name\"?: Json | null\n",
        "        Update: {\n          id?: number\n          person?: number | null\n        }\n        Relationships: [\n          {\n            foreignKeyName: \"notes_person_fkey\"\n            columns: [\"person\"]\n            isOneToOne: true\n            referencedRelation: \"people\"\n            referencedColumns: [\"id\"]\n          },\n        ]\n",
        "      counted: {\n        Row: {\n          count: number | null\n        }\n        Relationships: []\n      }\n",
        "      names: {\n        Row: {\n          name: string | null\n        }\n        Insert: {\n          name?: string | null\n        }\n",
        "      add: { Args: { a?: number; b: number }; Returns: number }\n",
        "      listed: {\n        Args: Record<PropertyKey, never>\n        Returns: {\n          y: Database[\"public\"][\"Enums\"][\"mood\"]\n          z: number\n        }[]\n      }\n",
        "        SetofOptions: {\n          from: \"*\"\n          to: \"people\"\n          isOneToOne: false\n          isSetofReturn: true\n        }\n",
        "    Enums: {\n      mood: \"sad\" | \"it's fine\"\n    }\n    CompositeTypes: {\n      pair: {\n        a: number | null\n        b: string[] | null\n      }\n    }\n",
        "    Enums: {\n      mood: [\"sad\", \"it's fine\"],\n    },\n",
    ] {
        assert!(types.contains(wanted), "{wanted}\nis not in\n{types}");
    }
    assert!(!types.contains("nowhere") && !types.contains("hook"), "{types}");
}

#[tokio::test]
async fn the_document_describes_tables_and_functions() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Note G");
    run(
        &lab,
        project,
        "create table people (id int primary key, name varchar(80) not null default 'x', boss int references people);
         comment on table people is 'Who is here'; comment on column people.name is 'As written';
         create view names as select name from people group by 1;
         create function add(a int, b int default 1) returns int language sql stable as 'select a + b'; create schema more",
    )
    .await;
    let path = format!("/v1/projects/{project}/database/openapi");
    let document = lab.get(&path, lab.pat("Ada")).await.json();
    assert_eq!(document["swagger"], "2.0");
    let people = &document["definitions"]["people"];
    assert_eq!(people["description"], "Who is here");
    assert_eq!(people["required"], json!(["id", "name"]));
    assert_eq!(
        people["properties"]["name"],
        json!({ "type": "string", "format": "character varying(80)", "maxLength": 80, "default": "x", "description": "As written" })
    );
    let note = |column: &str| people["properties"][column]["description"].as_str().unwrap().to_owned();
    assert!(note("id").contains("<pk/>") && note("boss").contains("<fk table='people' column='id'/>"));
    // A set, since it depends on the build whether serde_json keeps the order.
    let methods = |path: &str| {
        let methods = document["paths"][path].as_object().unwrap();
        methods.keys().cloned().collect::<BTreeSet<_>>()
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(methods("/people"), named(&["delete", "get", "patch", "post"]));
    assert_eq!(methods("/names"), named(&["get"]));
    assert_eq!(methods("/rpc/add"), named(&["get", "post"]));
    let more = lab.get(&format!("{path}?schema=more"), lab.pat("Ada")).await.json();
    assert_eq!(more["definitions"], json!({}));
    assert_eq!(
        lab.get(&format!("{path}?schema=gone"), lab.pat("Ada")).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn metadata_names_the_schemas() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Note G");
    run(&lab, project, "create schema more").await;
    let context = lab
        .get(&format!("/v1/projects/{project}/database/context"), lab.pat("Ada"))
        .await
        .json();
    assert_eq!(context["databases"][0]["name"], "postgres");
    let schemas = context["databases"][0]["schemas"].as_array().unwrap();
    let has = |name: &str| schemas.iter().any(|schema| schema["name"] == name);
    assert!(
        has("public") && has("auth") && has("more") && !has("pg_catalog"),
        "{context}"
    );
}

#[tokio::test]
async fn a_paused_database_tells_nothing() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Bernoulli (staging)");
    for path in ["types/typescript", "database/openapi", "database/context"] {
        let reply = lab.get(&format!("/v1/projects/{project}/{path}"), lab.pat("Ada")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{path}: {}", reply.text);
    }
}

/// A part of the types: from the line that begins with `name` to the one that closes it.
fn part(types: &str, name: &str) -> String {
    let begins = |line: &&str| line.trim_start() == format!("{name}: {{") || line.trim_start() == format!("{name}:");
    let at = types
        .lines()
        .position(|line| begins(&line))
        .unwrap_or_else(|| panic!("{name} is not in\n{types}"));
    let depth = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = types.lines().skip(at).collect();
    let margin = depth(lines[0]);
    let rest = lines
        .iter()
        .skip(1)
        .take_while(|line| depth(line) > margin || line.trim() == "}");
    let mut part: Vec<&str> = vec![lines[0].trim()];
    for line in rest {
        part.push(line.trim());
        if depth(line) == margin {
            break;
        }
    }
    part.join(" ")
}

#[tokio::test]
async fn types_are_those_of_the_current_generator() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Note G");
    run(
        &lab,
        project,
        "create type nothing as enum ();
         create type pair as (a int);
         create table people (id bigint primary key, name text not null, size int generated always as (length(name)) stored,
             n nothing, data jsonb not null);
         create table notes (id int primary key, person bigint unique references people);
         create view note_list as select id, person as who, person as again from notes;
         create view people_list as select id, name from people;
         create view deep as select who from note_list;
         create view closed as select count(*) as n from people;
         create function put() returns trigger language plpgsql as 'begin return new; end';
         create trigger t instead of insert on closed for each row execute function put();
         create function shout(people) returns text language sql stable as 'select null::text';
         create function whisper(person people) returns text language sql stable as 'select null::text';
         create function its_notes(person people) returns setof notes language sql stable as 'select * from notes';
         create function listed(people_list) returns setof notes rows 1 language sql stable as 'select * from notes';
         create function many() returns people[] language sql as 'select null::people[]';
         create function one() returns setof int rows 1 language sql as 'select 1';
         create function over(a int) returns int language sql as 'select 1';
         create function over(a text) returns int language sql as 'select 1';
         create function nullary() returns text language sql as 'select null::text';
         create function nullary(text default 'x') returns int language sql as 'select 1';
         create aggregate total(int) (sfunc = int4pl, stype = int)",
    )
    .await;
    let types = types(&lab, project, "").await;
    // What the database makes itself cannot be written, an enum without a word has no type, and `Json` holds null.
    let people = part(&types, "people");
    for wanted in [
        "Insert: { data: NonNullable<Json> id: number n?: unknown name: string size?: never }",
        "Update: { data?: NonNullable<Json> id?: number n?: unknown name?: string size?: never }",
        "Row: { data: NonNullable<Json> id: number n: unknown name: string size: number | null \
            its_notes: { id: number person: number | null } | null shout: string | null whisper: string | null }",
    ] {
        assert!(people.contains(wanted), "{wanted}\nis not in\n{people}");
    }
    assert!(
        types.contains("    Enums: {\n      [_ in never]: never\n    }\n"),
        "{types}"
    );
    assert!(!types.contains("nothing") && !types.contains("total"), "{types}");
    // Views have the ways of the tables behind them, also through other views.
    let way = |columns: &str, to: &str| {
        format!(
            "{{ foreignKeyName: \"notes_person_fkey\" columns: [\"{columns}\"] isOneToOne: true referencedRelation: \"{to}\" \
             referencedColumns: [\"id\"] }},"
        )
    };
    for (relation, ways) in [
        ("notes", vec![("person", "people"), ("person", "people_list")]),
        (
            "note_list",
            vec![
                ("again", "people"),
                ("who", "people"),
                ("again", "people_list"),
                ("who", "people_list"),
            ],
        ),
        ("deep", vec![("who", "people"), ("who", "people_list")]),
    ] {
        let ways: Vec<String> = ways.into_iter().map(|(columns, to)| way(columns, to)).collect();
        let (wanted, part) = (format!("Relationships: [ {} ]", ways.join(" ")), part(&types, relation));
        assert!(part.contains(&wanted), "{wanted}\nis not in\n{part}");
    }
    let closed = part(&types, "closed");
    assert!(
        closed.contains("Insert: { n?: number | null }") && !closed.contains("Update"),
        "{closed}"
    );
    // Functions of rows, arrays of rows, and those that cannot be told apart.
    for (function, wanted) in [
        (
            "shout",
            "} & \"the function public.shout with parameter or with a single unnamed json/jsonb parameter, but",
        ),
        (
            "whisper",
            "Args: { person: Database[\"public\"][\"Tables\"][\"people\"][\"Row\"] } Returns: string }",
        ),
        (
            "its_notes",
            "}[] SetofOptions: { from: \"people\" to: \"notes\" isOneToOne: false isSetofReturn: true } }",
        ),
        (
            "listed",
            "} SetofOptions: { from: \"people_list\" to: \"notes\" isOneToOne: true isSetofReturn: true } }",
        ),
        (
            "many",
            "Returns: Database[\"public\"][\"Tables\"][\"people\"][\"Row\"][] }",
        ),
        (
            "over",
            "between: public.over(a => int4), public.over(a => text). Try renaming",
        ),
        (
            "nullary",
            "between: public.nullary(), public.nullary( => int4). Try renaming",
        ),
    ] {
        let part = part(&types[types.find("    Functions: {").unwrap()..], function);
        assert!(part.contains(wanted), "{wanted}\nis not in\n{part}");
    }
    assert!(
        types.contains("      one: { Args: Record<PropertyKey, never>; Returns: number[] }\n"),
        "{types}"
    );
}
