//! Sets secrets, new ones and known ones, one or many at once: what comes of each is shown before anything is sent.

use leptos::prelude::*;
use management_api::{
    OperationId,
    secrets::{NAME_LENGTH, SECRETS_AT_ONCE, VALUE_LENGTH},
};

use super::{list, parts::row, reference};
use crate::{
    components::{
        head::Head,
        operation_form::{FormState, ProjectRef},
        plan::{PlanForm, PlanPreview},
    },
    page::{Page, Sheet},
    pages::choice,
    plan::{
        Kind,
        secrets::{FILE, NAME, TEXT, VALUE},
    },
    ui::{
        Frame, Icon,
        field::{Area, area},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/secrets/add",
    title: "Add or change secrets",
    icon: Icon::Plus,
    group: None,
    parent: Some(&list::PAGE),
    operation: Some(OperationId::CreateSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <AddSecrets/> }.into_any(),
};

/// Rows for single secrets.
const ROWS: usize = 4;

#[component]
pub fn AddSecrets() -> impl IntoView {
    let project = reference();
    let named = choice("name");
    let many = named.is_empty();
    let first = Some(named).filter(|name| !name.is_empty());
    let rows = (0..ROWS)
        .map(|at| row((NAME, VALUE), at, first.clone().filter(|_| at == 0)))
        .collect_view();
    let hint = format!(
        "The next page shows what is new, changed, the same or refused, before anything is sent. A project holds \
         {SECRETS_AT_ONCE} secrets; a name has at most {NAME_LENGTH} characters, a value {VALUE_LENGTH}."
    );
    view! {
        <Head page=&PAGE hint/>
        <crate::components::module::Module name="env"/>
        <div class="env-form">
            <PlanForm kind=Kind::Secrets submit="Review">
                <ProjectRef reference=project/>
                <details class="env-way" open=many>
                    <summary>"From a .env file"</summary>
                    <env-preview class="env-grid">
                        <div>{text()} {file()}</div>
                        <PlanPreview
                            kind=Kind::Secrets
                            first="As soon as something is written there: which secrets are new, changed, the same or refused, and why. Nothing is sent to Supabase until you have seen it."
                        />
                    </env-preview>
                </details>
                <details class="env-way" open=!many>
                    <summary>"Row by row"</summary>
                    {rows}
                </details>
            </PlanForm>
        </div>
    }
}

fn text() -> AnyView {
    let frame = Frame {
        help: "Quotes, export, comments and values on several lines are understood. Nothing is put in for $NAME."
            .to_owned(),
        error: FormState::error(TEXT),
        ..Frame::new(TEXT, "Content of a .env file")
    };
    let lines = Area {
        rows: 12,
        mono: true,
        placeholder: "OPENAI_API_KEY=\u{2026}".to_owned(),
        ..Area::default()
    };
    let written = frame.clone().around(area(&frame, lines));
    view! {
        <div class="env-head">
            <h2>"Pasted or dropped"</h2>
            <label class="tick"><input type="checkbox" data-hides=""/><span>"Hide what is written"</span></label>
        </div>
        {written}
    }
    .into_any()
}

fn file() -> AnyView {
    let frame = Frame {
        help: "Choose it, or drop it here.".to_owned(),
        error: FormState::error(FILE),
        alternative: true,
        ..Frame::new(FILE, "Or the file itself")
    };
    let input = view! {
        <input class="input" type="file" id=frame.id() name=FILE accept=".env,.txt,text/plain" aria-invalid=frame.invalid() aria-describedby=frame.described_by()/>
    };
    frame.around(input)
}
