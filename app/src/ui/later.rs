//! What waits: it stands in the page as text, which costs a browser neither elements nor styles, and is put in when there is
//! time for it or somebody opens it. Browsers without scripts have it at once, for a `noscript` is where it waits.

use leptos::prelude::*;

/// Waits where it stands: directly in a `<details>` until that is opened (see `frame/later.rs`), and in the form of settings
/// until there is time (see `frontend/settings/later.js`).
pub fn later(drawn: AnyView) -> AnyView {
    view! { <noscript data-later="">{drawn}</noscript> }.into_any()
}
