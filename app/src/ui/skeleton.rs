//! Skeletons: the shape of what is on its way. The page is streamed in order, so what arrives follows the skeleton
//! inside the same box and its style hides the skeleton then, without JavaScript.

use leptos::prelude::*;

/// What is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Line,
    Rows,
    Cards,
    Facts,
    Form,
    Chart,
}

impl Shape {
    /// The bones. As text rather than as a view: it never changes, and every view costs bytes in the WASM.
    fn bones(self) -> &'static str {
        match self {
            Self::Line => "<i class=\"skeleton-line\"></i>",
            Self::Rows => "<div class=\"skeleton-rows\"><i></i><i></i><i></i><i></i><i></i><i></i></div>",
            Self::Cards => "<div class=\"skeleton-cards\"><i></i><i></i><i></i><i></i><i></i><i></i></div>",
            Self::Facts => {
                "<div class=\"skeleton-facts\"><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div>"
            }
            Self::Form => "<div class=\"skeleton-form\"><i></i><i></i><i></i><i></i><i></i><i></i></div>",
            Self::Chart => {
                "<div class=\"skeleton-chart\"><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div>"
            }
        }
    }
}

/// The skeleton: put it first into a `<div class="pending">`; whatever follows it there takes its place.
pub fn skeleton(shape: Shape) -> impl IntoView {
    view! { <div class="skeleton" aria-hidden="true" inner_html=shape.bones()></div> }
}
