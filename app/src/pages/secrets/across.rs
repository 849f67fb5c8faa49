//! The secrets of all projects, side by side: which are the same everywhere, which differ, and which are missing.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{OperationId, projects::ProjectStatus};

use crate::{
    backend::name_of,
    components::{
        head::Head,
        list::{List, PickAction, Segment},
        operation_form::why_not,
        plan::PlanPanel,
        query::{ask, loaded},
        status::of_project,
        when::{To, When},
    },
    error::ConsoleError,
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    secrets::compare::{Compared, Is, compare},
    server_fns::secrets::{Across, PROJECTS, ProjectSecrets, secrets_across},
    ui::{ButtonKind, ButtonLink, Empty, Glyph, Icon, Shape},
};

/// It makes a call for each project, [`PROJECTS`] at most, since the API knows secrets project by project.
pub const PAGE: Page = Page {
    route: "/secrets",
    title: "Secrets",
    icon: Icon::Lock,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <SecretsAcross/> }.into_any(),
};

/// Choices in the address: the projects that are shown, and the one that the others are compared with.
pub const PROJECT: &str = "project";
const WITH: &str = "with";

#[component]
pub fn SecretsAcross() -> impl IntoView {
    let chosen = use_query_map().with_untracked(|query| query.get_all(PROJECT).unwrap_or_default());
    let across = ask(move || secrets_across(chosen.clone()));
    let closed = why_not(OperationId::CreateSecrets);
    view! {
        <Head
            page=&PAGE
            name="Secrets across projects"
            hint="Compared by digest: no value is read."
            actions=move || view! {
                <ButtonLink href=paths::CHANGE_SECRETS kind=ButtonKind::Primary icon=Icon::Layers disabled_because=closed>
                    "Change one in many projects"
                </ButtonLink>
            }
        />
        <PlanPanel/>
        {loaded("across", across, Shape::Rows, |across| drawn(across).into_any())}
    }
}

fn drawn(across: Across) -> AnyView {
    if across.projects.is_empty() {
        return view! {
            <Empty icon=Icon::Project title="No projects yet" sentence="What the functions of your projects find in their environment is compared here.">
                <ButtonLink href=paths::NEW_PROJECT>"New project"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let Across { projects, read_at } = across;
    let picker = picker(&projects);
    let (said, left_out) = (answered(&projects), left_out(&projects));
    let shown = shown(projects);
    let rows = compare(&shown.iter().map(told).collect::<Vec<_>>());
    let note = move || {
        view! {
            <p class="hint matrix-note">
                {said} ", read at " <When at=read_at to=To::Clock/> ". " {left_out}
            </p>
        }
    };
    list(&shown).more([PROJECT], picker).note(note).draw(rows)
}

/// Names and digests; nothing where the project did not answer.
fn told(project: &ProjectSecrets) -> Option<Vec<(&str, &str)>> {
    let secrets = project.secrets.as_ref()?.as_ref().ok()?;
    Some(
        secrets
            .iter()
            .map(|one| (one.name.as_str(), one.digest.as_str()))
            .collect(),
    )
}

/// The projects that were asked, the one that is compared with first: the chosen one, else that with the most secrets.
fn shown(projects: Vec<ProjectSecrets>) -> Vec<ProjectSecrets> {
    let with = choice(WITH);
    let has = |project: &ProjectSecrets| match &project.secrets {
        Some(Ok(secrets)) => secrets.len() + 1,
        Some(Err(_)) | None => 0,
    };
    let mut shown: Vec<_> = projects.into_iter().filter(is_shown(any_chosen())).collect();
    let base = shown
        .iter()
        .position(|project| project.reference == with && has(project) > 0);
    let most = shown.iter().map(has).max().unwrap_or_default();
    let base = base.or_else(|| shown.iter().position(|project| has(project) == most));
    if let Some(base) = base {
        let base = shown.remove(base);
        shown.insert(0, base);
    }
    shown
}

/// "4 of 5 projects answered".
fn answered(projects: &[ProjectSecrets]) -> String {
    let asked = projects.iter().filter_map(|project| project.secrets.as_ref());
    let (all, told) = asked.fold((0, 0), |(all, told), one| (all + 1, told + usize::from(one.is_ok())));
    match (told, all) {
        (1, 1) => "1 project answered".to_owned(),
        _ => format!("{told} of {all} projects answered"),
    }
}

/// Whether the address chooses projects.
fn any_chosen() -> bool {
    use_query_map().with_untracked(|query| query.get_all(PROJECT).is_some())
}

/// Those that were asked. A project that has no secrets would be missing everything, and so it is shown where it was chosen.
fn is_shown(chosen: bool) -> impl Fn(&ProjectSecrets) -> bool {
    move |project| match &project.secrets {
        Some(Ok(secrets)) => chosen || !secrets.is_empty(),
        Some(Err(_)) => true,
        None => false,
    }
}

/// The projects that are not shown, and why.
fn left_out(projects: &[ProjectSecrets]) -> Option<String> {
    let chosen = any_chosen();
    let left = projects.iter().filter(|project| project.secrets.is_none()).count();
    let asked = projects.iter().filter(|project| project.secrets.is_some());
    let empty = asked.filter(|project| !is_shown(chosen)(project)).count();
    let mut said = Vec::new();
    if empty > 0 {
        said.push(format!(
            "{empty} without secrets are left out: choose them to see them."
        ));
    }
    if left > 0 && chosen {
        said.push(format!("{left} more are not shown."));
    } else if left > 0 {
        said.push(format!(
            "{left} more were not asked: at most {PROJECTS} are, since each is a call. Choose which."
        ));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// The choice of projects, by organization. It works as part of the form around.
fn picker(projects: &[ProjectSecrets]) -> impl FnOnce() -> AnyView + Send + 'static + use<> {
    let chosen = any_chosen();
    let asked = projects.iter().filter(|project| is_shown(chosen)(project)).count();
    let chosen = use_query_map().with_untracked(|query| query.get_all(PROJECT).unwrap_or_default());
    let mut projects: Vec<_> = projects
        .iter()
        .map(|one| (name_of(&one.organization), one.name.clone(), one.reference.clone()))
        .collect();
    projects.sort_by_cached_key(|(owner, name, _)| (owner.to_lowercase(), name.to_lowercase()));
    let with = choice(WITH);
    move || {
        let tick = |(_, name, reference): &(String, String, String)| {
            let ticked = chosen.contains(reference);
            view! {
                <label class="tick">
                    <input type="checkbox" name=PROJECT value=reference.clone() checked=ticked/>
                    <span><bdi>{name.clone()}</bdi></span>
                </label>
            }
        };
        let group = |group: &[(String, String, String)]| {
            let owner = group.first().map(|(owner, ..)| owner.clone()).unwrap_or_default();
            view! {
                <fieldset>
                    <legend><bdi>{owner}</bdi></legend>
                    {group.iter().map(tick).collect_view()}
                </fieldset>
            }
        };
        let groups = projects
            .chunk_by(|(one, ..), (next, ..)| one == next)
            .map(group)
            .collect_view();
        let words = if asked == 1 {
            "1 project".to_owned()
        } else {
            format!("{asked} projects")
        };
        view! {
            {(!with.is_empty()).then(|| view! { <input type="hidden" name=WITH value=with/> })}
            <button class="button" type="button" popovertarget="choose-projects"><Glyph icon=Icon::Project/>{words}</button>
            <div class="menu-panel matrix-choice" id="choose-projects" popover="auto" role="group" aria-label="Projects to compare">
                <p class="hint">"None ticked: all of them."</p>
                {groups}
            </div>
        }
        .into_any()
    }
}

fn list(shown: &[ProjectSecrets]) -> List<Compared> {
    let list = List::new(("name", "names"), paths::SECRETS, |row: &Compared| row.name.clone())
        .search("Search names", |row| vec![row.name.clone()])
        .segments("show", vec![
            Segment { word: "different", label: "Different", fits: Compared::differs },
            Segment { word: "missing", label: "Missing", fits: Compared::is_missing },
            Segment { word: "same", label: "Same", fits: Compared::is_same },
        ])
        .column("Name", |row| {
            let (href, name) = (paths::change_secret(&row.name), row.name.clone());
            view! { <a class="row-link secret-name mono" href=href title=name.clone()>{name.clone()}</a> }
        })
        .picks("name", vec![
            PickAction {
                label: "Change in projects\u{2026}",
                icon: Icon::Edit,
                href: paths::CHANGE_SECRETS.to_owned(),
                with: None,
                operation: OperationId::CreateSecrets,
            },
            PickAction {
                label: "Delete in projects\u{2026}",
                icon: Icon::Trash,
                href: paths::DELETE_SECRETS.to_owned(),
                with: None,
                operation: OperationId::DeleteSecrets,
            },
        ])
        .empty(|| view! {
            <Empty icon=Icon::Lock title="No secrets yet" sentence="None of these projects has a secret of its own."/>
        });
    shown.iter().enumerate().fold(list, |list, (at, project)| {
        let (head, name) = (head(project, at == 0), project.name.clone());
        list.place(name, head, move |row| row.is(at).as_str(), move |row| cell(row, at))
    })
}

/// A project's heading: whether it is compared with, or can be, or why it told nothing.
fn head(project: &ProjectSecrets, base: bool) -> impl Fn() -> AnyView + Send + Sync + 'static + use<> {
    let project = project.clone();
    let mut query = use_query_map().get_untracked();
    query.remove("plan");
    query.insert(WITH, project.reference.clone());
    let with = format!("{}{}", paths::SECRETS, query.to_query_string());
    move || {
        let state = of_project(&ProjectStatus::from(project.status.as_str()));
        let runs = matches!(project.status.as_str(), "ACTIVE_HEALTHY" | "ACTIVE_UNHEALTHY");
        let under = match &project.secrets {
            Some(Err(error)) => {
                let (word, why) = (refusal(error), error.to_string());
                view! { <span class="m-sub" title=why><Glyph icon=Icon::Lock/>{word}</span> }.into_any()
            }
            Some(Ok(_)) | None if base => view! { <span class="m-base">"Compared with"</span> }.into_any(),
            Some(Ok(_)) | None => {
                let with = with.clone();
                view! { <a class="m-pin" href=with>"Compare with"<span class="visually-hidden">" " {project.name.clone()}</span></a> }.into_any()
            }
        };
        let state = (!runs).then(|| {
            let word = state.word.clone();
            view! { <span class="m-state" title=state.word><Glyph icon=state.icon/><span class="visually-hidden">{word}</span></span> }
        });
        let (href, name) = (paths::secrets(&project.reference), project.name.clone());
        view! {
            <span class="m-head">
                <a class="cut" href=href title=name.clone()><bdi>{name.clone()}</bdi></a>
                <span class="m-under">{under} {state}</span>
            </span>
        }
        .into_any()
    }
}

/// Why a project told nothing, in two words.
fn refusal(error: &ConsoleError) -> &'static str {
    match error {
        ConsoleError::Forbidden { .. } => "No access",
        ConsoleError::NotFound => "Not there",
        ConsoleError::RateLimited { .. } | ConsoleError::Busy => "Too many calls",
        ConsoleError::SignedOut
        | ConsoleError::Reconnect
        | ConsoleError::PlanLimit { .. }
        | ConsoleError::Refused { .. }
        | ConsoleError::Upstream { .. }
        | ConsoleError::Uncertain { .. }
        | ConsoleError::Unreachable { .. }
        | ConsoleError::Renewing { .. }
        | ConsoleError::Unreadable { .. }
        | ConsoleError::Invalid { .. }
        | ConsoleError::Unconfirmed { .. }
        | ConsoleError::Unidentified
        | ConsoleError::NotConnected { .. }
        | ConsoleError::Internal { .. } => "Not read",
    }
}

/// Digits of a digest that a cell has room for.
const DIGITS: usize = 4;

fn cell(row: &Compared, at: usize) -> AnyView {
    let digest = row.digest(at).map(|digest| {
        let short: String = digest.chars().take(DIGITS).collect();
        view! { <code title=digest.to_owned()>{short}</code> }
    });
    let is = row.is(at);
    let (icon, word) = match is {
        Is::Base => return view! { <span class="m-cell">{digest}</span> }.into_any(),
        Is::Same => (Icon::Same, "Same"),
        Is::Different => (Icon::Different, "Different"),
        Is::Missing => (Icon::Missing, "Missing"),
        Is::Extra if row.count() == 1 => (Icon::Plus, "Only here"),
        Is::Extra => (Icon::Plus, "Has one"),
        Is::Unknown => (Icon::Lock, "Not known"),
    };
    let digest = matches!(is, Is::Different | Is::Extra).then_some(digest);
    view! { <span class="m-cell"><Glyph icon/><span>{word}</span>{digest}</span> }.into_any()
}
