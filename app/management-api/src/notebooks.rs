//! Notebooks: text, SQL and questions to the logs on one page, shared with everybody who reaches the project.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, One, Operation, OperationId, Page};

/// A notebook. In lists it comes without its cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Notebook {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub favorite: Option<bool>,
    /// RFC 3339.
    #[serde(default)]
    pub inserted_at: Option<String>,
    /// RFC 3339.
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub owner: Option<Author>,
    #[serde(default)]
    pub updated_by: Option<Author>,
    #[serde(default)]
    pub content: Option<Cells>,
}

/// Who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    #[serde(default)]
    pub username: Option<String>,
}

/// What stands in a notebook. The cells are kept as they came: those that are sent back take the place of all that were
/// there, and what we do not know of them must not get lost. One keeps its identity by the id that is sent back with it.
///
/// Each is an object with a `type`: `markdown` with its `text`; `database` with `sql` and maybe `row_limit`,
/// `database_identifier`, `title`, `view` and `chart`; `log` with `sql`, `time_range` and maybe `title`, `view`, `chart`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cells {
    #[serde(default)]
    pub cells: Vec<Value>,
}

/// The notebooks of a project, without what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListNotebooks {
    #[serde(rename = "ref")]
    pub project: String,
    /// Notebooks on a page.
    #[serde(rename = "page[size]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub size: Option<i64>,
    /// The cursor of the page before: this one begins behind it.
    #[serde(rename = "page[after]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub after: Option<String>,
    /// The cursor of the page behind: this one ends before it.
    #[serde(rename = "page[before]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub before: Option<String>,
    /// Only those of this name.
    #[serde(rename = "filter[name]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub name: Option<String>,
    /// By name or by age; with a minus the other way round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["name", "-name", "inserted_at", "-inserted_at"]))]
    pub sort: Option<String>,
}

impl Operation for ListNotebooks {
    const ID: OperationId = OperationId::ListNotebooks;
    type Output = Page<Notebook>;
}

/// A notebook with its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetNotebook {
    #[serde(rename = "ref")]
    pub project: String,
    /// The notebook's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub id: String,
}

impl Operation for GetNotebook {
    const ID: OperationId = OperationId::GetNotebook;
    type Output = One<Notebook>;
}

/// Makes a notebook that everybody sees who reaches the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateNotebook {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10000))]
    pub description: Option<String>,
    /// Whether it stands among the favorites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favorite: Option<bool>,
    /// What stands in it.
    pub content: Cells,
}

impl Operation for CreateNotebook {
    const ID: OperationId = OperationId::CreateNotebook;
    type Output = One<Notebook>;
}

/// Changes a notebook. What is left out stays, but cells that are sent take the place of all that were there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateNotebook {
    #[serde(rename = "ref")]
    pub project: String,
    /// The notebook's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10000))]
    pub description: Option<String>,
    /// Whether it stands among the favorites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favorite: Option<bool>,
    /// What stands in it from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Cells>,
}

impl Operation for UpdateNotebook {
    const ID: OperationId = OperationId::UpdateNotebook;
    type Output = One<Notebook>;
}

/// Deletes a notebook for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteNotebook {
    #[serde(rename = "ref")]
    pub project: String,
    /// The notebook's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub id: String,
}

impl Operation for DeleteNotebook {
    const ID: OperationId = OperationId::DeleteNotebook;
    type Output = Nothing;
}
