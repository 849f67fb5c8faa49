//! Following the logs: the newest lines are asked for again and again, as long as somebody looks. It takes half of the
//! questions that the service allows; the bars and counts stay as they were, and cost none.

use leptos::prelude::*;

use super::look::Look;
use crate::{
    islands::live::Live,
    logs::span::Span,
    ui::{ButtonLink, Glyph, Icon},
};

/// In the address: whether the logs are followed.
const FOLLOW: &str = "follow";

/// Only what goes up to now can be.
pub fn is_following(span: &Span) -> bool {
    span.range.is_some() && !super::super::choice(FOLLOW).is_empty()
}

/// The way into it and out of it; nothing where the span has an end of its own.
pub fn switch(look: &Look, following: bool) -> Option<AnyView> {
    look.span.range?;
    let here = look.address(&look.question, &look.span);
    let button = if following {
        view! { <ButtonLink href=here icon=Icon::Pause>"Hold"</ButtonLink> }.into_any()
    } else {
        view! { <ButtonLink href=format!("{here}&{FOLLOW}=yes") icon=Icon::Play>"Live tail"</ButtonLink> }.into_any()
    };
    Some(button)
}

/// Says that it goes on by itself, and what stands in its region does so.
pub fn bar(look: &Look) -> AnyView {
    let here = format!("{}&{FOLLOW}=yes", look.address(&look.question, &look.span));
    view! {
        <p class="follow">
            <Live/>
            <Glyph icon=Icon::Activity/>
            <span><b>"Following."</b> " Asks every 4 seconds, and pauses while this tab is hidden. Lines reach Supabase\u{2019}s store some seconds late."</span>
            // The way to go on without scripts.
            <a class="link" href=here>"Ask now"</a>
        </p>
    }
    .into_any()
}
