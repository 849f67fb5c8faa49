//! A new migration: applied, or only written into the history.

use leptos::prelude::*;
use management_api::{IDEMPOTENCY_KEY, OperationId};

use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{FormState, OperationForm, ProjectRef},
    },
    form::Form,
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    ui::{ButtonKind, Card, Frame, Icon},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations/new",
    title: "New migration",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::ListMigrations),
    sheet: Some(Sheet::Run),
    view: || view! { <NewMigration/> }.into_any(),
};

#[component]
pub fn NewMigration() -> impl IntoView {
    let project = parameter("ref");
    let (apply, record) = (
        form(
            &project,
            OperationId::ApplyMigration,
            "Apply the migration",
            ButtonKind::Primary,
        ),
        form(
            &project,
            OperationId::UpsertMigration,
            "Write into the history",
            ButtonKind::Secondary,
        ),
    );
    view! {
        <Head page=&PAGE/>
        <WithMargin margin=|| view! {
            <Note term="All or nothing">"The statements run in one transaction. Where one fails, nothing of the migration is kept."</Note>
            <Note term="Version">"Supabase gives it one by the moment at which it is applied."</Note>
            <Note term="What is asked first">"Statements that drop, empty, overwrite or grant are named before they run, each with a box to tick."</Note>
        }>
            <Card title="Apply">{apply}</Card>
            <details class="more-of">
                <summary>"Write it into the history without running it"</summary>
                <Card title="Write into the history" hint="For what was done to the database already, by hand or by another tool.">{record}</Card>
            </details>
        </WithMargin>
    }
}

fn form(project: &str, operation: OperationId, submit: &'static str, kind: ButtonKind) -> AnyView {
    let (here, next) = (paths::new_migration(project), paths::migrations(project));
    let state = FormState::of(operation, "");
    let field = |name: &'static str, label, help: &str| {
        let field = Form::of(operation).field(name)?;
        let frame = Frame {
            help: help.to_owned(),
            error: state.error_of(name),
            required: field.required,
            // The page has each twice.
            id: format!("{name}-{operation}"),
            ..Frame::new(name, label)
        };
        // Other pages begin one for somebody.
        let begun = Some(choice(name)).filter(|text| !text.is_empty() && operation == OperationId::ApplyMigration);
        let holds = Holds {
            typed: state.typed(name).or_else(|| begun.map(|text| vec![text])),
            ..Holds::default()
        };
        Some(control(field, frame, holds))
    };
    let fields = [
        field("name", "Name", "What the history calls it, such as create_invoices."),
        field("query", "SQL", ""),
        field(
            "rollback",
            "What undoes it",
            "SQL that a rollback runs. Without it no rollback reaches before this migration.",
        ),
    ];
    let reference = project.to_owned();
    // Of this form as it is drawn now: sent twice, it is done once.
    let key = state.typed(IDEMPOTENCY_KEY).and_then(|typed| typed.into_iter().next());
    let key = key.unwrap_or_else(|| format!("{:032x}", rand::random::<u128>()));
    view! {
        <OperationForm operation next back=here submit kind>
            <ProjectRef reference/>
            <input type="hidden" name=IDEMPOTENCY_KEY value=key/>
            {fields.into_iter().collect_view()}
        </OperationForm>
    }
    .into_any()
}
