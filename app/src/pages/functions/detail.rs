//! One function: what is known of it, what it did of late, and the end of it.

use leptos::prelude::*;
use management_api::OperationId;

use super::{duration, endpoint, jwt, list::Digest, reference, slug, status};
use crate::{
    components::{
        copyable::Copyable,
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing},
        query::{Query, ask, loaded},
        when::{When, minute},
    },
    error::ConsoleError,
    functions::problem::short,
    page::{Page, Sheet},
    pages::choice,
    paths,
    server_fns::functions::{FunctionView, INTERVALS, LogLine, Point, Usage, function, function_usage, interval},
    ui::{
        ButtonKind, ButtonLink, Card, Fact, Facts, Icon, Notice, Series, Shape, StackedBars, Tab, Tabs, Tone,
        lines::{Code, Ink, Line, Part, Row, lines},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/functions/:slug",
    title: "Function",
    icon: Icon::Function,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <FunctionPage/> }.into_any(),
};

#[component]
pub fn FunctionPage() -> impl IntoView {
    let (project, slug) = (reference(), slug());
    let chosen = interval(&choice("interval")).0;
    let about = {
        let (project, slug) = (project.clone(), slug.clone());
        ask(move || function(project.clone(), slug.clone()))
    };
    let usage = {
        let (project, slug) = (project.clone(), slug.clone());
        ask(move || function_usage(project.clone(), slug.clone(), chosen.to_owned()))
    };
    let (edit, zip) = (
        paths::function_source(&project, &slug),
        paths::function_zip(&project, &slug),
    );
    view! {
        <Head
            page=&PAGE
            actions=move || view! {
                <ButtonLink href=zip icon=Icon::Download>"Download"</ButtonLink>
                <ButtonLink href=edit icon=Icon::Edit kind=ButtonKind::Primary>"Edit and deploy"</ButtonLink>
            }
        />
        // Without the function there is nothing else to say, and one error says it.
        {loaded("function", about, Shape::Facts, move |function| drawn(project, function, chosen, usage))}
    }
}

fn drawn(project: String, function: FunctionView, chosen: &'static str, usage: Query<Usage>) -> AnyView {
    let tab = |(word, label, ..): (&'static str, &'static str, i64, usize)| Tab {
        label,
        href: paths::function_usage(&project, &function.slug, word),
        current: word == chosen,
    };
    let tabs: Vec<_> = INTERVALS.into_iter().map(tab).collect();
    let (about, end) = (facts(&project, &function), delete(&project, &function.slug));
    view! {
        <div class="stack">
            <div data-region="facts">{about}</div>
            <div data-region="interval"><Tabs label="Time span" tabs/></div>
            {loaded("usage", usage, Shape::Chart, shown)}
            <Card title="Delete" hint="It stops answering at once, and Supabase forgets its source. Download it first if you have no other copy." danger=true>
                <div data-region="delete">{end}</div>
            </Card>
        </div>
    }
    .into_any()
}

fn facts(project: &str, function: &FunctionView) -> AnyView {
    let said = |text: &str| {
        if text.is_empty() {
            "Not told".to_owned()
        } else {
            text.to_owned()
        }
    };
    let code = |text: String| view! { <code class="wrap">{text}</code> }.into_any();
    let import_map = if function.import_map {
        said(&short(&function.import_map_path))
    } else {
        "None".to_owned()
    };
    let named =
        (function.name != function.slug).then(|| ("Name", view! { <bdi>{function.name.clone()}</bdi> }.into_any()));
    let digest = (!function.digest.is_empty())
        .then(|| ("Digest", view! { <Digest digest=function.digest.clone()/> }.into_any()));
    let address = endpoint(project, function);
    let facts = [
        Some(("Status", status(&function.status, true).into_any())),
        Some(("Address", view! { <Copyable value=address what="address"/> }.into_any())),
        named,
        Some(("Version", function.version.into_any())),
        digest,
        Some(("JWT check", jwt(function.verify_jwt))),
        Some(("Entrypoint", code(said(&short(&function.entrypoint))))),
        Some(("Import map", code(import_map))),
        Some(("Updated", view! { <When at=function.updated_at.clone()/> }.into_any())),
        Some(("Created", view! { <When at=function.created_at.clone()/> }.into_any())),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .flatten()
        .map(|(term, value)| view! { <Fact term>{value}</Fact> })
        .collect();
    view! { <Facts>{facts}</Facts> }.into_any()
}

fn missing(what: &'static str, error: &ConsoleError) -> AnyView {
    let why = error.to_string();
    view! { <Notice tone=Tone::Warning title=what>{why}</Notice> }.into_any()
}

fn shown(usage: Usage) -> AnyView {
    let charts = match &usage.points {
        Ok(points) => charts(points),
        Err(error) => missing("The charts could not be read", error),
    };
    let log = match usage.logs {
        Ok(log) if log.is_empty() => view! { <p class="hint">"It wrote nothing in the last 24 hours."</p> }.into_any(),
        Ok(log) => lines(
            Code::Log,
            "The latest lines of the log",
            log.into_iter().map(row).collect(),
        ),
        Err(error) => missing("The log could not be read", &error),
    };
    view! {
        {charts}
        <Card title="Latest in the log" hint="The newest first, of the last 24 hours (UTC).">{log}</Card>
    }
    .into_any()
}

fn row(line: LogLine) -> Row {
    let tone = match line.level.as_str() {
        "error" | "fatal" => Some(Tone::Error),
        "warning" | "warn" => Some(Tone::Warning),
        _ => None,
    };
    let level = (!line.level.is_empty()).then(|| Part::new(Ink::Level, format!("{} ", line.level)));
    let text = Part::new(Ink::Plain, line.message);
    Row::Line(Line {
        // Of the last 24 hours: the time of the day tells.
        time: line.at.get(11..19).unwrap_or_default().to_owned(),
        tone,
        parts: level.into_iter().chain([text]).collect(),
        ..Line::default()
    })
}

fn charts(points: &[Point]) -> AnyView {
    let calls: f64 = points
        .iter()
        .map(|point| point.succeeded + point.redirected + point.refused + point.failed)
        .sum();
    if calls <= 0.0 {
        return view! { <Card title="Calls"><p class="hint">"Nobody called it in this time."</p></Card> }.into_any();
    }
    let labels: Vec<_> = points.iter().map(|point| minute(&point.at)).collect();
    let each = [labels.clone(), labels.clone(), labels.clone(), labels];
    let [of_answers, of_time, of_cpu, of_memory] = each;
    let series = |name, read: fn(&Point) -> f64| Series {
        name,
        values: points.iter().map(read).collect(),
    };
    let answers = vec![
        series("Succeeded", |point| point.succeeded),
        series("Redirected", |point| point.redirected),
        series("Refused (4xx)", |point| point.refused),
        series("Failed (5xx)", |point| point.failed),
    ];
    let called = points.iter().filter(|point| point.mean_time > 0.0);
    let longest = called.map(|point| point.longest).fold(0.0, f64::max);
    let time = vec![series("Mean time in ms", |point| point.mean_time)];
    let cpu = vec![series("Mean CPU time in ms", |point| point.cpu)];
    let memory = vec![series("Mean memory in MB", |point| point.memory)];
    view! {
        <div class="function-charts">
            <Card title="Calls"><StackedBars title="Calls over time (UTC)" labels=of_answers series=answers/></Card>
            <Card title="Execution time" hint=format!("The longest took {}.", duration(longest))>
                <StackedBars title="Mean execution time (UTC)" labels=of_time series=time means=true/>
            </Card>
            <Card title="CPU time"><StackedBars title="Mean CPU time (UTC)" labels=of_cpu series=cpu means=true/></Card>
            <Card title="Memory"><StackedBars title="Mean memory (UTC)" labels=of_memory series=memory means=true/></Card>
        </div>
    }
    .into_any()
}

fn delete(project: &str, slug: &str) -> AnyView {
    let (next, back) = (paths::functions(project), paths::function(project, slug));
    let (project, slug) = (project.to_owned(), slug.to_owned());
    view! {
        <OperationForm
            operation=OperationId::DeleteFunction
            next
            back
            submit="Delete function"
            kind=ButtonKind::Danger
            thing=Some(Thing::Named(slug.clone()))
        >
            <ProjectRef reference=project/>
            <input type="hidden" name="function_slug" value=slug/>
        </OperationForm>
    }
    .into_any()
}
