//! The page: the editor, what came of the run, and statements to begin with beside them.

use std::sync::Arc;

use http::request::Parts;
use leptos::prelude::*;
use management_api::OperationId;

use super::{
    super::{choice, parameter},
    editor::{Text, actions, form},
    result::answer,
    saved::{ready, saved},
};
use crate::{
    components::{
        context::Context,
        head::Head,
        module::Module,
        query::{ask, loaded},
    },
    frame::forms::IN_PLACE,
    page::{Group, Page, Sheet},
    server_fns::sql::{OpenedStatement, saved_statement, saved_statements},
    sql::{ready::Ready, run::Ran},
    ui::{Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/sql",
    title: "SQL",
    icon: Icon::Terminal,
    group: Some(Group::Build),
    parent: Some(&crate::pages::projects::overview::PAGE),
    operation: Some(OperationId::RunReadOnlyQuery),
    sheet: Some(Sheet::Run),
    view: || view! { <SqlPage/> }.into_any(),
};

#[component]
pub fn SqlPage() -> impl IntoView {
    let project = parameter("ref");
    let ran = Context::current()
        .with(|page| page.sql.clone())
        .filter(|ran| ran.project == project);
    let mode = ran.as_ref().map(|ran| ran.mode).unwrap_or_default();
    let snippet = choice("snippet");
    let opened = (ran.is_none() && !snippet.is_empty()).then(|| ask(move || saved_statement(snippet.clone())));
    // A form that stays on its page has them there already.
    let kept = use_context::<Parts>().is_some_and(|parts| parts.headers.contains_key(IN_PLACE));
    let list = (!kept).then(|| {
        let (project, cursor) = (
            project.clone(),
            Some(choice("cursor")).filter(|cursor| !cursor.is_empty()),
        );
        ask(move || saved_statements(project.clone(), cursor.clone()))
    });
    let list = match list {
        Some(list) => {
            let project = project.clone();
            loaded("saved", list, Shape::Rows, move |list| saved(&project, list))
        }
        None => view! { <div data-region="saved" data-left-out=""></div> }.into_any(),
    };
    let editor = match opened {
        Some(opened) => {
            let project = project.clone();
            loaded("editor", opened, Shape::Form, move |opened: OpenedStatement| {
                form(&project, Text::of(opened.sql), None).into_any()
            })
        }
        None => form(&project, begin(ran.as_deref()), ran.as_ref()).into_any(),
    };
    let ready = ready(&project);
    view! {
        <Head page=&PAGE actions=move || actions(mode)/>
        <Module name="sql"/>
        <div class="sql">
            <div class="sql-work">
                {editor}
                {answer(ran.as_deref())}
            </div>
            <aside class="sql-side" aria-label="Statements to begin with">
                {ready}
                {list}
            </aside>
        </div>
    }
}

/// What stands in the editor: what was run, what the address names, or nothing.
fn begin(ran: Option<&Ran>) -> Text {
    if let Some(ran) = ran {
        return Text::of(ran.text.clone());
    }
    let (key, linked) = (choice("ready"), choice("sql"));
    match Ready::of(&key) {
        Some(ready) => Text::of(ready.sql.to_owned()),
        None if linked.is_empty() => Text::of(String::new()),
        None => Text {
            text: linked,
            linked: true,
        },
    }
}

/// The run, as the parts of the page share it.
pub type Shared<'a> = Option<&'a Arc<Ran>>;
