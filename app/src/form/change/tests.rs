use management_api::{OperationId, catalogue::Method};

use super::*;
use crate::form::{WITHHELD, sent, tests::refusal};

const AUTH: OperationId = OperationId::UpdateAuthConfig;
const POSTGRES: OperationId = OperationId::UpdatePostgresConfig;
const NETWORK: OperationId = OperationId::UpdateNetworkRestrictions;
const PROJECT: (&str, &str) = ("ref", "abc");

fn field(kind: Kind, nullable: bool, required: bool) -> Field {
    Field {
        name: "it".to_owned(),
        place: Place::Body,
        required,
        needed_within: None,
        help: String::new(),
        secret: false,
        nullable,
        kind,
    }
}

fn text() -> Kind {
    Kind::Text {
        long: false,
        least: None,
        most: None,
        pattern: None,
    }
}

fn number() -> Kind {
    Kind::Number {
        whole: true,
        least: Some(0.0),
        most: Some(10.0),
    }
}

fn several() -> Kind {
    Kind::Several(vec!["a".to_owned(), "b".to_owned()])
}

/// What becomes of a field that showed `was` and comes back with `texts`.
fn became(field: &Field, was: &Value, texts: &[&str]) -> Result<Change, ConsoleError> {
    let (name, shown) = super::was(field, was);
    let mut all: Vec<_> = texts.iter().map(|text| ("it", *text)).collect();
    all.push((&name, &shown));
    Ok(changed(field, &sent(&all))?.unwrap().to)
}

#[test]
fn each_kind_is_untouched_cleared_or_set() {
    use Change::{Cleared, Set, Untouched};
    let choice = Kind::Choice(vec![json!("a"), json!("b")]);
    let shape = Kind::Json(json!({}));
    for (kind, was, texts, expected) in [
        // As it was, in the same or in other words.
        (text(), json!("x"), vec!["x"], Untouched),
        (text(), json!(" x "), vec![" x "], Untouched),
        (text(), json!("x"), vec![" x "], Untouched),
        (text(), json!("a\nb"), vec!["a\r\nb"], Untouched),
        (text(), Value::Null, vec![""], Untouched),
        (text(), json!(""), vec![""], Untouched),
        (number(), json!(7), vec!["7"], Untouched),
        (number(), json!(7.0), vec!["7"], Untouched),
        (Kind::Flag, json!(true), vec!["false", "true"], Untouched),
        (Kind::Flag, json!(false), vec!["false"], Untouched),
        (Kind::Flag, Value::Null, vec![""], Untouched),
        (choice.clone(), json!("a"), vec!["a"], Untouched),
        (several(), json!(["b", "a"]), vec!["", "a", "b"], Untouched),
        (several(), json!([]), vec![""], Untouched),
        (Kind::Lines, json!(["a", "b"]), vec![" a\r\n\r\nb "], Untouched),
        (
            shape.clone(),
            json!({ "a": 1, "b": 2 }),
            vec!["{\"b\":2,\r\n\"a\":1}"],
            Untouched,
        ),
        // What is closed is not sent.
        (text(), json!("x"), vec![], Untouched),
        (Kind::Flag, json!(true), vec![], Untouched),
        (several(), json!(["a"]), vec![], Untouched),
        // What was not touched need not be anything that we know.
        (choice.clone(), json!("newer"), vec!["newer"], Untouched),
        (number(), json!(11), vec!["11"], Untouched),
        (several(), json!(["newer"]), vec!["", "newer"], Untouched),
        (text(), json!(5), vec!["5"], Untouched),
        // Nothing where something was.
        (text(), json!("x"), vec![" "], Cleared),
        (number(), json!(0), vec![""], Cleared),
        (Kind::Flag, json!(false), vec![""], Cleared),
        (choice.clone(), json!("a"), vec![""], Cleared),
        (several(), json!(["a"]), vec![""], Cleared),
        (Kind::Lines, json!(["a"]), vec!["\r\n"], Cleared),
        (shape.clone(), json!({}), vec![""], Cleared),
        // Anything else.
        (text(), Value::Null, vec!["x"], Set(json!("x"))),
        (text(), json!("x"), vec!["X"], Set(json!("X"))),
        (number(), Value::Null, vec!["0"], Set(json!(0))),
        (Kind::Flag, json!(true), vec!["false"], Set(json!(false))),
        (Kind::Flag, json!(false), vec!["false", "true"], Set(json!(true))),
        (Kind::Flag, Value::Null, vec!["false"], Set(json!(false))),
        (choice, json!("newer"), vec!["b"], Set(json!("b"))),
        (several(), json!(["a"]), vec!["", "a", "b"], Set(json!(["a", "b"]))),
        (Kind::Lines, json!(["a", "b"]), vec!["b\r\na"], Set(json!(["b", "a"]))),
        (shape, json!({ "a": 1 }), vec!["{\"a\": 2}"], Set(json!({ "a": 2 }))),
    ] {
        let told = format!("{kind:?}: {was} then {texts:?}");
        for required in [false, true] {
            // A box that must say yes or no says no where nothing is in it.
            if required && kind == Kind::Flag && texts == [""] {
                continue;
            }
            let field = field(kind.clone(), true, required);
            assert_eq!(became(&field, &was, &texts), Ok(expected.clone()), "{told}");
        }
    }
    for (kind, texts) in [
        (number(), vec!["11"]),
        (number(), vec!["x"]),
        (Kind::Flag, vec!["yes"]),
        (several(), vec!["", "c"]),
        (Kind::Json(json!({})), vec!["{"]),
    ] {
        assert!(
            became(&field(kind.clone(), true, false), &json!("was"), &texts).is_err(),
            "{kind:?}"
        );
    }
}

#[test]
fn what_is_cleared_is_null_or_empty_as_the_type_allows() {
    let cleared = |kind: Kind, nullable, required, replaces| {
        let field = field(kind, nullable, required);
        let was = json!("x");
        let to = Change::Cleared;
        let field = &field;
        Changed { field, was, to }.value(replaces, replaces || required)
    };
    let long_enough = Kind::Text {
        long: false,
        least: Some(1),
        most: None,
        pattern: None,
    };
    for (kind, empty) in [
        (text(), Some(json!(""))),
        (Kind::Lines, Some(json!([]))),
        (several(), Some(json!([]))),
        (Kind::Json(json!([{}])), Some(json!([]))),
        (Kind::Json(json!({})), None),
        (number(), None),
        (Kind::Flag, None),
        (Kind::Choice(vec![json!("a")]), None),
        (long_enough, None),
    ] {
        let told = format!("{kind:?}");
        assert_eq!(
            cleared(kind.clone(), true, false, false),
            Ok(Some(Value::Null)),
            "{told}"
        );
        match &empty {
            Some(empty) => assert_eq!(
                cleared(kind.clone(), false, false, false),
                Ok(Some(empty.clone())),
                "{told}"
            ),
            None => assert!(cleared(kind.clone(), false, false, false).is_err(), "{told}"),
        }
        // What is required is asked for.
        assert_eq!(cleared(kind.clone(), false, true, false), Ok(None), "{told}");
        // Left out where that sets it back; a list that closes everything is still said to be one.
        let expected = empty.filter(|empty| empty.is_array());
        assert_eq!(cleared(kind, false, false, true), Ok(expected), "{told}");
    }
}

#[test]
fn only_what_was_touched_is_sent() {
    let form = Form::of(AUTH);
    let pairs = [
        PROJECT,
        ("_was.site_url", "\"https://a.example\""),
        ("site_url", "https://a.example"),
        ("_was.jwt_exp", "3600"),
        ("jwt_exp", "7200"),
        ("_was.smtp_host", "\"mail.example\""),
        ("smtp_host", ""),
        ("_was.disable_signup", "true"),
        ("disable_signup", "false"),
        ("_was.external_email_enabled", "true"),
        ("external_email_enabled", "false"),
        ("external_email_enabled", "true"),
        ("_was.smtp_pass", "null"),
        ("smtp_pass", ""),
        // Closed.
        ("_was.sms_provider", "\"twilio\""),
    ];
    let parameters = form.read(&sent(&pairs)).unwrap();
    let body = json!({ "jwt_exp": 7200, "smtp_host": null, "disable_signup": false });
    assert_eq!(form.request(&parameters).unwrap().body, Some(body));
    let changes = form.changes(&sent(&pairs)).unwrap();
    let touched: Vec<_> = changes
        .iter()
        .filter(|change| change.to != Change::Untouched)
        .map(|change| (change.field.name.as_str(), &change.was))
        .collect();
    assert_eq!(changes.len(), 7);
    assert_eq!(touched.len(), 3, "{touched:?}");
    assert!(touched.contains(&("jwt_exp", &json!(3600))), "{touched:?}");
    // Nothing at all is no change.
    let (field, message) = refusal(AUTH, &pairs[..3]);
    assert_eq!(
        (field.as_str(), message.contains("Nothing was changed")),
        ("", true),
        "{message}"
    );
}

#[test]
fn a_secret_shows_nothing_and_is_cleared_by_name() {
    let form = Form::of(AUTH);
    let pass = form.field("smtp_pass").unwrap();
    assert_eq!(
        was(pass, &json!("digest")),
        ("_was.smtp_pass".to_owned(), "null".to_owned())
    );
    assert_eq!(pass.shown(&json!("digest")), [] as [&str; 0]);
    let body = |pairs: &[(&str, &str)]| {
        let all: Vec<_> = [PROJECT, ("_was.smtp_pass", "null")]
            .into_iter()
            .chain(pairs.iter().copied())
            .collect();
        form.read(&sent(&all))
            .map(|parameters| parameters.get("smtp_pass").cloned())
    };
    assert_eq!(body(&[("smtp_pass", " p w ")]), Ok(Some(json!(" p w "))));
    assert_eq!(
        body(&[("smtp_pass", ""), ("_clear.smtp_pass", "true")]),
        Ok(Some(Value::Null))
    );
    assert!(body(&[("smtp_pass", "")]).is_err());
    assert!(body(&[("smtp_pass", "x"), ("_clear.smtp_pass", "true")]).is_err());
    assert!(body(&[("smtp_pass", WITHHELD)]).is_err());
    // A value that a page has shown by mistake is not looked at.
    let pairs = [PROJECT, ("_was.smtp_pass", "\"digest\""), ("smtp_pass", "x")];
    assert_eq!(form.changes(&sent(&pairs)).unwrap()[0].was, Value::Null);
}

#[test]
fn names_that_speak_of_nothing_are_refused() {
    for (name, text) in [
        ("_was.sitee_url", "null"),
        ("_was.", "null"),
        ("_was", "null"),
        ("_was.ref", "\"abc\""),
        ("_was._was.site_url", "null"),
        ("_was._body", "null"),
        ("_clear.site_url", "true"),
        ("_clear.smtp_passs", "true"),
        ("_clear.", "true"),
        ("_WAS.site_url", "null"),
        ("_was.site_url ", "null"),
    ] {
        let (field, message) = refusal(AUTH, &[PROJECT, ("site_url", "https://a.example"), (name, text)]);
        assert_eq!(field, name);
        assert!(message.contains("is no parameter of"), "{message}");
        assert!(Form::of(AUTH).changes(&sent(&[(name, text)])).is_err(), "{name}");
    }
    let twice = ("_was.site_url", "null");
    assert!(refusal(AUTH, &[PROJECT, twice, twice]).1.contains("came twice"));
    for bad in ["", "x", "{", "\"a", "1 2"] {
        let (field, message) = refusal(AUTH, &[PROJECT, ("_was.site_url", bad), ("site_url", "x")]);
        assert_eq!(field, "_was.site_url", "{message}");
    }
    for twice in [["true", "true"], ["true", "false"], ["false", "false"]] {
        let pairs = [PROJECT, ("disable_signup", twice[0]), ("disable_signup", twice[1])];
        assert_eq!(refusal(AUTH, &pairs).0, "disable_signup", "{twice:?}");
    }
}

#[test]
fn null_is_for_what_takes_it() {
    let nullable = |id: OperationId, name: &str| Form::of(id).field(name).unwrap().nullable;
    assert!(nullable(AUTH, "jwt_exp") && nullable(AUTH, "smtp_host"));
    assert!(!nullable(AUTH, "mailer_otp_exp"));
    assert!(nullable(OperationId::UpdatePoolerConfig, "default_pool_size"));
    // These say null where they mean nothing.
    assert!(!nullable(OperationId::UpdatePoolerConfig, "pool_mode"));
    assert!(!nullable(POSTGRES, "work_mem"));
    let (field, message) = refusal(AUTH, &[PROJECT, ("_was.mailer_otp_exp", "60"), ("mailer_otp_exp", "")]);
    assert_eq!(field, "mailer_otp_exp");
    assert!(message.contains("cannot be empty"), "{message}");
    let pairs = [PROJECT, ("_was.default_pool_size", "15"), ("default_pool_size", "")];
    let form = Form::of(OperationId::UpdatePoolerConfig);
    let request = form.request(&form.read(&sent(&pairs)).unwrap()).unwrap();
    assert_eq!(request.body, Some(json!({ "default_pool_size": null })));
}

/// The fields of `id` as a page shows them, with these values.
fn shown(id: OperationId, values: &Value) -> Vec<(String, String)> {
    let body = Form::of(id).fields.iter().filter(|field| field.place == Place::Body);
    let mut all = Vec::new();
    if Form::of(id).field("ref").is_some() {
        all.push((PROJECT.0.to_owned(), PROJECT.1.to_owned()));
    }
    for field in body {
        let value = values.get(&field.name).unwrap_or(&Value::Null);
        all.push(was(field, value));
        let texts = field.shown(value);
        let texts = if texts.is_empty() { vec![String::new()] } else { texts };
        all.extend(texts.into_iter().map(|text| (field.name.clone(), text)));
    }
    all
}

fn replaced(texts: &mut [(String, String)], name: &str, text: &str) {
    texts.iter_mut().find(|(key, _)| key == name).unwrap().1 = text.to_owned();
}

#[test]
fn where_a_body_replaces_everything_untouched_values_are_sent_too() {
    let values = json!({ "work_mem": "64MB", "max_connections": 90, "hot_standby_feedback": true });
    let mut texts = shown(POSTGRES, &values);
    replaced(&mut texts, "max_connections", "120");
    replaced(&mut texts, "work_mem", "");
    let form = Form::of(POSTGRES);
    let read = |texts: Vec<_>| {
        form.read(&Sent {
            texts,
            files: Vec::new(),
        })
    };
    let parameters = read(texts.clone()).unwrap();
    // What was cleared is left out: that sets it back.
    assert_eq!(
        form.request(&parameters).unwrap().body,
        Some(json!({ "max_connections": 120, "hot_standby_feedback": true }))
    );
    // A form that does not show everything would set back what it does not show.
    texts.retain(|(name, _)| !name.ends_with("shared_buffers"));
    match read(texts).unwrap_err() {
        ConsoleError::Invalid { field, message } => {
            assert_eq!(field.as_deref(), Some("shared_buffers"));
            assert!(message.contains("sets back whatever is left out"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    // An emptied list closes the database, and is sent as what it is.
    let mut texts = shown(
        NETWORK,
        &json!({ "dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": ["::/0"] }),
    );
    replaced(&mut texts, "dbAllowedCidrsV6", "");
    let read = Form::of(NETWORK)
        .read(&Sent {
            texts,
            files: Vec::new(),
        })
        .unwrap();
    assert_eq!(
        read,
        json!({ "ref": "abc", "dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": [] })
    );
}

#[test]
fn what_was_read_and_is_sent_back_changes_nothing() {
    let values = json!({
        "site_url": "https://a.example", "jwt_exp": 3600, "disable_signup": false, "smtp_host": null,
        "mailer_templates_invite_content": "\r\n<p>\n a & b </p>\n", "sessions_timebox": 1.5, "sms_provider": "newer",
        "password_required_characters": "", "smtp_pass": "digest",
    });
    for id in OperationId::ALL.iter().filter(|id| {
        let row = id.row();
        matches!(row.method, Method::Put | Method::Patch)
            && Form::of(**id)
                .fields
                .iter()
                .all(|field| !field.required || field.place == Place::Path)
    }) {
        let form = Form::of(*id);
        let sent = Sent {
            texts: shown(*id, &values),
            files: Vec::new(),
        };
        let changes = form.changes(&sent).unwrap_or_else(|error| panic!("{id}: {error}"));
        let touched: Vec<_> = changes.iter().filter(|change| change.to != Change::Untouched).collect();
        assert!(touched.is_empty(), "{id}: {touched:?}");
    }
}
