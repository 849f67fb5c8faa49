//! What the pages of secrets draw alike.

use leptos::prelude::*;

use crate::{
    islands::copy::CopyButton,
    secrets::short,
    ui::field::{Area, Frame, Line, area, line},
};

/// A digest as far as it tells values apart; the copy is of the whole.
pub fn digest(digest: &str) -> impl IntoView + use<> {
    view! {
        <span class="with-copy">
            <code class="digest">{short(digest)}</code>
            <CopyButton value=digest.to_owned() what="digest".to_owned()/>
        </span>
    }
}

/// Fields for one secret, one of several rows: its name and its value, called `names` in the form. `first` is a name that
/// is proposed.
pub fn row(names: (&str, &str), at: usize, first: Option<String>) -> impl IntoView + use<> {
    let frame = |name: &str, label: &str| Frame {
        id: format!("{}-{at}", name.replace(['.', '_'], "")),
        ..Frame::new(name, format!("{label} {}", at + 1))
    };
    let (name, value) = (frame(names.0, "Name"), frame(names.1, "Value"));
    let name_input = line(
        &name,
        Line {
            value: first,
            mono: true,
            ..Line::default()
        },
    );
    let value_input = area(
        &value,
        Area {
            rows: 1,
            mono: true,
            masked: true,
            ..Area::default()
        },
    );
    view! { <div class="env-row">{name.around(name_input)} {value.around(value_input)}</div> }
}
