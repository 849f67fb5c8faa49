//! One field of the explorer's form: the API's own name, and what is expected.

use leptos::prelude::*;

use crate::{
    components::control::{self, Holds},
    explorer::body::REST,
    form::{Field, Kind},
    ui::field::{Area, Frame, area},
};

/// The field with its label, hint and error.
pub fn control(field: &Field, holds: Holds, error: Option<String>) -> AnyView {
    let frame = Frame {
        help: hint(field),
        required: field.required,
        ..frame(&field.name, &field.name, error)
    };
    control::control(field, frame, holds)
}

/// The field that holds many parameters as one object.
pub fn rest(text: String, error: Option<String>) -> AnyView {
    let frame = Frame {
        help: "What is not named stays as it is.".to_owned(),
        ..frame(REST, "Body", error)
    };
    let typed = Area {
        text,
        rows: 8,
        placeholder: "{\n  \"name\": value\n}".to_owned(),
        mono: true,
        masked: false,
    };
    let typed = area(&frame, typed);
    frame.around(typed)
}

fn frame(name: &str, label: &str, error: Option<String>) -> Frame {
    Frame {
        // Field names are the API's own: `name` or `id` as an id of the page would shadow nothing, but read oddly in links.
        id: format!("field-{name}"),
        error,
        ..Frame::new(name, label)
    }
}

/// What it means and what is expected, as far as the control does not show it.
fn hint(field: &Field) -> String {
    let expected = match &field.kind {
        Kind::Flag | Kind::Choice(_) | Kind::Several(_) => String::new(),
        Kind::Text { .. } if field.kind.words() == "Text" => String::new(),
        Kind::Files => "Several may be chosen; together they hold a megabyte at most.".to_owned(),
        kind => format!("{}.", kind.words()),
    };
    let help = match field.help.chars().last() {
        Some('.' | '?' | '!') | None => field.help.replace('`', ""),
        Some(_) => format!("{}.", field.help.replace('`', "")),
    };
    [help, expected]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
