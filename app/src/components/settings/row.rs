//! One setting in the form: what it is called, what it means, its control, and what it was before it was typed over.

use leptos::prelude::*;
use serde_json::Value;

use super::{Typed, mail, ranges::ranges};
use crate::{
    form::{Field, Kind, change, spelled},
    settings::{Area, Said, Setting, convert, current::Current, words::words},
    ui::{
        chart::grouped,
        field::{
            Area as TextArea, Choice, Frame, Kept, Line, Number, Select, area as text_area, line, number, secret,
            select, several, switch,
        },
        written::Written,
    },
};

pub fn row(area: &'static Area, setting: &'static Setting, now: &Current, typed: &Typed, closed: bool) -> AnyView {
    let Some(field) = area.field(setting) else {
        return ().into_any();
    };
    let off = off(setting, now, typed);
    let error = typed.state.error_of(setting.name);
    let was = now.value(setting.name);
    let is_text =
        matches!(setting.said, Said::Commas | Said::Ranges(_) | Said::Long | Said::Mail) || wide(setting, field);
    let frame = Frame {
        help: setting.help.to_owned(),
        error: error.clone(),
        disabled_because: closed.then(String::new),
        ..Frame::new(setting.name, setting.label)
    };
    let control = control(area, setting, field, &frame, now, typed);
    let note = note(setting, field, (now, typed));
    let needs = setting.needs.and_then(|needs| off.then_some(needs.says));
    let id = frame.id();
    // A page may have 230 of them: each is written at once, and what only a change brings is made when there is one.
    let mut row = Written::new("<div class=\"setting\"");
    row.attribute("id", Some(&format!("setting-{id}")))
        .attribute("data-wide", is_text.then_some(""))
        .attribute("data-off", off.then_some(""))
        .attribute("data-error", error.is_some().then_some(""))
        .attribute("data-was", Some(&words(setting, was)))
        .markup("><div class=\"setting-about\"><p class=\"setting-label\"><label")
        .attribute("for", Some(&id))
        .markup(">")
        .text(setting.label)
        .markup("</label></p>");
    if !setting.help.is_empty() {
        row.markup("<p class=\"hint\"")
            .attribute("id", Some(&format!("{id}-hint")))
            .markup(">")
            .text(setting.help)
            .markup("</p>");
    }
    row.markup("<code class=\"setting-name\">")
        .text(setting.name)
        .markup("</code></div><div class=\"setting-value\">");
    if !closed {
        let (name, text) = change::was(field, was);
        row.markup("<input type=\"hidden\"")
            .attribute("name", Some(&name))
            .attribute("value", Some(&text))
            .markup(">");
    }
    row.view(control)
        .markup("<p class=\"field-error\"")
        .attribute("id", Some(&format!("{id}-error")))
        .markup(">")
        .text(error.as_deref().unwrap_or_default())
        .markup("</p>");
    if setting.said == Said::Mail {
        row.view(mail::look(setting));
    }
    for (markup, says) in [
        ("<p class=\"setting-note\">", note),
        ("<p class=\"reason\">", needs.map(str::to_owned)),
    ] {
        if let Some(says) = says {
            row.markup(markup).text(&says).markup("</p>");
        }
    }
    row.markup("</div></div>");
    row.element().into_any()
}

/// Whether another setting keeps this one from counting. It can be set all the same, for what comes later.
fn off(setting: &Setting, now: &Current, typed: &Typed) -> bool {
    setting.needs.is_some_and(|needs| {
        let is = match typed.get(needs.setting).and_then(|texts| texts.last().cloned()) {
            Some(text) => text,
            None => spelled(now.value(needs.setting)),
        };
        is != needs.value.trim_matches('"')
    })
}

/// Texts that are longer than a column.
fn wide(setting: &Setting, field: &Field) -> bool {
    matches!(field.kind, Kind::Text { .. } | Kind::Lines) && !field.secret && !setting.short
}

fn control(area: &Area, setting: &Setting, field: &Field, frame: &Frame, now: &Current, typed: &Typed) -> AnyView {
    let was = now.value(setting.name);
    let texts = typed
        .get(setting.name)
        .unwrap_or_else(|| convert::shown(area, setting, was));
    // The last: a companion stands before its box.
    let first = texts.last().cloned();
    let lines = |rows: usize, mono| TextArea {
        rows: first.as_deref().map_or(0, |text| text.lines().count()).clamp(rows, 12),
        text: first.clone().unwrap_or_default(),
        mono,
        ..TextArea::default()
    };
    match (setting.said, &field.kind) {
        _ if field.secret => {
            let kept = match now.secrets.get(setting.name) {
                Some(true) => Kept::Set,
                Some(false) => Kept::NotSet,
                None => Kept::Unknown,
            };
            secret(frame, kept, field.nullable.then(|| change::clear(field)))
        }
        (Said::Commas, _) => text_area(frame, lines(2, true)),
        (Said::Ranges(family), _) => ranges(setting, family, frame, now, typed),
        (Said::Long | Said::Mail, _) => text_area(frame, lines(3, true)),
        (said, Kind::Number { .. }) if !said.units().is_empty() => measured(said, frame, first.as_deref(), was, typed),
        (said, Kind::Number { whole, least, most }) => number(
            frame,
            Number {
                value: first,
                whole: *whole,
                least: *least,
                most: *most,
                unit: match said {
                    Said::Count(unit) => unit,
                    _ => "",
                },
            },
        ),
        // What is not set is no "no".
        (_, Kind::Flag) if was.is_boolean() => switch(frame, first.as_deref() == Some("true")),
        (_, Kind::Flag) => choose(
            frame,
            vec![Choice::new("true", "On"), Choice::new("false", "Off")],
            first,
        ),
        (_, Kind::Choice(words)) => {
            let words = words.iter().map(spelled).map(|word| Choice::new(word.clone(), word));
            choose(frame, words.collect(), first)
        }
        (_, Kind::Several(words)) => several(frame.clone(), words, &texts),
        (_, Kind::Lines | Kind::Json(_)) => text_area(frame, lines(3, true)),
        (_, Kind::Text { least, most, .. }) => line(
            frame,
            Line {
                value: first,
                minlength: *least,
                maxlength: *most,
                mono: true,
                ..Line::default()
            },
        ),
        (_, Kind::Files) => ().into_any(),
    }
}

/// A number with a choice of units.
fn measured(said: Said, frame: &Frame, typed_number: Option<&str>, was: &Value, typed: &Typed) -> AnyView {
    let unit_name = format!("{}{}", convert::UNIT, frame.name);
    let usual = convert::in_units(said.units(), was.as_f64().unwrap_or_default()).1;
    let chosen = typed.get(&unit_name).and_then(|texts| texts.first().cloned());
    let choices = said.units().iter().map(|(word, _)| Choice::new(*word, *word)).collect();
    let unit = Frame {
        disabled_because: frame.disabled_because.clone(),
        ..Frame::new(unit_name, format!("Unit of {}", frame.label))
    };
    let number = line(
        frame,
        Line {
            value: typed_number.map(str::to_owned),
            pattern: Some(r"[0-9]+(\.[0-9]+)?".to_owned()),
            pattern_says: Some("A number"),
            ..Line::default()
        },
    );
    let select = select(
        &unit,
        Select {
            choices,
            value: chosen.unwrap_or_else(|| usual.to_owned()),
            mono: false,
        },
    );
    view! {
        <div class="measure">
            {number}
            <label class="visually-hidden" for=unit.id()>{unit.label.clone()}</label>
            {select}
        </div>
    }
    .into_any()
}

fn choose(frame: &Frame, mut words: Vec<Choice>, chosen: Option<String>) -> AnyView {
    // Where nothing is one of the choices, that is what "not set" is.
    match words.iter_mut().find(|choice| choice.value.is_empty()) {
        Some(nothing) => nothing.label = "None".to_owned(),
        None => words.insert(0, Choice::new("", "Not set")),
    }
    select(
        frame,
        Select {
            choices: words,
            value: chosen.unwrap_or_default(),
            mono: false,
        },
    )
}

/// The range, up to where the machine takes it, and the value as the API has it where people say it in another unit.
fn note(setting: &Setting, field: &Field, (now, typed): (&Current, &Typed)) -> Option<String> {
    let was = now.value(setting.name);
    let connections = now.value("max_connections").as_f64();
    let safe = typed
        .machine
        .as_ref()
        .and_then(|machine| machine.safe(setting.name, connections));
    let range = match &field.kind {
        Kind::Number { least, most, .. } => {
            let said = |number: f64| match setting.said.units() {
                [] if number.fract() == 0.0 => grouped(number),
                [] => convert::plain(number),
                units => {
                    let (number, unit) = convert::in_units(units, number);
                    format!("{number} {unit}")
                }
            };
            // Larger ones say nothing to people.
            let most = setting
                .most
                .map(f64::from)
                .or(*most)
                .filter(|most| *most < 2_147_483_647.0);
            match (least, most) {
                (Some(least), Some(most)) => Some(format!("{} to {}.", said(*least), said(most))),
                (None, Some(most)) => Some(format!("At most {}.", said(most))),
                (_, None) => None,
            }
        }
        _ => None,
    };
    let api = match (setting.said, was) {
        (Said::Seconds, Value::Number(number)) => Some(format!("{} seconds.", grouped(number.as_f64()?))),
        (Said::Hours, Value::Number(number)) => Some(format!("{} hours.", grouped(number.as_f64()?))),
        _ => None,
    };
    let parts: Vec<String> = [api, safe, range].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
