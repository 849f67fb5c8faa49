//! Live: watches something that changes by itself. The server puts it where that is so, and leaves it out once it rests;
//! so which statuses change is known in one place, and the browser needs to know nothing of them.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::regions;

/// How often the server is asked; it keeps answers for about as long.
const PACE: Duration = Duration::from_secs(4);

/// Draws the region that it stands in anew every few seconds, for as long as it stands there; and all of the page once
/// when it rests, since what it was waiting for may change more than what it watched.
#[island]
pub fn Live() -> impl IntoView {
    let mark = NodeRef::<html::Span>::new();
    Effect::new(move |_| watch(mark));
    view! { <span class="live-mark" node_ref=mark hidden=true></span> }
}

fn watch(mark: NodeRef<html::Span>) {
    set_timeout(
        move || {
            // A new drawing of its region has taken its place, or has none any more.
            let Some(stands) = mark.get_untracked().filter(|mark| mark.is_connected()) else {
                return;
            };
            let wanted = regions::around(&stands);
            spawn_local(async move {
                // Calls are counted: nobody looks at a hidden tab.
                if !document().hidden() {
                    // A failure shows itself: the page stays as it is, and the next time may do better.
                    let drawn = regions::refresh(&regions::here(), &wanted).await;
                    if drawn.is_ok() && rests(&wanted) {
                        let _ = regions::refresh(&regions::here(), &regions::of_the_page()).await;
                    }
                }
                watch(mark);
            });
        },
        PACE,
    );
}

/// Whether none of these regions is watched any more.
fn rests(regions: &[String]) -> bool {
    let watched = |name: &String| {
        let mark = document().query_selector(&format!("[data-region=\"{name}\"] .live-mark"));
        mark.is_ok_and(|mark| mark.is_some())
    };
    !regions.iter().any(watched)
}
