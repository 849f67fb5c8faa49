//! The Postgres versions of all projects: which are at their end, which can be upgraded now, and what stands in the way.

use std::cmp::Ordering;

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{ProjectStatus, UpgradeEligibility},
};
use time::OffsetDateTime;

use super::{bare, findings::obstacle, lives::Life};
use crate::{
    components::{
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::left_out,
    paths,
    server_fns::upgrades::{PROJECTS, VersionRow, Versions, versions_everywhere},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Shape, Tone, alphabetical, row_link},
};

/// It makes one call for each project, [`PROJECTS`] at most.
pub const PAGE: Page = Page {
    route: "/versions",
    title: "Versions",
    icon: Icon::Server,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: Some(Sheet::Run),
    view: || view! { <AllVersions/> }.into_any(),
};

#[component]
pub fn AllVersions() -> impl IntoView {
    let all = ask(versions_everywhere);
    view! {
        <Head page=&PAGE hint="What runs in each project and what it can be upgraded to, the most urgent first."/>
        {loaded("versions", all, Shape::Rows, drawn)}
    }
}

/// How a project stands, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    /// Its version is at its end, or will be within a year.
    Ends,
    Blocked,
    Upgrading,
    Open,
    NotKnown,
    Resting,
    Newest,
}

impl Stand {
    fn of(row: &VersionRow, now: OffsetDateTime) -> Self {
        if row.status == ProjectStatus::Upgrading {
            return Self::Upgrading;
        }
        let ends = matches!(Life::of(&row.version, now), Some(Life::Over(_) | Life::EndsSoon(_)));
        let told = match &row.eligibility {
            _ if ends => return Self::Ends,
            None => return Self::Resting,
            Some(Err(_)) => return Self::NotKnown,
            Some(Ok(told)) => told,
        };
        if told.target_upgrade_versions.is_empty() {
            Self::Newest
        } else if told.eligible {
            Self::Open
        } else {
            Self::Blocked
        }
    }

    fn words(self) -> (&'static str, &'static str, Tone, Icon) {
        match self {
            Self::Ends => ("ends", "Support ends", Tone::Error, Icon::Warning),
            Self::Blocked => ("blocked", "Blocked", Tone::Warning, Icon::Lock),
            Self::Upgrading => ("upgrading", "Upgrading", Tone::Info, Icon::Clock),
            Self::Open => ("open", "Can be upgraded", Tone::Info, Icon::Upload),
            Self::NotKnown => ("unknown", "Not known", Tone::Neutral, Icon::Question),
            Self::Resting => ("resting", "Not asked", Tone::Neutral, Icon::Pause),
            Self::Newest => ("newest", "Newest", Tone::Success, Icon::Check),
        }
    }
}

/// What was told, where it was.
fn told(row: &VersionRow) -> Option<&UpgradeEligibility> {
    row.eligibility.as_ref()?.as_ref().ok()
}

fn drawn(all: Versions) -> AnyView {
    let mut said =
        "Every project tells its version; those that run were asked what they can be upgraded to.".to_owned();
    said += &left_out(0, all.beyond, PROJECTS, "one call");
    list().note(move || view! { <p class="hint">{said}</p> }).draw(all.rows)
}

fn by_name(a: &VersionRow, b: &VersionRow) -> Ordering {
    alphabetical(&a.name, &b.name)
}

fn parts(version: &str) -> Vec<u64> {
    version
        .split(['.', '-'])
        .map(|part| part.parse().unwrap_or_default())
        .collect()
}

fn list() -> List<VersionRow> {
    let stand = |row: &VersionRow| Stand::of(row, OffsetDateTime::now_utc());
    List::new(("project", "projects"), paths::VERSIONS, |row: &VersionRow| {
        row.reference.clone()
    })
    .segments(
        "kind",
        vec![
            Segment {
                word: "open",
                label: "Can be upgraded",
                fits: |row| told(row).is_some_and(|told| told.eligible && !told.target_upgrade_versions.is_empty()),
            },
            Segment {
                word: "blocked",
                label: "Blocked",
                fits: |row| told(row).is_some_and(|told| !told.eligible && !told.target_upgrade_versions.is_empty()),
            },
            Segment {
                word: "newest",
                label: "Newest",
                fits: |row| told(row).is_some_and(|told| told.target_upgrade_versions.is_empty()),
            },
        ],
    )
    .search("Search by project or version", |row| {
        vec![row.name.clone(), row.reference.clone(), row.version.clone()]
    })
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.organization, crate::backend::name_of(&row.organization))
    })
    .order("urgent", "The most urgent first", |a, b| {
        let now = OffsetDateTime::now_utc();
        Stand::of(a, now).cmp(&Stand::of(b, now)).then_with(|| by_name(a, b))
    })
    .order("version", "Sort by version", |a, b| {
        parts(&a.version).cmp(&parts(&b.version)).then_with(|| by_name(a, b))
    })
    .order("name", "Sort by name", by_name)
    .column("Project", |row| row_link(&paths::upgrade(&row.reference), &row.name))
    .column("Postgres", |row| {
        let version = match row.version.as_str() {
            "" => "Not known".into_any(),
            version => view! { <code>{version.to_owned()}</code> }.into_any(),
        };
        let life = Life::of(&row.version, OffsetDateTime::now_utc());
        let life = life.map(|life| view! { <p class="hint">{life.says()}</p> });
        view! { <div>{version} {life}</div> }
    })
    .column("Can go to", |row| {
        match told(row).and_then(|told| told.target_upgrade_versions.last()) {
            Some(target) => view! { <code>{bare(&target.app_version).to_owned()}</code> }.into_any(),
            None => "\u{2014}".into_any(),
        }
    })
    .column("State", move |row| {
        let (_, word, tone, icon) = stand(row).words();
        view! { <Badge plain=true tone icon word/> }
    })
    .column("In the way", in_the_way)
    .buttons("Act", |row| {
        let label = match (told(row), &row.status) {
            (_, ProjectStatus::Upgrading) => "Watch",
            (Some(told), _) if !told.target_upgrade_versions.is_empty() => "Plan",
            _ => return ().into_any(),
        };
        let href = paths::upgrade(&row.reference);
        view! { <ButtonLink href small=true>{label}</ButtonLink> }.into_any()
    })
    .empty(|| {
        view! {
            <Empty icon=Icon::Server title="No projects yet" sentence="Their versions stand here once there are some.">
                <ButtonLink href=paths::PROJECTS>"All projects"</ButtonLink>
            </Empty>
        }
    })
}

fn in_the_way(row: &VersionRow) -> String {
    match &row.eligibility {
        None if row.status == ProjectStatus::Inactive => "Asked once it is restored".to_owned(),
        None => "Not asked".to_owned(),
        Some(Err(error)) => error.to_string(),
        Some(Ok(told)) if told.validation_errors.is_empty() => "\u{2014}".to_owned(),
        Some(Ok(told)) => {
            let said = told.validation_errors.iter().map(obstacle);
            let said = said.map(|one| match one.names.is_empty() {
                true => one.title,
                false => format!("{}: {}", one.title, one.names.join(", ")),
            });
            said.collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{components::when, error::ConsoleError, server_fns::branches::Part};

    fn row(version: &str, eligibility: Option<Part<UpgradeEligibility>>) -> VersionRow {
        VersionRow {
            reference: String::new(),
            name: String::new(),
            organization: String::new(),
            status: ProjectStatus::ActiveHealthy,
            version: version.to_owned(),
            eligibility,
        }
    }

    fn eligibility(eligible: bool, targets: &[&str]) -> Option<Part<UpgradeEligibility>> {
        let targets: Vec<_> = targets
            .iter()
            .map(|version| json!({ "postgres_version": "17", "app_version": version }))
            .collect();
        let told = json!({ "eligible": eligible, "current_app_version": "x", "target_upgrade_versions": targets });
        Some(Ok(serde_json::from_value(told).unwrap()))
    }

    #[test]
    fn what_ends_comes_first_and_what_was_not_asked_is_never_the_newest() {
        let now = when::read("2026-11-27T12:00:00Z").unwrap();
        let of = |version, told| Stand::of(&row(version, told), now);
        assert_eq!(of("14.1", None), Stand::Ends);
        assert_eq!(of("15.8.1.085", eligibility(false, &["17.6.1.084"])), Stand::Ends);
        assert_eq!(of("17.6.1.000", eligibility(false, &["17.6.1.084"])), Stand::Blocked);
        assert_eq!(of("17.6.1.000", eligibility(true, &["17.6.1.084"])), Stand::Open);
        assert_eq!(of("17.6.1.084", eligibility(false, &[])), Stand::Newest);
        assert_eq!(of("17.6.1.084", None), Stand::Resting);
        assert_eq!(of("17.6.1.084", Some(Err(ConsoleError::Busy))), Stand::NotKnown);
        let upgrading = VersionRow {
            status: ProjectStatus::Upgrading,
            ..row("14.1", None)
        };
        assert_eq!(Stand::of(&upgrading, now), Stand::Upgrading);
        assert!(parts("17.6.1.084") < parts("17.6.1.121"));
    }
}
