//! Back to before a migration: what would be undone, with what, and what keeps it from being.

use leptos::prelude::*;
use management_api::OperationId;

use super::shown;
use crate::{
    backend::name_of,
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::migrations::{OPENED, Undone, rollback_of},
    ui::{ButtonKind, Card, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations/:version/rollback",
    title: "Roll back",
    icon: Icon::Undo,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::ListMigrations),
    sheet: Some(Sheet::Run),
    view: || view! { <Rollback/> }.into_any(),
};

#[component]
pub fn Rollback() -> impl IntoView {
    let (project, version) = (parameter("ref"), parameter("version"));
    let read = {
        let (project, version) = (project.clone(), version.clone());
        ask(move || rollback_of(project.clone(), version.clone()))
    };
    view! {
        <Head page=&PAGE hint="A rollback undoes a migration and every one after it, the newest first, and takes them out of the history: all or nothing."/>
        {loaded("undone", read, Shape::Rows, move |undone| drawn(&project, &version, undone))}
    }
}

/// What keeps it from being done.
fn obstacle(undone: &[Undone]) -> Option<String> {
    let without = undone
        .iter()
        .find(|one| matches!(&one.rollback, Some(Ok(sql)) if sql.trim().is_empty()));
    without.map(|one| {
        format!(
            "The migration {} has nothing that undoes it. Add that on its page first.",
            one.row.version
        )
    })
}

fn drawn(project: &str, version: &str, undone: Vec<Undone>) -> AnyView {
    let (count, obstacle) = (undone.len(), obstacle(&undone));
    let unknown = undone.iter().filter(|one| !matches!(one.rollback, Some(Ok(_)))).count();
    let submit = match count {
        1 => "Undo 1 migration".to_owned(),
        _ => format!("Undo {count} migrations"),
    };
    let rows: Vec<_> = undone.iter().map(|one| row(project, one)).collect();
    let unknown = (unknown > 0).then(|| {
        let why =
            format!("What undoes {unknown} of them was not read: at most {OPENED} are, and some may have failed.");
        view! { <Notice tone=Tone::Warning title="Not all is known">{why}</Notice> }
    });
    let thing = Thing::Project {
        name: name_of(project),
        reference: project.to_owned(),
    };
    let (here, next) = (paths::migration_rollback(project, version), paths::migrations(project));
    let (reference, gte) = (project.to_owned(), version.to_owned());
    view! {
        <div class="stack">
            {unknown}
            <ol class="undone">{rows}</ol>
            <Card title="Roll back" hint="Rows that were written by these statements, or since, may go with them." danger=true>
                <OperationForm
                    operation=OperationId::RollbackMigrations
                    next
                    back=here
                    submit
                    kind=ButtonKind::Danger
                    thing=Some(thing)
                    disabled_because=obstacle
                >
                    <ProjectRef reference/>
                    <input type="hidden" name="gte" value=gte/>
                </OperationForm>
            </Card>
        </div>
    }
    .into_any()
}

fn row(project: &str, one: &Undone) -> AnyView {
    let href = paths::migration(project, &one.row.version);
    let sql = match &one.rollback {
        Some(Ok(sql)) if sql.trim().is_empty() => view! { <p class="reason">"Nothing undoes it."</p> }.into_any(),
        Some(Ok(sql)) => shown("What undoes it", sql),
        Some(Err(error)) => view! { <p class="hint">{format!("Not known: {error}")}</p> }.into_any(),
        None => view! { <p class="hint">"Not read."</p> }.into_any(),
    };
    view! {
        <li>
            <p><a class="link" href=href><code>{one.row.version.clone()}</code></a> " " <bdi>{one.row.name.clone()}</bdi></p>
            {sql}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use management_api::database::MigrationRow;

    use super::*;
    use crate::{error::ConsoleError, server_fns::branches::Part};

    #[test]
    fn one_that_nothing_undoes_stands_in_the_way_and_what_is_not_known_does_not() {
        let one = |version: &str, rollback: Option<Part<String>>| Undone {
            row: MigrationRow {
                version: version.to_owned(),
                name: None,
            },
            rollback,
        };
        let undone = vec![
            one("3", Some(Ok("drop table a".to_owned()))),
            one("2", Some(Err(ConsoleError::Busy))),
            one("1", None),
        ];
        assert_eq!(obstacle(&undone), None);
        let with = [undone, vec![one("0", Some(Ok("\n".to_owned())))]].concat();
        assert!(obstacle(&with).unwrap().contains("The migration 0 "));
    }
}
