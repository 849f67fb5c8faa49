//! How the explorer asks for very many parameters: as one JSON object, which is filled in faster than so many fields.
//! Each may come by its own name all the same.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    error::ConsoleError,
    form::{Field, Form, Place, Sent, json},
};

/// Name of the field that holds the object.
pub const REST: &str = "_body";
/// With more optional parameters than this they are asked for together.
const MANY: usize = 40;

/// The parameters that are asked for together; none where there are few enough for a field each.
pub fn together(form: &Form) -> Vec<&Field> {
    let optional = |field: &&Field| field.place == Place::Body && !field.required;
    let many: Vec<&Field> = form.fields.iter().filter(optional).collect();
    if many.len() > MANY { many } else { Vec::new() }
}

/// The operation's parameters as JSON; see [`Form::read`].
///
/// # Errors
/// [`ConsoleError::Invalid`], which names the field of the explorer's that is not right.
pub fn read(form: &Form, sent: &Sent) -> Result<Value, ConsoleError> {
    let together = together(form);
    if together.is_empty() {
        return form.read(sent);
    }
    let object = object(&together, sent)?;
    form.read_beside(object, &without(sent))
        .map_err(|error| where_typed(form, sent, error))
}

/// Lays a complaint about a parameter on the field that it was typed into: its own, or the one that holds many.
pub fn where_typed(form: &Form, sent: &Sent, error: ConsoleError) -> ConsoleError {
    match error {
        ConsoleError::Invalid {
            field: Some(name),
            message,
        } if sent.text(&name).is_none() && together(form).iter().any(|field| field.name == name) => {
            ConsoleError::invalid(REST, message)
        }
        other => other,
    }
}

/// What was typed, by field, without secrets: what the form may come back with.
pub fn kept(form: &Form, sent: &Sent) -> BTreeMap<String, Vec<String>> {
    let mut kept = form.kept(sent);
    let together = together(form);
    if !together.is_empty() {
        let text = sent.text(REST).and_then(|text| without_secrets(text, &together));
        kept.insert(REST.to_owned(), text.into_iter().collect());
    }
    kept
}

fn without(sent: &Sent) -> Sent {
    let mut others = sent.clone();
    // The first only: that it came twice is for the form to refuse.
    if let Some(at) = others.texts.iter().position(|(name, _)| name == REST) {
        others.texts.remove(at);
    }
    others
}

fn object(together: &[&Field], sent: &Sent) -> Result<Map<String, Value>, ConsoleError> {
    let text = sent.text(REST).unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(Map::new());
    }
    let refuse = |why: String| Err(ConsoleError::invalid(REST, why));
    let values = match json(text) {
        Ok(Value::Object(values)) => values,
        Ok(_) => return refuse("The body is a JSON object: { \u{2026} }.".to_owned()),
        Err(error) => return refuse(format!("The body is not JSON yet: {error}.")),
    };
    // What has a field of its own could take the place of what stands in the path.
    match values
        .keys()
        .find(|name| !together.iter().any(|field| field.name == **name))
    {
        None => Ok(values),
        Some(name) => refuse(format!("Nothing was sent: {name} is no parameter of the body.")),
    }
}

/// A JSON object without its secrets; `None` where it cannot be told which they are.
fn without_secrets(text: &str, together: &[&Field]) -> Option<String> {
    let Value::Object(mut values) = serde_json::from_str(text).ok()? else {
        return None;
    };
    let before = values.len();
    values.retain(|name, _| !together.iter().any(|field| field.secret && field.name == *name));
    // As it was typed, where nothing had to go.
    if values.len() == before {
        Some(text.to_owned())
    } else {
        serde_json::to_string_pretty(&values).ok()
    }
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;
    use serde_json::json;

    use super::*;
    use crate::form::{WITHHELD, sent};

    const AUTH: OperationId = OperationId::UpdateAuthConfig;
    const PROJECT: (&str, &str) = ("ref", "abc");

    /// What is said of these fields, and of which.
    fn refusal(id: OperationId, pairs: &[(&str, &str)]) -> (String, String) {
        let (form, sent) = (Form::of(id), sent(pairs));
        let read = read(form, &sent).and_then(|parameters| form.request(&parameters));
        match read.map_err(|error| where_typed(form, &sent, error)) {
            Err(ConsoleError::Invalid { field, message }) => (field.unwrap_or_default(), message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_form_of_the_explorer_has_too_many_fields() {
        for id in OperationId::ALL {
            let form = Form::of(*id);
            let shown = form.fields.len() - together(form).len();
            assert!(shown <= MANY + 8, "{id}: {shown}");
        }
        assert!(together(Form::of(AUTH)).len() > 200);
        assert_eq!(together(Form::of(OperationId::CreateProject)), Vec::<&Field>::new());
    }

    #[test]
    fn the_object_goes_beside_the_path_and_not_over_it() {
        let form = Form::of(AUTH);
        let fields = [
            PROJECT,
            ("site_url", " https://a.example "),
            ("jwt_exp", "60"),
            (REST, "{\"disable_signup\": true, \"smtp_host\": null}"),
        ];
        let parameters = read(form, &sent(&fields)).unwrap();
        let body = json!({ "site_url": "https://a.example", "jwt_exp": 60, "disable_signup": true, "smtp_host": null });
        assert_eq!(form.request(&parameters).unwrap().body, Some(body));
        for bad in [
            "{\"ref\": \"other\"}",
            "[]",
            "{",
            "1",
            "{\"jwt_exp\": 1, \"jwt_exp\": 2}",
        ] {
            assert_eq!(refusal(AUTH, &[PROJECT, (REST, bad)]).0, REST, "{bad}");
        }
        assert_eq!(
            read(form, &sent(&[PROJECT, (REST, " ")])).unwrap(),
            json!({ "ref": "abc" })
        );
    }

    #[test]
    fn it_comes_back_without_its_secrets() {
        let form = Form::of(AUTH);
        let kept = |text: &str| {
            kept(
                form,
                &sent(&[(REST, text), ("site_url", "x"), ("smtp_pass", "hunter2")]),
            )
        };
        let back = kept("{ \"jwt_exp\":1}");
        assert_eq!(back[REST], ["{ \"jwt_exp\":1}"]);
        assert_eq!(back["site_url"], ["x"]);
        assert!(!back.contains_key("smtp_pass"));
        assert!(!kept("{\"jwt_exp\": 1, \"smtp_pass\": \"hunter2\"}")[REST][0].contains("hunter2"));
        // Not at all where it cannot be told which they are.
        assert_eq!(kept("{\"smtp_pass\": \"hunter2\"")[REST], [] as [&str; 0]);
    }

    #[test]
    fn a_complaint_stands_where_the_parameter_was_typed() {
        for (fields, field, told) in [
            (
                vec![(REST, "{\"sitee_url\": \"x\"}")],
                REST,
                "sitee_url is no parameter",
            ),
            (vec![(REST, "{\"jwt_exp\": -1}")], REST, "jwt_exp must be"),
            (vec![(REST, "{\"site_url\": 5}")], REST, "site_url must be a text"),
            (
                vec![(REST, "{\"mailer_otp_exp\": null}")],
                REST,
                "mailer_otp_exp must be",
            ),
            (
                vec![(REST, "{\"smtp_pass\": \"[secret]\"}")],
                REST,
                "only stands for a secret",
            ),
            (vec![("smtp_pass", WITHHELD)], "smtp_pass", "only stands for a secret"),
            (vec![("jwt_exp", "-1")], "jwt_exp", "whole number"),
            (
                vec![("jwt_exp", "60"), (REST, "{\"jwt_exp\": 61}")],
                "jwt_exp",
                "stands in the body, too",
            ),
            (vec![(REST, "{}"), (REST, "{}")], REST, "is no parameter"),
        ] {
            let all: Vec<_> = [PROJECT].into_iter().chain(fields).collect();
            let (named, message) = refusal(AUTH, &all);
            assert_eq!(named, field, "{message}");
            assert!(message.contains(told), "{told}: {message}");
        }
        let (field, _) = refusal(OperationId::UpdateProject, &[PROJECT, ("name", "Shop"), (REST, "{}")]);
        assert_eq!(field, REST);
    }
}
