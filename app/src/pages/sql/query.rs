//! The page: the editor, what came of the run, and what one takes from beside them.

use std::sync::Arc;

use http::request::Parts;
use leptos::prelude::*;
use management_api::OperationId;

use super::{
    super::{choice, parameter},
    editor::{Text, actions, form},
    result::answer,
    side::side,
};
use crate::{
    components::{
        context::Context,
        head::Head,
        module::Module,
        query::{Query, ask, loaded},
    },
    frame::forms::IN_PLACE,
    page::{Group, Page, Sheet},
    server_fns::sql::{OpenedStatement, kept_statement, past_statement, saved_statement},
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
    // A form that stays on its page has what is saved there already, and what stands in its editor.
    let kept = with_context::<Parts, _>(|parts| parts.headers.contains_key(IN_PLACE)) == Some(true);
    let opened = match &ran {
        Some(_) if kept => None,
        Some(ran) => reopened(&project, &ran.snippet),
        None => opened(&project),
    };
    let side = side(&project, kept);
    let editor = match opened {
        Some(opened) => {
            let (project, ran) = (project.clone(), ran.clone());
            loaded("editor", opened, Shape::Form, move |opened: OpenedStatement| {
                let text = ran.as_ref().map_or(opened.sql, |ran| ran.text.clone());
                let text = Text {
                    kept: opened.kept,
                    ..Text::of(text)
                };
                form(&project, text, ran.as_ref()).into_any()
            })
        }
        None => form(&project, begin(ran.as_deref()), ran.as_ref()).into_any(),
    };
    view! {
        <Head page=&PAGE actions=move || actions(mode)/>
        <Module name="sql"/>
        <div class="sql">
            <div class="sql-work">
                // Tabs of statements, which the page's script keeps and draws.
                <div class="sql-tabs" data-of=Context::current().kept_under(&[&project]) hidden=true></div>
                <div class="sql-sheet" id="sql-sheet">{editor}</div>
                {answer(ran.as_deref())}
            </div>
            {side}
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
            linked: true,
            ..Text::of(linked)
        },
    }
}

/// The statement that the address names of those that are kept somewhere.
fn opened(project: &str) -> Option<Query<OpenedStatement>> {
    let id = |name: &str| Some(choice(name)).filter(|id| !id.is_empty());
    if let Some(snippet) = id("snippet") {
        return Some(ask(move || saved_statement(snippet.clone())));
    }
    let project = project.to_owned();
    match (id("kept"), id("past")) {
        (Some(id), _) => Some(ask(move || kept_statement(project.clone(), id.clone()))),
        (None, Some(id)) => Some(ask(move || past_statement(project.clone(), id.clone()))),
        (None, None) => None,
    }
}

/// The named statement that the run began with, so that it can still be changed. What was typed stays, even if it is gone.
fn reopened(project: &str, snippet: &str) -> Option<Query<OpenedStatement>> {
    let (project, id) = (project.to_owned(), snippet.to_owned());
    (!id.is_empty()).then(|| {
        ask(move || {
            let asked = kept_statement(project.clone(), id.clone());
            async move { Ok(asked.await.unwrap_or_default()) }
        })
    })
}

/// The run, as the parts of the page share it.
pub type Shared<'a> = Option<&'a Arc<Ran>>;
