use std::collections::BTreeSet;

use management_api::{Body, Effect, Upload, projects::GetServicesHealth};
use serde_json::{Value, json};

use super::*;
use crate::error::ConsoleError;

fn sent(pairs: &[(&str, &str)]) -> Sent {
    Sent {
        texts: pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        files: Vec::new(),
    }
}

/// A form made from a schema instead of a type, on the row of an operation that has a path, a query and a body.
fn form(schema: &Value) -> Form {
    schema::form(OperationId::CreateApiKey, schema)
}

fn one(property: Value, required: bool) -> Field {
    let required = if required { vec!["it"] } else { vec![] };
    let schema = json!({ "type": "object", "properties": { "it": property }, "required": required });
    form(&schema).fields.remove(0)
}

fn field_of(error: ConsoleError) -> String {
    match error {
        ConsoleError::Invalid { field: Some(field), .. } => field,
        other => panic!("{other:?}"),
    }
}

/// Something that fits the field, as a person would type it.
fn typed(field: &Field) -> Vec<String> {
    match &field.kind {
        Kind::Text { least, .. } => vec!["x".repeat(least.unwrap_or(1).max(1) as usize)],
        Kind::Number { least, most, .. } => vec![least.or(*most).unwrap_or(1.0).to_string()],
        Kind::Flag => vec!["true".to_owned()],
        Kind::Choice(choices) => choices.first().map(spelled).into_iter().collect(),
        Kind::Several(choices) => choices.clone(),
        Kind::Lines => vec!["one\r\n\r\n two ".to_owned()],
        Kind::Json(skeleton) => vec![skeleton.to_string()],
        Kind::Rest { .. } => vec!["{}".to_owned()],
        Kind::Files => Vec::new(),
    }
}

#[test]
fn every_operation_has_a_form_that_holds_all_its_parameters() {
    for id in OperationId::ALL {
        let (form, row) = (Form::of(*id), id.row());
        assert_eq!(form.operation, *id);
        assert!(
            form.about.len() > 8 && !form.about.contains('{'),
            "{id}: {:?}",
            form.about
        );
        assert!(form.about.starts_with(form.summary()), "{id}");
        let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), form.fields.len(), "{id}: a name comes twice");
        for name in row.placeholders() {
            let field = form.field(name).unwrap_or_else(|| panic!("{id} lacks {name}"));
            assert_eq!((field.place, field.required), (Place::Path, true), "{id}: {name}");
        }
        // What the type leaves out of the query stands in the body, or is no longer wanted.
        for field in row.query.iter().filter_map(|name| form.field(name)) {
            assert_eq!(field.place, Place::Query, "{id}: {}", field.name);
        }
        for name in id.schema()["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            let asked = form.fields.iter().any(|field| field.path().next() == Some(name));
            assert!(asked, "{id} lacks {name}");
        }
        for name in row.secret_parameters {
            let hidden = form.fields.iter().any(|field| match &field.kind {
                Kind::Rest { secrets, .. } => secrets.contains(*name),
                _ => field.path().next() == Some(*name) && field.secret,
            });
            assert!(hidden, "{id}: {name} would come back to the browser");
        }
        assert!(
            form.fields.len() <= 48,
            "{id}: {} fields are too many",
            form.fields.len()
        );
        if row.body == Body::None {
            assert!(
                form.fields.iter().all(|field| field.place != Place::Body),
                "{id} has no body"
            );
        }
    }
}

#[test]
fn a_form_filled_in_becomes_a_request_for_every_operation() {
    for id in OperationId::ALL {
        let form = Form::of(*id);
        let mut all = Sent::default();
        for field in &form.fields {
            all.texts
                .extend(typed(field).into_iter().map(|text| (field.name.clone(), text)));
            if field.kind == Kind::Files {
                all.files.push((field.name.clone(), Upload::new("index.ts", b"hello")));
            }
        }
        let parameters = form.read(&all).unwrap_or_else(|error| panic!("{id}: {error}"));
        let request = id
            .request(parameters.clone())
            .unwrap_or_else(|error| panic!("{id}: {error}: {parameters}"));
        assert!(!request.path.contains('{'), "{id}: {}", request.path);
        // What was typed has arrived: the type gives it back.
        for field in form.fields.iter().filter(|field| field.name != REST) {
            let pointer = format!("/{}", field.name.replace('.', "/"));
            let expected = parameters.pointer(&pointer);
            assert!(expected.is_some(), "{id}: {} was not read", field.name);
            if !matches!(field.kind, Kind::Json(_) | Kind::Number { .. }) {
                assert_eq!(request.parameters.pointer(&pointer), expected, "{id}: {}", field.name);
            }
        }
    }
}

#[test]
fn what_is_required_is_asked_for_by_name() {
    for id in OperationId::ALL {
        let form = Form::of(*id);
        let needed = form
            .fields
            .iter()
            .find(|field| field.required && field.kind != Kind::Flag);
        match (form.read(&Sent::default()), needed) {
            (Err(error), Some(field)) => assert_eq!(field_of(error), field.name, "{id}"),
            (Ok(_), None) => {}
            (outcome, needed) => panic!("{id}: {outcome:?} although {needed:?}"),
        }
    }
}

#[test]
fn an_optional_field_left_empty_is_not_sent() {
    for id in OperationId::ALL {
        let form = Form::of(*id);
        let mut some = Sent::default();
        for field in form.fields.iter().filter(|field| field.required) {
            some.texts
                .extend(typed(field).into_iter().map(|text| (field.name.clone(), text)));
        }
        for field in form.fields.iter().filter(|field| !field.required) {
            // Spaces may be a secret.
            let empty = if field.secret { "" } else { " " };
            some.texts.push((field.name.clone(), empty.to_owned()));
        }
        let parameters = form.read(&some).unwrap_or_else(|error| panic!("{id}: {error}"));
        for field in form.fields.iter().filter(|field| !field.required) {
            let pointer = format!("/{}", field.name.replace('.', "/"));
            assert_eq!(parameters.pointer(&pointer), None, "{id}: {}", field.name);
        }
        id.request(parameters).unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

#[test]
fn schemas_become_the_control_that_fits() {
    let text = |least, most| Kind::Text {
        long: false,
        least,
        most,
    };
    for (schema, kind) in [
        (
            json!({ "type": "string", "minLength": 2, "maxLength": 9 }),
            text(Some(2), Some(9)),
        ),
        (json!({ "type": ["string", "null"] }), text(None, None)),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
            text(None, None),
        ),
        (json!({ "type": "boolean" }), Kind::Flag),
        (
            json!({ "type": "string", "enum": ["a", "b", null] }),
            Kind::Choice(vec![json!("a"), json!("b")]),
        ),
        (
            json!({ "oneOf": [{ "const": "a" }, { "type": "string", "enum": ["b", "c"] }] }),
            Kind::Choice(vec![json!("a"), json!("b"), json!("c")]),
        ),
        (json!({ "type": "array", "items": { "type": "string" } }), Kind::Lines),
        (
            json!({ "type": "array", "items": { "enum": ["a", "b"] } }),
            Kind::Several(vec!["a".to_owned(), "b".to_owned()]),
        ),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
            Kind::Number {
                whole: true,
                least: Some(1.0),
                most: Some(5.0),
            },
        ),
        (json!(true), Kind::Json(Value::Null)),
        (
            json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": {} }, "required": ["a"] }),
            Kind::Json(json!({ "a": "" })),
        ),
        (
            json!({ "type": "array", "items": { "type": "object", "properties": { "a": { "type": "integer" } } } }),
            Kind::Json(json!([{ "a": 0 }])),
        ),
    ] {
        assert_eq!(one(schema.clone(), true).kind, kind, "{schema}");
    }
}

#[test]
fn a_type_that_holds_itself_ends() {
    let tree = json!({ "type": "object", "properties": { "leaf": { "$ref": "#/$defs/Tree" } }, "required": ["leaf"] });
    let schema = json!({
        "type": "object", "properties": { "it": { "$ref": "#/$defs/Tree" } }, "required": ["it"], "$defs": { "Tree": tree },
    });
    assert!(matches!(&form(&schema).fields[0].kind, Kind::Json(Value::Object(_))));
    let circle = json!({ "type": "object", "properties": { "it": { "$ref": "#/$defs/A" } }, "$defs": { "A": { "$ref": "#/$defs/A" } } });
    assert_eq!(form(&circle).fields.len(), 1);
}

#[test]
fn passwords_are_secret_however_deep() {
    let password = json!({ "type": "string", "format": "password" });
    assert!(one(password.clone(), true).secret);
    let deep = json!({ "type": "array", "items": { "type": "object", "properties": { "p": { "anyOf": [password, { "type": "null" }] } } } });
    assert!(one(deep, false).secret);
    assert!(!one(json!({ "type": "string" }), true).secret);
}

#[test]
fn notes_of_unfinished_work_are_not_shown() {
    let schema = json!({ "type": "object", "description": "TODO", "properties": { "it": { "type": "string", "description": "A\nb." } } });
    let form = form(&schema);
    assert_eq!(form.fields[0].help, "A b.");
    assert!(
        !form.about.contains("TODO") && form.about.ends_with('.'),
        "{}",
        form.about
    );
}

#[test]
fn wrong_values_name_their_field() {
    let wrong = [
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
            vec!["0", "6", "1.5", "x", "1e3"],
        ),
        (json!({ "type": "number", "maximum": 5 }), vec!["6", "NaN", "inf", "x"]),
        (json!({ "type": "boolean" }), vec!["yes"]),
        (json!({ "enum": ["a"] }), vec!["b", "A"]),
        (json!({ "type": "array", "items": { "enum": ["a"] } }), vec!["b"]),
        (json!({ "type": "object" }), vec!["{", "{'a': 1}"]),
        (
            json!({ "type": "string", "minLength": 2, "maxLength": 3 }),
            vec!["a", "\u{1f98a}\u{1f98a}\u{1f98a}\u{1f98a}"],
        ),
    ];
    for (schema, texts) in wrong {
        let schema = json!({ "type": "object", "properties": { "it": schema } });
        for text in texts {
            let error = form(&schema).read(&sent(&[("it", text)])).unwrap_err();
            assert_eq!(field_of(error), "it", "{schema}: {text}");
        }
    }
}

#[test]
fn several_choices_and_lines_are_lists() {
    let form = Form::of(OperationId::GetServicesHealth);
    let read = form
        .read(&sent(&[("ref", "abc"), ("services", "auth"), ("services", "db")]))
        .unwrap();
    let health: GetServicesHealth = serde_json::from_value(read).unwrap();
    assert_eq!(health.project, "abc");
    let deletion = Form::of(OperationId::DeleteSecrets);
    let read = deletion
        .read(&sent(&[("ref", "abc"), ("names", " A \r\n\r\nB\n")]))
        .unwrap();
    assert_eq!(read, json!({ "ref": "abc", "names": ["A", "B"] }));
}

#[test]
fn the_body_as_one_object_goes_beside_the_path_and_not_over_it() {
    let mut properties = serde_json::Map::new();
    for at in 0..60 {
        properties.insert(format!("option_{at}"), json!({ "type": "integer" }));
    }
    properties.insert("ref".to_owned(), json!({ "type": "string" }));
    properties.insert("token".to_owned(), json!({ "type": "string", "format": "password" }));
    let form = form(&json!({ "type": "object", "properties": properties }));
    assert_eq!(
        form.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        ["ref", REST]
    );
    let read = form
        .read(&sent(&[("ref", "abc"), (REST, "{\"option_1\": 1, \"unknown\": null}")]))
        .unwrap();
    assert_eq!(read, json!({ "ref": "abc", "option_1": 1, "unknown": null }));
    for bad in ["{\"ref\": \"other\"}", "[]", "{", "1"] {
        assert_eq!(
            field_of(form.read(&sent(&[("ref", "abc"), (REST, bad)])).unwrap_err()),
            REST,
            "{bad}"
        );
    }
    // It comes back without its secrets, and not at all where it cannot be told which they are.
    let kept = |text: &str| form.kept(&sent(&[(REST, text)])).remove(REST).unwrap();
    assert_eq!(kept("{ \"option_1\":1}"), ["{ \"option_1\":1}"]);
    assert!(!kept("{\"option_1\": 1, \"token\": \"hunter2\"}")[0].contains("hunter2"));
    assert_eq!(kept("{\"token\": \"hunter2\""), [] as [&str; 0]);
}

#[test]
fn secrets_keep_their_spaces_and_do_not_come_back() {
    let form = Form::of(OperationId::UpdateDatabasePassword);
    let typed = sent(&[("ref", " abc "), ("password", " p w ")]);
    assert_eq!(form.read(&typed).unwrap(), json!({ "ref": "abc", "password": " p w " }));
    let kept = form.kept(&typed);
    assert_eq!(kept.get("ref"), Some(&vec![" abc ".to_owned()]));
    assert!(!kept.contains_key("password"));
}

#[test]
fn what_was_typed_is_kept_without_secrets_and_the_forms_own_fields() {
    let typed = sent(&[("name", " p w "), ("db_pass", " p w "), ("_next", " p w ")]);
    let mut kept = Form::of(OperationId::CreateProject).kept(&typed);
    kept.retain(|_, texts| !texts.is_empty());
    assert_eq!(
        kept.into_iter().collect::<Vec<_>>(),
        [("name".to_owned(), vec![" p w ".to_owned()])]
    );
}

#[test]
fn whatever_destroys_or_costs_is_asked_about_first() {
    for id in OperationId::ALL {
        let (row, confirmation) = (id.row(), Confirmation::of(id.row()));
        match row.effect {
            Effect::Read | Effect::Write => assert_eq!(confirmation, Confirmation::None, "{id}"),
            Effect::Costly => assert_eq!(confirmation, Confirmation::Sure, "{id}"),
            Effect::Destructive => match confirmation {
                Confirmation::ProjectName => assert!(row.placeholders().any(|name| name == "ref"), "{id}"),
                Confirmation::Again(name) => assert!(Form::of(*id).field(name).is_some(), "{id}"),
                Confirmation::None | Confirmation::Sure => panic!("{id} is not confirmed"),
            },
        }
    }
}

fn unfit_field(id: OperationId, parameters: Value) -> (Option<String>, String) {
    match Form::of(id).request(&parameters).unwrap_err() {
        ConsoleError::Invalid { field, message } => (field, message),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_field_that_does_not_fit_is_named() {
    let (field, message) = unfit_field(
        OperationId::RunQuery,
        json!({ "ref": "abc", "query": "select 1", "parameters": 5 }),
    );
    assert_eq!(field.as_deref(), Some("parameters"), "{message}");
    let (field, _) = unfit_field(OperationId::GetProject, json!({ "ref": ".." }));
    assert_eq!(field.as_deref(), Some("ref"));
}

#[test]
fn a_secret_that_does_not_fit_is_not_repeated() {
    let secrets = json!({ "ref": "abc", "secrets": [{ "name": "A", "value": ["hunter2"] }] });
    let (field, message) = unfit_field(OperationId::CreateSecrets, secrets);
    assert_eq!(field.as_deref(), Some("secrets"));
    assert!(!message.contains("hunter2"), "{message}");
    let (_, message) = unfit_field(
        OperationId::CreateSecrets,
        json!({ "ref": "abc", "secrets": "hunter2" }),
    );
    assert!(!message.contains("hunter2"), "{message}");
}
