//! One migration: its text, what undoes it, and what of the history can be changed.

use leptos::prelude::*;
use management_api::{OperationId, database::Migration};

use super::shown;
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef, why_not},
        query::{ask, loaded},
        when::{When, written},
    },
    form::Form,
    islands::copy::CopyButton,
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::{
        backups::made_at,
        migrations::{migration_of, text},
    },
    ui::{ButtonKind, ButtonLink, Card, Fact, Facts, Frame, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations/:version",
    title: "Migration",
    icon: Icon::Layers,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetMigration),
    sheet: Some(Sheet::Run),
    view: || view! { <MigrationPage/> }.into_any(),
};

#[component]
pub fn MigrationPage() -> impl IntoView {
    let (project, version) = (parameter("ref"), parameter("version"));
    let read = {
        let (project, version) = (project.clone(), version.clone());
        ask(move || migration_of(project.clone(), version.clone()))
    };
    let back = paths::migration_rollback(&project, &version);
    let closed = why_not(OperationId::RollbackMigrations);
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=back icon=Icon::Undo kind=ButtonKind::Danger disabled_because=closed>"Roll back\u{2026}"</ButtonLink> }
        />
        {loaded("migration", read, Shape::Facts, move |migration| drawn(&project, &migration))}
    }
}

fn drawn(project: &str, migration: &Migration) -> AnyView {
    let sql = text(migration.statements.as_deref());
    let rollback = text(migration.rollback.as_deref());
    let statements = if sql.is_empty() {
        view! { <p class="hint">"The history holds no statements of it."</p> }.into_any()
    } else {
        view! { {shown("Statements", &sql)} <CopyButton value=sql what="statements".to_owned()/> }.into_any()
    };
    let undoes = if rollback.is_empty() {
        view! { <p class="hint">"Nothing is known that undoes it, so that no rollback reaches before it. It can be added below."</p> }.into_any()
    } else {
        shown("Rollback", &rollback)
    };
    view! {
        <div class="stack">
            {facts(migration)}
            <Card title="Statements">{statements}</Card>
            <Card title="What undoes it">{undoes}</Card>
            {change(project, migration, rollback)}
        </div>
    }
    .into_any()
}

fn facts(migration: &Migration) -> AnyView {
    let name = migration.name.clone().unwrap_or_else(|| "None".to_owned());
    let by = migration.created_by.clone().filter(|by| !by.is_empty());
    let by = by.unwrap_or_else(|| "Not told".to_owned());
    let at = made_at(&migration.version).map(|at| {
        let at = written(at);
        view! { <Fact term="By its version"><When at/></Fact> }
    });
    let key = migration.idempotency_key.clone();
    let key = key.map(|key| view! { <Fact term="Idempotency key"><code class="wrap">{key}</code></Fact> });
    view! {
        <Facts>
            <Fact term="Name"><bdi>{name}</bdi></Fact>
            <Fact term="By"><bdi>{by}</bdi></Fact>
            {at}
            {key}
        </Facts>
    }
    .into_any()
}

/// Its name, and what undoes it. What it did to the database stays.
fn change(project: &str, migration: &Migration, rollback: String) -> AnyView {
    let here = paths::migration(project, &migration.version);
    let state = FormState::of(OperationId::PatchMigration, "");
    let field = |name: &'static str, label, help: &str, now: String| {
        let field = Form::of(OperationId::PatchMigration).field(name)?;
        let frame = Frame {
            help: help.to_owned(),
            error: state.error_of(name),
            ..Frame::new(name, label)
        };
        let holds = Holds {
            typed: state.typed(name).or_else(|| Some(vec![now])),
            ..Holds::default()
        };
        Some(control(field, frame, holds))
    };
    let name = field("name", "Name", "", migration.name.clone().unwrap_or_default());
    let undo = field(
        "rollback",
        "What undoes it",
        "SQL that a rollback runs. It is kept for then, and not run now.",
        rollback,
    );
    let (reference, version) = (project.to_owned(), migration.version.clone());
    view! {
        <Card title="Change the history" hint="Only what is written in the history changes. What the migration did to the database stays.">
            <OperationForm operation=OperationId::PatchMigration next=here.clone() back=here submit="Save">
                <ProjectRef reference/>
                <input type="hidden" name="version" value=version/>
                {name}
                {undo}
            </OperationForm>
        </Card>
    }
    .into_any()
}
