//! A JSON value, typed as text.

use leptos::prelude::*;
use serde_json::Value;

use super::{Area, Frame, area};

/// `text` is what was typed or what there is. Without it a required one is filled with `shape`, a value with nothing in it yet;
/// an optional one stays empty until somebody wants it, and shows the shape behind.
pub fn json(frame: &Frame, text: Option<String>, shape: &Value) -> AnyView {
    // ok: a value can always be written.
    let shape = serde_json::to_string_pretty(shape).unwrap_or_default();
    let lines = text.as_ref().unwrap_or(&shape).lines().count();
    let (text, placeholder) = if frame.required {
        (text.unwrap_or(shape), String::new())
    } else if shape == "null" {
        // Whatever it is, nothing is known of its shape.
        (text.unwrap_or_default(), String::new())
    } else if shape == "{}" {
        // Its names are free, and may be typed so.
        (text.unwrap_or_default(), "NAME=value".to_owned())
    } else {
        (text.unwrap_or_default(), shape)
    };
    area(
        frame,
        Area {
            text,
            rows: lines.clamp(3, 14),
            placeholder,
            mono: true,
            masked: false,
        },
    )
}
