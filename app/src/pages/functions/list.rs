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
    islands::late::Late,
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    server_fns::functions::{self, FunctionView, INTERVALS, Numbered, Numbers, Step, interval},
    ui::{
        ButtonKind, ButtonLink, Choice, Column, Empty, Icon, Notice, SelectField, Shape, Table, Tone, alphabetical,
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
    let (word, said, _, parts) = interval(&choice("interval"));
    // The logs may be slow. The rows wait for them only where they stand in the numbers' order.
    let late = !BY_NUMBERS.contains(&choice("sort").as_str());
    let rows = {
        let (project, interval) = (project.clone(), (!late).then(|| word.to_owned()));
        ask(move || functions::functions(project.clone(), interval.clone()))
    };
    let numbers = {
        let project = project.clone();
        ask(move || functions::function_numbers(project.clone(), word.to_owned()))
    };
    let new = new_button(&project);
    view! {
        <Head page=&PAGE actions=move || new/>
        <PlanPanel/>
        {loaded("functions", rows, Shape::Rows, move |rows| {
            if rows.is_empty() {
                return empty(&project);
            }
            let functions: Vec<_> = rows.iter().map(|row| row.function.clone()).collect();
            let numbers = loaded("numbers", numbers, Shape::Line, move |numbers| {
                numbered(functions, &numbers, (said, parts), late)
            });
            let list = list(project, late).draw(rows);
            view! { <div class="numbered-list" data-late=late>{list} {numbers}</div> }.into_any()
        })}
    }
}

/// The way to the first and every other function; closed where the person may not deploy.
fn new_button(project: &str) -> AnyView {
    let href = paths::new_function(project);
    let disabled_because = why_not(OperationId::DeployFunction);
    view! { <ButtonLink href kind=ButtonKind::Primary icon=Icon::Plus disabled_because>"New function"</ButtonLink> }
        .into_any()
}

/// What the functions did, which may come long after the rows: all of them together over the list, and where `late` each
/// by itself after it, from where it is put into the rows.
fn numbered(
    functions: Vec<FunctionView>,
    numbers: &Numbers,
    (said, parts): (&'static str, usize),
    late: bool,
) -> AnyView {
    let unknown = numbers.steps.as_ref().err().map(|error| {
        let why = error.to_string();
        view! {
            <Notice tone=Tone::Warning title="The functions have no numbers">
                {why} " The list itself is complete."
            </Notice>
        }
    });
    let numbered = |function: FunctionView| Numbered {
        steps: numbers.of(&function.id, parts),
        function,
    };
    let rows: Vec<_> = functions.into_iter().map(numbered).collect();
    let totals = unknown.is_none().then(|| totals(&rows, said, numbers.most));
    view! { <div class="numbered-all">{unknown} {totals}</div> {late.then(|| each(&rows, said))} }.into_any()
}

/// Each function's numbers, for readers without scripts; with them they stand in the rows.
fn each(rows: &[Numbered], said: &'static str) -> AnyView {
    let row = |row: &Numbered| {
        let slug = &row.function.slug;
        let cells: Vec<_> = NUMBERS
            .into_iter()
            .map(|number| {
                let brings = awaited(number, slug);
                view! { <td data-label=number.label() data-kind="number"><span data-brings=brings>{number.of(row)}</span></td> }
            })
            .collect();
        view! { <tr><td data-label="Function"><code>{slug.clone()}</code></td>{cells}</tr> }
    };
    const COLUMNS: &[Column] = &[
        Column::text("Function"),
        Column::number("Calls"),
        Column::number("Errors"),
        Column::number("Mean time"),
    ];
    let rows: Vec<_> = rows.iter().map(row).collect();
    view! {
        <section class="numbered-each">
            <h2>"Calls, errors and times, last " {said}</h2>
            <Table caption="Numbers of each function" columns=COLUMNS>{rows}</Table>
        </section>
        <Late/>
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

/// A number of a function that is shown with how it went.
#[derive(Clone, Copy, Debug)]
enum Number {
    Calls,
    Errors,
    Time,
}

const NUMBERS: [Number; 3] = [Number::Calls, Number::Errors, Number::Time];
/// The orders for which the numbers are needed.
const BY_NUMBERS: [&str; 2] = ["calls", "errors"];

impl Number {
    fn label(self) -> &'static str {
        match self {
            Self::Calls => "Calls",
            Self::Errors => "Errors",
            Self::Time => "Mean time",
        }
    }

    fn of(self, row: &Numbered) -> AnyView {
        match self {
            Self::Calls => chart(row, |step| step.calls, |all| grouped(all.calls), Line::Area, 0),
            Self::Errors => chart(
                row,
                |step| step.errors,
                |all| share(all.errors, all.calls),
                Line::Bars,
                0,
            ),
            Self::Time => chart(
                row,
                |step| mean(*step).unwrap_or_default(),
                |all| mean(all).map_or_else(|| "\u{2014}".to_owned(), duration),
                Line::Area,
                1,
            ),
        }
    }

    /// The number in its row; where it comes `late`, the place that it is put into.
    fn in_row(self, row: &Numbered, late: bool) -> AnyView {
        if late {
            let awaits = awaited(self, &row.function.slug);
            view! { <span class="awaited" data-awaits=awaits><i></i></span> }.into_any()
        } else {
            self.of(row)
        }
    }
}

/// By which name a number finds its row.
fn awaited(number: Number, slug: &str) -> String {
    format!("{}:{slug}", number.label())
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

fn list(project: String, late: bool) -> List<Numbered> {
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
    .followed_by("numbers")
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
    .number(Number::Calls.label(), move |row| Number::Calls.in_row(row, late))
    .number(Number::Errors.label(), move |row| Number::Errors.in_row(row, late))
    .number(Number::Time.label(), move |row| Number::Time.in_row(row, late))
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
