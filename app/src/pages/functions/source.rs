//! A function's source: read, edited, and deployed as its next version.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    deploy::{Draft, form},
    reference, slug, status,
};
use crate::{
    components::{
        head::Head,
        query::{Query, ask, loaded},
    },
    functions::source::named,
    page::{Page, Sheet},
    paths,
    server_fns::functions::{Limits, Source, function_limits, function_source},
    ui::{ButtonLink, Empty, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/functions/:slug/source",
    title: "Source",
    icon: Icon::File,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::GetFunctionBody),
    sheet: Some(Sheet::Build),
    view: || view! { <SourcePage/> }.into_any(),
};

#[component]
pub fn SourcePage() -> impl IntoView {
    let (project, slug) = (reference(), slug());
    let source = {
        let (project, slug) = (project.clone(), slug.clone());
        ask(move || function_source(project.clone(), slug.clone()))
    };
    let limits = {
        let project = project.clone();
        ask(move || function_limits(project.clone()))
    };
    let zip = paths::function_zip(&project, &slug);
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=zip icon=Icon::Download>"Download"</ButtonLink> }
        />
        <crate::components::module::Module name="workbench"/>
        {loaded("source", source, Shape::Form, move |source| drawn(project, source, limits))}
    }
}

fn drawn(project: String, source: Source, limits: Query<Limits>) -> AnyView {
    let Source { function, files } = source;
    let Some(files) = files else {
        return view! {
            <Empty
                icon=Icon::File
                title="Only the bundle is known"
                sentence="This function was bundled elsewhere, and Supabase keeps the bundle alone. Download it, or deploy it from its files again."
            />
        }
        .into_any();
    };
    let find = |address: &str| {
        let paths = files.iter().map(|file| file.path.as_str());
        named(address, paths).unwrap_or_default().to_owned()
    };
    let (running, version) = (status(&function.status, true), function.version);
    let draft = Draft {
        project,
        slug: Some(function.slug.clone()),
        name: function.name,
        version: Some(function.version),
        entrypoint: find(&function.entrypoint),
        import_map: if function.import_map {
            find(&function.import_map_path)
        } else {
            String::new()
        },
        verify_jwt: function.verify_jwt.unwrap_or(true),
        files,
    };
    view! {
        <p class="hint running" data-region="running">{running} {format!("Version {version} runs.")}</p>
        {form(draft, limits)}
    }
    .into_any()
}
