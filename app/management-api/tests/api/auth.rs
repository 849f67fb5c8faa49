//! The table of auth settings says what the API document says.

use std::collections::BTreeMap;

use management_api::{
    OperationId, Request,
    auth::{AuthChanges, AuthConfig, Setting, UpdateAuthConfig},
};
use serde_json::{Map, Value, json};

use crate::document::Document;

/// A documented property in the manner of ours: `nullable` is a second type, and descriptions are left out.
fn plain(property: &Value) -> Value {
    let mut property = property.as_object().unwrap().clone();
    property.remove("description");
    // Of an address it looks ahead, which Rust's regular expressions do not; the format says nearly the same.
    if property.get("format") == Some(&json!("email")) {
        property.remove("pattern");
    }
    if property.remove("nullable") == Some(json!(true)) {
        property.insert("type".to_owned(), json!([property["type"], "null"]));
    }
    numbers(Value::Object(property))
}

/// Limits as floating-point numbers, so that 0 and 0.0 are the same.
fn numbers(mut property: Value) -> Value {
    for limit in ["minimum", "maximum"] {
        if let Some(number) = property.get_mut(limit) {
            *number = json!(number.as_f64());
        }
    }
    property
}

#[test]
fn settings_agree_with_the_document() {
    let Some(document) = Document::open() else { return };
    let body = document.body(OperationId::UpdateAuthConfig).unwrap();
    let documented: BTreeMap<_, _> = body["properties"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, property)| (name.clone(), plain(property)))
        .collect();
    let ours: BTreeMap<_, _> = Setting::all()
        .map(|setting| {
            let mut schema = setting.schema();
            schema.remove("description");
            if schema.get("format") == Some(&json!("password")) {
                schema.remove("format");
            }
            (setting.name.to_owned(), numbers(Value::Object(schema)))
        })
        .collect();
    for (name, property) in &documented {
        assert_eq!(ours.get(name), Some(property), "{name}");
    }
    assert_eq!(ours.len(), documented.len(), "no setting is of our own making");
    assert_eq!(Setting::all().count(), ours.len(), "no setting stands twice");
}

#[test]
fn every_answered_setting_is_read() {
    let Some(document) = Document::open() else { return };
    let schema = document.resolve(document.answer(OperationId::GetAuthConfig).unwrap());
    let read = serde_json::to_value(AuthConfig::default()).unwrap();
    for name in schema["properties"].as_object().unwrap().keys() {
        assert!(read.get(name).is_some(), "{name}");
    }
}

#[test]
fn secrets_of_the_row_are_those_of_the_table() {
    let mut table: Vec<_> = Setting::all()
        .filter(|setting| setting.schema().get("format") == Some(&json!("password")))
        .map(|setting| setting.name)
        .collect();
    for id in [OperationId::UpdateAuthConfig, OperationId::GetAuthConfig] {
        let mut row = id.row().secret_answer.to_vec();
        row.sort_unstable();
        table.sort_unstable();
        assert_eq!(row, table, "{id}");
    }
}

/// The body of a change.
fn body(changes: AuthChanges) -> Map<String, Value> {
    let operation = UpdateAuthConfig {
        project: "abcdefghijklmnopqrst".to_owned(),
        changes,
    };
    match Request::of(&operation).unwrap().body {
        Some(Value::Object(body)) => body,
        other => panic!("{other:?}"),
    }
}

#[test]
fn null_unsets_and_nothing_leaves_alone() {
    let changes = AuthChanges {
        jwt_exp: Some(Some(600)),
        smtp_pass: Some(None),
        passkey_enabled: Some(true),
        ..AuthChanges::default()
    };
    let sent = body(changes.clone());
    let expected = json!({ "jwt_exp": 600, "smtp_pass": null, "passkey_enabled": true });
    assert_eq!(Value::Object(sent), expected);

    let mut parameters = expected;
    parameters["ref"] = json!("abcdefghijklmnopqrst");
    let read: UpdateAuthConfig = serde_json::from_value(parameters).unwrap();
    assert_eq!(read.changes, changes);
    assert!(body(AuthChanges::default()).is_empty());
}

#[test]
fn what_must_be_set_cannot_be_unset() {
    let parameters = json!({ "ref": "abcdefghijklmnopqrst", "mailer_otp_exp": null });
    assert!(serde_json::from_value::<UpdateAuthConfig>(parameters).is_err());
}
