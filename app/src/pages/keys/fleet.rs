//! The keys of all projects: where the legacy ones still work, how many new ones there are, and what tokens are signed with;
//! what is to be done first stands on top.

use std::cmp::Ordering;

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::left_out,
    paths,
    server_fns::keys::{Fleet, FleetRow, PROJECTS, keys_everywhere},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Shape, Tone, alphabetical, row_link},
};

/// It makes three calls for each project, [`PROJECTS`] at most, since the API knows keys project by project.
pub const PAGE: Page = Page {
    route: "/keys",
    title: "Keys of all projects",
    icon: Icon::Key,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: Some(Sheet::Build),
    view: || view! { <AllKeys/> }.into_any(),
};

#[component]
pub fn AllKeys() -> impl IntoView {
    let all = ask(keys_everywhere);
    view! {
        <Head page=&PAGE hint="Supabase removes the legacy keys anon and service_role around the end of 2026: what still sends one stops then."/>
        {loaded("fleet", all, Shape::Rows, drawn)}
    }
}

/// What is to be done in a project, in the order in which it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Todo {
    MakeKeys,
    TurnOff,
    Ask,
    Rotate,
    Nothing,
}

impl Todo {
    fn of(row: &FleetRow) -> Self {
        let (Ok(keys), Ok(legacy), Ok(signing)) = (&row.keys, &row.legacy, &row.signing) else {
            return Self::Ask;
        };
        match legacy {
            Some(true) if keys.publishable == 0 || keys.secret == 0 => Self::MakeKeys,
            Some(true) => Self::TurnOff,
            Some(false) | None if signing.as_deref().is_none_or(|algorithm| algorithm == "HS256") => Self::Rotate,
            Some(false) | None => Self::Nothing,
        }
    }

    fn words(self) -> (&'static str, &'static str, Tone, Icon) {
        match self {
            Self::MakeKeys => ("make", "Make new keys", Tone::Error, Icon::Error),
            Self::TurnOff => ("turn-off", "Turn the legacy keys off", Tone::Warning, Icon::Warning),
            Self::Ask => ("ask", "Not known", Tone::Neutral, Icon::Question),
            Self::Rotate => ("rotate", "Sign with a key of its own", Tone::Info, Icon::Info),
            Self::Nothing => ("nothing", "Nothing to do", Tone::Success, Icon::CheckCircle),
        }
    }
}

fn drawn(all: Fleet) -> AnyView {
    let said = summary(&all);
    list().note(move || view! { <p class="hint">{said}</p> }).draw(all.rows)
}

fn summary(all: &Fleet) -> String {
    let on = all.rows.iter().filter(|row| row.legacy == Ok(Some(true))).count();
    let mut said = match on {
        0 => "No project that was asked has its legacy keys on.".to_owned(),
        1 => "One project has its legacy keys on.".to_owned(),
        _ => format!("{on} projects have their legacy keys on."),
    };
    said += &left_out(all.paused, all.beyond, PROJECTS, "three calls");
    said
}

fn by_name(a: &FleetRow, b: &FleetRow) -> Ordering {
    alphabetical(&a.name, &b.name)
}

fn list() -> List<FleetRow> {
    List::new(("project", "projects"), paths::KEYS, |row: &FleetRow| {
        row.reference.clone()
    })
    .search("Search projects", |row| {
        vec![row.name.clone(), row.reference.clone(), row.organization.clone()]
    })
    .filter("first", "To do", |row| {
        let (word, label, ..) = Todo::of(row).words();
        Choice::new(word, label)
    })
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.organization, crate::backend::name_of(&row.organization))
    })
    .order("first", "What to do first", |a, b| {
        Todo::of(a).cmp(&Todo::of(b)).then_with(|| by_name(a, b))
    })
    .order("name", "Sort by name", by_name)
    .column("Project", |row| row_link(&paths::keys(&row.reference), &row.name))
    .column("To do first", |row| {
        let (_, word, tone, icon) = Todo::of(row).words();
        let why = row
            .refusal()
            .map(|error| view! { <p class="hint">{error.to_string()}</p> });
        view! { <div><Badge tone icon word plain=true/> {why}</div> }
    })
    .column("Legacy keys", |row| match &row.legacy {
        Ok(Some(true)) => "On",
        Ok(Some(false)) => "Off",
        Ok(None) => "Gone",
        Err(_) => "Not known",
    })
    .column("New keys", |row| match &row.keys {
        Ok(keys) => format!("{} publishable, {} secret", keys.publishable, keys.secret),
        Err(_) => "Not known".to_owned(),
    })
    .column("Signs with", |row| match &row.signing {
        Ok(Some(algorithm)) => {
            let href = paths::signing_keys(&row.reference);
            view! { <a class="link" href=href><code>{algorithm.clone()}</code></a> }.into_any()
        }
        Ok(None) => "The legacy JWT secret".into_any(),
        Err(_) => "Not known".into_any(),
    })
    .empty(|| {
        view! {
            <Empty icon=Icon::Key title="No project runs" sentence="Only projects that run tell of their keys.">
                <ButtonLink href=paths::PROJECTS>"All projects"</ButtonLink>
            </Empty>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::ConsoleError, server_fns::keys::Counts};

    fn todo(publishable: usize, secret: usize, legacy: Option<bool>, signing: Option<&str>) -> Todo {
        Todo::of(&FleetRow {
            reference: String::new(),
            name: String::new(),
            organization: String::new(),
            keys: Ok(Counts { publishable, secret }),
            legacy: Ok(legacy),
            signing: Ok(signing.map(str::to_owned)),
        })
    }

    #[test]
    fn what_breaks_first_is_to_be_done_first() {
        assert_eq!(todo(0, 1, Some(true), Some("ES256")), Todo::MakeKeys);
        assert_eq!(todo(1, 0, Some(true), None), Todo::MakeKeys);
        assert_eq!(todo(1, 1, Some(true), Some("ES256")), Todo::TurnOff);
        assert_eq!(todo(1, 1, Some(false), Some("HS256")), Todo::Rotate);
        assert_eq!(todo(1, 1, Some(false), None), Todo::Rotate);
        assert_eq!(todo(1, 1, None, Some("RS256")), Todo::Nothing);
        assert!(Todo::MakeKeys < Todo::TurnOff && Todo::TurnOff < Todo::Ask && Todo::Rotate < Todo::Nothing);
    }

    #[test]
    fn what_is_not_known_is_never_called_done() {
        let row = FleetRow {
            reference: String::new(),
            name: String::new(),
            organization: String::new(),
            keys: Ok(Counts {
                publishable: 1,
                secret: 1,
            }),
            legacy: Err(ConsoleError::Busy),
            signing: Ok(Some("ES256".to_owned())),
        };
        assert_eq!((Todo::of(&row), row.refusal()), (Todo::Ask, Some(&ConsoleError::Busy)));
    }
}
