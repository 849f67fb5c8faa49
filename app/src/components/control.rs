//! The control that fits a parameter of an operation.

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    form::{Field, Kind, change, spelled},
    ui::field::{
        Area, Choice, Frame, Kept, Line, Number, Select, area, files, json, line, number, secret, select, several, tick,
    },
};

/// Rows of a text, and of a list with one a line.
const TEXT: usize = 6;
const LINES: usize = 3;

/// What a field holds while it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Holds {
    /// What was typed before, or what is proposed; `None` where nothing is known.
    pub typed: Option<Vec<String>>,
    /// The value that is set; the field then says what it shows, and is read as a change.
    pub was: Option<Value>,
    /// Whether a secret is set.
    pub kept: Kept,
    /// Id of a list of proposals.
    pub proposals: Option<&'static str>,
}

/// The whole field.
pub fn control(field: &Field, frame: Frame, holds: Holds) -> AnyView {
    let companion = holds.was.as_ref().map(|value| {
        let (name, text) = change::was(field, value);
        view! { <input type="hidden" name=name value=text/> }
    });
    view! {
        {companion}
        {drawn(field, frame, holds)}
    }
    .into_any()
}

fn drawn(field: &Field, frame: Frame, holds: Holds) -> AnyView {
    let texts = holds
        .typed
        .or_else(|| holds.was.as_ref().map(|value| field.shown(value)));
    let first = texts.as_ref().and_then(|texts| texts.first()).cloned();
    let lines = |rows| Area {
        text: first.clone().unwrap_or_default(),
        rows,
        placeholder: String::new(),
        mono: true,
        masked: false,
    };
    let control = match &field.kind {
        Kind::Text { long: false, .. } if field.secret => {
            let clear = field.nullable.then(|| change::clear(field));
            secret(&frame, holds.kept, clear.filter(|_| holds.was.is_some()))
        }
        Kind::Text { long: true, .. } => area(&frame, lines(TEXT)),
        Kind::Text { least, most, .. } => line(
            &frame,
            Line {
                value: first,
                minlength: *least,
                maxlength: *most,
                mono: true,
                list: holds.proposals,
                ..Line::default()
            },
        ),
        Kind::Number { whole, least, most } => number(
            &frame,
            Number {
                value: first,
                whole: *whole,
                least: *least,
                most: *most,
                unit: "",
            },
        ),
        Kind::Flag if is_plain(field, holds.was.as_ref()) => return tick(frame, first.as_deref() == Some("true")),
        Kind::Flag => choice(&frame, &[Value::Bool(true), Value::Bool(false)], first),
        Kind::Choice(words) => choice(&frame, words, first),
        Kind::Several(words) => return several(frame, words, &texts.unwrap_or_default()),
        Kind::Lines => area(&frame, lines(LINES)),
        Kind::Json(shape) => json(&frame, first, shape),
        Kind::Files => files(&frame),
    };
    frame.around(control)
}

/// Whether a yes or no is nothing else: a box would turn what is not set into a no.
fn is_plain(field: &Field, was: Option<&Value>) -> bool {
    match was {
        Some(value) => value.is_boolean() && !field.nullable,
        None => field.required,
    }
}

fn choice(frame: &Frame, words: &[Value], chosen: Option<String>) -> AnyView {
    let none = if frame.required { "Choose\u{2026}" } else { "Not set" };
    let words = words.iter().map(spelled).map(|word| Choice::new(word.clone(), word));
    select(
        frame,
        Select {
            choices: std::iter::once(Choice::new("", none)).chain(words).collect(),
            value: chosen.unwrap_or_default(),
            mono: true,
        },
    )
}
