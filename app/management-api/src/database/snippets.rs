//! SQL that people saved in Supabase's dashboard; the API only reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetProject {
    pub id: f64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetPerson {
    pub id: f64,
    pub username: String,
}

/// A snippet; in a list without its SQL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snippet {
    /// A UUID.
    pub id: String,
    pub inserted_at: String,
    pub updated_at: String,
    /// `user`, `project`, `org` or `public`.
    pub visibility: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub project: SnippetProject,
    #[serde(default)]
    pub owner: Option<SnippetPerson>,
    #[serde(default)]
    pub updated_by: Option<SnippetPerson>,
    pub favorite: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<SnippetContent>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetPage {
    pub data: Vec<Snippet>,
    /// Where the next page begins; none on the last one.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// Lists the SQL snippets that you can see, a page at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSnippets {
    /// Only those of the project with this ref.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 20, max = 20))]
    pub project_ref: Option<String>,
    /// The cursor that came with the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many to give at most: a number from 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^([1-9][0-9]?|100)$"))]
    pub limit: Option<String>,
    /// What the list is sorted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["name", "inserted_at"]))]
    pub sort_by: Option<String>,
    /// Rising or falling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["asc", "desc"]))]
    pub sort_order: Option<String>,
}

impl Operation for ListSnippets {
    const ID: OperationId = OperationId::ListSnippets;
    type Output = SnippetPage;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetContent {
    pub sql: String,
}

/// Reads one SQL snippet. The service answers 406 when there is none with this id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSnippet {
    /// The snippet's id, a UUID.
    pub id: String,
}

impl Operation for GetSnippet {
    const ID: OperationId = OperationId::GetSnippet;
    type Output = Snippet;
}
