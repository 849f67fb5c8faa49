//! Logs in SQL: a question of one's own, or a ready-made one. The address holds it, so it can be shared.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    super::{choice, parameter},
    kept::kept,
    refused, span, span_fields,
};
use crate::{
    components::{
        head::Head,
        module::Module,
        query::{ask, loaded},
        rows::grid,
    },
    logs::{
        span::Span,
        views::{VIEWS, View},
    },
    page::{Page, Sheet},
    paths,
    server_fns::logs::log_rows,
    sql::rows::Table,
    ui::{
        ButtonLink, Empty, Frame, Icon, Shape,
        chart::grouped,
        field::{Area, area},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/logs/query",
    title: "Logs in SQL",
    icon: Icon::Terminal,
    group: None,
    parent: Some(&super::look::PAGE),
    operation: Some(OperationId::QueryLogs),
    sheet: Some(Sheet::Run),
    view: || view! { <QueryPage/> }.into_any(),
};

/// Fields of the form, beside those of the span.
const SQL: &str = "sql";
const VIEW: &str = "view";

#[component]
pub fn QueryPage() -> AnyView {
    let project = parameter("ref");
    let view_ = View::of(&choice(VIEW));
    let sql = match view_ {
        Some(view) => view.sql.to_owned(),
        None => choice(SQL),
    };
    let span = span();
    let found = match &span {
        Err(error) => refused(error),
        Ok(_) if sql.trim().is_empty() => view! {
            <Empty icon=Icon::Terminal title="Nothing was asked yet" sentence="Ask in ClickHouse\u{2019}s SQL over the one table \u{201c}logs\u{201d}: id, timestamp, source, severity_text, event_message, and log_attributes, a map of texts."/>
        }
        .into_any(),
        Ok(span) => {
            let (project, asked, span) = (project.clone(), sql.clone(), *span);
            let rows = ask(move || log_rows(project.clone(), asked.clone(), span.written()));
            loaded("rows", rows, Shape::Rows, drawn)
        }
    };
    let files = span
        .as_ref()
        .ok()
        .filter(|_| !sql.trim().is_empty())
        .map(|span| ["csv", "jsonl"].map(|format| paths::logs_query_file(&project, &sql, span, format)));
    let asked = span.as_ref().ok().filter(|_| !sql.trim().is_empty());
    let here = asked.map(|span| paths::logs_query(&project, &sql, span));
    let actions = move || {
        files.map(|[csv, json_lines]| {
            view! {
                <ButtonLink href=csv icon=Icon::Download>"CSV"</ButtonLink>
                <ButtonLink href=json_lines icon=Icon::Download>"JSON lines"</ButtonLink>
            }
        })
    };
    view! {
        <Head page=&PAGE actions/>
        <Module name="sql"/>
        {ready(&project, view_, span.as_ref().ok())}
        {form(&project, &sql, span.as_ref().ok())}
        {kept(&project, here.as_deref())}
        {found}
    }
    .into_any()
}

fn form(project: &str, sql: &str, span: Option<&Span>) -> impl IntoView + use<> {
    let frame = Frame::new(SQL, "");
    let written = area(
        &frame,
        Area {
            text: sql.to_owned(),
            rows: sql.lines().count().clamp(6, 16),
            placeholder:
                "select timestamp, event_message from logs where source = 'edge_logs' order by timestamp desc limit 50"
                    .to_owned(),
            mono: true,
            ..Area::default()
        },
    );
    view! {
        <form class="logs-query" method="get" action=paths::logs_query_of(project)>
            <code-editor data-path="logs.sql">
                <label class="visually-hidden" for=SQL>"SQL"</label>
                {written}
            </code-editor>
            <div class="toolbar">
                {span_fields(span, false)}
                <button class="button button-primary" type="submit" aria-keyshortcuts="Control+ENTER Meta+ENTER">"Ask"</button>
            </div>
        </form>
    }
}

/// Ready-made questions, over the same time.
fn ready(project: &str, chosen: Option<&'static View>, span: Option<&Span>) -> impl IntoView + use<> {
    let link = |view: &'static View| {
        let href = paths::logs_view(project, view.key, span);
        view! { <li><a class="chip" href=href aria-current=(chosen == Some(view)).then_some("true")>{view.title}</a></li> }
    };
    view! {
        <nav aria-label="Ready-made questions"><ul class="chips">{VIEWS.iter().map(link).collect_view()}</ul></nav>
    }
}

fn drawn(table: Table) -> AnyView {
    if table.total == 0 {
        return view! {
            <Empty icon=Icon::CheckCircle title="It gave no rows" sentence="Nothing in this time fits. A longer time may have something."/>
        }
        .into_any();
    }
    let said = format!("{} rows", grouped(table.total as f64));
    view! { <p class="list-summary">{said}</p> {grid(&table, "Rows")} }.into_any()
}
