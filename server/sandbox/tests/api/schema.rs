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
        "      listed: {\n        Args: never\n        Returns: {\n          y: Database[\"public\"][\"Enums\"][\"mood\"]\n          z: number\n        }[]\n      }\n",
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
