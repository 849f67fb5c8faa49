//! Notebooks (v2): shared with everybody who reaches the project.
//!
//! Guesses: how many there can be, and what the cursor is.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::{
    answer::{Answered, Refusal, empty, moment},
    call::Call,
    envelope::{self, entity},
    token,
};

/// Notebooks of one project.
const MOST: usize = 200;
/// Cells of one notebook.
const MOST_CELLS: usize = 500;
const KINDS: [&str; 3] = ["markdown", "database", "log"];

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State(Vec<Notebook>);

impl State {
    /// One that is there from the start, with the same ids in every world.
    pub fn seeded(key: &str, name: &str, person: &str, now: OffsetDateTime, cells: &Value) -> Self {
        let cells = cells
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .enumerate();
        let cells = cells.map(|(at, cell)| {
            let mut cell = cell.clone();
            cell.insert("id".to_owned(), token::uuid(&format!("{key} cell {at}")).into());
            cell
        });
        Self(vec![Notebook {
            id: token::uuid(key),
            name: name.to_owned(),
            description: Some("Kept by whoever is on duty".to_owned()),
            favorite: true,
            inserted_at: now - time::Duration::days(30),
            updated_at: now - time::Duration::days(2),
            owner: person.to_owned(),
            updated_by: person.to_owned(),
            cells: cells.collect(),
        }])
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Notebook {
    id: String,
    name: String,
    description: Option<String>,
    favorite: bool,
    inserted_at: OffsetDateTime,
    updated_at: OffsetDateTime,
    /// A person's id.
    owner: String,
    updated_by: String,
    cells: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    cells: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
    description: Option<String>,
    #[serde(default)]
    favorite: bool,
    content: Content,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<String>,
    description: Option<String>,
    favorite: Option<bool>,
    content: Option<Content>,
}

fn check(name: Option<&str>, description: Option<&str>) -> Result<(), Refusal> {
    if name.is_some_and(|name| !(1..=255).contains(&name.chars().count())) {
        return Err(Refusal::Invalid("name: expected 1 to 255 characters.".to_owned()));
    }
    if description.is_some_and(|text| text.chars().count() > 10_000) {
        return Err(Refusal::Invalid(
            "description: expected at most 10000 characters.".to_owned(),
        ));
    }
    Ok(())
}

/// Cells as they are kept: each with an id, those that were there with their own. `known`: the ids that there are.
fn cells(content: Content, known: &[String]) -> Result<Vec<Map<String, Value>>, Refusal> {
    let coded = |code, message: &str| Refusal::Coded {
        status: StatusCode::BAD_REQUEST,
        code,
        message: message.to_owned(),
    };
    if content.cells.len() > MOST_CELLS {
        return Err(Refusal::Invalid(format!("cells: expected at most {MOST_CELLS}.")));
    }
    let (mut kept, mut seen) = (Vec::new(), Vec::new());
    for mut cell in content.cells {
        let text = |name: &str| cell.get(name).and_then(Value::as_str);
        let kind = text("type").filter(|kind| KINDS.contains(kind));
        let kind =
            kind.ok_or_else(|| Refusal::Invalid("cells: expected the types markdown, database and log.".to_owned()))?;
        let holds = if kind == "markdown" { "text" } else { "sql" };
        if text(holds).is_none() || kind == "log" && !cell.get("time_range").is_some_and(Value::is_object) {
            return Err(Refusal::Invalid(format!(
                "cells: a {kind} cell lacks what it is made of."
            )));
        }
        let is_database = kind == "database";
        match text("id").map(str::to_owned) {
            Some(id) if seen.contains(&id) => {
                return Err(coded("notebook_cell_duplicate", "A cell was sent twice."));
            }
            Some(id) if !known.contains(&id) => {
                return Err(coded("notebook_cell_unknown", "There is no such cell in the notebook."));
            }
            Some(id) => seen.push(id),
            None => {
                cell.insert("id".to_owned(), token::uuid(&token::random()).into());
            }
        }
        if is_database {
            cell.entry("row_limit").or_insert_with(|| 100.into());
        }
        kept.push(cell);
    }
    Ok(kept)
}

/// A notebook as it is answered; `whole`: with its cells.
fn body(call: &Call<'_>, notebook: &Notebook, whole: bool) -> Value {
    let author = |id: &str| {
        let person = call.world.person(id)?;
        // ok: any number will do that is the same each time.
        let number = u32::try_from(token::number(id) % 1_000_000).unwrap_or_default();
        Some(json!({ "id": number, "username": person.username() }))
    };
    let mut attributes = json!({
        "name": notebook.name,
        "description": notebook.description,
        "favorite": notebook.favorite,
        "inserted_at": moment(notebook.inserted_at),
        "updated_at": moment(notebook.updated_at),
        "owner": author(&notebook.owner),
        "updated_by": author(&notebook.updated_by),
    });
    if whole {
        attributes["content"] = json!({ "schema_version": 1, "cells": notebook.cells });
    }
    entity("notebook", &notebook.id, attributes)
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Notebook, Refusal> {
    let id = call.request.uuid("id")?;
    let mut all = call.project()?.parts.notebooks.0.iter();
    all.find(|notebook| notebook.id == id).ok_or_else(|| Refusal::Coded {
        status: StatusCode::NOT_FOUND,
        code: "notebook_not_found",
        message: "There is no such notebook.".to_owned(),
    })
}

/// v2-list-notebooks
pub fn list(call: &mut Call<'_>) -> Answered {
    let name = call.request.query("filter[name]").map(str::to_lowercase);
    let mut notebooks: Vec<_> = call.project()?.parts.notebooks.0.iter().collect();
    notebooks.retain(|notebook| {
        name.as_ref()
            .is_none_or(|name| notebook.name.to_lowercase().contains(name))
    });
    match call.request.query("sort") {
        None | Some("-inserted_at") => notebooks.sort_by_key(|notebook| std::cmp::Reverse(notebook.inserted_at)),
        Some("inserted_at") => notebooks.sort_by_key(|notebook| notebook.inserted_at),
        Some("name") => notebooks.sort_by_key(|notebook| notebook.name.to_lowercase()),
        Some("-name") => notebooks.sort_by_key(|notebook| std::cmp::Reverse(notebook.name.to_lowercase())),
        Some(_) => {
            return Err(Refusal::Coded {
                status: StatusCode::BAD_REQUEST,
                code: "notebook_sort_invalid",
                message: "sort: expected name, -name, inserted_at or -inserted_at.".to_owned(),
            });
        }
    }
    let rows = notebooks
        .into_iter()
        .map(|notebook| body(call, notebook, false))
        .collect();
    envelope::page(call.request, rows)
}

/// v2-get-notebook
pub fn get(call: &mut Call<'_>) -> Answered {
    envelope::one(StatusCode::OK, body(call, find(call)?, true))
}

/// v2-create-notebook
pub fn create(call: &mut Call<'_>) -> Answered {
    let count = call.project()?.parts.notebooks.0.len();
    let New {
        name,
        description,
        favorite,
        content,
    } = envelope::attributes(call.request, "notebook")?;
    check(Some(&name), description.as_deref())?;
    if count >= MOST {
        return Err(Refusal::Invalid(format!("A project has at most {MOST} notebooks.")));
    }
    let notebook = Notebook {
        id: token::uuid(&token::random()),
        name,
        description,
        favorite,
        inserted_at: call.now,
        updated_at: call.now,
        owner: call.caller.person.clone(),
        updated_by: call.caller.person.clone(),
        cells: cells(content, &[])?,
    };
    let body = body(call, &notebook, true);
    call.project_mut()?.parts.notebooks.0.push(notebook);
    envelope::one(StatusCode::CREATED, body)
}

/// v2-update-notebook
pub fn update(call: &mut Call<'_>) -> Answered {
    let mut changed = find(call)?.clone();
    let Change {
        name,
        description,
        favorite,
        content,
    } = envelope::attributes(call.request, "notebook")?;
    check(name.as_deref(), description.as_deref())?;
    if let Some(content) = content {
        let known: Vec<_> = changed
            .cells
            .iter()
            .filter_map(|cell| Some(cell.get("id")?.as_str()?.to_owned()))
            .collect();
        changed.cells = cells(content, &known)?;
    }
    changed.name = name.unwrap_or(changed.name);
    changed.description = description.or(changed.description);
    changed.favorite = favorite.unwrap_or(changed.favorite);
    changed.updated_at = call.now;
    changed.updated_by = call.caller.person.clone();
    let body = body(call, &changed, true);
    let all = &mut call.project_mut()?.parts.notebooks.0;
    if let Some(notebook) = all.iter_mut().find(|notebook| notebook.id == changed.id) {
        *notebook = changed;
    }
    envelope::one(StatusCode::OK, body)
}

/// v2-delete-notebook
pub fn delete(call: &mut Call<'_>) -> Answered {
    let id = find(call)?.id.clone();
    call.project_mut()?
        .parts
        .notebooks
        .0
        .retain(|notebook| notebook.id != id);
    Ok(empty(StatusCode::NO_CONTENT))
}
