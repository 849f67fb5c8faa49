//! A project's whole configuration as one document: to be kept, and to be taken over.

use leptos::prelude::*;

use crate::{
    components::{
        head::Head,
        module::Module,
        operation_form::FormState,
        plan::{PlanForm, gone, named, planned},
        query::loaded,
        settings::{
            document::{left_out, nothing},
            outcome, review,
        },
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    plan::{
        Kind, Phase,
        document::{FILE, TEXT},
        settings::PROJECT,
    },
    ui::{
        ButtonLink, Card, Frame, Icon, Shape,
        field::{Area, area},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/configuration",
    title: "Export and import",
    icon: Icon::Download,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <Configuration/> }.into_any(),
};

#[component]
pub fn Configuration() -> impl IntoView {
    let project = parameter("ref");
    let content = match named() {
        Some(id) => loaded("plan", planned(id.clone()), Shape::Form, move |plan| match plan {
            None => view! { {gone()} {both(&project)} }.into_any(),
            Some(plan) if plan.phase == Phase::Ended => {
                view! { {outcome::outcome(&id, &plan)} {left_out(&plan)} }.into_any()
            }
            Some(plan) if plan.steps.is_empty() => view! { {nothing()} {left_out(&plan)} {both(&project)} }.into_any(),
            Some(plan) => view! { {review::review(&id, &plan)} {left_out(&plan)} }.into_any(),
        }),
        None => both(&project),
    };
    view! {
        <Head page=&PAGE hint="Every setting of the project in one document, without its secrets."/>
        {content}
        <Module name="settings"/>
    }
}

fn both(project: &str) -> AnyView {
    view! { {export(project)} {import(project)} }.into_any()
}

fn export(project: &str) -> AnyView {
    let [toml, json] = ["toml", "json"].map(|format| paths::configuration_file(project, format));
    view! {
        <Card title="Export" hint="The same configuration is always the same text, so that git shows what has changed. What the Supabase CLI has a name for stands where its config.toml has it. Of secrets it only says whether they are set.">
            <div class="actions">
                <ButtonLink href=toml icon=Icon::Download>"As TOML"</ButtonLink>
                <ButtonLink href=json icon=Icon::Download>"As JSON"</ButtonLink>
            </div>
        </Card>
    }
    .into_any()
}

fn import(project: &str) -> AnyView {
    let project = project.to_owned();
    view! {
        <Card title="Compare and import" hint="An export of this or another project, or the Supabase CLI\u{2019}s config.toml. The next page shows what differs and what is left out. Nothing is sent before you apply it.">
            <PlanForm kind=Kind::Import submit="Review">
                <input type="hidden" name=PROJECT value=project/>
                {file()}
                {text()}
            </PlanForm>
        </Card>
    }
    .into_any()
}

fn file() -> AnyView {
    let frame = Frame {
        error: FormState::error(FILE),
        alternative: true,
        ..Frame::new(FILE, "Document")
    };
    let input = view! {
        <input class="input" type="file" id=frame.id() name=FILE accept=".toml,.json,text/plain,application/json" aria-invalid=frame.invalid() aria-describedby=frame.described_by()/>
    };
    frame.around(input)
}

fn text() -> AnyView {
    let frame = Frame {
        error: FormState::error(TEXT),
        help: "Secrets in it are left out. What is pasted does not come back.".to_owned(),
        alternative: true,
        ..Frame::new(TEXT, "Or its text")
    };
    let lines = Area {
        rows: 8,
        mono: true,
        ..Area::default()
    };
    let control = area(&frame, lines);
    frame.around(control)
}
