//! What the directory reads of answers: less than the operations' own types, so that it understands more of them and takes
//! less time.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

#[derive(Deserialize)]
pub struct ProjectSeen {
    #[serde(rename = "ref")]
    pub reference: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub status: Option<String>,
    #[serde(default)]
    organization_slug: Option<String>,
    /// The slug under its older name.
    #[serde(default)]
    organization_id: Option<Value>,
}

impl ProjectSeen {
    /// The slug of the organization.
    pub fn organization(&self) -> Option<String> {
        let older = || self.organization_id.as_ref().and_then(Value::as_str).map(str::to_owned);
        self.organization_slug.clone().or_else(older)
    }
}

#[derive(Deserialize)]
pub struct OrganizationSeen {
    #[serde(default)]
    pub slug: Option<String>,
    pub name: String,
}

#[derive(Deserialize)]
pub struct BranchSeen {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    pub project_ref: String,
    pub parent_project_ref: String,
}

#[derive(Deserialize)]
pub struct SnippetSeen {
    pub id: String,
    #[serde(default)]
    pub project: Option<SnippetProject>,
}

#[derive(Deserialize)]
pub struct SnippetProject {
    pub id: serde_json::Number,
}

#[derive(Deserialize)]
pub struct MemberSeen {
    pub user_id: String,
    #[serde(default)]
    pub user_name: String,
    #[serde(default)]
    pub email: Option<String>,
    pub role_name: String,
}

#[derive(Deserialize)]
pub struct EntitlementSeen {
    pub feature: FeatureSeen,
    #[serde(default, rename = "hasAccess")]
    pub has_access: Option<bool>,
}

#[derive(Deserialize)]
pub struct FeatureSeen {
    pub key: String,
}

/// The rows of a list; none where it cannot be read.
pub fn all<T: DeserializeOwned>(body: &[u8]) -> Vec<T> {
    serde_json::from_slice(body).unwrap_or_default()
}

pub fn one<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// The rows of a list that can be read.
pub fn rows<T: DeserializeOwned>(body: &[u8]) -> Vec<T> {
    let rows: Vec<Value> = all(body);
    rows.into_iter()
        .filter_map(|row| serde_json::from_value(row).ok())
        .collect()
}

/// What the plan allows, feature by feature.
pub fn entitlements(body: &[u8]) -> Vec<EntitlementSeen> {
    #[derive(Deserialize)]
    struct List {
        entitlements: Vec<Value>,
    }
    let list = one::<List>(body).map(|list| list.entitlements).unwrap_or_default();
    list.into_iter()
        .filter_map(|row| serde_json::from_value(row).ok())
        .collect()
}

/// The projects of a page of an organization's.
pub fn projects(body: &[u8]) -> Vec<ProjectSeen> {
    #[derive(Deserialize)]
    struct Page {
        projects: Vec<ProjectSeen>,
    }
    one::<Page>(body).map(|page| page.projects).unwrap_or_default()
}

/// The snippets of a page.
pub fn snippets(body: &[u8]) -> Vec<SnippetSeen> {
    #[derive(Deserialize)]
    struct Page {
        data: Vec<SnippetSeen>,
    }
    one::<Page>(body).map(|page| page.data).unwrap_or_default()
}
