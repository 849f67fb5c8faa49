//! Branches of a project: the tree of them, and the pages of one.

pub mod changes;
pub mod create;
pub mod create_sized;
pub mod detail;
pub mod list;
mod log;
mod merge;
mod migrations;
pub mod run;
pub mod runs;
pub mod settings;
mod words;

use leptos::prelude::*;
use management_api::branches::Branch;

use crate::{
    components::status::{of_branch, of_project},
    islands::{live::Live, place_name::PlaceName},
    page::Page,
    paths,
    ui::{Badge, Glyph, Icon},
};

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &create_sized::PAGE,
    &detail::PAGE,
    &changes::PAGE,
    &runs::PAGE,
    &run::PAGE,
    &settings::PAGE,
];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}

/// The branch that the address names, by the ref of its own project.
fn own_reference() -> String {
    super::parameter("branch")
}

/// A branch's status: of production, which is not made of migrations, its project's.
fn status(branch: &Branch, plain: bool) -> AnyView {
    let project = branch.preview_project_status.as_ref().filter(|_| branch.is_default);
    let meaning = match (project, &branch.deletion_scheduled_at) {
        (Some(status), _) => of_project(status),
        (None, Some(_)) => of_project(&management_api::projects::ProjectStatus::Removed),
        (None, None) => of_branch(&branch.status),
    };
    view! { <Badge plain tone=meaning.tone icon=meaning.icon word=meaning.word/> }.into_any()
}

/// The line under a branch's name: what it is made of, on every one of its pages.
fn facts(branch: &Branch) -> AnyView {
    let one = branch.clone();
    let changing = branch.status.is_changing()
        || branch
            .preview_project_status
            .as_ref()
            .is_some_and(|status| status.is_changing());
    let review = one.review_requested_at.clone().map(words::review);
    let name = (!one.is_default).then(|| view! { <PlaceName key=one.project_ref.clone() name=one.name.clone()/> });
    // Production's row is as old as branching, which is not the age of what it stands for.
    let of_a_copy = (!one.is_default).then(|| {
        view! {
            <div><dt class="visually-hidden">"Data"</dt><dd>{words::data(branch)}</dd></div>
            <div><dt class="visually-hidden">"Age"</dt><dd>{format!("{} old", words::age(&branch.created_at))}</dd></div>
        }
    });
    view! {
        {changing.then(|| view! { <Live/> })}
        {name}
        <dl class="line">
            <div><dt class="visually-hidden">"Status"</dt><dd>{status(branch, true)}</dd></div>
            {one.git_branch.clone().map(|git| view! {
                <div><dt class="visually-hidden">"Git branch"</dt><dd><Glyph icon=Icon::Branch/>" "<code>{git}</code></dd></div>
            })}
            {one.pr_number.map(|number| view! { <div><dt class="visually-hidden">"Pull request"</dt><dd>{format!("#{number}")}</dd></div> })}
            {review.map(|review| view! { <div><dt class="visually-hidden">"Review"</dt><dd>{review}</dd></div> })}
            <div><dt class="visually-hidden">"Kind"</dt><dd>{words::kind(branch)}</dd></div>
            {of_a_copy}
        </dl>
    }
    .into_any()
}

/// The way to the branch's own project.
fn open(branch: &str) -> impl IntoView + use<> {
    view! { <crate::ui::ButtonLink href=paths::project(branch) icon=Icon::Project>"Open its project"</crate::ui::ButtonLink> }
}
