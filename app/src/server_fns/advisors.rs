//! Advice on databases: what Supabase's advisors find in one project and in all, with what Steward knows of it.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    One,
    advisors::{GetPerformanceAdvisors, GetSecurityAdvisors, Lint, Lints, RunAdvisors},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::branches::Part;
use crate::{
    advice::{Finding, Known, Level},
    backend,
    call::call,
    error::ConsoleError,
    reads::projects::{each, running, runs},
};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Security,
    Performance,
    Health,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Security, Self::Performance, Self::Health];

    /// The word of the address; the API's categories are the same in capitals.
    pub fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Performance => "performance",
            Self::Health => "health",
        }
    }

    pub fn finds(self, finding: &Finding) -> bool {
        let mut categories = finding.lint.categories.iter();
        categories.any(|category| category.eq_ignore_ascii_case(self.word()))
    }
}

/// Checks of what happens now, which the two lists of advice do not hold. As many as one call takes.
pub const HEALTH: [&str; 13] = [
    "db_not_reachable",
    "db_connection_failing",
    "db_connection_limit_reached",
    "instance_telemetry_lost",
    "instance_db_down",
    "instance_alert_firing",
    "log_data_api_error_rate_high",
    "log_auth_error_rate_high",
    "log_storage_error_rate_high",
    "log_edge_function_error_rate_high",
    "realtime_authorization_timeouts",
    "realtime_postgres_changes_spike",
    "realtime_concurrent_users_near_limit",
];

/// What was found in one project, the worst first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Advice {
    pub findings: Vec<Finding>,
    /// What could not be looked for, which is never counted as fine.
    pub failed: Vec<(Kind, ConsoleError)>,
}

/// Three calls side by side.
#[server(prefix = "/api", endpoint = "advice", input = Json, output = Json)]
pub async fn advice_of(project: String) -> Result<Advice, ConsoleError> {
    let of = || project.clone();
    let health = RunAdvisors {
        project: of(),
        lints: HEALTH.map(str::to_owned).to_vec(),
    };
    let (security, performance, health) = futures::join!(
        call(GetSecurityAdvisors {
            project: of(),
            lint_type: None
        }),
        call(GetPerformanceAdvisors { project: of() }),
        call(health),
    );
    let health = health.map(|found: One<Lints>| found.data.attributes);
    put_together(
        &project,
        vec![
            (Kind::Security, security),
            (Kind::Performance, performance),
            (Kind::Health, health),
        ],
    )
    .await
}

/// What was found about one table or view, by a name such as `public.invoices`. Two calls side by side.
#[server(prefix = "/api", endpoint = "advice-about", input = Json, output = Json)]
pub async fn advice_about(project: String, object: String) -> Result<Advice, ConsoleError> {
    let mut advice = of_database(project).await?;
    advice
        .findings
        .retain(|finding| finding.object().as_ref() == Some(&object));
    Ok(advice)
}

/// What was found of security and performance: what is about the database itself.
async fn of_database(project: String) -> Result<Advice, ConsoleError> {
    let security = GetSecurityAdvisors {
        project: project.clone(),
        lint_type: None,
    };
    let performance = GetPerformanceAdvisors {
        project: project.clone(),
    };
    let (security, performance) = futures::join!(call(security), call(performance));
    put_together(
        &project,
        vec![(Kind::Security, security), (Kind::Performance, performance)],
    )
    .await
}

/// What was found of each kind, with what Steward knows of it. Fails only where nothing could be read.
async fn put_together(project: &str, parts: Vec<(Kind, Part<Lints>)>) -> Result<Advice, ConsoleError> {
    let (mut lints, mut failed): (Vec<Lint>, Vec<(Kind, ConsoleError)>) = (Vec::new(), Vec::new());
    let all = parts.len();
    for (kind, part) in parts {
        match part {
            Ok(found) => lints.extend(found.lints),
            Err(error) => failed.push((kind, error)),
        }
    }
    if failed.len() == all
        && let Some((_, error)) = failed.pop()
    {
        return Err(error);
    }
    let keys: Vec<String> = lints.iter().map(|lint| lint.cache_key.clone()).collect();
    // Health is of the moment: whether it could be read says nothing of what is new.
    let whole = failed.iter().all(|(kind, _)| *kind == Kind::Health);
    let known = backend::handle()?.findings(project, keys, whole).await?;
    Ok(Advice {
        findings: sorted(lints, &known),
        failed,
    })
}

/// What is not accepted comes first, and within that the worst.
fn sorted(lints: Vec<Lint>, known: &Known) -> Vec<Finding> {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut findings: Vec<Finding> = lints.into_iter().map(|lint| Finding::of(lint, known, now)).collect();
    findings.sort_by_cached_key(|finding| {
        let lint = &finding.lint;
        (
            finding.accepted.is_some(),
            Level::of(&lint.level),
            lint.title.clone(),
            lint.cache_key.clone(),
        )
    });
    findings
}

/// So many projects are asked, two calls each.
pub const PROJECTS: usize = 50;

/// A project among all.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AdviceRow {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    pub findings: Vec<Finding>,
    pub failed: Vec<(Kind, ConsoleError)>,
}

/// What was found in all projects.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AdviceFleet {
    pub rows: Vec<AdviceRow>,
    /// Projects that do not run and were not asked.
    pub paused: usize,
    /// Projects past [`PROJECTS`], which were not asked.
    pub beyond: usize,
}

/// What was found in every project that runs, up to [`PROJECTS`] of them: security and performance, side by side.
#[server(prefix = "/api", endpoint = "advice-everywhere", input = Json, output = Json)]
pub async fn advice_everywhere() -> Result<AdviceFleet, ConsoleError> {
    let mut fleet = AdviceFleet::default();
    for (project, told) in each(|all| running(all, PROJECTS), of_database).await? {
        let advice = match told {
            Some(Ok(advice)) => advice,
            Some(Err(error)) => Advice {
                findings: Vec::new(),
                failed: vec![(Kind::Security, error.clone()), (Kind::Performance, error)],
            },
            None => {
                match runs(&project.status) {
                    true => fleet.beyond += 1,
                    false => fleet.paused += 1,
                }
                continue;
            }
        };
        fleet.rows.push(AdviceRow {
            reference: project.reference,
            name: project.name,
            organization: project.organization_slug,
            findings: advice.findings,
            failed: advice.failed,
        });
    }
    Ok(fleet)
}

#[cfg(test)]
mod tests {
    use management_api::advisors::CHECKS;

    use super::*;
    use crate::advice::{Acceptance, tests::lint};

    #[test]
    fn checks_of_health_are_ones_that_there_are_and_fit_one_call() {
        assert!(HEALTH.len() <= 15);
        assert!(HEALTH.iter().all(|check| CHECKS.contains(check)));
    }

    #[test]
    fn the_worst_comes_first_and_what_is_accepted_last() {
        let lints = vec![
            lint("b", "INFO", "t"),
            lint("a", "ERROR", "t"),
            lint("c", "ERROR", "t"),
            lint("d", "NEW", "t"),
        ];
        let accepted = Acceptance {
            reason: String::new(),
            by: String::new(),
            at: 0,
            until: 0,
        };
        let known = Known {
            accepted: [("a_t".to_owned(), accepted)].into(),
            ..Known::default()
        };
        let order: Vec<String> = sorted(lints, &known).into_iter().map(|one| one.lint.name).collect();
        assert_eq!(order, ["c", "b", "d", "a"]);
    }
}
