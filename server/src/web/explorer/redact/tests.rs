//! What is left of an answer without its secrets.

use serde_json::json;

use super::*;

fn named<'a>(names: &'a [&'a str]) -> Secrets<'a> {
    Secrets {
        names,
        revealed: None,
        typed: &[],
    }
}

/// What is left of `value`, and whether anything was taken out.
fn clean(secrets: Secrets, value: &Value) -> (Value, bool) {
    let copy = secrets.json(value.to_string().as_bytes(), usize::MAX).unwrap();
    assert!(!copy.cut);
    (serde_json::from_slice(&copy.content).unwrap(), copy.redacted)
}

#[test]
fn secrets_are_found_however_deep_and_whatever_they_are() {
    let value = json!({
        "keys": [{ "name": "a", "api_key": "hunter2" }, { "api_key": { "deep": ["hunter2"] } }, { "api_key": null }],
        "more": { "api_key": 42, "list": [[{ "api_key": "" }]] },
        "api_key_hint": "stays",
    });
    let secrets = named(&["api_key"]);
    let expected = json!({
        "keys": [{ "name": "a", "api_key": "[secret]" }, { "api_key": "[secret]" }, { "api_key": null }],
        "more": { "api_key": "[secret]", "list": [[{ "api_key": "" }]] },
        "api_key_hint": "stays",
    });
    assert_eq!(clean(secrets, &value), (expected, true));
    let harmless = json!([{ "name": "a" }, 1, -2.5, true, null, "", [], {}]);
    assert_eq!(clean(secrets, &harmless), (harmless, false));
}

#[test]
fn only_the_one_that_was_asked_for_stays() {
    let value = json!({ "db_pass": "hunter2", "jwt_secret": "hunter3", "more": [{ "db_pass": "hunter2" }] });
    let secrets = Secrets {
        revealed: Some("db_pass"),
        ..named(&["db_pass", "jwt_secret"])
    };
    let expected = json!({ "db_pass": "hunter2", "jwt_secret": "[secret]", "more": [{ "db_pass": "hunter2" }] });
    assert_eq!(clean(secrets, &value), (expected, true));
}

#[test]
fn a_typed_secret_is_not_shown_again() {
    let typed = ["hunter2".to_owned(), "ab".to_owned()];
    let secrets = Secrets {
        typed: &typed,
        ..named(&[])
    };
    let value = json!({ "note": "it is hunter2!", "word": "absent", "code": "ab" });
    let expected = json!({ "note": "[secret]", "word": "absent", "code": "[secret]" });
    assert_eq!(clean(secrets, &value), (expected, true));
    let told = |words: &str| {
        let told = text(words, &typed, 1_000);
        (told.content, told.redacted, told.cut)
    };
    assert_eq!(told("a hunter2 b"), ("a [secret] b".to_owned(), true, false));
    assert_eq!(told("absent"), ("absent".to_owned(), false, false));
}

#[test]
fn what_is_cut_is_json_still_and_holds_no_secret() {
    let value = json!({
        "rows": [{ "api_key": "hunter2", "text": "\u{e9}\"\n".repeat(20) }, [1, 2, 3], {}, [], "end"],
        "api_key": { "deep": ["hunter2"] },
        "more": null,
    });
    let bytes = value.to_string();
    for most in 0..bytes.len() + 10 {
        let copy = named(&["api_key"]).json(bytes.as_bytes(), most).unwrap();
        let read: Value = serde_json::from_slice(&copy.content).unwrap();
        assert!(!read.to_string().contains("hunter2"), "{read}");
        // What is begun is ended, so a little more may be copied: names, brackets, a text's escapes.
        assert!(copy.content.len() <= most + 200, "{most}: {}", copy.content.len());
        if !copy.cut {
            assert_eq!(read, clean(named(&["api_key"]), &value).0);
        }
    }
    assert!(named(&[]).json(bytes.as_bytes(), 100).unwrap().cut);
    assert!(!named(&[]).json(bytes.as_bytes(), usize::MAX).unwrap().cut);
}

#[test]
fn what_is_no_json_is_no_json_even_where_it_is_cut_before() {
    for bytes in ["[1, 2, 3", "[1, 2, 3] x", "{\"a\": 1 2}", ""] {
        assert!(named(&[]).json(bytes.as_bytes(), 2).is_err(), "{bytes}");
    }
}

#[test]
fn a_secret_that_is_cut_in_two_is_not_shown() {
    let typed = ["correct-horse-battery".to_owned()];
    let words = format!("{}correct-horse-battery and more {}", "x".repeat(50), "y".repeat(50));
    for most in 0..words.len() + 5 {
        let told = text(&words, &typed, most);
        assert!(!told.content.contains("corr"), "{}", told.content);
        assert!(told.content.len() <= most + "[secret]".len());
    }
}

#[test]
fn a_large_answer_is_copied_in_little_room() {
    let many = format!("[{}1]", "1,".repeat(4_000_000));
    let copy = named(&["api_key"]).json(many.as_bytes(), 1_000).unwrap();
    assert!(copy.cut && copy.content.capacity() < 4_000);
}

#[test]
fn placeholders_are_named_after_their_field() {
    let mut value = json!([{ "name": "A", "value": "hunter2" }, 5, null, "x"]);
    placeholders("secrets", &mut value);
    assert_eq!(
        value,
        json!([{ "name": "YOUR_NAME", "value": "YOUR_VALUE" }, 5, null, "YOUR_SECRETS"])
    );
}
