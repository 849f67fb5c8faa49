//! The backups of all projects: what worries stands on top.

use std::cmp::Ordering;

use leptos::prelude::*;
use management_api::{OperationId, database::Backups};
use time::{Duration, OffsetDateTime};

use super::{
    project::{ago, newest},
    timeline::span,
};
use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
        when::{self, When},
    },
    page::{Group, Page, Sheet},
    pages::left_out,
    paths,
    server_fns::backups::{BackupFleet, BackupRow, PROJECTS, backups_everywhere},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Shape, Tone, alphabetical, row_link},
};

/// It makes one call for each project, [`PROJECTS`] at most.
pub const PAGE: Page = Page {
    route: "/backups",
    title: "Backups of all projects",
    icon: Icon::History,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: Some(Sheet::Run),
    view: || view! { <AllBackups/> }.into_any(),
};

#[component]
pub fn AllBackups() -> impl IntoView {
    let all = ask(backups_everywhere);
    view! {
        <Head page=&PAGE hint="What each project can be set back to. What worries stands on top."/>
        {loaded("fleet", all, Shape::Rows, drawn)}
    }
}

/// From so long on the newest backup is late: one is made each day.
const LATE: Duration = Duration::hours(30);

/// How a project stands, what worries most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    Nothing,
    Failed,
    Late,
    NotKnown,
    Daily,
    AnyMoment,
}

impl Stand {
    fn of(row: &BackupRow, now: OffsetDateTime) -> Self {
        let Ok(backups) = &row.backups else {
            return Self::NotKnown;
        };
        if backups.pitr_enabled && span(&backups.physical_backup_data).is_some() {
            return Self::AnyMoment;
        }
        let latest = backups
            .backups
            .iter()
            .max_by_key(|backup| when::read(&backup.inserted_at));
        if latest.is_some_and(|backup| backup.status == "FAILED") {
            return Self::Failed;
        }
        match reached(backups) {
            None => Self::Nothing,
            Some(at) if now - at > LATE => Self::Late,
            Some(_) => Self::Daily,
        }
    }

    fn words(self) -> (&'static str, &'static str, Tone, Icon) {
        match self {
            Self::Nothing => ("nothing", "Nothing to go back to", Tone::Error, Icon::Error),
            Self::Failed => ("failed", "The newest backup failed", Tone::Error, Icon::Error),
            Self::Late => ("late", "The newest backup is old", Tone::Warning, Icon::Warning),
            Self::NotKnown => ("unknown", "Not known", Tone::Neutral, Icon::Question),
            Self::Daily => ("daily", "A backup each day", Tone::Success, Icon::CheckCircle),
            Self::AnyMoment => ("moment", "Any moment", Tone::Success, Icon::CheckCircle),
        }
    }
}

/// The newest moment that the project can be set back to.
fn reached(backups: &Backups) -> Option<OffsetDateTime> {
    let daily = newest(&backups.backups).and_then(|backup| when::read(&backup.inserted_at));
    let window = span(&backups.physical_backup_data).filter(|_| backups.pitr_enabled);
    daily.max(window.map(|(_, to)| to))
}

fn drawn(all: BackupFleet) -> AnyView {
    let now = OffsetDateTime::now_utc();
    let without = all
        .rows
        .iter()
        .filter(|row| Stand::of(row, now) == Stand::Nothing)
        .count();
    let mut said = match without {
        0 => "Every project that was asked can be set back.".to_owned(),
        1 => "One project has nothing to go back to.".to_owned(),
        _ => format!("{without} projects have nothing to go back to."),
    };
    if all.rows.iter().any(|row| row.backups.is_err()) {
        said = said.replace("Every project that was asked", "Every project that answered");
    }
    said += &left_out(all.paused, all.beyond, PROJECTS, "one call");
    list().note(move || view! { <p class="hint">{said}</p> }).draw(all.rows)
}

fn by_name(a: &BackupRow, b: &BackupRow) -> Ordering {
    alphabetical(&a.name, &b.name)
}

fn list() -> List<BackupRow> {
    let stand = |row: &BackupRow| Stand::of(row, OffsetDateTime::now_utc());
    List::new(("project", "projects"), paths::BACKUPS, |row: &BackupRow| {
        row.reference.clone()
    })
    .search("Search projects", |row| vec![row.name.clone(), row.reference.clone()])
    .filter("stand", "State", move |row| {
        let (word, label, ..) = stand(row).words();
        Choice::new(word, label)
    })
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.organization, crate::backend::name_of(&row.organization))
    })
    .order("worry", "What worries first", |a, b| {
        let now = OffsetDateTime::now_utc();
        Stand::of(a, now).cmp(&Stand::of(b, now)).then_with(|| by_name(a, b))
    })
    .order("name", "Sort by name", by_name)
    .column("Project", |row| row_link(&paths::backups(&row.reference), &row.name))
    .column("State", move |row| {
        let (_, word, tone, icon) = stand(row).words();
        let why = row
            .backups
            .as_ref()
            .err()
            .map(|error| view! { <p class="hint">{error.to_string()}</p> });
        view! { <div><Badge tone icon word plain=true/> {why}</div> }
    })
    .column("Newest", |row| match row.backups.as_ref().map(reached) {
        Ok(Some(at)) => view! { <When at=when::written(at)/> }.into_any(),
        Ok(None) => "None".into_any(),
        Err(_) => "Not known".into_any(),
    })
    .column("Point-in-time recovery", |row| match &row.backups {
        Ok(backups) => match span(&backups.physical_backup_data).filter(|_| backups.pitr_enabled) {
            Some((from, to)) => format!("On, {} back", ago(to - from)),
            None if backups.pitr_enabled => "On, not ready yet".to_owned(),
            None => "Off".to_owned(),
        },
        Err(_) => "Not known".to_owned(),
    })
    .number("Daily backups", |row| match &row.backups {
        Ok(backups) => backups.backups.len().to_string(),
        Err(_) => "Not known".to_owned(),
    })
    .empty(|| {
        view! {
            <Empty icon=Icon::History title="No project runs" sentence="Only projects that run tell of their backups.">
                <ButtonLink href=paths::PROJECTS>"All projects"</ButtonLink>
            </Empty>
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::error::ConsoleError;

    fn row(backups: Option<Value>) -> BackupRow {
        BackupRow {
            reference: String::new(),
            name: String::new(),
            organization: String::new(),
            backups: backups.map_or(Err(ConsoleError::Busy), |backups| {
                Ok(serde_json::from_value(backups).unwrap())
            }),
        }
    }

    #[test]
    fn what_worries_comes_first_and_what_is_not_known_is_never_fine() {
        let now = when::read("2026-11-27T12:00:00Z").unwrap();
        let of = |pitr: bool, latest: Option<i64>, daily: &[(&str, &str)]| {
            let daily: Vec<Value> = daily
                .iter()
                .map(|(status, at)| json!({ "id": 1, "is_physical_backup": true, "status": status, "inserted_at": at }))
                .collect();
            let data = latest.map_or(
                json!({}),
                |latest| json!({ "earliest_physical_backup_date_unix": 1, "latest_physical_backup_date_unix": latest }),
            );
            let backups = json!({
                "region": "x", "walg_enabled": true, "pitr_enabled": pitr, "backups": daily, "physical_backup_data": data,
            });
            Stand::of(&row(Some(backups)), now)
        };
        let fresh = ("COMPLETED", "2026-11-27T03:00:00Z");
        assert_eq!(of(false, None, &[]), Stand::Nothing);
        assert_eq!(of(true, None, &[]), Stand::Nothing);
        // A window that is told while the recovery is off is none.
        assert_eq!(of(false, Some(2), &[]), Stand::Nothing);
        assert_eq!(of(true, Some(2), &[]), Stand::AnyMoment);
        assert_eq!(of(false, None, &[fresh]), Stand::Daily);
        assert_eq!(of(false, None, &[("COMPLETED", "2026-11-20T03:00:00Z")]), Stand::Late);
        assert_eq!(
            of(false, None, &[fresh, ("FAILED", "2026-11-27T04:00:00Z")]),
            Stand::Failed
        );
        assert_eq!(Stand::of(&row(None), now), Stand::NotKnown);
        assert!(Stand::Nothing < Stand::Late && Stand::Late < Stand::NotKnown && Stand::NotKnown < Stand::Daily);
    }
}
