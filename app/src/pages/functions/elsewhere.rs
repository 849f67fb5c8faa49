//! Deploys functions of this project to others, too, as they run here.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{OperationId, Scope};

use super::{bulk::nothing, list, reference};
use crate::{
    backend::name_of,
    components::{
        head::Head,
        operation_form::{FormState, ProjectRef, why_not_in},
        plan::PlanForm,
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    plan::{
        Kind,
        functions::{SLUG, counted},
        functions_elsewhere::{JWT, THERE},
        secrets_across::TO,
    },
    server_fns::functions::{Place, places_of_functions},
    ui::{Choice, Frame, Icon, SelectField, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/function-copies",
    title: "Deploy elsewhere",
    icon: Icon::Layers,
    group: None,
    parent: Some(&list::PAGE),
    operation: Some(OperationId::DeployFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <DeployElsewhere/> }.into_any(),
};

#[component]
pub fn DeployElsewhere() -> impl IntoView {
    let project = reference();
    let places = ask(places_of_functions);
    view! {
        <Head
            page=&PAGE
            narrow=true
            hint="Files, names, entrypoint and import map go as they are; secrets do not. The next page shows what becomes of each project, before anything is sent."
        />
        {loaded("places", places, Shape::Form, move |places| form(&project, &places))}
    }
}

fn form(project: &str, places: &[Place]) -> AnyView {
    let (slugs, chosen) = use_query_map().with_untracked(|query| {
        let all = |name: &str| query.get_all(name).unwrap_or_default();
        (all(SLUG), all(TO))
    });
    if slugs.is_empty() {
        return nothing(project);
    }
    let kept = FormState::of(Kind::FunctionsElsewhere.operation(), Kind::FunctionsElsewhere.as_str()).typed(TO);
    let ticked = kept.unwrap_or(chosen);
    let said = format!("{} of {}", counted(slugs.len()), name_of(project));
    let names = slugs
        .iter()
        .map(|slug| view! { <li><code>{slug.clone()}</code></li> })
        .collect_view();
    let hidden = slugs
        .into_iter()
        .map(|slug| view! { <input type="hidden" name=SLUG value=slug/> })
        .collect_view();
    let targets: Vec<_> = places.iter().filter(|place| place.reference != project).collect();
    let targets = targets.into_iter().map(|place| target(place, &ticked)).collect_view();
    let project = project.to_owned();
    view! {
        <div class="env-form">
            <PlanForm kind=Kind::FunctionsElsewhere submit="Review">
                <ProjectRef reference=project/>
                {hidden}
                <div class="bulk-what"><p class="strong">{said}</p><ul class="plain">{names}</ul></div>
                {to(targets)}
                {check()}
            </PlanForm>
        </div>
    }
    .into_any()
}

fn to(targets: impl IntoView) -> AnyView {
    let frame = Frame {
        required: true,
        error: FormState::error(TO),
        ..Frame::new(TO, "Where to")
    };
    frame.around_group(view! { <div class="where">{targets}</div> })
}

fn target(place: &Place, ticked: &[String]) -> AnyView {
    let reference = place.reference.clone();
    let closed = why_not_in(OperationId::DeployFunction, &Scope::Project(reference.clone()));
    let closed = closed.or_else(|| (!place.runs).then(|| "It does not run. Restore it first.".to_owned()));
    let id = format!("{TO}-{reference}");
    let (off, note) = (closed.is_some(), format!("{id}-note"));
    let ticked = !off && ticked.contains(&reference);
    let owner = name_of(&place.organization);
    view! {
        <div class="where-one">
            <label class="tick">
                <input type="checkbox" id=id name=TO value=reference checked=ticked disabled=off aria-describedby=note.clone()/>
                <span><bdi>{place.name.clone()}</bdi></span>
            </label>
            <p class=if off { "reason" } else { "hint" } id=note>{closed.unwrap_or(owner)}</p>
        </div>
    }
    .into_any()
}

fn check() -> AnyView {
    let choices = vec![
        Choice::new("here", "As it is here"),
        Choice::new(THERE, "As it is there; new ones as here"),
    ];
    view! {
        <SelectField
            name=JWT
            label="JWT check"
            choices
            value=FormState::value(JWT, "here")
            required=true
            hint="Whether only requests with a JWT of the project get through. What opens a function to anybody is asked about before it is sent."
        />
    }
    .into_any()
}
