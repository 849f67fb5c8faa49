//! Organizations: list, create, members, invitations, entitlements, and what they have.

mod estate;
mod invitations;
mod members;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

pub use self::{estate::*, invitations::*, members::*};

/// Every organization the person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListOrganizations {}

impl Operation for ListOrganizations {
    const ID: OperationId = OperationId::ListOrganizations;
    type Output = Vec<Organization>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub slug: String,
    pub name: String,
}

/// A new organization on the free plan; the person becomes its owner. Names have at most 256 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateOrganization {
    #[schemars(length(min = 1, max = 256))]
    pub name: String,
}

impl Operation for CreateOrganization {
    const ID: OperationId = OperationId::CreateOrganization;
    type Output = Organization;
}

/// One organization: its name, plan and settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetOrganization {
    pub slug: String,
}

impl Operation for GetOrganization {
    const ID: OperationId = OperationId::GetOrganization;
    type Output = OrganizationDetail;
}

/// One organization. Its answer names no slug: the one asked for is the one answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationDetail {
    pub name: String,
    /// `free`, `pro`, `team`, `enterprise`, `platform`, or a plan that came later.
    #[serde(default)]
    pub plan: Option<String>,
    /// Which data Supabase's assistant may see.
    #[serde(default)]
    pub opt_in_tags: Vec<String>,
    #[serde(default)]
    pub allowed_release_channels: Vec<String>,
}

/// Everybody who belongs to an organization, with their roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListOrganizationMembers {
    pub slug: String,
}

impl Operation for ListOrganizationMembers {
    const ID: OperationId = OperationId::ListOrganizationMembers;
    type Output = Vec<Member>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub user_id: String,
    pub user_name: String,
    #[serde(default)]
    pub email: Option<String>,
    /// `Owner`, `Administrator`, `Developer`, `Read-only`, or a role of the organization's own; empty where it is not told.
    #[serde(default)]
    pub role_name: String,
    pub mfa_enabled: bool,
}

/// What an organization’s plan allows, feature by feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetOrganizationEntitlements {
    pub slug: String,
}

impl Operation for GetOrganizationEntitlements {
    const ID: OperationId = OperationId::GetOrganizationEntitlements;
    type Output = Entitlements;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entitlements {
    pub entitlements: Vec<Entitlement>,
}

/// What the organization's plan allows for one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entitlement {
    pub feature: Feature,
    #[serde(rename = "hasAccess")]
    pub has_access: bool,
    #[serde(default)]
    pub config: Option<Allowance>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// Dotted name such as `storage.max_file_size`; the list grows.
    pub key: String,
}

/// The three shapes of an allowance (on or off, a number, a set of choices) read as one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Allowance {
    #[serde(default)]
    pub enabled: Option<bool>,
    /// In `unit`.
    #[serde(default)]
    pub value: Option<f64>,
    #[serde(default)]
    pub unlimited: Option<bool>,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub set: Option<Vec<String>>,
}

/// What it would mean if the organization claimed the project that a claim token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetProjectClaim {
    /// The organization that would own the project.
    pub slug: String,
    /// The claim token that the project's present owner made.
    pub token: Secret,
}

impl Operation for GetProjectClaim {
    const ID: OperationId = OperationId::GetProjectClaim;
    type Output = ProjectClaim;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectClaim {
    pub project: ClaimedProject,
    pub preview: ClaimPreview,
    /// When the token ends, RFC 3339.
    pub expires_at: String,
    pub created_at: String,
    /// A person's id.
    pub created_by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedProject {
    #[serde(rename = "ref")]
    pub reference: String,
    pub name: String,
}

/// Whether the claim would succeed, and what it brings with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimPreview {
    pub valid: bool,
    #[serde(default)]
    pub warnings: Vec<ClaimFinding>,
    #[serde(default)]
    pub errors: Vec<ClaimFinding>,
    #[serde(default)]
    pub info: Vec<ClaimFinding>,
    #[serde(default)]
    pub members_exceeding_free_project_limit: Vec<MemberOverLimit>,
    /// The plan the project is on now.
    #[serde(default)]
    pub source_subscription_plan: String,
    /// The plan it would be on.
    #[serde(default)]
    pub target_subscription_plan: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFinding {
    pub key: String,
    pub message: String,
}

/// A member who would own more free projects than they may.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberOverLimit {
    pub name: String,
    pub limit: f64,
}

/// Takes a project over: it belongs to the organization from then on, which pays for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimProject {
    /// The organization that will own the project.
    pub slug: String,
    /// The claim token that the project's present owner made.
    pub token: Secret,
}

impl Operation for ClaimProject {
    const ID: OperationId = OperationId::ClaimProject;
    type Output = Nothing;
}
