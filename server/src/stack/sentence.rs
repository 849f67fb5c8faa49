//! The audit's sentence: who did what, with every name marked, and places by the name people know.

use std::borrow::Cow;

use app::audit::Sentence;
use management_api::Request;
use serde_json::Value;

use super::blot::blot;

/// Characters of one value, at most: a sentence is read at a glance.
const VALUE: usize = 200;

/// "Ada paused the project Shop (abc…)". `reveals`: the secret field of the answer that was asked for. `name_of` gives the
/// name that goes with a ref or slug.
pub(super) fn sentence(
    label: &str,
    request: &Request,
    reveals: Option<&str>,
    name_of: impl Fn(&str) -> Option<String>,
) -> Sentence {
    let row = request.id.row();
    let mut sentence = Sentence::default();
    sentence.push_name(label);
    sentence.push(" ");
    let mut rest = row.sentence;
    while let Some((before, placeholder, after)) = next(rest) {
        sentence.push(before);
        let secret = row.secret_parameters.contains(&placeholder);
        match value(request, placeholder).filter(|_| !secret) {
            Some(value) => {
                let name = is_place(placeholder).then(|| name_of(&value)).flatten();
                match name.filter(|name| *name != value) {
                    Some(name) => {
                        sentence.push_name(&short(&name));
                        sentence.push(" (");
                        sentence.push_name(&short(&value));
                        sentence.push(")");
                    }
                    None => sentence.push_name(&short(&value)),
                }
            }
            None => sentence.push("\u{2014}"),
        }
        rest = after;
    }
    sentence.push(rest);
    if let Some(field) = reveals {
        sentence.push(", and asked to see ");
        sentence.push_name(field);
    }
    sentence
}

/// The text up to the next placeholder, the placeholder, and the rest.
fn next(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (placeholder, after) = rest.split_once('}')?;
    Some((before, placeholder, after))
}

/// Whether the parameter is a project's ref or an organization's slug.
fn is_place(parameter: &str) -> bool {
    matches!(
        parameter,
        "ref" | "project_ref" | "branch_id_or_ref" | "slug" | "organization_slug"
    )
}

fn value(request: &Request, name: &str) -> Option<String> {
    let value = plain(request, name)?;
    Some(match blot(&value) {
        Cow::Borrowed(_) => value,
        Cow::Owned(blotted) => blotted,
    })
}

fn plain(request: &Request, name: &str) -> Option<String> {
    match request.parameters.get(name)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let texts = values
                .iter()
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            Some(texts.collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    }
}

fn short(value: &str) -> String {
    match value.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}\u{2026}", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use management_api::{Operation, projects::*};

    use super::*;
    use crate::stack::tests::rename;

    fn of(operation: &impl Operation) -> Sentence {
        let names = |key: &str| (key == "shop").then(|| "The Shop {name}".to_owned());
        sentence("ada@example.com", &Request::of(operation).unwrap(), None, names)
    }

    #[test]
    fn a_secret_that_was_asked_for_is_named() {
        let read = Request::of(&GetProject {
            project: "shop".to_owned(),
        });
        let told = sentence("ada@example.com", &read.unwrap(), Some("api_key"), |_| None);
        assert_eq!(
            told.text,
            "ada@example.com opened the project shop, and asked to see api_key"
        );
        assert_eq!(told.marks.len(), 3);
    }

    #[test]
    fn places_stand_with_their_names() {
        let pause = of(&PauseProject {
            project: "shop".to_owned(),
        });
        assert_eq!(pause.text, "ada@example.com paused the project The Shop {name} (shop)");
        let names: Vec<&str> = pause
            .pieces()
            .into_iter()
            .filter(|piece| piece.1)
            .map(|piece| piece.0)
            .collect();
        assert_eq!(names, ["ada@example.com", "The Shop {name}", "shop"]);
        assert_eq!(
            of(&rename("garden")).text,
            "ada@example.com renamed the project garden to New name"
        );
    }

    #[test]
    fn long_values_are_cut() {
        let mut long = rename("garden");
        long.name = "\u{e9}".repeat(300);
        assert!(of(&long).text.ends_with("\u{e9}\u{2026}"));
        assert!(of(&long).text.chars().count() < 260);
    }
}
