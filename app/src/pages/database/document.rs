//! What the Data API offers of a schema, by its OpenAPI document: tables and views with their columns, and functions.

use leptos::prelude::*;
use management_api::OperationId;
use serde_json::{Map, Value};

use crate::{
    components::{
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    server_fns::database::document_of,
    ui::{Button, ButtonLink, Empty, Icon, Shape, TextField},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database/data-api",
    title: "Data API document",
    icon: Icon::File,
    group: None,
    parent: Some(&super::tools::PAGE),
    operation: Some(OperationId::GetDatabaseOpenapi),
    sheet: Some(Sheet::Run),
    view: || view! { <DataApiDocument/> }.into_any(),
};

#[component]
pub fn DataApiDocument() -> impl IntoView {
    let project = parameter("ref");
    let schema = Some(choice(super::types::SCHEMA)).filter(|schema| !schema.is_empty());
    let schema = schema.unwrap_or_else(|| "public".to_owned());
    let read = {
        let (project, schema) = (project.clone(), schema.clone());
        ask(move || document_of(project.clone(), schema.clone()))
    };
    let (file, action) = (
        paths::document_file(&project, &schema),
        paths::data_api_document(&project, ""),
    );
    let of = schema.clone();
    view! {
        <Head
            page=&PAGE
            hint="What can be asked over HTTP: tables and views with their columns, and functions. As OpenAPI 2, for programs."
            actions=move || view! { <ButtonLink href=file icon=Icon::Download>"Download"</ButtonLink> }
        />
        <form class="check check-line" method="get" action=action>
            <TextField name=super::types::SCHEMA label="Schema" value=schema hint="One that the Data API shows." required=true mono=true/>
            <div class="form-actions"><Button submit=true icon=Icon::Refresh>"Read"</Button></div>
        </form>
        {loaded("document", read, Shape::Rows, move |document| list(&project, &of).draw(entries(&document)))}
    }
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    function: bool,
    /// HTTP methods, in capitals.
    methods: Vec<String>,
    /// Columns with their types; a primary key is said to be one.
    columns: Vec<String>,
}

/// Reads the document as it comes: what is not there is left out.
fn entries(document: &Map<String, Value>) -> Vec<Entry> {
    let paths = document.get("paths").and_then(Value::as_object);
    let of = |(path, methods): (&String, &Value)| {
        let path = path.trim_start_matches('/');
        let function = path.strip_prefix("rpc/");
        let name = function.unwrap_or(path);
        if name.is_empty() {
            return None;
        }
        let methods = methods.as_object().into_iter().flat_map(Map::keys);
        Some(Entry {
            name: name.to_owned(),
            function: function.is_some(),
            methods: methods
                .map(|method| method.to_uppercase())
                .filter(|method| method != "PARAMETERS")
                .collect(),
            columns: columns(document, name),
        })
    };
    let mut entries: Vec<Entry> = paths.into_iter().flatten().filter_map(of).collect();
    entries.sort_by(|one, other| (one.function, &one.name).cmp(&(other.function, &other.name)));
    entries
}

fn columns(document: &Map<String, Value>, name: &str) -> Vec<String> {
    let properties = document
        .get("definitions")
        .and_then(|all| all.get(name)?.get("properties")?.as_object());
    let of = |(column, told): (&String, &Value)| {
        let text = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default();
        let kind = Some(text("format"))
            .filter(|kind| !kind.is_empty())
            .unwrap_or_else(|| text("type"));
        let key = if text("description").contains("<pk/>") {
            ", primary key"
        } else {
            ""
        };
        format!("{column} {kind}{key}").trim().to_owned()
    };
    properties.into_iter().flatten().map(of).collect()
}

fn list(project: &str, schema: &str) -> List<Entry> {
    List::new(
        ("entry", "entries"),
        paths::data_api_document(project, schema),
        |entry: &Entry| format!("{}{}", entry.name, entry.function),
    )
    .segments(
        "kind",
        vec![
            Segment {
                word: "tables",
                label: "Tables and views",
                fits: |entry| !entry.function,
            },
            Segment {
                word: "functions",
                label: "Functions",
                fits: |entry| entry.function,
            },
        ],
    )
    .search("Search by name or column", |entry| {
        let mut texts = vec![entry.name.clone()];
        texts.extend(entry.columns.iter().cloned());
        texts
    })
    .column("Name", |entry| view! { <code class="wrap">{entry.name.clone()}</code> })
    .column("Kind", |entry| if entry.function { "Function" } else { "Table or view" })
    .column("Methods", |entry| entry.methods.join(", "))
    .column("Columns", |entry| {
        let columns: Vec<_> = entry.columns.iter().map(|column| view! { <li><code>{column.clone()}</code></li> }).collect();
        view! { <ul class="finding-names">{columns}</ul> }
    })
    .empty(|| {
        view! {
            <Empty icon=Icon::File title="Nothing is offered" sentence="The schema holds no table, view or function that the Data API shows."/>
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_document_is_read_as_it_comes() {
        let document = json!({
            "paths": {
                "/": { "get": {} },
                "/rpc/count": { "post": {} },
                "/wheels": { "get": {}, "parameters": [], "delete": {} },
            },
            "definitions": { "wheels": { "properties": {
                "id": { "format": "bigint", "type": "integer", "description": "Note:\nThis is a Primary Key.<pk/>" },
                "teeth": { "type": "integer" },
            } } },
        });
        let Value::Object(document) = document else {
            unreachable!()
        };
        let entries = entries(&document);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].name.as_str(), entries[0].function), ("wheels", false));
        assert_eq!(entries[0].columns, ["id bigint, primary key", "teeth integer"]);
        assert!(entries[0].methods.contains(&"GET".to_owned()) && entries[0].methods.len() == 2);
        assert_eq!((entries[1].name.as_str(), entries[1].function), ("count", true));
        assert_eq!(super::entries(&Map::new()), []);
    }
}
