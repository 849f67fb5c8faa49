//! The lines of a project's logs, the newest first, with how many there are by source, level and time. Everything that is
//! chosen stands in the address. It takes two of the 30 questions that the service allows a minute, and of a span of several
//! days two for each.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    super::parameter,
    all,
    days::days,
    filters::{facets, form},
    follow::{bar, is_following, switch},
    histogram::histogram,
    kept::kept,
    lines::lines,
    long_span, refused,
};
use crate::{
    components::{
        error_view::error_view,
        head::Head,
        query::{ask, loaded},
    },
    logs::{
        line::{Count, Line},
        question::{LINES, Question},
        span::Span,
    },
    page::{Group, Page, Sheet},
    paths,
    server_fns::{
        branches::Part,
        logs::{log_counts, log_lines},
    },
    ui::{ButtonLink, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/logs",
    title: "Logs",
    icon: Icon::List,
    group: Some(Group::Run),
    parent: Some(&crate::pages::projects::overview::PAGE),
    operation: Some(OperationId::QueryLogs),
    sheet: Some(Sheet::Run),
    view: || view! { <LogsPage/> }.into_any(),
};

/// What is looked at, as the parts of the page share it.
#[derive(Clone)]
pub struct Look {
    pub project: String,
    pub question: Question,
    pub span: Span,
}

impl Look {
    /// The page's address for another question or span.
    pub fn address(&self, question: &Question, span: &Span) -> String {
        paths::logs(&self.project, question, span)
    }
}

#[component]
pub fn LogsPage() -> AnyView {
    let (project, question) = (parameter("ref"), Question::read(all));
    let span = match long_span() {
        Ok(span) => span,
        Err(error) => {
            return view! {
                <Head page=&PAGE/>
                {form(&project, &question, None)}
                {refused(&error)}
            }
            .into_any();
        }
    };
    let (step, parts) = span.parts();
    let look = Look {
        project: project.clone(),
        question: question.clone(),
        span,
    };
    let slices: Vec<_> = span.slices().iter().map(Span::written).collect();
    let found = {
        let (project, sql, slices) = (project.clone(), question.lines(LINES), slices.clone());
        ask(move || log_lines(project.clone(), sql.clone(), slices.clone(), LINES))
    };
    let (facets_of, bars_of) = {
        let (project, sql) = (project.clone(), question.counts(step));
        ask(move || log_counts(project, sql, slices)).twice()
    };
    let here = look.address(&look.question, &look.span);
    let days = days(&look, step);
    let following = is_following(&span);
    let (switch, bar) = (switch(&look, following), following.then(|| bar(&look)));
    let files = ["csv", "jsonl"].map(|format| paths::logs_file(&look.project, &look.question, &look.span, format));
    let sql = paths::logs_query(&look.project, &look.question.lines(LINES), &look.span);
    let [csv, json_lines] = files;
    let (beside, over, list) = (look.clone(), look.clone(), look.clone());
    view! {
        <Head
            page=&PAGE
            actions=move || view! {
                {switch}
                <ButtonLink href=sql icon=Icon::Terminal>"In SQL"</ButtonLink>
                <ButtonLink href=csv icon=Icon::Download>"CSV"</ButtonLink>
                <ButtonLink href=json_lines icon=Icon::Download>"JSON lines"</ButtonLink>
            }
        />
        {form(&project, &question, Some(&span))}
        {kept(&project, Some(&here))}
        <div class="logs">
            <aside class="logs-facets" aria-label="Narrow down">
                {loaded("facets", facets_of, Shape::Rows, move |counts: Vec<Count>| facets(&beside, &counts))}
            </aside>
            <div class="logs-main">
                {days}
                {loaded("histogram", bars_of, Shape::Rows, move |counts: Vec<Count>| histogram(&over, &counts, step, parts))}
                {loaded("lines", found, Shape::Rows, move |found: Part<Vec<Line>>| {
                    let found = match found {
                        Ok(found) => lines(&list, found),
                        Err(error) => error_view(error),
                    };
                    view! { {bar} {found} }.into_any()
                })}
            </div>
        </div>
    }
    .into_any()
}
