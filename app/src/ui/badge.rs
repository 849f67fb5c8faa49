//! Badges: a state in icon, word and colour, so that none of them has to carry it alone.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{icon::Icon, written::Written};

/// How something is meant: the colour of badges, notices and toasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    #[default]
    Neutral,
    /// Under way, or worth knowing.
    Info,
    Success,
    Warning,
    Error,
}

impl Tone {
    /// The value of `data-tone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    pub fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Success => Icon::CheckCircle,
            Self::Warning => Icon::Warning,
            Self::Error => Icon::Error,
        }
    }
}

#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    icon: Icon,
    #[prop(into)] word: String,
    /// Without ground, for lists and lines of text; beside titles it has one.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let mut badge = Written::new("<span");
    badge
        .attribute("class", Some(if plain { "state" } else { "badge" }))
        .attribute("data-tone", Some(tone.as_str()))
        .markup(">")
        .markup(icon.svg())
        .markup("<span class=\"badge-word\">")
        .text(&word)
        .markup("</span></span>");
    badge.element()
}
