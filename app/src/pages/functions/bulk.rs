//! Changes several functions at once: their names, and whether they check JWTs.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::OperationId;

use super::{jwt, list, reference};
use crate::{
    components::{
        head::Head,
        operation_form::{FormState, ProjectRef},
        plan::PlanForm,
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    paths,
    plan::{
        Kind,
        functions::{JWT, NAME_LENGTH, SLUG, name},
    },
    server_fns::functions::{FunctionView, function_rows},
    ui::{
        ButtonLink, Choice, Empty, Frame, Icon, SelectField, Shape,
        field::{Line, line},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/function-changes",
    title: "Change functions",
    icon: Icon::Edit,
    group: None,
    parent: Some(&list::PAGE),
    operation: Some(OperationId::BulkUpdateFunctions),
    sheet: Some(Sheet::Build),
    view: || view! { <ChangeFunctions/> }.into_any(),
};

#[component]
pub fn ChangeFunctions() -> impl IntoView {
    let project = reference();
    let of = project.clone();
    let all = ask(move || function_rows(of.clone()));
    view! {
        <Head page=&PAGE narrow=true hint="The next page shows what becomes of each, before anything is sent. All of them are changed in one call: all, or none."/>
        {loaded("functions", all, Shape::Form, move |all| form(&project, all))}
    }
}

/// The form, for those that were ticked and are there.
fn form(project: &str, all: Vec<FunctionView>) -> AnyView {
    let chosen = use_query_map().with_untracked(|query| query.get_all(SLUG).unwrap_or_default());
    let functions: Vec<_> = all.into_iter().filter(|one| chosen.contains(&one.slug)).collect();
    if functions.is_empty() {
        return nothing(project);
    }
    let project = project.to_owned();
    view! {
        <div class="env-form">
            <PlanForm kind=Kind::Functions submit="Review">
                <ProjectRef reference=project/>
                {check()}
                <div class="bulk-names">{functions.iter().map(one).collect_view()}</div>
            </PlanForm>
        </div>
    }
    .into_any()
}

/// What stands there where no function was ticked.
pub(super) fn nothing(project: &str) -> AnyView {
    let back = paths::functions(project);
    view! {
        <Empty icon=Icon::Function title="No function is selected" sentence="Tick the functions that it is about in the list of them.">
            <ButtonLink href=back>"All functions"</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn check() -> AnyView {
    let choices = vec![
        Choice::new("", "Leave it as it is"),
        Choice::new("true", "Check JWTs"),
        Choice::new("false", "Do not check JWTs"),
    ];
    view! {
        <SelectField
            name=JWT
            label="JWT check of all of them"
            choices
            value=FormState::value(JWT, "")
            required=true
            hint="Checked, only requests with a JWT of the project get through. The new API keys are no JWTs: a function that is called with one of them needs this off, and a check of its own."
        />
    }
    .into_any()
}

fn one(function: &FunctionView) -> AnyView {
    let field = name(&function.slug);
    let frame = Frame {
        required: true,
        help: format!("At most {NAME_LENGTH} characters. The slug stays."),
        error: FormState::error(&field),
        ..Frame::new(field.clone(), format!("Name of {}", function.slug))
    };
    let control = line(
        &frame,
        Line {
            value: Some(FormState::value(&field, &function.name)),
            ..Line::default()
        },
    );
    view! {
        <div class="bulk-one">
            <input type="hidden" name=SLUG value=function.slug.clone()/>
            {frame.around(control)}
            <p class="hint">"JWT check now: " {jwt(function.verify_jwt)}</p>
        </div>
    }
    .into_any()
}
