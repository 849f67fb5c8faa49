//! The parameters of an operation as fields of its form, one below the other.

use leptos::prelude::*;
use management_api::OperationId;
use serde_json::Value;

use super::FormState;
use crate::{
    components::control::{Holds, control},
    form::Form,
    ui::{Frame, field::Kept},
};

/// A parameter, what it is called, and what is to be said of it.
pub type Described<'a> = (&'a str, &'a str, &'a str);

/// The fields of the form `id` of `operation`. `was` holds what is set, by the parameters' names: each field then says what
/// it shows, and only what is touched is sent. A name that is no parameter is passed over.
pub fn fields(operation: OperationId, id: &str, described: &[Described<'_>], was: Option<&Value>) -> Vec<AnyView> {
    drawn(operation, id, described, was, &[])
}

/// The same where nothing is known of what is set, and `needed` are asked for though the operation takes less.
pub fn fields_needing(operation: OperationId, id: &str, described: &[Described<'_>], needed: &[&str]) -> Vec<AnyView> {
    drawn(operation, id, described, None, needed)
}

fn drawn(
    operation: OperationId,
    id: &str,
    described: &[Described<'_>],
    was: Option<&Value>,
    needed: &[&str],
) -> Vec<AnyView> {
    let state = FormState::of(operation, id);
    let form = Form::of(operation);
    let field = |(name, label, help): &Described<'_>| {
        let field = form.field(name)?;
        let frame = Frame {
            help: (*help).to_owned(),
            error: state.error_of(name),
            required: needed.contains(name) || field.required && !(field.secret && was.is_some()),
            // A page may hold several forms.
            id: if id.is_empty() {
                String::new()
            } else {
                format!("{id}-{name}")
            },
            ..Frame::new(*name, *label)
        };
        let holds = Holds {
            typed: state.typed(name),
            was: was.map(|was| was.get(name).cloned().unwrap_or_default()),
            kept: if was.is_some() { Kept::Set } else { Kept::Unknown },
            ..Holds::default()
        };
        Some(control(field, frame, holds))
    };
    described.iter().filter_map(field).collect()
}
