//! The seconds until Supabase answers again, and the page coming back by itself.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::regions;

/// Counts down, then draws the region that it stands in anew.
#[island]
pub fn Countdown(seconds: u32) -> impl IntoView {
    let left = RwSignal::new(seconds);
    let shown = NodeRef::<html::Span>::new();
    Effect::new(move |_| tick(left, shown));
    view! { <p class="error-countdown">"Again in " <span node_ref=shown>{left}</span> " s"</p> }
}

fn tick(left: RwSignal<u32>, shown: NodeRef<html::Span>) {
    set_timeout(
        move || match left.get_untracked() {
            0 | 1 => {
                left.set(0);
                // What it counted for is gone.
                let Some(stands) = shown.get_untracked().filter(|shown| shown.is_connected()) else {
                    return;
                };
                let wanted = regions::around(&stands);
                spawn_local(async move {
                    if regions::refresh(&regions::here(), &wanted).await.is_err() {
                        // Steward itself is away: try again a little later.
                        left.set(5);
                        tick(left, shown);
                    }
                });
            }
            more => {
                left.set(more - 1);
                tick(left, shown);
            }
        },
        Duration::from_secs(1),
    );
}
