//! The seconds until Supabase answers again, and the page coming back by itself.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::regions;

/// Counts down, then draws the region that it stands in anew.
#[island]
pub fn Countdown(seconds: u32) -> impl IntoView {
    let left = RwSignal::new(seconds);
    let shown = NodeRef::<html::P>::new();
    Effect::new(move |_| tick(left, shown));
    view! { <p class="error-countdown" node_ref=shown>"Again in " {left} " s"</p> }
}

fn tick(left: RwSignal<u32>, shown: NodeRef<html::P>) {
    set_timeout(
        move || match left.get_untracked() {
            0 | 1 => {
                left.set(0);
                // What it counted for is gone.
                let Some(shown_) = shown.get_untracked().filter(|shown| shown.is_connected()) else {
                    return;
                };
                spawn_local(async move {
                    let wanted: Vec<String> = regions::around(&shown_).into_iter().collect();
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
