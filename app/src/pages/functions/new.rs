//! A new function: written here, or brought along as files.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    deploy::{Draft, form},
    reference,
};
use crate::{
    components::{head::Head, query::ask},
    functions::source::{Content, Ends, SourceFile},
    page::{Page, Sheet},
    paths,
    server_fns::functions::function_limits,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/functions/new",
    title: "New function",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::DeployFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <NewFunction/> }.into_any(),
};

/// What a function begins with.
const FIRST: &str = "Deno.serve(async (request) => {\n  const { name } = await request.json();\n  return Response.json({ message: `Hello ${name}` });\n});\n";

#[component]
pub fn NewFunction() -> impl IntoView {
    let project = reference();
    let limits = {
        let project = project.clone();
        ask(move || function_limits(project.clone()))
    };
    let draft = Draft {
        project: project.clone(),
        entrypoint: "index.ts".to_owned(),
        verify_jwt: true,
        files: vec![SourceFile {
            path: "index.ts".to_owned(),
            content: Content::Text {
                text: FIRST.to_owned(),
                ends: Ends::Lf,
            },
        }],
        ..Draft::default()
    };
    let raw = paths::explorer_filled(OperationId::CreateFunction, &[("ref", &project)]);
    view! {
        <Head
            page=&PAGE
            hint="Write it here, or add the files that you have. Deploying bundles them and puts the function online at once."
            actions=move || view! { <a class="more" href=raw>"From a body, in the explorer"</a> }
        />
        <crate::components::module::Module name="workbench"/>
        {form(draft, limits)}
    }
}
