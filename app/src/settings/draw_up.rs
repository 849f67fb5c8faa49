//! A change drawn up from what people typed into a configuration's form.

use management_api::{OperationId, SecretJson};
use serde_json::Value;

use super::{
    Area,
    change::{AreaChange, SettingChange, To, complete},
    convert,
    current::Current,
    needs::{note_needs, weigh},
};
use crate::{
    error::ConsoleError,
    form::{
        Form, Sent,
        change::{Change, WAS},
    },
};

/// A change that was drawn up: what becomes of each setting, and what the call is made with.
#[derive(Debug)]
pub struct Drawn {
    pub operation: OperationId,
    pub change: AreaChange,
    pub parameters: SecretJson,
}

/// Draws up the change that `sent` asks for, with the values that people type; `current` is what the API says now.
///
/// # Errors
/// [`ConsoleError::Invalid`], which names the field that is not right, or says that nothing was changed.
pub fn draw_up(area: &'static Area, project: &str, sent: Sent, current: &Current) -> Result<Drawn, ConsoleError> {
    let mut sent = convert::to_api(area, sent)?;
    sent.texts.retain(|(name, _)| name != "ref");
    sent.texts.push(("ref".to_owned(), project.to_owned()));
    show_all(area, &mut sent, current);
    let asked = area.form();
    let mut settings = Vec::new();
    for changed in asked.changes(&sent)? {
        let name = changed.field.name.clone();
        let to = match changed.to {
            Change::Untouched => continue,
            Change::Cleared => To::Cleared,
            Change::Set(value) if changed.field.secret => To::Secret(length(&value)),
            Change::Set(value) => To::Set(value),
        };
        let now = if changed.field.secret {
            &Value::Null
        } else {
            current.value(&name)
        };
        // What came to be what is asked for needs no call.
        let opened = (changed.was != *now).then_some(changed.was);
        settings.push(SettingChange {
            was_set: current.secrets.get(&name).copied(),
            opened,
            ..SettingChange::new(name, now.clone(), to)
        });
    }
    note_needs(area, &mut settings, current);
    weigh(area, &mut settings);
    if settings.is_empty() {
        return Err(ConsoleError::invalid(
            None,
            "Nothing was changed, so there is nothing to review.",
        ));
    }
    let operation = area.operation_for(&settings);
    let mut parameters = Form::of(operation).read(&sent)?;
    complete(operation, &mut parameters, &settings, current);
    Ok(Drawn {
        operation,
        change: AreaChange {
            area: area.key.to_owned(),
            project: project.to_owned(),
            settings,
            room: None,
        },
        parameters: parameters.into(),
    })
}

/// What the form does not show stays as it is: some of it has to be sent along.
fn show_all(area: &Area, sent: &mut Sent, current: &Current) {
    let readable = |name: &&str| !current.secrets.contains_key(*name);
    let names = area.settings().map(|setting| setting.name).filter(readable);
    for name in names.chain(area.how.iter().copied()) {
        let was = format!("{WAS}{name}");
        if sent.text(&was).is_none() && sent.text(name).is_none() {
            sent.texts.push((was, current.value(name).to_string()));
        }
    }
}

/// Characters of a secret.
fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}
