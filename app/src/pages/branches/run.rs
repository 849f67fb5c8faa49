//! One run: its steps with their times, and its log, which goes on while it runs. What failed is headed by its first error.

use leptos::prelude::*;
use management_api::{
    OperationId,
    branches::{ActionRun, StepName, StepStatus},
};
use time::OffsetDateTime;

use super::{
    super::{choice, parameter},
    log::{self, LogLine},
    own_reference, reference, words,
};
use crate::{
    components::{
        error_view::problem,
        head::Head,
        operation_form::{OperationForm, ProjectRef},
        query::{ask, loaded},
        when::{To, When},
    },
    islands::live::Live,
    page::{Page, Sheet},
    paths,
    server_fns::branches::{RunFacts, branch_run},
    ui::{
        Badge, ButtonLink, Choice, Glyph, Icon, Notice, SelectField, Shape, TextField, Tone,
        lines::{Code, Line, Row, lines},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/:branch/runs/:run",
    title: "Run",
    icon: Icon::List,
    group: None,
    parent: Some(&super::runs::PAGE),
    operation: Some(OperationId::GetActionRun),
    sheet: Some(Sheet::Build),
    view: || view! { <OneRun/> }.into_any(),
};

/// Lines that are shown of one step, the latest; the file has all.
const LINES: usize = 500;

#[component]
pub fn OneRun() -> impl IntoView {
    let (project, branch, run) = (reference(), own_reference(), parameter("run"));
    let (search, level) = (choice("q"), choice("level"));
    let read = {
        let (project, branch, run) = (project.clone(), branch.clone(), run.clone());
        ask(move || branch_run(project.clone(), branch.clone(), run.clone()))
    };
    let short: String = run.chars().take(8).collect();
    let changes = (branch != project).then(|| paths::branch_changes(&project, &branch));
    let bar = bar(&paths::branch_run(&project, &branch, &run), &search, &level);
    view! {
        <Head
            page=&PAGE
            name=format!("Run {short}")
            actions=move || view! { {changes.map(|href| view! { <ButtonLink href=href icon=Icon::Changed>"Changes"</ButtonLink> })} }
        />
        {bar}
        {loaded("run", read, Shape::Rows, move |read| drawn(&project, &branch, &search, &level, read))}
    }
}

/// What is searched for in the log: a form whose choices stand in the address, which a log that goes on keeps.
fn bar(here: &str, search: &str, level: &str) -> AnyView {
    let levels = vec![
        Choice::new("", "All lines"),
        Choice::new("warnings", "Warnings and errors"),
        Choice::new("errors", "Errors"),
    ];
    view! {
        <form class="log-bar" method="get" action=here.to_owned() role="search">
            <TextField name="q" label="Search the log" kind="search" value=search.to_owned()/>
            <SelectField name="level" label="Lines" choices=levels value=level.to_owned()/>
            <button class="button" type="submit">"Search"</button>
            {(!search.is_empty() || !level.is_empty()).then(|| view! { <a class="link" href=here.to_owned()>"All lines"</a> })}
        </form>
    }
    .into_any()
}

fn drawn(project: &str, branch: &str, search: &str, level: &str, read: RunFacts) -> AnyView {
    let RunFacts {
        branch: of,
        run,
        log,
        on,
    } = read;
    let stand = words::of_run(&run);
    let (read_lines, unknown) = match log {
        Ok(text) => (log::read(&text), None),
        Err(error) => (Vec::new(), Some(problem(&error).text)),
    };
    let over = run.is_over();
    let anew = (branch != project).then(|| paths::branch_changes(project, branch));
    let failure = failure(&run, &read_lines, anew);
    let (steps, parts) = (steps(&run), parts(&run, &read_lines, search, level));
    let again = again(project, branch, &on, &run);
    let (bytes, count) = (
        read_lines.iter().map(|line| line.text.len()).sum::<usize>(),
        read_lines.len(),
    );
    let file = paths::run_log(&on, &run.id);
    let git = of.as_ref().and_then(|branch| branch.git_branch.clone());
    view! {
        {(!over).then(|| view! { <Live/> })}
        <dl class="line">
            <div><dt class="visually-hidden">"State"</dt><dd><Badge plain=true tone=stand.tone icon=stand.icon word=stand.word/></dd></div>
            {git.map(|git| view! { <div><dt class="visually-hidden">"Git branch"</dt><dd><Glyph icon=Icon::Branch/>" "<code>{git}</code></dd></div> })}
            <div><dt class="visually-hidden">"Began"</dt><dd>"began "<When at=run.created_at.clone() to=To::Second/></dd></div>
            <div><dt class="visually-hidden">"Id"</dt><dd><code>{run.id.clone()}</code></dd></div>
        </dl>
        {failure}
        <div class="run-view">
            <div>
                {steps}
                {again}
            </div>
            <section class="log" aria-label="Log">
                {unknown.map(|why| view! { <Notice tone=Tone::Warning title="The log could not be read">{why}</Notice> })}
                <div class="log-box" tabindex="0" role="region" aria-label="Log of the run">{parts}</div>
                <p class="log-foot">
                    <span>{format!("{count} lines, about {:.1} KB{}", bytes as f64 / 1000.0, if over { "" } else { " so far" })}</span>
                    {(!over).then(|| view! { <span>"Drawn anew every 4 s while it runs"</span> })}
                    <a class="link" href=file download="">"Download the log"</a>
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// What failed, in its own words, and where to look. The log comes first: not every cause is SQL.
fn failure(run: &ActionRun, read: &[LogLine], anew: Option<String>) -> Option<AnyView> {
    let step = run.run_steps.iter().find(|step| step.status == StepStatus::Dead)?;
    let name = step.name.as_str().to_owned();
    let line = log::first_error(read, &name).cloned();
    let hint = match step.name {
        StepName::Migrate => {
            "Migrations can fail for causes outside of SQL; the lines around it tell. What ran before it stays."
        }
        StepName::Clone
        | StepName::Pull
        | StepName::Health
        | StepName::Configure
        | StepName::Seed
        | StepName::Deploy
        | StepName::Other(_) => "The steps after it were not taken.",
    };
    let (text, place) = match line {
        Some(line) => (line.text, Some(line.number)),
        None => ("it logged nothing".to_owned(), None),
    };
    Some(
        view! {
            <section class="failure" aria-label="Why it failed">
                <div class="failure-head"><Glyph icon=Icon::Error/><h2>{format!("{name} failed: ")}<code>{text}</code></h2></div>
                <p class="failure-body">{hint}</p>
                <div class="actions">
                    {place.map(|number| view! { <a class="button button-small" href=format!("#L{number}")>{format!("Go to line {number}")}</a> })}
                    {anew.map(|href| view! { <a class="button button-small" href=href>"Begin anew from the changes"</a> })}
                </div>
            </section>
        }
        .into_any(),
    )
}

fn steps(run: &ActionRun) -> AnyView {
    let spans = words::spans(run, OffsetDateTime::now_utc());
    let whole = spans.iter().flatten().map(|span| span.begins + span.takes).max();
    let of = whole.map_or(1.0, |whole| whole.as_seconds_f64().max(0.001));
    let failed = run.run_steps.iter().any(|step| step.status == StepStatus::Dead);
    let one = |(step, span): (&management_api::branches::RunStep, Option<words::Span>)| {
        let stand = words::of_step(step, failed);
        let took = span.map(|span| words::exactly(span.takes));
        let fill = span.map(|span| {
            let (x, width) = (span.begins.as_seconds_f64() / of * 100.0, span.takes.as_seconds_f64() / of * 100.0);
            view! { <rect class="step-fill" x=format!("{x:.1}") y="0" width=format!("{:.1}", width.max(0.5)) height="4"></rect> }
        });
        let name = step.name.as_str().to_owned();
        let href = format!("#{name}");
        view! {
            <li>
                <a class="step" href=href data-tone=stand.tone.as_str()>
                    <Glyph icon=stand.icon/>
                    <span class="step-name">{name}</span>
                    <span class="step-word">{stand.word}</span>
                    <span class="step-time">{took}</span>
                    <svg class="step-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="step-track" width="100" height="4"></rect>
                        {fill}
                    </svg>
                    <span class="step-sub">{words::about(&step.name)}</span>
                </a>
            </li>
        }
    };
    let list: Vec<_> = run.run_steps.iter().zip(spans).map(one).collect();
    view! {
        <nav class="steps" aria-label="Steps of the run">
            <div class="steps-head"><h2>"Steps"</h2><span class="quiet">{whole.map(words::exactly)}</span></div>
            <ol>{list}</ol>
            <p class="steps-note">"Times are those at which Supabase says that a step came into its status."</p>
        </nav>
    }
    .into_any()
}

/// The log by step; what belongs to none stands under a heading of its own. While something is searched for, all that fits
/// stands open.
fn parts(run: &ActionRun, read: &[LogLine], search: &str, level: &str) -> Vec<AnyView> {
    let spans = words::spans(run, OffsetDateTime::now_utc());
    let failed = run.run_steps.iter().any(|step| step.status == StepStatus::Dead);
    let searched = !search.is_empty() || !level.is_empty();
    let known = |step: &str| run.run_steps.iter().any(|one| one.name.as_str() == step);
    let mut parts: Vec<AnyView> = Vec::new();
    let others: Vec<&LogLine> = read.iter().filter(|line| !known(&line.step)).collect();
    if !others.is_empty() {
        parts.push(part("log", "Log", Icon::List, None, &others, search, level, true));
    }
    for (step, span) in run.run_steps.iter().zip(spans) {
        let name = step.name.as_str();
        let stand = words::of_step(step, failed);
        let of_step: Vec<&LogLine> = read.iter().filter(|line| line.step == name).collect();
        let took = span.map(|span| words::exactly(span.takes)).unwrap_or(stand.word);
        let open = searched
            || matches!(
                step.status,
                StepStatus::Dead | StepStatus::Running | StepStatus::Restarting
            );
        parts.push(part(name, name, stand.icon, Some(took), &of_step, search, level, open));
    }
    parts
}

#[allow(clippy::too_many_arguments, reason = "one call for each kind of part")]
fn part(
    id: &str,
    name: &str,
    icon: Icon,
    took: Option<String>,
    all: &[&LogLine],
    search: &str,
    level: &str,
    open: bool,
) -> AnyView {
    let fitting: Vec<&&LogLine> = all.iter().filter(|line| log::fits(line, search, level)).collect();
    let (id, name) = (id.to_owned(), name.to_owned());
    if fitting.is_empty() {
        let word = if all.is_empty() {
            "no lines".to_owned()
        } else {
            format!("none of {} lines fits", all.len())
        };
        return view! {
            <p class="log-step" id=id data-none=""><Glyph icon/><span class="log-name">{name}</span><span class="quiet">{word}</span><span class="quiet log-took">{took}</span></p>
        }
        .into_any();
    }
    let left = fitting.len().saturating_sub(LINES);
    let line = |line: &&&LogLine| {
        Row::Line(Line {
            id: Some(format!("L{}", line.number)),
            numbers: (Some(line.number), None),
            time: line.time.clone(),
            tone: line.tone,
            parts: log::marked(&line.text, search),
            ..Line::default()
        })
    };
    let gap = (left > 0).then_some(Row::Gap(left));
    let rows: Vec<Row> = gap.into_iter().chain(fitting.iter().skip(left).map(line)).collect();
    let count = match (fitting.len(), all.len()) {
        (1, 1) => "1 line".to_owned(),
        (shown, all) if shown == all => format!("{all} lines"),
        (shown, all) => format!("{shown} of {all} lines"),
    };
    let table = lines(Code::Log, &format!("Log of {name}"), rows);
    view! {
        <details class="log-part" id=id open=open>
            <summary class="log-step">
                <Glyph icon=Icon::ChevronRight/><Glyph icon/>
                <span class="log-name">{name}</span><span class="quiet">{count}</span><span class="quiet log-took">{took}</span>
            </summary>
            {table}
        </details>
    }
    .into_any()
}

/// Setting a step by hand is all that the API has for taking one up again, or for stopping; what follows it does not tell.
fn again(project: &str, branch: &str, on: &str, run: &ActionRun) -> Option<AnyView> {
    let at = |status: StepStatus| run.run_steps.iter().find(|step| step.status == status);
    let (step, status, submit) = match (at(StepStatus::Dead), at(StepStatus::Running)) {
        (Some(step), _) => (step, StepStatus::Restarting, "Ask for it again"),
        (None, Some(step)) => (step, StepStatus::Paused, "Pause"),
        (None, None) => return None,
    };
    let StepName::Other(_) = &step.name else {
        let here = paths::branch_run(project, branch, &run.id);
        let (name, on, id) = (step.name.as_str().to_owned(), on.to_owned(), run.id.clone());
        let submit = format!("{submit}: {name}");
        return Some(
            view! {
                <details class="more-of">
                    <summary>"Set a step by hand"</summary>
                    <p class="hint">
                        {format!("Sets {name} to {}, and nothing else. Supabase has this for programs that run the steps themselves, does not tell what it does to a run of its own, and may refuse it for one that is over. What surely runs it again is to merge, push or reset once more.", status.as_str())}
                    </p>
                    <div data-region="again">
                        <OperationForm operation=OperationId::UpdateActionRunStatus next=here.clone() back=here submit>
                            <ProjectRef reference=on/>
                            <input type="hidden" name="run_id" value=id/>
                            <input type="hidden" name=name value=status.as_str().to_owned()/>
                        </OperationForm>
                    </div>
                </details>
            }
            .into_any(),
        );
    };
    None
}
