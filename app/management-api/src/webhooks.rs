//! Supabase's webhooks: where it reports what happens to an organization or a project, and how that went.
//!
//! Both have the same ten operations, so one macro makes the types of both.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use crate::{Nothing, One, Operation, OperationId, Page, Secret, SecretJson};

/// What can be reported. The last one stands for everything, and for what comes later.
pub const EVENTS: &[&str] = &[
    "v1.project.paused",
    "v1.project.created",
    "v1.project.restored",
    "v1.project.transferred",
    "v1.project.removed",
    "v1.project.restarted",
    "v1.project.status.changed",
    "v1.project.backup.started",
    "v1.project.branch.created",
    "v1.project.branch.updated",
    "v1.project.branch.removed",
    "v1.project.secrets.leaked",
    "v1.organization.member.invitation.created",
    "v1.organization.member.invitation.canceled",
    "v1.organization.member.added",
    "v1.organization.member.removed",
    "v1.organization.member.role.assigned",
    "v1.organization.member.role.removed",
    "v1.organization.member.role.updated",
    "v1.organization.billing.plan.upgraded",
    "v1.organization.billing.plan.downgraded",
    "v1.organization.secrets.leaked",
    EVERYTHING,
];

/// Stands for every event.
pub const EVERYTHING: &str = "*";

/// An address that is told of events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    pub url: String,
    #[serde(default)]
    pub enabled: Option<bool>,
    #[serde(default)]
    pub description: Option<String>,
    /// What it is told of, each as [`EVENTS`] has it or a word that came later.
    #[serde(default)]
    pub event_types: Vec<EventType>,
    /// The names of the headers that are sent along. Their values may be credentials, so they are passed over.
    #[serde(rename = "custom_headers", default, deserialize_with = "names")]
    pub headers: Vec<String>,
    /// RFC 3339.
    #[serde(default)]
    pub created_at: Option<String>,
}

/// The keys of an object; a list stays one.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Object(fields) => fields.into_iter().map(|(name, _)| name).collect(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    })
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventType {
    #[serde(rename = "type")]
    pub kind: String,
}

/// One attempt to tell an address of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    #[serde(default)]
    pub event_id: Option<String>,
    /// `pending`, `success`, `failure`, `skipped`, or a word that came later.
    pub status: String,
    /// The status that the address answered; 0 where it answered nothing.
    #[serde(default)]
    pub response_code: Option<i64>,
    #[serde(default)]
    pub response_headers: Option<BTreeMap<String, Value>>,
    /// A text, or an object where the answer was JSON.
    #[serde(default)]
    pub response_body: Option<Value>,
    #[serde(default)]
    pub error_code: Option<String>,
    #[serde(default)]
    pub error_message: Option<String>,
    /// RFC 3339.
    #[serde(default)]
    pub attempt_timestamp: Option<String>,
    #[serde(default)]
    pub event: Option<Event>,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub payload: Option<Value>,
    /// RFC 3339.
    #[serde(default)]
    pub timestamp: Option<String>,
}

/// Makes the names of events what the API takes for them: objects around their words.
fn events(body: &mut Map<String, Value>) {
    let types = body
        .get_mut("data")
        .and_then(|data| data.pointer_mut("/attributes/event_types"));
    for kind in types.and_then(Value::as_array_mut).into_iter().flatten() {
        *kind = json!({ "type": kind.take() });
    }
}

macro_rules! webhooks {
    ($($place:ident as $key:literal: $list:ident $create:ident $wipe:ident $get:ident $update:ident $delete:ident $test:ident
        $deliveries:ident $delivery:ident $retry:ident;)+) => { $(
        /// The addresses that are told of events.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $list {
            #[serde(rename = $key)]
            pub $place: String,
            /// How many to pass over: a multiple of the number on a page.
            #[serde(rename = "page[offset]", default, skip_serializing_if = "Option::is_none")]
            #[schemars(regex(pattern = r"^\d+$"))]
            pub offset: Option<String>,
            /// How many on a page.
            #[serde(rename = "page[limit]", default, skip_serializing_if = "Option::is_none")]
            #[schemars(regex(pattern = r"^\d+$"))]
            pub limit: Option<String>,
        }

        impl Operation for $list {
            const ID: OperationId = OperationId::$list;
            type Output = Page<Endpoint>;
        }

        /// Has an address told of events. Each report is signed, so that whoever takes it can tell that Supabase sent it.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $create {
            #[serde(rename = $key)]
            pub $place: String,
            /// An address that everybody can reach.
            #[schemars(url)]
            pub url: String,
            /// What it is told of; `*` for everything.
            #[schemars(length(min = 1), extend("items" = { "type": "string", "enum": EVENTS }))]
            pub event_types: Vec<String>,
            /// What reports are signed with, 8 to 64 characters. It cannot be read again.
            #[schemars(extend("minLength" = 8, "maxLength" = 64))]
            pub signing_secret: Secret,
            /// What it is for.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(length(max = 512))]
            pub description: Option<String>,
            /// Whether it is told at once.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub enabled: Option<bool>,
            /// Headers that are sent along, such as `{"X-Team": "ops"}`. Their names have letters, digits and hyphens.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub custom_headers: Option<SecretJson>,
        }

        impl Operation for $create {
            const ID: OperationId = OperationId::$create;
            type Output = One<Endpoint>;

            fn shape(body: &mut Map<String, Value>) {
                events(body);
            }
        }

        /// Removes every address there is, with all that is known of what they were told.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $wipe {
            #[serde(rename = $key)]
            pub $place: String,
        }

        impl Operation for $wipe {
            const ID: OperationId = OperationId::$wipe;
            type Output = Nothing;
        }

        /// One address that is told of events.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $get {
            #[serde(rename = $key)]
            pub $place: String,
            /// The address's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
        }

        impl Operation for $get {
            const ID: OperationId = OperationId::$get;
            type Output = One<Endpoint>;
        }

        /// Changes what an address is told, or where it is. What is left out stays.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $update {
            #[serde(rename = $key)]
            pub $place: String,
            /// The address's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
            /// Another address, which everybody can reach.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(url)]
            pub url: Option<String>,
            /// Whether it is told of anything.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub enabled: Option<bool>,
            /// What it is for.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(length(max = 512))]
            pub description: Option<String>,
            /// All that it is told of from now on; `*` for everything.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[schemars(length(min = 1), extend("items" = { "type": "string", "enum": EVENTS }))]
            pub event_types: Vec<String>,
            /// All headers that are sent along from now on.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub custom_headers: Option<SecretJson>,
            /// Another secret to sign with, 8 to 64 characters.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(extend("minLength" = 8, "maxLength" = 64))]
            pub signing_secret: Option<Secret>,
        }

        impl Operation for $update {
            const ID: OperationId = OperationId::$update;
            type Output = One<Endpoint>;

            fn shape(body: &mut Map<String, Value>) {
                events(body);
            }
        }

        /// Removes an address, with all that is known of what it was told.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $delete {
            #[serde(rename = $key)]
            pub $place: String,
            /// The address's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
        }

        impl Operation for $delete {
            const ID: OperationId = OperationId::$delete;
            type Output = Nothing;
        }

        /// Sends an address a report that says it is a test.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $test {
            #[serde(rename = $key)]
            pub $place: String,
            /// The address's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
            /// What it pretends to report; one of those that the address is told of, if none is named.
            #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
            #[schemars(extend("enum" = TESTABLE))]
            pub kind: Option<String>,
        }

        impl Operation for $test {
            const ID: OperationId = OperationId::$test;
            type Output = Nothing;

            fn shape(body: &mut Map<String, Value>) {
                if body.get("data").is_none_or(|data| data["attributes"].get("type").is_none()) {
                    body.clear();
                }
            }
        }

        /// What an address was told, the latest first, and what it answered.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $deliveries {
            #[serde(rename = $key)]
            pub $place: String,
            /// The address's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
            /// How many on a page.
            #[serde(rename = "page[size]", default, skip_serializing_if = "Option::is_none")]
            #[schemars(regex(pattern = r"^\d+$"))]
            pub size: Option<String>,
            /// The cursor of the page before: this one begins behind it.
            #[serde(rename = "page[after]", default, skip_serializing_if = "Option::is_none")]
            #[schemars(extend("format" = "uuid"))]
            pub after: Option<String>,
            /// The cursor of the page behind: this one ends before it.
            #[serde(rename = "page[before]", default, skip_serializing_if = "Option::is_none")]
            #[schemars(extend("format" = "uuid"))]
            pub before: Option<String>,
        }

        impl Operation for $deliveries {
            const ID: OperationId = OperationId::$deliveries;
            type Output = Page<Delivery>;
        }

        /// One report, and what was answered.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $delivery {
            #[serde(rename = $key)]
            pub $place: String,
            /// The report's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
        }

        impl Operation for $delivery {
            const ID: OperationId = OperationId::$delivery;
            type Output = One<Delivery>;
        }

        /// Sends a report once more. If it fails again, it is not sent again by itself.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $retry {
            #[serde(rename = $key)]
            pub $place: String,
            /// The report's id, a UUID.
            #[schemars(extend("format" = "uuid"))]
            pub id: String,
        }

        impl Operation for $retry {
            const ID: OperationId = OperationId::$retry;
            type Output = Nothing;
        }
    )+ };
}

/// What a test can pretend to report: any one event, but not everything.
const TESTABLE: &[&str] = match EVENTS {
    [one @ .., _] => one,
    [] => EVENTS,
};

webhooks! {
    slug as "slug": ListOrganizationWebhooks CreateOrganizationWebhook DeleteOrganizationWebhooks GetOrganizationWebhook
        UpdateOrganizationWebhook DeleteOrganizationWebhook TestOrganizationWebhook ListOrganizationDeliveries
        GetOrganizationDelivery RetryOrganizationDelivery;
    project as "ref": ListProjectWebhooks CreateProjectWebhook DeleteProjectWebhooks GetProjectWebhook
        UpdateProjectWebhook DeleteProjectWebhook TestProjectWebhook ListProjectDeliveries
        GetProjectDelivery RetryProjectDelivery;
}
