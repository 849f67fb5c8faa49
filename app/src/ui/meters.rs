//! Meters: numbers of one kind side by side, each as a bar under its name. The number stands beside it, so nothing depends
//! on the drawing.

use leptos::prelude::*;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Meter {
    pub name: String,
    /// What a person reads.
    pub number: String,
    /// The share of the bar that is filled, 0 to 1.
    pub share: f64,
    /// Whether somebody should look; the number says why.
    pub full: bool,
}

/// The bar's own units.
const WIDTH: f64 = 100.0;

/// A bar of which `share`, 0 to 1, is filled.
pub fn bar(share: f64) -> AnyView {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let width = format!("{:.1}", share * WIDTH);
    view! {
        <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="meter-all" width="100" height="6"></rect>
            <rect class="meter-share" width=width height="6"></rect>
        </svg>
    }
    .into_any()
}

pub fn meters(all: Vec<Meter>) -> AnyView {
    let one = |meter: Meter| {
        view! {
            <li data-tone=meter.full.then_some("warning")>
                <span class="meter-name"><bdi>{meter.name}</bdi></span>
                <span class="meter-number"><bdi>{meter.number}</bdi></span>
                {bar(meter.share)}
            </li>
        }
    };
    view! { <ul class="meters">{all.into_iter().map(one).collect_view()}</ul> }.into_any()
}
