//! The lines of a project's logs, the newest first, with how many there are by source, level and time. Everything that is
//! chosen stands in the address. It takes two of the 30 questions that the service allows a minute.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    super::parameter,
    all,
    filters::{facets, form},
    histogram::histogram,
    lines::lines,
    refused, span,
};
use crate::{
    components::{
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
    server_fns::logs::{log_counts, log_lines},
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
    let span = match span() {
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
    let found = {
        let (project, sql) = (project.clone(), question.lines(LINES));
        ask(move || log_lines(project.clone(), sql.clone(), span.written()))
    };
    let counted = {
        let (project, sql) = (project.clone(), question.counts(step));
        ask(move || log_counts(project.clone(), sql.clone(), span.written()))
    };
    let files = ["csv", "jsonl"].map(|format| paths::logs_file(&look.project, &look.question, &look.span, format));
    let sql = paths::logs_query(&look.project, &look.question.lines(LINES), &look.span);
    let [csv, json_lines] = files;
    let (beside, over, list) = (look.clone(), look.clone(), look.clone());
    view! {
        <Head
            page=&PAGE
            actions=move || view! {
                <ButtonLink href=sql icon=Icon::Terminal>"In SQL"</ButtonLink>
                <ButtonLink href=csv icon=Icon::Download>"CSV"</ButtonLink>
                <ButtonLink href=json_lines icon=Icon::Download>"JSON lines"</ButtonLink>
            }
        />
        {form(&project, &question, Some(&span))}
        <div class="logs">
            <aside class="logs-facets" aria-label="Narrow down">
                {loaded("facets", counted, Shape::Rows, move |counts: Vec<Count>| facets(&beside, &counts))}
            </aside>
            <div class="logs-main">
                {loaded("histogram", counted, Shape::Rows, move |counts: Vec<Count>| histogram(&over, &counts, step, parts))}
                {loaded("lines", found, Shape::Rows, move |found: Vec<Line>| lines(&list, found))}
            </div>
        </div>
    }
    .into_any()
}
