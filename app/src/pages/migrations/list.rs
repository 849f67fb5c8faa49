//! The history of a project's migrations, the newest first.

use leptos::prelude::*;
use management_api::{OperationId, database::MigrationRow};

use crate::{
    components::{
        error_view::error_view,
        head::Head,
        list::List,
        operation_form::why_not,
        query::{ask, loaded},
        when::{When, written},
    },
    error::ConsoleError,
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::{backups::made_at, branches::Part, migrations::migrations_of},
    ui::{ButtonKind, ButtonLink, Empty, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations",
    title: "Migrations",
    icon: Icon::Layers,
    group: Some(Group::Build),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::ListMigrations),
    sheet: Some(Sheet::Run),
    view: || view! { <Migrations/> }.into_any(),
};

#[component]
pub fn Migrations() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || migrations_of(project.clone()))
    };
    let new = paths::new_migration(&project);
    let closed = why_not(OperationId::ApplyMigration);
    view! {
        <Head
            page=&PAGE
            actions=move || view! {
                <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"New migration"</ButtonLink>
            }
        />
        {loaded("history", read, Shape::Rows, move |history| drawn(&project, history))}
    }
}

/// Why the history may be closed to whoever may read everything else.
pub(super) fn closed() -> AnyView {
    view! {
        <Notice tone=Tone::Info title="Supabase opens its migrations to selected apps only">
            "Your role in the organization may be enough, and the answer is still no. The history itself is the table supabase_migrations.schema_migrations: it can be read and written with SQL."
        </Notice>
    }
    .into_any()
}

fn drawn(project: &str, history: Part<Vec<MigrationRow>>) -> AnyView {
    match history {
        Ok(rows) => list(project).draw(rows),
        Err(error @ ConsoleError::Forbidden { .. }) => view! { {error_view(error)} {closed()} }.into_any(),
        Err(error) => error_view(error),
    }
}

fn list(project: &str) -> List<MigrationRow> {
    let (of, new) = (project.to_owned(), paths::new_migration(project));
    List::new(("migration", "migrations"), paths::migrations(project), |row: &MigrationRow| row.version.clone())
        .search("Search migrations", |row| {
            vec![row.version.clone(), row.name.clone().unwrap_or_default()]
        })
        .column("Version", move |row| {
            let href = paths::migration(&of, &row.version);
            view! { <a class="row-link" href=href><code>{row.version.clone()}</code></a> }
        })
        .column("Name", |row| match row.name.clone() {
            Some(name) => view! { <bdi>{name}</bdi> }.into_any(),
            None => view! { <span class="quiet">"Without a name"</span> }.into_any(),
        })
        .column("By its version", |row| match made_at(&row.version) {
            Some(at) => {
                let at = written(at);
                view! { <When at/> }.into_any()
            }
            None => view! { <span class="quiet">"No moment"</span> }.into_any(),
        })
        .empty(move || {
            view! {
                <Empty icon=Icon::Layers title="No migration yet" sentence="A migration is SQL that the database remembers, so that every branch and every copy comes to the same schema.">
                    <ButtonLink href=new>"New migration"</ButtonLink>
                </Empty>
            }
        })
}
