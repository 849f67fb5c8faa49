//! Names both ways: every parameter of a configuration has its setting, and no setting names what does not exist.

use std::collections::BTreeSet;

use management_api::{OperationId, SecretJson};
use serde_json::{Value, json};

use super::{
    Area,
    asking::asking,
    change::{AreaChange, SettingChange, To, object},
    convert,
    current::Current,
    draw_up::draw_up,
    machine::Machine,
};
use crate::form::{Field, Kind, Place, Sent, WITHHELD, change::CLEAR};

#[test]
fn every_parameter_has_its_setting_and_every_setting_its_parameter() {
    let mut count = 0;
    for area in Area::ALL {
        let parameters: BTreeSet<&str> = area
            .form()
            .fields
            .iter()
            .filter(|field| field.place == Place::Body && !area.how.contains(&field.name.as_str()))
            .map(|field| field.name.as_str())
            .collect();
        let settings: BTreeSet<&str> = area.settings().map(|setting| setting.name).collect();
        assert_eq!(settings, parameters, "{}", area.key);
        assert_eq!(
            area.settings().count(),
            settings.len(),
            "{}: one stands there twice",
            area.key
        );
        count += settings.len();
        for setting in area.settings() {
            if let Some(needs) = setting.needs {
                assert!(area.setting(needs.setting).is_some(), "{}", setting.name);
                assert!(serde_json::from_str::<Value>(needs.value).is_ok(), "{}", setting.name);
            }
            for required in setting.requires {
                assert!(area.setting(required).is_some(), "{}: {required}", setting.name);
            }
            assert!(!setting.label.is_empty());
        }
    }
    println!("{count} settings in {} areas", Area::ALL.len());
}

/// A value that the setting takes and that differs from `not`.
pub(crate) fn some(field: &Field, not: &Value) -> Value {
    let values = match &field.kind {
        Kind::Lines if field.name.ends_with("V6") => vec![json!(["2001:db8::/32"]), json!(["2001:db9::/48"])],
        Kind::Flag => vec![json!(true), json!(false)],
        Kind::Number { least, most, .. } => {
            let least = least.unwrap_or(1.0).max(1.0);
            let second = most.unwrap_or(least + 7.0).min(least + 7.0);
            vec![json!(least as i64), json!(second as i64)]
        }
        Kind::Choice(choices) => choices.clone(),
        Kind::Several(choices) => vec![json!([choices[0]]), json!([])],
        Kind::Lines => vec![json!(["203.0.113.0/24"]), json!(["198.51.100.0/24"])],
        Kind::Text { pattern, .. } => match pattern.as_deref() {
            Some(pattern) if pattern.contains("us|ms") => vec![json!("30s"), json!("40s")],
            Some(pattern) if pattern.contains("[0-9]{1,15}=") => vec![json!("41=12"), json!("42=13")],
            _ => vec![json!("one"), json!("two")],
        },
        Kind::Json(_) | Kind::Files => Vec::new(),
    };
    values.into_iter().find(|value| value != not).unwrap_or_default()
}

/// An answer in which everything is set, secrets to their digests.
pub(crate) fn full(area: &'static Area) -> Current {
    let mut current = Current::default();
    for setting in area.settings() {
        let field = area.field(setting).unwrap();
        if field.secret {
            current.secrets.insert(setting.name.to_owned(), true);
        } else {
            current
                .values
                .insert(setting.name.to_owned(), some(field, &Value::Null));
        }
    }
    current
}

/// The form as a browser sends it when nothing was touched, and with `wanted` in the place of one value.
fn untouched(area: &'static Area, current: &Current, wanted: Option<(&str, &Value)>) -> Sent {
    let mut values = current.values.clone();
    if let Some((name, value)) = wanted {
        values.insert(name.to_owned(), value.clone());
    }
    let mut sent = asking(area, &current.values, &values);
    for name in current.secrets.keys() {
        sent.texts.push((format!("_was.{name}"), "null".to_owned()));
        sent.texts.push((name.clone(), String::new()));
    }
    sent
}

#[test]
fn what_was_read_and_not_touched_is_never_sent() {
    for area in Area::ALL {
        let current = full(area);
        let error = draw_up(area, "abc", untouched(area, &current, None), &current).unwrap_err();
        assert!(
            error.to_string().contains("Nothing was changed"),
            "{}: {error}",
            area.key
        );
    }
}

#[test]
fn one_change_sends_that_setting_and_nothing_else() {
    for area in Area::ALL {
        let current = full(area);
        for (name, was) in &current.values {
            let setting = area.setting(name).unwrap();
            let wanted = some(area.field(setting).unwrap(), was);
            if wanted.is_null() {
                continue;
            }
            let sent = untouched(area, &current, Some((name, &wanted)));
            let drawn = draw_up(area, "abc", sent, &current).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(drawn.change.settings.len(), 1, "{name}: {:?}", drawn.change.settings);
            assert_eq!(drawn.change.settings[0].name, *name);
            assert!(!drawn.change.settings[0].is_conflict(), "{name}");
            let parameters = object(&drawn.parameters);
            let text = serde_json::to_string(&parameters).unwrap();
            assert!(!text.contains(WITHHELD), "{name}");
            if !drawn.operation.row().replaces && !name.contains('.') {
                let names: Vec<_> = parameters
                    .keys()
                    .map(String::as_str)
                    .filter(|key| *key != "ref")
                    .collect();
                assert_eq!(names, [name.as_str()], "{}", area.key);
            }
            for secret in current.secrets.keys() {
                assert!(!parameters.contains_key(secret), "{name} sends {secret}");
            }
        }
    }
}

#[test]
fn memory_is_weighed_by_what_is_changed_after_all() {
    let area = Area::of("database").unwrap();
    let variant = json!({
        "id": "ci_small", "name": "Small",
        "price": { "description": "", "type": "usage", "interval": "hourly", "amount": 0.02 },
        "meta": { "memory_gb": 2, "cpu_cores": 2, "connections_direct": 600 },
    });
    let machine = Machine::of(&serde_json::from_value(variant).unwrap()).unwrap();
    let mut current = full(area);
    let now = [("max_connections", json!(60)), ("work_mem", json!("2MB"))];
    current.values.extend(now.map(|(name, value)| (name.to_owned(), value)));
    let wanted = |name: &str, value: Value| {
        let to = To::Set(value);
        SettingChange::new(name.to_owned(), current.value(name).clone(), to)
    };
    let mut both = AreaChange {
        area: area.key.to_owned(),
        project: "abc".to_owned(),
        settings: vec![wanted("max_connections", json!(600)), wanted("work_mem", json!("4MB"))],
        room: None,
    };
    both.fit(machine, &current);
    let warned = |change: &AreaChange| -> Vec<(String, usize)> {
        change
            .settings
            .iter()
            .map(|one| (one.name.clone(), one.warnings.len()))
            .collect()
    };
    // 600 connections may take 873 kB each, 60 may take 8 MB.
    assert_eq!(
        warned(&both),
        [("max_connections".to_owned(), 0), ("work_mem".to_owned(), 1)]
    );
    let parameters = SecretJson::from(json!({}));
    let (memory, _) = both.without(area.write, &["max_connections"], &parameters);
    assert_eq!(warned(&memory), [("work_mem".to_owned(), 0)]);
    let (connections, _) = both.without(area.write, &["work_mem"], &parameters);
    assert_eq!(warned(&connections), [("max_connections".to_owned(), 1)]);
    assert!(
        connections.settings[0].warnings[0].contains("873kB"),
        "{:?}",
        connections.settings[0].warnings
    );
}

#[test]
fn what_is_on_and_needs_what_is_cleared_is_named() {
    let area = Area::of("auth").unwrap();
    let required = area.settings().filter(|setting| !setting.requires.is_empty());
    let mut tried = 0;
    for switch in required {
        for needed in switch.requires {
            tried += 1;
            let mut current = full(area);
            // Nothing else is on.
            for other in area.settings().filter(|one| one.requires.contains(needed)) {
                current.values.insert(other.name.to_owned(), json!(false));
            }
            current.values.insert(switch.name.to_owned(), json!(true));
            let secret = current.secrets.contains_key(*needed);
            if secret {
                current.secrets.insert((*needed).to_owned(), true);
            } else {
                current.values.insert((*needed).to_owned(), json!("something"));
            }
            let clears = |current: &Current, off: bool| {
                let mut sent = untouched(area, current, off.then_some((switch.name, &json!(false))));
                sent.texts.retain(|(name, _)| name != needed);
                sent.texts.push(((*needed).to_owned(), String::new()));
                if secret {
                    sent.texts.push((format!("{CLEAR}{needed}"), "true".to_owned()));
                }
                draw_up(area, "abc", sent, current)
                    .unwrap_or_else(|error| panic!("{needed}: {error}"))
                    .change
            };
            let stops = |change: &AreaChange| {
                let cleared = change.settings.iter().find(|one| one.name == **needed);
                cleared
                    .unwrap_or_else(|| panic!("{needed} is not changed"))
                    .stops
                    .clone()
            };
            assert_eq!(stops(&clears(&current, false)), [switch.label], "{needed}");
            // What is switched off with it needs it no more; and does again once that is left out.
            let both = clears(&current, true);
            assert_eq!(stops(&both), [""; 0], "{needed}");
            let (cleared, _) = both.without(area.write, &[switch.name], &SecretJson::from(json!({})));
            assert_eq!(stops(&cleared), [switch.label], "{needed}");
            current.values.insert(switch.name.to_owned(), json!(false));
            assert_eq!(stops(&clears(&current, false)), [""; 0], "{needed}");
        }
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn undoing_asks_for_what_was() {
    for area in Area::ALL {
        let mut current = full(area);
        let before = current.clone();
        for (name, was) in &before.values {
            let setting = area.setting(name).unwrap();
            let wanted = some(area.field(setting).unwrap(), was);
            if wanted.is_null() {
                continue;
            }
            let sent = untouched(area, &before, Some((name, &wanted)));
            let mut change = draw_up(area, "abc", sent, &before).unwrap().change;
            current.values.insert(name.clone(), wanted);
            change.note(&current);
            let back = draw_up(area, "abc", change.undoing().unwrap(), &current)
                .unwrap()
                .change;
            assert_eq!(back.settings[0].wanted(), was, "{name}");
            assert!(!back.settings[0].is_conflict(), "{name}");
            current.values.insert(name.clone(), was.clone());
        }
    }
}

#[test]
fn what_somebody_else_has_changed_is_a_conflict() {
    let area = Area::of("auth").unwrap();
    let opened = full(area);
    let sent = untouched(area, &opened, Some(("jwt_exp", &json!(7200))));
    let mut now = opened.clone();
    now.values.insert("jwt_exp".to_owned(), json!(1800));
    let change = draw_up(area, "abc", sent, &now).unwrap().change;
    assert!(change.settings[0].is_conflict());
    assert_eq!(change.settings[0].was, json!(1800));
    assert!(change.overtaken(&now).is_empty());
    now.values.insert("jwt_exp".to_owned(), json!(900));
    assert_eq!(change.overtaken(&now), ["jwt_exp"]);
}

#[test]
fn where_a_call_replaces_what_was_not_touched_is_sent_as_it_is_now() {
    let area = Area::of("database").unwrap();
    let opened = full(area);
    // Only that call sets one back to its usual value.
    let sent = untouched(area, &opened, Some(("work_mem", &Value::Null)));
    let mut now = opened.clone();
    now.values.insert("max_connections".to_owned(), json!(77));
    let drawn = draw_up(area, "abc", sent, &now).unwrap();
    assert_eq!(drawn.operation, OperationId::UpdatePostgresConfig);
    assert_eq!(object(&drawn.parameters)["max_connections"], 77);
    assert!(!object(&drawn.parameters).contains_key("work_mem"));
    assert_eq!(drawn.change.settings.len(), 1);
    now.values.insert("max_connections".to_owned(), json!(78));
    let refreshed = drawn.change.refreshed(drawn.operation, &drawn.parameters, &now);
    assert_eq!(object(&refreshed)["max_connections"], 78);
    assert!(!object(&refreshed).contains_key("work_mem"));
}

#[test]
fn where_a_call_changes_only_what_it_is_sent_nothing_else_goes_along() {
    let area = Area::of("database").unwrap();
    let now = full(area);
    let sent = untouched(area, &now, Some(("work_mem", &json!("8MB"))));
    let drawn = draw_up(area, "abc", sent, &now).unwrap();
    assert_eq!(drawn.operation, OperationId::PatchPostgresConfig);
    let refreshed = drawn.change.refreshed(drawn.operation, &drawn.parameters, &now);
    assert_eq!(
        Value::Object(object(&refreshed)),
        json!({ "ref": "abc", "work_mem": "8MB" })
    );
}

#[test]
fn a_secret_is_set_or_cleared_and_never_shown() {
    let area = Area::of("auth").unwrap();
    let current = full(area);
    let mut sent = untouched(area, &current, None);
    for (name, text) in &mut sent.texts {
        if name == "smtp_pass" {
            *text = "hunter2!".to_owned();
        }
    }
    let drawn = draw_up(area, "abc", sent, &current).unwrap();
    let told = serde_json::to_string(&drawn.change).unwrap();
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(object(&drawn.parameters)["smtp_pass"], "hunter2!");
    assert!(drawn.change.undoing().is_none(), "a secret cannot be brought back");
}

#[test]
fn what_the_table_does_not_know_is_shown_and_what_may_be_secret_is_not() {
    let area = Area::of("data-api").unwrap();
    let answer = json!({
        "db_schema": "public", "max_rows": 1000, "jwt_secret": "top", "new_flag": true, "new_api_key": "sb_1", "new_text": "x",
    });
    let current = Current::of(area, &answer);
    assert_eq!(current.value("db_schema"), "public");
    assert_eq!(current.value("db_pool"), &Value::Null);
    let other: Vec<_> = current
        .other
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_deref()))
        .collect();
    assert_eq!(
        other,
        [
            ("new_flag", Some("true")),
            ("new_api_key", None),
            ("new_text", Some("x"))
        ]
    );
    assert_eq!(convert::entries(" a,b\n\nc ,"), ["a", "b", "c"]);
}

/// The API document of today, where it lies beside the project.
fn document() -> Option<Value> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/management-api/openapi-now.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: openapi-now.json is not beside the project");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// The properties of a schema of the document.
fn properties<'a>(document: &'a Value, mut schema: &'a Value) -> Option<&'a serde_json::Map<String, Value>> {
    while let Some(reference) = schema["$ref"].as_str() {
        schema = document.pointer(reference.trim_start_matches('#'))?;
    }
    schema["properties"].as_object()
}

/// The names of an operation's body, those of objects that are filled in part by part one by one.
fn asked_for(document: &Value, id: management_api::OperationId) -> BTreeSet<String> {
    fn add(document: &Value, schema: &Value, prefix: &str, parts: &[&str], names: &mut BTreeSet<String>) {
        for (name, inner) in properties(document, schema).into_iter().flatten() {
            let name = format!("{prefix}{name}");
            let whole = parts
                .iter()
                .any(|part| format!("{name}.").starts_with(&format!("{part}.")));
            if whole && properties(document, inner).is_some() {
                add(document, inner, &format!("{name}."), parts, names);
            } else {
                names.insert(name);
            }
        }
    }
    let row = id.row();
    let entry = &document["paths"][row.path][row.method.as_str().to_lowercase()];
    let schema = entry.pointer("/requestBody/content/application~1json/schema");
    let mut names = BTreeSet::new();
    add(document, schema.unwrap_or(&Value::Null), "", row.parts, &mut names);
    names
}

#[test]
fn every_setting_of_today_is_covered_and_none_is_made_up() {
    let Some(document) = document() else { return };
    let mut count = 0;
    for area in Area::ALL {
        let today = asked_for(&document, area.write);
        let settings = area.settings().map(|setting| setting.name);
        let known: BTreeSet<String> = settings.chain(area.how.iter().copied()).map(str::to_owned).collect();
        assert!(!today.is_empty(), "{}", area.key);
        assert_eq!(known, today, "{}", area.key);
        count += known.len();
    }
    println!("{count} of {count} parameters of {} configurations", Area::ALL.len());
}
