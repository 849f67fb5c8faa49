//! The seconds until Supabase answers again, and the page coming back by itself.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::regions;

/// Counts down, then draws the page's regions anew.
#[island]
pub fn Countdown(seconds: u32) -> impl IntoView {
    let left = RwSignal::new(seconds);
    Effect::new(move |_| tick(left));
    view! { <p class="error-countdown">"Again in " {left} " s"</p> }
}

fn tick(left: RwSignal<u32>) {
    set_timeout(
        move || match left.get_untracked() {
            0 | 1 => {
                left.set(0);
                spawn_local(async move {
                    if regions::refresh(&regions::here()).await.is_err() {
                        // Steward itself is away: try again a little later.
                        left.set(5);
                        tick(left);
                    }
                });
            }
            more => {
                left.set(more - 1);
                tick(left);
            }
        },
        Duration::from_secs(1),
    );
}
