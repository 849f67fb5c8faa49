//! Some of a project's branches and functions, and the way to all of them.

use leptos::prelude::*;
use management_api::branches::Branch;

use crate::{
    components::{
        query::{Query, loaded},
        status::of_branch,
        when::{To, When},
    },
    islands::live::Live,
    paths,
    server_fns::functions::FunctionView,
    ui::{Badge, Card, Glyph, Icon, Shape},
};

/// Rows of a card at once.
const SHOWN: usize = 6;

pub fn branches(reference: &str, branches: Query<Option<Vec<Branch>>>) -> AnyView {
    let (all, of) = (paths::branches(reference), reference.to_owned());
    let row = move |branch: Branch| {
        let (meaning, href) = (of_branch(&branch.status), paths::branch(&of, &branch.project_ref));
        view! {
            <li>
                <Glyph icon=if branch.is_default { Icon::Project } else { Icon::Branch }/>
                <p class="row-main"><a href=href><bdi>{branch.name}</bdi></a></p>
                <span class="row-side"><Badge plain=true tone=meaning.tone icon=meaning.icon word=meaning.word/></span>
            </li>
        }
    };
    view! {
        <Card title="Branches" actions=move || view! { <a class="more" href=all>"All branches"</a> }>
            {loaded("branches", branches, Shape::Rows, move |branches| match branches {
                None => view! { <p class="nothing"><Glyph icon=Icon::Branch/> "Branching is off."</p> }.into_any(),
                Some(mut branches) => {
                    branches.sort_by(|a, b| (!a.is_default, &b.updated_at).cmp(&(!b.is_default, &a.updated_at)));
                    let live = branches.iter().take(SHOWN).any(|branch| branch.status.is_changing());
                    view! {
                        {live.then(|| view! { <Live/> })}
                        <ul class="rows">{branches.into_iter().take(SHOWN).map(row).collect_view()}</ul>
                    }
                    .into_any()
                }
            })}
        </Card>
    }
    .into_any()
}

pub fn functions(reference: &str, functions: Query<Vec<FunctionView>>) -> AnyView {
    let (all, of) = (paths::functions(reference), reference.to_owned());
    let row = move |function: FunctionView| {
        let (href, version) = (
            paths::function(&of, &function.slug),
            format!("version {}", function.version),
        );
        let at = Some(function.updated_at).filter(|at| !at.is_empty());
        view! {
            <li>
                <Glyph icon=Icon::Function/>
                <p class="row-main"><a href=href><bdi>{function.slug}</bdi></a></p>
                <span class="row-side">{version} {at.map(|at| view! { ", "<When at to=To::Day/> })}</span>
            </li>
        }
    };
    view! {
        <Card title="Latest functions" actions=move || view! { <a class="more" href=all>"All functions"</a> }>
            {loaded("functions", functions, Shape::Rows, move |functions| {
                if functions.is_empty() {
                    return view! { <p class="nothing"><Glyph icon=Icon::Function/> "No function yet."</p> }.into_any();
                }
                view! { <ul class="rows">{functions.into_iter().take(SHOWN).map(row).collect_view()}</ul> }.into_any()
            })}
        </Card>
    }
    .into_any()
}
