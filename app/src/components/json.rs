//! JSON as people read it, in colours: the one place that puts it on a page.

use leptos::prelude::*;
use serde_json::Value;

use crate::explorer::print;

/// `value`, at most about `most` bytes of it, and whether something is left out at the end. It is encoded while it is printed.
pub fn json(value: &Value, most: usize) -> (AnyView, bool) {
    let printed = print(value, most);
    let code = view! { <code inner_html=printed.html></code> };
    (code.into_any(), printed.cut)
}
