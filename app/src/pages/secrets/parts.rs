//! What the pages of secrets draw alike.

use leptos::prelude::*;

use crate::{islands::copy::CopyButton, secrets::short};

/// A digest as far as it tells values apart; the copy is of the whole.
pub fn digest(digest: &str) -> impl IntoView + use<> {
    view! {
        <span class="cell">
            <code class="digest">{short(digest)}</code>
            <CopyButton value=digest.to_owned() what="digest".to_owned()/>
        </span>
    }
}
