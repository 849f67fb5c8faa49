//! What needs somebody: one row each, the worst first, with the way to it. What could not be looked at is said, and never
//! counted as fine.

use leptos::prelude::*;
use management_api::{
    OperationId,
    advisors::Lint,
    branches::{Branch, BranchStatus},
};

use super::{error_view::problem, status::of_branch};
use crate::{
    error::ConsoleError,
    paths,
    server_fns::overview::LookedAt,
    ui::{Glyph, Icon, Tone},
};

/// Rows before the rest is folded away.
const SHOWN: usize = 5;
/// Names that stand in a sentence.
const NAMED: usize = 3;

/// One thing that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub tone: Tone,
    /// What is the matter, as a sentence.
    pub what: String,
    pub why: String,
    /// Which part of the project or organization it is about.
    pub area: &'static str,
    pub href: String,
    /// What the link says.
    pub go: &'static str,
}

/// What stands in the card of a project. `project` is the ref.
pub fn attention(project: &str, seen: LookedAt) -> AnyView {
    listed(needs(project, &seen), unchecked(&seen), counts(&seen))
}

/// `needs`, and what could not be looked at and why; `note` stands at the end.
pub fn listed(mut needs: Vec<Need>, unchecked: Vec<(&'static str, String)>, note: Option<String>) -> AnyView {
    needs.sort_by_key(|need| need.tone != Tone::Error);
    let rest = needs.split_off(needs.len().min(SHOWN));
    let fine = needs.is_empty() && unchecked.is_empty();
    view! {
        {fine.then(|| view! { <p class="nothing"><Glyph icon=Icon::CheckCircle/> "Nothing needs attention."</p> })}
        {(!needs.is_empty()).then(|| view! { <ul class="rows attention">{needs.into_iter().map(row).collect_view()}</ul> })}
        {(!rest.is_empty()).then(|| view! {
            <details class="attention-more">
                <summary>{format!("{} more", rest.len())}</summary>
                <ul class="rows attention">{rest.into_iter().map(row).collect_view()}</ul>
            </details>
        })}
        {unchecked.into_iter().map(|(part, why)| view! {
            <p class="nothing"><Glyph icon=Icon::Question/> {format!("{part} could not be looked at: {why}")}</p>
        }).collect_view()}
        {note.map(|note| view! { <p class="nothing">{note}</p> })}
    }
    .into_any()
}

fn row(need: Need) -> impl IntoView {
    let icon = match need.tone {
        Tone::Error => Icon::Error,
        Tone::Success | Tone::Info | Tone::Warning | Tone::Neutral => Icon::Warning,
    };
    view! {
        <li data-tone=need.tone.as_str()>
            <Glyph icon/>
            <p class="row-main"><b>{need.what}</b> " " {need.why}</p>
            <span class="row-side">{need.area}</span>
            <a class="go" href=need.href>{need.go}<Glyph icon=Icon::ChevronRight/></a>
        </li>
    }
}

fn needs(project: &str, seen: &LookedAt) -> Vec<Need> {
    let mut needs = Vec::new();
    if let Ok(lints) = &seen.security {
        needs.extend(findings(
            project,
            lints,
            OperationId::GetSecurityAdvisors,
            "Security advisor",
        ));
    }
    if let Ok(lints) = &seen.performance {
        needs.extend(findings(
            project,
            lints,
            OperationId::GetPerformanceAdvisors,
            "Performance advisor",
        ));
    }
    if let Ok(Some(branches)) = &seen.branches {
        needs.extend(branches.iter().filter_map(|branch| failed(project, branch)));
    }
    if let Ok(true) = seen.legacy_keys {
        needs.push(Need {
            tone: Tone::Warning,
            what: "Legacy API keys are still on.".to_owned(),
            why: "Supabase ends anon and service_role around the end of 2026.".to_owned(),
            area: "API keys",
            href: paths::keys(project),
            go: "See keys",
        });
    }
    needs
}

/// Errors of an advisor, by rule.
fn findings(project: &str, lints: &[Lint], operation: OperationId, area: &'static str) -> Vec<Need> {
    let mut rules: Vec<(&str, &str, Vec<String>)> = Vec::new();
    for lint in lints.iter().filter(|lint| lint.level == "ERROR") {
        let thing = thing(lint);
        match rules.iter_mut().find(|(rule, ..)| *rule == lint.name) {
            Some((.., things)) => things.extend(thing),
            None => rules.push((&lint.name, &lint.title, thing.into_iter().collect())),
        }
    }
    let need = |(_, title, things): (&str, &str, Vec<String>)| Need {
        tone: Tone::Error,
        what: format!("{}.", title.trim_end_matches('.')),
        why: told(&things),
        area,
        href: paths::explorer_filled(operation, &[("ref", project)]),
        go: "See findings",
    };
    rules.into_iter().map(need).collect()
}

/// What a finding is about, such as `public.orders`.
fn thing(lint: &Lint) -> Option<String> {
    let about = lint.metadata.as_ref()?;
    match (&about.schema, &about.name) {
        (Some(schema), Some(name)) => Some(format!("{schema}.{name}")),
        (None, Some(name)) => Some(name.clone()),
        (_, None) => about.entity.clone(),
    }
}

/// Some names, and how many more there are.
pub fn told(things: &[String]) -> String {
    let shown = things.get(..NAMED).unwrap_or(things).join(", ");
    match things.len().saturating_sub(NAMED) {
        0 if shown.is_empty() => String::new(),
        0 => format!("{shown}."),
        more => format!("{shown} and {more} more."),
    }
}

fn failed(project: &str, branch: &Branch) -> Option<Need> {
    let tone = match branch.status {
        BranchStatus::MigrationsFailed => Tone::Error,
        BranchStatus::FunctionsFailed => Tone::Warning,
        BranchStatus::CreatingProject
        | BranchStatus::RunningMigrations
        | BranchStatus::MigrationsPassed
        | BranchStatus::FunctionsDeployed
        | BranchStatus::Other(_) => return None,
    };
    if branch.deletion_scheduled_at.is_some() {
        return None;
    }
    let meaning = of_branch(&branch.status);
    Some(Need {
        tone,
        what: format!("{} on {}.", meaning.word, branch.name),
        why: meaning.explanation.to_owned(),
        area: "Branches",
        href: paths::branch(project, &branch.project_ref),
        go: "Open branch",
    })
}

/// Why a part could not be looked at.
pub fn why<T>(part: &Result<T, ConsoleError>) -> Option<String> {
    part.as_ref().err().map(|error| problem(error).text)
}

/// What could not be looked at, and why.
fn unchecked(seen: &LookedAt) -> Vec<(&'static str, String)> {
    [
        ("The security advisor", why(&seen.security)),
        ("The performance advisor", why(&seen.performance)),
        ("Branches", why(&seen.branches)),
        ("Legacy API keys", why(&seen.legacy_keys)),
    ]
    .into_iter()
    .filter_map(|(part, why)| Some((part, why?)))
    .collect()
}

/// What the advisors found in all, as far as they answered.
fn counts(seen: &LookedAt) -> Option<String> {
    let lints: Vec<&Lint> = [&seen.security, &seen.performance]
        .into_iter()
        .filter_map(|part| part.as_ref().ok())
        .flatten()
        .collect();
    if seen.security.is_err() && seen.performance.is_err() {
        return None;
    }
    let of = |level: &str| lints.iter().filter(|lint| lint.level == level).count();
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    Some(if lints.is_empty() {
        "The advisors found nothing.".to_owned()
    } else {
        format!(
            "The advisors found {}, {} and {}.",
            counted(of("ERROR"), "error"),
            counted(of("WARN"), "warning"),
            counted(of("INFO"), "hint")
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lint(name: &str, level: &str, table: &str) -> Lint {
        serde_json::from_value(json!({
            "name": name, "title": name, "level": level, "categories": ["SECURITY"], "description": "", "detail": "",
            "remediation": "", "cache_key": table, "metadata": { "schema": "public", "name": table },
        }))
        .unwrap()
    }

    fn branch(name: &str, status: &str) -> Branch {
        serde_json::from_value(json!({
            "id": name, "name": name, "project_ref": name, "parent_project_ref": "p", "is_default": false, "persistent": false,
            "status": status, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "with_data": false,
        }))
        .unwrap()
    }

    fn seen() -> LookedAt {
        LookedAt {
            security: Ok(Vec::new()),
            performance: Ok(Vec::new()),
            branches: Ok(None),
            legacy_keys: Ok(false),
        }
    }

    #[test]
    fn one_rule_is_one_row_with_all_that_it_is_about() {
        let all = LookedAt {
            security: Ok(vec![
                lint("rls", "ERROR", "a"),
                lint("search_path", "WARN", "f"),
                lint("rls", "ERROR", "b"),
            ]),
            branches: Ok(Some(vec![
                branch("good", "FUNCTIONS_DEPLOYED"),
                branch("bad", "MIGRATIONS_FAILED"),
            ])),
            legacy_keys: Ok(true),
            ..seen()
        };
        let needs = needs("p", &all);
        let rows: Vec<_> = needs
            .iter()
            .map(|need| (need.tone, need.what.as_str(), need.why.as_str()))
            .collect();
        assert_eq!(rows[0], (Tone::Error, "rls.", "public.a, public.b."));
        assert_eq!((rows[1].0, rows[1].1), (Tone::Error, "Migrations failed on bad."));
        assert_eq!((rows[2].0, rows[2].1), (Tone::Warning, "Legacy API keys are still on."));
        assert_eq!(rows.len(), 3);
        assert_eq!(
            counts(&all).unwrap(),
            "The advisors found 2 errors, 1 warning and 0 hints."
        );
    }

    #[test]
    fn what_could_not_be_looked_at_is_said_and_not_counted() {
        let failing = LookedAt {
            security: Err(ConsoleError::NotFound),
            performance: Err(ConsoleError::NotFound),
            ..seen()
        };
        assert_eq!(unchecked(&failing).len(), 2);
        assert_eq!(counts(&failing), None);
        assert_eq!(counts(&seen()).unwrap(), "The advisors found nothing.");
        assert!(needs("p", &failing).is_empty() && unchecked(&seen()).is_empty());
    }

    #[test]
    fn many_things_are_counted_after_the_third() {
        let things: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(told(&things), "a, b, c and 2 more.");
        assert_eq!(told(&things[..1]), "a.");
        assert_eq!(told(&[]), "");
    }
}
