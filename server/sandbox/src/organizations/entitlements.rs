//! What each plan allows: a selection of the real features, in the API's three shapes.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Plan;
use crate::{
    answer::{Answered, json as answer},
    call::Call,
};

/// How a feature depends on the plan.
enum Rule {
    /// Allowed from this plan on.
    From(Plan),
    /// A number, in this unit, for the free, pro and team plan; zero means not at all.
    Number(&'static str, [f64; 3]),
    /// No limit from this plan on, and this number below.
    Unlimited(&'static str, Plan, f64),
    /// A set that grows with the plan; empty means not at all.
    Set([&'static [&'static str]; 3]),
}

const MEBIBYTE: f64 = 1_048_576.0;

const FEATURES: &[(&str, Rule)] = &[
    (
        "instances.compute_update_available_sizes",
        Rule::Set([
            &["ci_nano"],
            &[
                "ci_micro",
                "ci_small",
                "ci_medium",
                "ci_large",
                "ci_xlarge",
                "ci_2xlarge",
                "ci_4xlarge",
            ],
            &[
                "ci_micro",
                "ci_small",
                "ci_medium",
                "ci_large",
                "ci_xlarge",
                "ci_2xlarge",
                "ci_4xlarge",
                "ci_8xlarge",
            ],
        ]),
    ),
    ("instances.read_replicas", Rule::From(Plan::Pro)),
    ("instances.disk_modifications", Rule::From(Plan::Pro)),
    (
        "storage.max_file_size",
        Rule::Number("byte", [50.0 * MEBIBYTE, 512_000.0 * MEBIBYTE, 512_000.0 * MEBIBYTE]),
    ),
    ("storage.image_transformations", Rule::From(Plan::Pro)),
    ("storage.vector_buckets", Rule::From(Plan::Free)),
    ("security.audit_logs_days", Rule::Number("days", [0.0, 0.0, 28.0])),
    ("security.soc2_report", Rule::From(Plan::Team)),
    ("security.iso27001_certificate", Rule::From(Plan::Team)),
    ("security.enforce_mfa", Rule::From(Plan::Pro)),
    (
        "security.member_roles",
        Rule::Set([
            &["Owner", "Administrator", "Developer"],
            &["Owner", "Administrator", "Developer"],
            &["Owner", "Administrator", "Developer", "Read-only"],
        ]),
    ),
    ("log.retention_days", Rule::Number("days", [1.0, 7.0, 28.0])),
    ("custom_domain", Rule::From(Plan::Pro)),
    ("vanity_subdomain", Rule::From(Plan::Pro)),
    ("ipv4", Rule::From(Plan::Pro)),
    (
        "pitr.available_variants",
        Rule::Set([
            &[],
            &["pitr_7", "pitr_14", "pitr_28"],
            &["pitr_7", "pitr_14", "pitr_28"],
        ]),
    ),
    ("log_drains", Rule::From(Plan::Pro)),
    ("branching_limit", Rule::Number("branches", [0.0, 50.0, 50.0])),
    ("branching_persistent", Rule::From(Plan::Pro)),
    ("auth.mfa_phone", Rule::From(Plan::Pro)),
    ("auth.saml_2", Rule::From(Plan::Pro)),
    ("auth.platform.sso", Rule::From(Plan::Team)),
    ("auth.leaked_password_protection", Rule::From(Plan::Pro)),
    (
        "auth.hooks",
        Rule::Set([
            &["HOOK_CUSTOM_ACCESS_TOKEN", "HOOK_SEND_SMS", "HOOK_SEND_EMAIL"],
            &[
                "HOOK_CUSTOM_ACCESS_TOKEN",
                "HOOK_SEND_SMS",
                "HOOK_SEND_EMAIL",
                "HOOK_BEFORE_USER_CREATED",
            ],
            &[
                "HOOK_CUSTOM_ACCESS_TOKEN",
                "HOOK_SEND_SMS",
                "HOOK_SEND_EMAIL",
                "HOOK_BEFORE_USER_CREATED",
                "HOOK_AFTER_USER_CREATED",
            ],
        ]),
    ),
    ("backup.retention_days", Rule::Number("days", [0.0, 7.0, 14.0])),
    ("function.max_count", Rule::Unlimited("functions", Plan::Team, 500.0)),
    ("function.size_limit_mb", Rule::Number("MB", [20.0, 20.0, 20.0])),
    (
        "realtime.max_concurrent_users",
        Rule::Number("users", [200.0, 10_000.0, 10_000.0]),
    ),
    (
        "realtime.max_events_per_second",
        Rule::Number("events/second", [100.0, 2_500.0, 2_500.0]),
    ),
    ("dedicated_pooler", Rule::From(Plan::Pro)),
    ("api.members.invitations", Rule::From(Plan::Enterprise)),
    ("api.members.roles", Rule::From(Plan::Enterprise)),
];

impl Rule {
    /// The shape's name, whether the plan has access, and the details.
    fn under(&self, plan: Plan) -> (&'static str, bool, Value) {
        let place = match plan {
            Plan::Free => 0,
            Plan::Pro => 1,
            Plan::Team | Plan::Enterprise => 2,
        };
        match self {
            Self::From(first) => ("boolean", plan >= *first, json!({ "enabled": plan >= *first })),
            Self::Number(unit, values) => {
                let (value, enabled) = (values[place], values[place] > 0.0);
                let details = json!({ "enabled": enabled, "value": value, "unlimited": false, "unit": unit });
                ("numeric", enabled, details)
            }
            Self::Unlimited(unit, first, value) => {
                let details = json!({ "enabled": true, "value": value, "unlimited": plan >= *first, "unit": unit });
                ("numeric", true, details)
            }
            Self::Set(sets) => {
                let (set, enabled) = (sets[place], !sets[place].is_empty());
                ("set", enabled, json!({ "enabled": enabled, "set": set }))
            }
        }
    }
}

/// v1-get-organization-entitlements
pub fn entitlements(call: &mut Call<'_>) -> Answered {
    let plan = call.organization()?.plan;
    let entitlements: Vec<_> = FEATURES
        .iter()
        .map(|(key, rule)| {
            let (kind, access, config) = rule.under(plan);
            json!({ "feature": { "key": key, "type": kind }, "type": kind, "hasAccess": access, "config": config })
        })
        .collect();
    Ok(answer(StatusCode::OK, &json!({ "entitlements": entitlements })))
}
