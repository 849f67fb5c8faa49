//! The answer to a run: what came back, how long it took, what is left of the rate limit, and the call as a command.

use std::time::Duration;

use http::StatusCode;
use leptos::prelude::*;
use management_api::{Effect, OperationId};

use crate::{
    components::{error_view::problem, json::json},
    error::ConsoleError,
    explorer::{Answer, Body, Budget, Outcome, Refusal, Run},
    islands::copy::CopyButton,
    ui::{Badge, Empty, Icon, Notice, Tone, chart::grouped},
};

/// Bytes of an answer that are shown.
const SHOWN: usize = 200 * 1024;

/// The column of the answer. Its two regions are exchanged when the form is run in place: the first one tells a screen
/// reader the outcome, the second one holds the rest. The section itself stays and takes the focus.
pub fn answer(run: Option<&Run>) -> impl IntoView + use<> {
    let (line, body) = match run.map(|run| (&run.outcome, run.operation)) {
        None => (().into_any(), empty().into_any()),
        Some((Outcome::Held(error), _)) => (().into_any(), held(error).into_any()),
        Some((Outcome::Refused(refusal), _)) => (refused_line(refusal).into_any(), refused(refusal).into_any()),
        Some((Outcome::Answered(answer), id)) => (answered_line(answer).into_any(), answered(answer, id).into_any()),
    };
    view! {
        <section class="card answer" id="answer" tabindex="-1" aria-labelledby="answer-title">
            <header class="card-head">
                <h2 id="answer-title">"Answer"</h2>
                <div class="answer-line" role="status" data-region="answer-line">{line}</div>
            </header>
            <div class="card-body">
                <div class="answer-body" data-region="answer">{body}</div>
            </div>
        </section>
    }
}

fn empty() -> impl IntoView {
    view! {
        <Empty icon=Icon::Terminal title="Not run yet" sentence="Fill in the form and run it: what Supabase answers stands here."/>
    }
}

/// The form is not right yet. The field is marked by the page, or by its script.
fn held(error: &ConsoleError) -> impl IntoView + use<> {
    let problem = problem(error);
    let (field, says) = (problem.field, problem.text.clone());
    view! {
        <div data-field=field data-says=says>
            <Notice tone=Tone::Error title="Nothing was sent">{problem.text}</Notice>
        </div>
    }
}

fn time(took: Duration) -> String {
    format!("{} ms", grouped(took.as_millis() as f64))
}

fn status_badge(status: u16) -> impl IntoView {
    let reason = StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    let (tone, icon) = match status {
        200..=299 => (Tone::Success, Icon::CheckCircle),
        429 => (Tone::Warning, Icon::Clock),
        _ => (Tone::Error, Icon::Error),
    };
    view! { <Badge tone icon word=format!("{status} {}", reason.unwrap_or_default()).trim().to_owned()/> }
}

fn answered_line(answer: &Answer) -> impl IntoView + use<> {
    let from = answer.cached.then(|| view! { <span>"from a moment ago"</span> });
    view! {
        {status_badge(answer.status)}
        <span>{time(answer.took)}</span>
        {from}
    }
}

fn refused_line(refusal: &Refusal) -> impl IntoView + use<> {
    let badge = match refusal.status {
        Some(status) => status_badge(status).into_any(),
        None => view! { <Badge tone=Tone::Error icon=Icon::Error word="No answer"/> }.into_any(),
    };
    view! {
        {badge}
        <span>{time(refusal.took)}</span>
    }
}

/// What is left of the rate limit, where Supabase has told.
fn budget(budget: Budget) -> Option<AnyView> {
    let Budget {
        limit,
        remaining,
        reset,
    } = budget;
    let remaining = remaining?;
    let of = limit.map(|limit| format!(" of {limit}")).unwrap_or_default();
    let anew = reset
        .map(|reset| format!(", all of them again in {reset} s"))
        .unwrap_or_default();
    let text = format!("{remaining}{of} calls left{anew}");
    let meter = limit
        .map(|limit| view! { <meter min="0" max=limit low=limit / 5 value=remaining aria-label="Calls left"></meter> });
    Some(view! { <p class="budget">{meter}<span>{text}</span></p> }.into_any())
}

fn curl(command: &str) -> Option<AnyView> {
    if command.is_empty() {
        return None;
    }
    let command = command.to_owned();
    Some(
        view! {
            <details class="folded curl">
                <summary>"As a curl command"</summary>
                <p class="hint">"The token stays here: put one of your own into SUPABASE_ACCESS_TOKEN. Secrets are placeholders."</p>
                <pre class="code" tabindex="0" role="group" aria-label="curl command"><code>{command.clone()}</code></pre>
            </details>
            <p class="copy-curl needs-js">
                <CopyButton value=command what="as curl".to_owned()/>
                <span class="quiet" aria-hidden="true">"Copy as curl"</span>
            </p>
        }
        .into_any(),
    )
}

fn refused(refusal: &Refusal) -> impl IntoView + use<> {
    let problem = problem(&refusal.error);
    // What Supabase says itself, where our words do not hold it already.
    let said =
        (!refusal.message.is_empty() && !problem.text.contains(&refusal.message)).then(|| refusal.message.clone());
    let event = refusal.event.clone();
    view! {
        <div class="error-view" role="alert">
            <h3 class="error-title">{problem.title}</h3>
            <p class="error-why">{problem.text}</p>
            {said.map(|said| view! { <p class="error-why">"Supabase: " <q>{said}</q></p> })}
            {event.map(|event| view! { <p class="error-advice">"Event " <code>{event}</code> ", for Supabase\u{2019}s support"</p> })}
        </div>
        {budget(refusal.budget)}
        {curl(&refusal.curl)}
    }
}

fn answered(answer: &Answer, id: OperationId) -> impl IntoView + use<> {
    let redacted = answer.redacted.then(|| {
        view! { <p class="hint">"Secrets are taken out: they never travel further than this server."</p> }
    });
    let revealed = answer.revealed.map(|field| {
        view! {
            <p class="hint">"You asked to see " <code>{field}</code> ". That stands in the audit; the secret itself is kept nowhere."</p>
        }
    });
    view! {
        {budget(answer.budget)}
        {revealed}
        {redacted}
        {body(answer, id)}
        {curl(&answer.curl)}
    }
}

fn body(answer: &Answer, id: OperationId) -> AnyView {
    let said = |text: String| view! { <p class="hint">{text}</p> }.into_any();
    match &answer.body {
        Body::Empty => said("The answer is empty, as is usual for what only does something.".to_owned()),
        Body::Bytes(count) => said(format!("{} bytes that are no text.", grouped(*count as f64))),
        Body::Withheld(count) => said(format!(
            "{} bytes that are no JSON. They may hold secrets, so they are not shown.",
            grouped(*count as f64)
        )),
        Body::Json(value) => {
            let (code, cut_here) = json(value, SHOWN);
            view! {
                <pre class="code" tabindex="0" role="group" aria-label="Answer as JSON">{code}</pre>
                {(answer.cut || cut_here).then(|| cut(answer.size, id))}
            }
            .into_any()
        }
        Body::Text(text) => {
            let end = text.floor_char_boundary(SHOWN);
            let shown = text.get(..end).unwrap_or_default().to_owned();
            view! {
                <pre class="code" tabindex="0" role="group" aria-label="Answer as text"><code>{shown}</code></pre>
                {(answer.cut || end < text.len()).then(|| cut(answer.size, id))}
            }
            .into_any()
        }
    }
}

/// Says what is not shown, and how to get it.
fn cut(size: usize, id: OperationId) -> impl IntoView {
    let rest = match id.row().effect {
        Effect::Read => "\u{201c}Download the answer\u{201d} runs it again and gives all of it as a file.",
        Effect::Write | Effect::Costly | Effect::Destructive => "The rest was not kept.",
    };
    let size = grouped((size as f64 / 1024.0).ceil());
    view! { <p class="hint">{format!("Only the first {} KiB of {size} KiB are shown. {rest}", SHOWN / 1024)}</p> }
}
