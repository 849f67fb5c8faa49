//! A project's Edge Functions, with what each of them did of late.

use leptos::prelude::*;
use management_api::OperationId;

use super::{duration, file_name, jwt, meaning, reference, short, status};
use crate::{
    components::{
        head::Head,
        list::{List, PickAction, RowAction},
        operation_form::{Thing, why_not},
        plan::PlanPanel,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    server_fns::functions::{self, FunctionList, INTERVALS, Numbered, Step, interval},
    ui::{
        ButtonKind, ButtonLink, Choice, Empty, Icon, Notice, SelectField, Shape, Tone, alphabetical,
        chart::grouped,
        spark::{Line, spark, unknown},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/functions",
    title: "Edge Functions",
    icon: Icon::Function,
    group: Some(Group::Build),
    parent: Some(&crate::pages::projects::overview::PAGE),
    operation: Some(OperationId::ListFunctions),
    sheet: Some(Sheet::Build),
    view: || view! { <FunctionsPage/> }.into_any(),
};

#[component]
pub fn FunctionsPage() -> impl IntoView {
    let project = reference();
    let (_, said, ..) = interval(&choice("interval"));
    let list = {
        let (project, interval) = (project.clone(), choice("interval"));
        ask(move || functions::functions(project.clone(), interval.clone()))
    };
    let new = new_button(&project);
    view! {
        <Head page=&PAGE actions=move || new/>
        <PlanPanel/>
        {loaded("functions", list, Shape::Rows, move |answer| drawn(project, said, answer))}
    }
}

/// The way to the first and every other function; closed where the person may not deploy.
fn new_button(project: &str) -> AnyView {
    let href = paths::new_function(project);
    let disabled_because = why_not(OperationId::DeployFunction);
    view! { <ButtonLink href kind=ButtonKind::Primary icon=Icon::Plus disabled_because>"New function"</ButtonLink> }
        .into_any()
}

fn drawn(project: String, said: &'static str, answer: FunctionList) -> AnyView {
    if answer.rows.is_empty() {
        return empty(&project);
    }
    let unknown = answer.unknown.as_ref().map(|error| {
        let why = error.to_string();
        view! {
            <Notice tone=Tone::Warning title="The functions have no numbers">
                {why} " The list itself is complete."
            </Notice>
        }
    });
    let totals = answer
        .unknown
        .is_none()
        .then(|| totals(&answer.rows, said, answer.most));
    view! {
        <div data-region="figures">{totals}</div>
        {list(project).note(move || unknown).draw(answer.rows)}
    }
    .into_any()
}

fn empty(project: &str) -> AnyView {
    let new = new_button(project);
    view! {
        <Empty icon=Icon::Function title="No function yet" sentence="Write one here, or drop a folder of files. It runs close to whoever calls it.">
            {new}
        </Empty>
    }
    .into_any()
}

/// All steps of a function as one.
fn sum(steps: &[Step]) -> Step {
    steps.iter().fold(Step::default(), |all, step| Step {
        calls: all.calls + step.calls,
        errors: all.errors + step.errors,
        time: all.time + step.time,
    })
}

fn of(row: &Numbered) -> Step {
    sum(row.steps.as_deref().unwrap_or_default())
}

fn share(errors: f64, calls: f64) -> String {
    match errors / calls * 100.0 {
        _ if errors <= 0.0 => "0".to_owned(),
        share if share < 0.01 => "under 0.01 %".to_owned(),
        share if share < 1.0 => format!("{share:.2} %"),
        share => format!("{share:.1} %"),
    }
}

fn mean(step: Step) -> Option<f64> {
    (step.calls > 0.0).then(|| step.time / step.calls)
}

/// What all functions did together.
fn totals(rows: &[Numbered], said: &'static str, most: Option<f64>) -> AnyView {
    let steps: Vec<_> = rows.iter().map(of).collect();
    let all = sum(&steps);
    let worst = rows.iter().max_by(|a, b| of(a).errors.total_cmp(&of(b).errors));
    let worst = worst.filter(|row| of(row).errors > 0.0);
    let errors = worst.map(|row| {
        let calls = grouped(all.errors);
        view! { <span class="figures-turn">{calls} " calls, most in " <code>{row.function.slug.clone()}</code></span> }
    });
    let most = most.map(|most| view! { " " <span class="figures-turn">"of " {grouped(most)} " in the plan"</span> });
    let time = mean(all).map_or_else(|| "\u{2014}".to_owned(), duration);
    view! {
        <dl class="figures">
            <div><dt>"Calls, last " {said}</dt><dd>{grouped(all.calls)}</dd></div>
            <div><dt>"Errors"</dt><dd>{share(all.errors, all.calls)} " " {errors}</dd></div>
            <div><dt>"Mean time"</dt><dd>{time}</dd></div>
            <div><dt>"Functions"</dt><dd>{rows.len()} {most}</dd></div>
        </dl>
    }
    .into_any()
}

fn list(project: String) -> List<Numbered> {
    let path = paths::functions(&project);
    let intervals = INTERVALS.into_iter().rev();
    let intervals: Vec<_> = intervals
        .map(|(word, said, ..)| Choice::new(word, format!("Last {said}")))
        .collect();
    let chosen = choice("interval");
    let picks = vec![
        PickAction {
            label: "JWT check, name\u{2026}",
            icon: Icon::Shield,
            href: paths::change_functions(&project),
            with: None,
            operation: OperationId::BulkUpdateFunctions,
        },
        PickAction {
            label: "Deploy elsewhere\u{2026}",
            icon: Icon::Layers,
            href: paths::deploy_elsewhere(&project),
            with: None,
            operation: OperationId::GetFunctionBody,
        },
        PickAction {
            label: "Delete\u{2026}",
            icon: Icon::Trash,
            href: paths::delete_functions(&project),
            with: None,
            operation: OperationId::DeleteFunction,
        },
    ];
    let (here, actions) = (project.clone(), project);
    List::new(("function", "functions"), path, |row: &Numbered| {
        row.function.slug.clone()
    })
    .search("Search functions", |Numbered { function, .. }| {
        vec![
            function.slug.clone(),
            function.name.clone(),
            function.entrypoint.clone(),
            function.digest.clone(),
        ]
    })
    .more(["interval"], move || {
        view! { <SelectField name="interval" label="Time span" choices=intervals value=chosen.to_owned()/> }
    })
    .filter("status", "Status", |row| {
        Choice::new(&*row.function.status, meaning(&row.function.status).word)
    })
    .filter("access", "Access", |row| match row.function.verify_jwt {
        Some(true) => Choice::new("checked", "JWT checked"),
        Some(false) => Choice::new("open", "Not checked"),
        None => Choice::new("unknown", "Not known"),
    })
    .order("name", "Sort by name", |a, b| {
        alphabetical(&a.function.slug, &b.function.slug)
    })
    .order("updated", "Latest first", |a, b| {
        b.function.updated_at.cmp(&a.function.updated_at)
    })
    .order("calls", "Most called first", |a, b| of(b).calls.total_cmp(&of(a).calls))
    .order("errors", "Most errors first", |a, b| {
        of(b).errors.total_cmp(&of(a).errors)
    })
    .column("Function", move |row| link(&here, row))
    .column("Status", |row| status(&row.function.status, true))
    .number("Calls", |row| {
        chart(row, |step| step.calls, |all| grouped(all.calls), Line::Area, 0)
    })
    .number("Errors", |row| {
        chart(
            row,
            |step| step.errors,
            |all| share(all.errors, all.calls),
            Line::Bars,
            0,
        )
    })
    .number("Mean time", |row| {
        let time = |step: &Step| mean(*step).unwrap_or_default();
        chart(
            row,
            time,
            |all| mean(all).map_or_else(|| "\u{2014}".to_owned(), duration),
            Line::Area,
            1,
        )
    })
    .column("Version", |row| {
        let (version, digest) = (row.function.version, row.function.digest.clone());
        let digest = (!digest.is_empty()).then(|| view! { <Digest digest/> });
        view! { <span class="function-version">{format!("v{version}")} " " {digest}</span> }
    })
    .column("JWT check", |row| jwt(row.function.verify_jwt))
    .column(
        "Updated",
        |row| view! { <When at=row.function.updated_at.clone() to=To::Day/> },
    )
    .picks("slug", picks)
    .actions(move |row| vec![delete(&actions, &row.function.slug)])
}

/// What deletes a function.
pub(super) fn delete(project: &str, slug: &str) -> RowAction {
    RowAction {
        operation: OperationId::DeleteFunction,
        label: "Delete",
        of: slug.to_owned(),
        fields: vec![("ref", project.to_owned()), ("function_slug", slug.to_owned())],
        thing: Some(Thing::Named(slug.to_owned())),
    }
}

/// The beginning of a digest, which is copied whole.
#[component]
pub(super) fn Digest(digest: String) -> impl IntoView {
    view! {
        <span class="copyable digest">
            <code title=digest.clone()>{short(&digest)}</code>
            <crate::islands::copy::CopyButton value=digest what="digest".to_owned()/>
        </span>
    }
}

fn link(project: &str, row: &Numbered) -> impl IntoView + use<> {
    let Numbered { function, .. } = row;
    let name = (function.name != function.slug)
        .then(|| view! { " " <span class="quiet"><bdi>{function.name.clone()}</bdi></span> });
    let entrypoint = file_name(&function.entrypoint).to_owned();
    view! {
        <span>
            <a class="row-link mono" href=paths::function(project, &function.slug)>{function.slug.clone()}</a>
            {name}
            <code class="function-entry">{entrypoint}</code>
        </span>
    }
}

fn chart(row: &Numbered, of: impl Fn(&Step) -> f64, say: impl Fn(Step) -> String, line: Line, layer: usize) -> AnyView {
    match &row.steps {
        Some(steps) => {
            let values: Vec<_> = steps.iter().map(of).collect();
            spark(say(sum(steps)), &values, line, layer)
        }
        None => unknown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_told_as_less_than_it_is() {
        assert_eq!(share(0.0, 0.0), "0");
        assert_eq!(share(0.0, 5.0), "0");
        assert_eq!(share(1.0, 1_000_000.0), "under 0.01 %");
        assert_eq!(share(1.0, 200.0), "0.50 %");
        assert_eq!(share(2.0, 100.0), "2.0 %");
    }
}
