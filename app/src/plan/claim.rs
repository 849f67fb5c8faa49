//! A project that an organization takes over by its claim token: what comes with it, and what stands in the way. The token
//! stays on the server: what may be looked at by it is asked from there, and no address ever holds it.

use management_api::{
    OperationId, Secret,
    organizations::{ClaimProject, GetProjectClaim, ProjectClaim},
};

use super::{Plan, PlanRow, Step, reach::left, secrets::Drawn};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    ui::Mark,
};

/// Fields of the form: the organization's slug, and the token.
pub const SLUG: &str = "slug";
pub const TOKEN: &str = "token";

pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let slug = sent.text(SLUG).unwrap_or_default().to_owned();
        let token = sent.text(TOKEN).map(str::trim).filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| ConsoleError::invalid(TOKEN, "Paste the claim token."))?;
        let token = Secret::from(token.to_owned());
        let preview = GetProjectClaim {
            slug: slug.clone(),
            token: token.clone(),
        };
        let told = narrow(&backend.anew(), &preview).await.map_err(|error| match error {
            ConsoleError::NotFound => ConsoleError::invalid(
                TOKEN,
                "Supabase knows no such token. It may be used up or replaced by a newer one: ask for another.",
            ),
            error => error,
        })?;
        let name = backend.name_of(&slug).unwrap_or_else(|| slug.clone());
        Ok(plan(ClaimProject { slug, token }, &name, told))
    })
}

/// `organization` is what the one that takes it over is called.
fn plan(claim: ClaimProject, organization: &str, told: ProjectClaim) -> Plan {
    let ProjectClaim { project, preview, .. } = told;
    let over = preview.members_exceeding_free_project_limit.into_iter().map(|one| {
        let why = format!(
            "Would have more than the {} free projects that one person may have.",
            one.limit
        );
        left(one.name, why)
    });
    let mut rows: Vec<PlanRow> = preview
        .errors
        .into_iter()
        .map(|one| left(one.key, one.message))
        .collect();
    rows.extend(over);
    let plans = match preview.target_subscription_plan {
        Some(target) if target == preview.source_subscription_plan => format!("It stays on the {target} plan."),
        Some(target) => format!("From the {} to the {target} plan.", preview.source_subscription_plan),
        None => "On which plan it will be is not told.".to_owned(),
    };
    let changed = |name: String, remark: String| PlanRow {
        mark: Mark::Changed,
        ..left(name, remark)
    };
    let notes = preview.warnings.into_iter().chain(preview.info);
    let notes = notes.map(|one| changed(one.key, one.message));
    let (reference, page) = (project.reference, paths::claim_project(&claim.slug));
    if !preview.valid {
        rows.push(left(project.name, "Supabase would refuse it."));
        rows.extend(notes);
        return Plan::new(page, String::new(), rows, Vec::new());
    }
    rows.push(PlanRow {
        mark: Mark::Moved,
        place: None,
        step: Some(0),
        name: project.name.clone(),
        remark: format!("{reference}. {plans}"),
    });
    rows.extend(notes);
    // ok: a type that was made for it can be written.
    let parameters = serde_json::to_value(&claim).unwrap_or_default();
    let act = format!("Claim {} for {organization}", project.name);
    let step = Step::new(OperationId::ClaimProject, act.clone(), parameters);
    Plan::new(page, act, rows, vec![step])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(valid: bool) -> ProjectClaim {
        let errors = match valid {
            true => json!([]),
            false => json!([{ "key": "compute_size", "message": "The free plan has no small instances." }]),
        };
        serde_json::from_value(json!({
            "project": { "ref": "abcdefghijklmnopqrst", "name": "Shop" },
            "preview": {
                "valid": valid,
                "errors": errors,
                "info": [{ "key": "billing", "message": "Mills pays for the project from then on." }],
                "members_exceeding_free_project_limit": if valid { json!([]) } else { json!([{ "name": "Ada", "limit": 2.0 }]) },
                "source_subscription_plan": "pro",
                "target_subscription_plan": "free",
            },
            "expires_at": "2026-11-29T10:00:00Z", "created_at": "2026-11-28T10:00:00Z", "created_by": "1",
        }))
        .unwrap()
    }

    fn drawn(valid: bool) -> Plan {
        let claim = ClaimProject {
            slug: "mills".to_owned(),
            token: Secret::from("sbp_claim_secret".to_owned()),
        };
        plan(claim, "Mills", told(valid))
    }

    #[test]
    fn what_comes_with_a_project_stands_beside_it() {
        let plan = drawn(true);
        let rows: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.remark.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                (
                    Mark::Moved,
                    "Shop",
                    "abcdefghijklmnopqrst. From the pro to the free plan."
                ),
                (Mark::Changed, "billing", "Mills pays for the project from then on."),
            ]
        );
        assert_eq!(plan.act, "Claim Shop for Mills");
        let parameters = plan.steps[0].parameters.as_ref().unwrap().expose();
        assert_eq!(*parameters, json!({ "slug": "mills", "token": "sbp_claim_secret" }));
        assert!(!serde_json::to_string(&plan.shown()).unwrap().contains("secret\""));
    }

    #[test]
    fn what_stands_in_the_way_comes_first_and_nothing_can_be_sent() {
        let plan = drawn(false);
        assert!(plan.steps.is_empty());
        let refused: Vec<_> = plan
            .rows
            .iter()
            .filter(|row| row.mark == Mark::Refused)
            .map(|row| row.name.as_str())
            .collect();
        assert_eq!(refused, ["compute_size", "Ada", "Shop"]);
    }
}
