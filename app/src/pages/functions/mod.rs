//! Edge Functions: list, deploy, and the pages of one.

mod bulk;
mod changes;
mod delete;
mod deploy;
mod detail;
mod elsewhere;
mod everywhere;
mod files;
mod list;
mod new;
mod settings;
mod source;

use leptos::prelude::*;

use crate::{
    components::{context::Context, status::Meaning},
    page::Page,
    server_fns::functions::FunctionView,
    ui::{Badge, Icon, Tone},
};

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &new::PAGE,
    &detail::PAGE,
    &source::PAGE,
    &settings::PAGE,
    &everywhere::PAGE,
    &bulk::PAGE,
    &elsewhere::PAGE,
    &delete::PAGE,
];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}

/// The function that the address names.
fn slug() -> String {
    super::parameter("slug")
}

/// What a function's status means.
fn meaning(status: &str) -> Meaning {
    let of = |tone, icon, word: &str, explanation| Meaning {
        tone,
        icon,
        word: word.to_owned(),
        explanation,
    };
    match status {
        "ACTIVE" => of(Tone::Success, Icon::CheckCircle, "Active", "It answers requests."),
        "THROTTLED" => of(
            Tone::Warning,
            Icon::Warning,
            "Throttled",
            "Supabase slows it down, because it used too much.",
        ),
        "REMOVED" => of(
            Tone::Neutral,
            Icon::Trash,
            "Removed",
            "It answers no requests any more.",
        ),
        other => of(Tone::Neutral, Icon::Question, other, ""),
    }
}

fn status(status: &str, plain: bool) -> impl IntoView + use<> {
    let Meaning { tone, icon, word, .. } = meaning(status);
    view! { <Badge tone icon word plain/> }
}

/// Who gets through to a function.
fn jwt(checked: Option<bool>) -> AnyView {
    match checked {
        Some(true) => view! { <Badge icon=Icon::Shield word="Checked" plain=true/> }.into_any(),
        Some(false) => view! { <span class="quiet">"Not checked"</span> }.into_any(),
        None => view! { <span class="quiet">"Not known"</span> }.into_any(),
    }
}

/// The beginning of a digest: enough to tell versions apart.
fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}

/// The last part of an address such as `file:///src/index.ts`.
fn file_name(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// Where the function answers.
fn endpoint(reference: &str, function: &FunctionView) -> String {
    let host = Context::current().project_host(reference);
    format!("https://{host}/functions/v1/{}", function.slug)
}

/// Milliseconds as people say them.
pub(super) fn duration(milliseconds: f64) -> String {
    if milliseconds >= 1000.0 {
        format!("{:.2} s", milliseconds / 1000.0)
    } else {
        format!("{milliseconds:.0} ms")
    }
}
