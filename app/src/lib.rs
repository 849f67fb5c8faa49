//! skeleton
use leptos::prelude::*;
#[component]
pub fn App() -> impl IntoView { view! { <main><h1>"Steward"</h1></main> } }
