use std::collections::BTreeSet;

use management_api::{Asks, Body, Effect, Named, Upload, projects::GetServicesHealth};
use serde_json::{Value, json};

use super::*;
use crate::error::ConsoleError;

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
        Kind::Text {
            pattern: Some(pattern), ..
        } => vec![fitting(pattern).to_owned()],
        Kind::Text { least, .. } => vec!["x".repeat(least.unwrap_or(1).max(1) as usize)],
        Kind::Number { least, most, .. } => vec![least.or(*most).unwrap_or(1.0).to_string()],
        Kind::Flag => vec!["true".to_owned()],
        Kind::Choice(choices) => choices.first().map(spelled).into_iter().collect(),
        // Some lists take no more than a few at a time.
        Kind::Several(choices) => choices.iter().take(3).cloned().collect(),
        Kind::Lines => vec!["one\r\n\r\n two ".to_owned()],
        Kind::Json(_) => vec![json(field)],
        Kind::Files => Vec::new(),
    }
}

/// A text of the form that a type wants.
fn fitting(pattern: &str) -> &'static str {
    let texts = ["x", "20260131120000", "100", "03:30:00", "5s", "1=1", "123456789012"];
    let fits = |text: &&&str| regex::Regex::new(pattern).unwrap().is_match(text);
    texts
        .iter()
        .find(fits)
        .unwrap_or_else(|| panic!("nothing here fits {pattern}"))
}

/// The empty shape of a field with something in it, where a type wants more than nothing.
fn json(field: &Field) -> String {
    let Kind::Json(skeleton) = &field.kind else {
        panic!("{field:?}")
    };
    skeleton.to_string().replace("\"\"", "\"x\"").replace(":0", ":1")
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
            let hidden = |field: &Field| field.path().next() == Some(*name) && field.secret;
            let hidden = form.fields.iter().any(hidden);
            assert!(hidden, "{id}: {name} would come back to the browser");
        }
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
        for field in &form.fields {
            let pointer = format!("/{}", field.path().collect::<Vec<_>>().join("/"));
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
            let pointer = format!("/{}", field.path().collect::<Vec<_>>().join("/"));
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
        pattern: None,
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
        (
            json!({ "type": "object" }),
            vec![
                "{",
                "{'a': 1}",
                "{\"a\": 1, \"a\": 1}",
                "{\"a\": [{\"b\": 1, \"c\": null, \"b\": 2}]}",
            ],
        ),
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
    let read = form.read(&sent(&[("ref", "abc"), ("services", "auth\ndb")])).unwrap();
    let health: GetServicesHealth = serde_json::from_value(read).unwrap();
    assert_eq!(health.project, "abc");
    let deletion = Form::of(OperationId::DeleteSecrets);
    let read = deletion
        .read(&sent(&[("ref", "abc"), ("names", " A \r\n\r\nB\n")]))
        .unwrap();
    assert_eq!(read, json!({ "ref": "abc", "names": ["A", "B"] }));
    // Ticked rows: each is what it is.
    let ticked = [
        ("_each", "names"),
        ("names", " A "),
        ("names", "B\r\nC"),
        ("ref", "abc"),
    ];
    let read = deletion.read(&sent(&ticked)).unwrap();
    assert_eq!(read, json!({ "ref": "abc", "names": [" A ", "B\nC"] }));
    assert!(
        deletion.read(&sent(&ticked[1..])).is_err(),
        "only where the form says so"
    );
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
fn whatever_destroys_costs_or_lets_somebody_in_is_asked_about_first() {
    for id in OperationId::ALL {
        let (row, confirmation) = (id.row(), Confirmation::of(id.row()));
        match row.effect {
            Effect::Read => assert_eq!(confirmation, Confirmation::None, "{id}"),
            Effect::Write => assert_eq!(confirmation == Confirmation::None, row.asks == Asks::Nothing, "{id}"),
            Effect::Costly => assert!(matches!(confirmation, Confirmation::Sure(_)), "{id}"),
            Effect::Destructive => match confirmation {
                Confirmation::Project => assert!(row.placeholders().any(|name| name == "ref"), "{id}"),
                Confirmation::Again(name) | Confirmation::Each(name) => {
                    assert!(Form::of(*id).field(name).is_some(), "{id}")
                }
                Confirmation::Branch => assert!(row.placeholders().any(|name| name == BRANCH), "{id}"),
                Confirmation::Name(Named::Organization) => assert_eq!(row.placeholders().count(), 1, "{id}"),
                Confirmation::Name(_) => assert_eq!(row.placeholders().count(), 2, "{id}"),
                Confirmation::Told => assert!(
                    matches!(
                        row.asks,
                        Asks::Sql(_)
                            | Asks::KeptSql(_)
                            | Asks::Merge
                            | Asks::Push
                            | Asks::Reset
                            | Asks::ChangesFunctions
                    ),
                    "{id}"
                ),
                Confirmation::None | Confirmation::Sure(_) => panic!("{id} is not confirmed"),
            },
        }
        // What changes something and puts something at stake is asked about, and what is asked about says why.
        if row.effect == Effect::Write {
            let kept = matches!(row.asks, Asks::KeptSql(_));
            assert_eq!(row.asks != Asks::Nothing, kept || !row.risks.is_empty(), "{id}");
        }
        if let Asks::Sql(names) | Asks::KeptSql(names) = row.asks {
            for name in names {
                assert!(
                    matches!(Form::of(*id).field(name).unwrap().kind, Kind::Text { .. }),
                    "{id}: {name}"
                );
            }
        }
    }
}

#[test]
fn a_name_that_cannot_be_typed_is_confirmed_by_the_ref() {
    for name in [
        "",
        "   ",
        "\u{a0}\u{2003}",
        "\u{200b}\u{feff}\u{2060}",
        "two\nlines",
        "\u{2800}",
    ] {
        assert_eq!(project_key(name, "abc"), ("ref", "abc"), "{name:?}");
    }
    for name in ["a", " a ", "\u{1f6a2}", "\u{e9}", "-"] {
        assert_eq!(project_key(name, "abc"), ("name", name), "{name:?}");
    }
}

/// What the form says of these fields, and of which.
pub(super) fn refusal(id: OperationId, pairs: &[(&str, &str)]) -> (String, String) {
    let form = Form::of(id);
    let read = form.read(&sent(pairs)).and_then(|parameters| form.request(&parameters));
    match read {
        Err(ConsoleError::Invalid { field, message }) => (field.unwrap_or_default(), message),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_parameter_is_refused_by_name_and_never_dropped() {
    let project = ("ref", "abc");
    for name in ["sitee_url", "_unknown", "Name", "name ", "", "ref.name", "_body"] {
        let (field, message) = refusal(OperationId::UpdateProject, &[project, ("name", "Shop"), (name, "x")]);
        assert_eq!(field, name);
        assert!(
            message.contains(&format!(
                "\u{201c}{name}\u{201d} is no parameter of v1-update-a-project"
            )),
            "{message}"
        );
    }
    for id in OperationId::ALL {
        let (field, _) = refusal(*id, &[("no_such_parameter", "x")]);
        assert_eq!(field, "no_such_parameter", "{id}");
    }
    let own: Vec<(&str, &str)> = OWN.iter().map(|name| (*name, "x")).collect();
    let all: Vec<(&str, &str)> = [project, ("name", "Shop")].into_iter().chain(own).collect();
    let read = Form::of(OperationId::UpdateProject).read(&sent(&all)).unwrap();
    assert_eq!(read, json!({ "ref": "abc", "name": "Shop" }));
}

#[test]
fn unknown_names_within_json_are_refused_with_their_place() {
    let project = ("ref", "abc");
    for (id, fields, field, told) in [
        (
            OperationId::UpdateSslEnforcement,
            vec![project, ("requestedConfig.databse", "true")],
            "requestedConfig.databse",
            "requestedConfig.databse\u{201d} is no parameter of",
        ),
        (
            OperationId::PatchNetworkRestrictions,
            vec![project, ("add.dbAllowedCidrsV4", "")],
            "add.dbAllowedCidrsV4",
            "add.dbAllowedCidrsV4\u{201d} is no parameter of",
        ),
        (
            OperationId::UpdateJitAccess,
            vec![
                project,
                ("user_id", "a"),
                ("roles", "[{\"role\": \"a\", \"rolle\": \"b\"}]"),
            ],
            "roles",
            "roles[0].rolle",
        ),
        (
            OperationId::CreateSecrets,
            vec![
                project,
                (
                    "secrets",
                    "[{\"name\": \"A\", \"value\": \"b\"}, {\"name\": \"A\", \"value\": \"b\", \"vlaue\": \"hunter2\"}]",
                ),
            ],
            "secrets",
            "secrets[1].vlaue",
        ),
    ] {
        let (named, message) = refusal(id, &fields);
        assert_eq!(named, field, "{message}");
        assert!(message.contains(told), "{told}: {message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn ranges_patterns_lengths_and_choices_hold_within_json_too() {
    let project = ("ref", "abc");
    let long = format!("[{{\"name\": \"{}\", \"value\": \"b\"}}]", "A".repeat(257));
    for (id, fields, field, told) in [
        (
            OperationId::CreateSecrets,
            vec![project, ("secrets", long.as_str())],
            "secrets",
            "secrets[0].name must have 256 characters at most",
        ),
        (
            OperationId::CreateSecrets,
            vec![project, ("secrets", "[{\"name\": \"A\"}]")],
            "secrets",
            "secrets[0].value is missing",
        ),
        (
            OperationId::GetMigration,
            vec![project, ("version", "x")],
            "version",
            "version is not of the form ^\\d+$",
        ),
        (OperationId::ListSnippets, vec![("limit", "101")], "limit", "1 to 100"),
    ] {
        let (named, message) = refusal(id, &fields);
        assert_eq!(named, field, "{message}");
        assert!(message.contains(told), "{told}: {message}");
    }
}

#[test]
fn the_placeholder_of_a_secret_is_never_sent() {
    let project = ("ref", "abc");
    for (id, fields, field) in [
        (
            OperationId::UpdateDatabasePassword,
            vec![project, ("password", WITHHELD)],
            "password",
        ),
        (
            OperationId::UpdateAuthConfig,
            vec![project, ("smtp_pass", WITHHELD)],
            "smtp_pass",
        ),
        (
            OperationId::CreateSecrets,
            vec![project, ("secrets", "[{\"name\": \"A\", \"value\": \"[secret]\"}]")],
            "secrets",
        ),
    ] {
        let (named, message) = refusal(id, &fields);
        assert_eq!(named, field, "{message}");
        assert!(message.contains("only stands for a secret"), "{message}");
    }
}

#[test]
fn a_field_comes_once_and_files_go_where_files_belong() {
    let project = ("ref", "abc");
    let (field, message) = refusal(OperationId::UpdateProject, &[project, ("name", "A"), ("name", "B")]);
    assert_eq!(field, "name");
    assert!(message.contains("came twice"), "{message}");
    assert_eq!(
        refusal(OperationId::DeleteProject, &[project, (CONFIRM, "A"), (CONFIRM, "B")]).0,
        CONFIRM
    );
    assert_eq!(
        refusal(OperationId::DeployFunction, &[project, ("file", "index.ts")]).0,
        "file"
    );
    let mut all = sent(&[project, ("name", "A")]);
    for name in ["name", "no_such_parameter"] {
        all.files = vec![(name.to_owned(), Upload::new("index.ts", b"hello"))];
        assert_eq!(
            field_of(Form::of(OperationId::UpdateProject).read(&all).unwrap_err()),
            name
        );
    }
}

#[test]
fn what_is_required_is_asked_for_with_its_range_and_the_document_says_what_is() {
    let schema = json!({ "type": "integer", "minimum": 1, "maximum": 100 });
    let schema = json!({ "type": "object", "properties": { "limit": schema }, "required": ["limit"] });
    match form(&schema).read(&sent(&[])).unwrap_err() {
        ConsoleError::Invalid { message, .. } => {
            assert_eq!(message, "Please fill this in: limit (whole number, 1 to 100).")
        }
        other => panic!("{other:?}"),
    }
    // The document gives 100 where nothing is asked for.
    let (id, slug) = (OperationId::ListOrganizationProjects, ("slug", "abc"));
    let read = Form::of(id).read(&sent(&[slug])).unwrap();
    assert!(
        Form::of(id)
            .request(&read)
            .unwrap()
            .query
            .contains(&("limit", "100".to_owned()))
    );
    for limit in ["0", "101"] {
        let (field, message) = refusal(id, &[slug, ("limit", limit)]);
        assert_eq!(field, "limit");
        assert!(message.contains("1 to 100"), "{message}");
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

#[test]
fn what_only_the_type_knows_is_laid_on_the_field_too() {
    let parameters = json!({ "slug": "abc", "offset": 99_999_999_999_i64 });
    let (field, message) = unfit_field(OperationId::ListOrganizationProjects, parameters);
    assert_eq!(field.as_deref(), Some("offset"), "{message}");
}

#[test]
fn free_names_are_typed_as_lines_or_as_json() {
    let form = Form::of(OperationId::CreateBranch);
    let read = |secrets: &str| form.read(&sent(&[("ref", "p"), ("branch_name", "b"), ("secrets", secrets)]));
    let secrets = |text: &str| read(text).unwrap()["secrets"].clone();
    assert_eq!(
        secrets("# a remark\n\nexport A=1=2\r\nB = \"x y\"\nC=\n"),
        json!({ "A": "1=2", "B": "x y", "C": "" })
    );
    assert_eq!(secrets(r#"{ "A": "1" }"#), json!({ "A": "1" }));
    for (text, line) in [
        ("A=1\nhunter2", "Line 2"),
        ("=hunter2", "Line 1"),
        ("A=1\nA=hunter2", "Line 2"),
        ("A='hunter2", "Line 1"),
        ("\nSUPABASE_URL=hunter2", "Line 2"),
        ("A-B=hunter2", "Line 1"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with(line) && !error.contains("hunter2"), "{text}: {error}");
    }
    // As in every other `.env` file.
    assert_eq!(
        secrets("\u{feff}A=\"one\\ntwo\"\r\nB='x' # why\r\nKEY=\"-----BEGIN\nabc=\n-----END\""),
        json!({ "A": "one\ntwo", "B": "x", "KEY": "-----BEGIN\nabc=\n-----END" })
    );
}

#[test]
fn free_names_are_typed_in_rows_too() {
    let form = Form::of(OperationId::CreateBranch);
    let read = |rows: &[(&str, &str)]| {
        let rows = rows
            .iter()
            .flat_map(|(name, value)| [("_name.secrets", *name), ("_value.secrets", *value)]);
        let fields: Vec<_> = [("ref", "p"), ("branch_name", "b")].into_iter().chain(rows).collect();
        form.read(&sent(&fields))
    };
    let rows = [("A", " x\r\ny "), ("", ""), (" B ", "1=2")];
    assert_eq!(read(&rows).unwrap()["secrets"], json!({ "A": " x\ny ", "B": "1=2" }));
    assert_eq!(read(&[("", "")]).unwrap().get("secrets"), None);
    for (rows, row) in [
        (vec![("A", "1"), ("", "hunter2")], "Row 2"),
        (vec![("A", "1"), ("A", "hunter2")], "Row 2"),
        (vec![("SUPABASE_KEY", "hunter2")], "Row 1"),
    ] {
        let error = read(&rows).unwrap_err().to_string();
        assert!(error.starts_with(row) && !error.contains("hunter2"), "{error}");
    }
    let both = [
        ("ref", "p"),
        ("branch_name", "b"),
        ("secrets", "A=1"),
        ("_name.secrets", "B"),
        ("_value.secrets", "2"),
    ];
    assert!(
        form.read(&sent(&both))
            .unwrap_err()
            .to_string()
            .contains("Leave one of them empty")
    );
    let other = [("ref", "p"), ("branch_name", "b"), ("_name.region", "B")];
    assert!(form.read(&sent(&other)).is_err());
}
