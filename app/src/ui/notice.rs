//! Notices: what a page has to say about itself, above what it shows.

use leptos::prelude::*;

use super::icon::Glyph;
use crate::outcome::Problem;

use super::badge::Tone;

/// A banner. Bad news interrupts a screen reader, other news waits its turn.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into)] title: String,
    /// What it means and what to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Error { "alert" } else { "status" };
    view! {
        <div class="notice" data-tone=tone.as_str() role=role>
            <Glyph icon=tone.icon() />
            <div>
                <p class="notice-title">{title}</p>
                {children.map(|children| view! { <div class="notice-body">{children()}</div> })}
            </div>
        </div>
    }
}

/// What went wrong with a form, above its fields.
pub fn problem_notice(problem: Problem) -> impl IntoView {
    view! {
        <Notice tone=Tone::Error title=problem.title>
            {problem.text}
        </Notice>
    }
}
