//! An address that no page answers to.

use leptos::prelude::*;

use crate::{
    backend,
    components::{error_view::error_view, layout::BareLayout, title::Title},
    error::ConsoleError,
};

#[component]
pub fn NotFound() -> impl IntoView {
    backend::set_status(404);
    view! {
        <Title text="Not found"/>
        <BareLayout>
            <h1 class="visually-hidden">"Not found"</h1>
            {error_view(ConsoleError::NotFound)}
        </BareLayout>
    }
}
