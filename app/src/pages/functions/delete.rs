//! Asks before several functions are deleted: which they are, and what of them goes.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::OperationId;

use super::{bulk::nothing, jwt, list, list::Digest, reference, status};
use crate::{
    components::{
        head::Head,
        list::List,
        operation_form::ProjectRef,
        plan::PlanForm,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Page, Sheet},
    paths,
    plan::{Kind, functions::SLUG},
    server_fns::functions::{FunctionView, function_rows},
    ui::{Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/function-deletion",
    title: "Delete functions",
    icon: Icon::Trash,
    group: None,
    parent: Some(&list::PAGE),
    operation: Some(OperationId::DeleteFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <DeleteFunctions/> }.into_any(),
};

#[component]
pub fn DeleteFunctions() -> impl IntoView {
    let project = reference();
    let of = project.clone();
    let all = ask(move || function_rows(of.clone()));
    view! {
        <Head
            page=&PAGE
            narrow=true
            hint="They stop answering at once, and Supabase forgets their sources. Download those of which you have no other copy. The next page asks before anything is sent."
        />
        {loaded("functions", all, Shape::Form, move |all| form(project, all))}
    }
}

/// The form, for those that were ticked and are there.
fn form(project: String, all: Vec<FunctionView>) -> AnyView {
    let chosen = use_query_map().with_untracked(|query| query.get_all(SLUG).unwrap_or_default());
    let functions: Vec<_> = all.into_iter().filter(|one| chosen.contains(&one.slug)).collect();
    if functions.is_empty() {
        return nothing(&project);
    }
    let field = |one: &FunctionView| view! { <input type="hidden" name=SLUG value=one.slug.clone()/> };
    let fields = functions.iter().map(field).collect_view();
    let list = table(&project).draw(functions);
    view! {
        <div class="stack">
            {list}
            <PlanForm kind=Kind::FunctionsDelete submit="Review">
                <ProjectRef reference=project/>
                {fields}
            </PlanForm>
        </div>
    }
    .into_any()
}

fn table(project: &str) -> List<FunctionView> {
    let of = project.to_owned();
    List::new(
        ("function", "functions"),
        paths::delete_functions(project),
        |row: &FunctionView| row.slug.clone(),
    )
    .column("Function", move |row| {
        view! { <a class="mono" href=paths::function(&of, &row.slug)>{row.slug.clone()}</a> }
    })
    .column("Status", |row| status(&row.status, true))
    .column("JWT check", |row| jwt(row.verify_jwt))
    .column("Version", |row| {
        let digest = (!row.digest.is_empty()).then(|| view! { <Digest digest=row.digest.clone()/> });
        view! { <span class="function-version">{format!("v{}", row.version)} " " {digest}</span> }
    })
    .column("Updated", |row| view! { <When at=row.updated_at.clone() to=To::Day/> })
}
