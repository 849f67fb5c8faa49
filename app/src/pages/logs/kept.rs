//! Questions that people keep under a name: their own and those that others share, and the way to keep what is asked now.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    backend::{BackendHandle, name_of},
    components::{
        operation_form::FormState,
        query::{ask, loaded},
    },
    logs::kept::{ASKED, FORM, ID, address, end_of, is_question},
    paths,
    server_fns::logs::{LogQuestions, kept_questions},
    sql::kept::{LONGEST_NAME, NAME, SHARED, Snippet},
    ui::{
        Frame, Glyph, Icon, Shape,
        field::{Line, line, tick},
        problem_notice,
    },
};

/// `here`: the address of what is asked now; none where nothing is.
pub fn kept(project: &str, here: Option<&str>) -> impl IntoView + use<> {
    let found = {
        let project = project.to_owned();
        ask(move || kept_questions(project.clone()))
    };
    let end = here.map(|here| end_of(project, here)).filter(|end| is_question(end));
    let (add, now) = (end.clone().map(|end| add(project, end)), end.unwrap_or_default());
    let project = project.to_owned();
    view! {
        <div class="logs-kept">
            {loaded("kept", found, Shape::Line, move |found: LogQuestions| list(&project, found, &now))}
            {add}
        </div>
    }
}

fn list(project: &str, found: LogQuestions, now: &str) -> AnyView {
    let LogQuestions { rows, unread } = found;
    let problem = FormState::of(OperationId::QueryLogs, FORM).problem();
    // What is wrong with the name stands there.
    let problem = problem.filter(|problem| problem.field.is_none()).map(problem_notice);
    let unread = unread.then(|| {
        view! { <p class="hint">"What others share is not shown: Supabase did not say whether you see the project."</p> }
    });
    let count = rows.len();
    let rows = rows.into_iter().map(|(one, end)| row(project, one, &end, now));
    let list = (count > 0).then(|| {
        view! {
            <details class="logs-list">
                <summary><h2>{format!("Saved questions ({count})")}</h2></summary>
                <ul>{rows.collect_view()}</ul>
            </details>
        }
    });
    view! { {problem} {list} {unread} }.into_any()
}

fn row(project: &str, one: Snippet, end: &str, now: &str) -> impl IntoView + use<> {
    let (href, current) = (address(project, end), (end == now).then_some("page"));
    let change = one.own.then(|| change(project, &one, end));
    view! {
        <li>
            <a href=href aria-current=current><bdi>{one.label.name.clone()}</bdi></a>
            <small><bdi>{one.seen_by()}</bdi></small>
            {change}
        </li>
    }
}

/// What only its owner does with it.
fn change(project: &str, one: &Snippet, end: &str) -> impl IntoView + use<> {
    let (share, says) = match one.organization {
        Some(_) => ("unshare", "Share no longer"),
        None => ("share", "Share with the organization"),
    };
    let name = one.label.name.clone();
    let button = |act: &'static str, class: &'static str, says: String| {
        view! { <button class=class type="submit" formaction=paths::log_questions_act(project, act)>{says}</button> }
    };
    view! {
        <details class="sql-forget">
            <summary>"Share or delete\u{2026}" <span class="visually-hidden">": " <bdi>{name.clone()}</bdi></span></summary>
            <form class="actions" method="post" enctype="multipart/form-data" action=paths::log_questions_act(project, share)>
                <input type="hidden" name=ID value=one.id.clone()/>
                <input type="hidden" name=ASKED value=end.to_owned()/>
                {button(share, "button button-small", says.to_owned())}
                {button("delete", "button button-small button-danger", format!("Delete \u{201c}{name}\u{201d} for good"))}
            </form>
        </details>
    }
}

fn add(project: &str, end: String) -> impl IntoView + use<> {
    let state = FormState::of(OperationId::QueryLogs, FORM);
    let typed = state.typed(NAME).and_then(|typed| typed.into_iter().next());
    let named = Frame {
        error: state.error_of(NAME),
        required: true,
        ..Frame::new(NAME, "Name")
    };
    let organization = use_context::<BackendHandle>().and_then(|backend| backend.organization_of(project));
    let share = Frame {
        name: SHARED.to_owned(),
        label: match organization {
            Some(slug) => format!("Share with {}", name_of(&slug)),
            None => "Share with the organization".to_owned(),
        },
        help: "Who sees the organization\u{2019}s projects can read and ask it. Only you can change it.".to_owned(),
        ..Frame::default()
    };
    let open = named.error.is_some();
    let typed = Line {
        value: typed,
        maxlength: Some(LONGEST_NAME as u64),
        ..Line::default()
    };
    view! {
        <details class="sql-keep" open=open>
            <summary><Glyph icon=Icon::Archive/> <span>"Save this question\u{2026}"</span></summary>
            <form
                class="sql-keep-fields"
                method="post"
                enctype="multipart/form-data"
                action=paths::log_questions_act(project, "add")
            >
                <input type="hidden" name=ASKED value=end/>
                <div class="field">
                    <label for=named.id()>"Name"</label>
                    {line(&named, typed)}
                    <p class="field-error" id=format!("{}-error", named.id())>{named.error.clone()}</p>
                </div>
                {tick(share, false)}
                <p class="hint">"It is asked again over the same length of time, in whichever of the organization\u{2019}s projects you open it."</p>
                <div class="actions"><button class="button" type="submit">"Save the question"</button></div>
            </form>
        </details>
    }
}
