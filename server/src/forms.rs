//! POST /do/<operation-id>: a form becomes a call, with JavaScript (answered in JSON) and without (with a redirect).

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Notice, narrow},
    error::ConsoleError,
    explorer::CONFIRM,
    outcome::FormOutcome,
    paths,
};
use axum::{
    Extension, Form, Json,
    extract::{self, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use futures::future::BoxFuture;
use http::HeaderMap;
use management_api::{
    Area, Effect, Operation, OperationId, Request, SEGMENT, Visitor, catalogue::UnknownOperation, visit,
};
use percent_encoding::utf8_percent_encode;
use serde_json::Value;

use crate::{
    confirm::confirm,
    console::Console,
    own_path::{own_path, with_parameter},
    plain::{self, Sorry, wants_json},
    stack::Through,
    state::Shared,
    visit::{Visit, form_to_sign_in, referer_path},
};

/// Where to go when it was done, with placeholders such as `/projects/{ref}`.
const NEXT: &str = "_next";
/// Where to go when it was not.
const BACK: &str = "_back";

/// Field names with an underscore in front are the form's own and no parameters.
type Fields = Vec<(String, String)>;

/// The router's path; see [`paths::perform`].
pub const ROUTE: &str = "/do/{operation}";

/// Whether it is a form that a script has sent, which reads a [`FormOutcome`] whatever the status.
pub fn by_script(request: &extract::Request) -> bool {
    request.uri().path().starts_with("/do/") && wants_json(request.headers())
}

pub async fn perform(
    State(shared): State<Shared>,
    Extension(visitor): Extension<Visit>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Sorry> {
    let back = field(&fields, BACK)
        .and_then(own_path)
        .or_else(|| referer_path(&headers))
        .unwrap_or_else(|| paths::HOME.to_owned());
    let Some(account) = visitor.signed_in.as_ref().map(|signed_in| signed_in.account.clone()) else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let backend: BackendHandle = Arc::new(Console::new(shared.clone(), visitor, Through::Console));
    let json = wants_json(&headers);
    let (notice, page) = match attempt(&operation, &fields, backend).await {
        Ok(done) => {
            let next = field(&fields, NEXT)
                .and_then(|next| done.fill(next))
                .and_then(|next| own_path(&next));
            let notice = Notice {
                operation,
                outcome: Ok(done.message),
                fields: BTreeMap::new(),
            };
            (notice, next.unwrap_or(back))
        }
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            return Ok(form_to_sign_in(&headers, &error, &back));
        }
        // The page is still there, with everything that was typed.
        Err(error) if json => {
            let problem = app::problem(&error);
            return Ok((plain::status(&error), Json(FormOutcome::Failed { problem })).into_response());
        }
        Err(error) => {
            let notice = Notice {
                fields: kept(&operation, fields),
                operation,
                outcome: Err(error),
            };
            (notice, back)
        }
    };
    let id = shared.store.add_notice(&account, &notice).await?;
    let next = with_parameter(&page, "notice", &id);
    Ok(if json {
        Json(FormOutcome::Done { next }).into_response()
    } else {
        Redirect::to(&next).into_response()
    })
}

/// What was typed, without the form's own fields and without secrets.
fn kept(operation: &str, fields: Fields) -> BTreeMap<String, String> {
    let secret = operation
        .parse::<OperationId>()
        .map(|id| id.row().secret_parameters)
        .unwrap_or_default();
    fields
        .into_iter()
        .filter(|(name, _)| !name.starts_with('_') && !secret.contains(&name.as_str()))
        .collect()
}

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn invalid(field: Option<&str>, message: impl Into<String>) -> ConsoleError {
    ConsoleError::Invalid {
        field: field.map(str::to_owned),
        message: message.into(),
    }
}

/// Makes the call that the form asks for.
async fn attempt(operation: &str, fields: &Fields, backend: BackendHandle) -> Result<Done, ConsoleError> {
    let id: OperationId = operation
        .parse()
        .map_err(|unknown: UnknownOperation| invalid(None, unknown.to_string()))?;
    match id.row().effect {
        Effect::Read => return Err(invalid(None, format!("{id} only reads, so no form may send it."))),
        Effect::Write | Effect::Costly | Effect::Destructive => {}
    }
    let call = FormCall {
        fields: fields.clone(),
        backend,
    };
    if id.row().area == Area::Oauth {
        return Err(invalid(
            None,
            format!("{id} belongs to the sign-in, so no form may send it."),
        ));
    }
    visit(id, call).await
}

/// A form on its way to becoming an operation.
struct FormCall {
    fields: Fields,
    backend: BackendHandle,
}

impl Visitor for FormCall {
    type Outcome = BoxFuture<'static, Result<Done, ConsoleError>>;

    fn visit<O: Operation>(self) -> Self::Outcome {
        Box::pin(async move {
            let operation: O = read(&self.fields)?;
            let request = Request::of(&operation).map_err(|bad| invalid(Some(bad.name), bad.to_string()))?;
            check_lengths(&request)?;
            confirm(
                &request,
                field(&self.fields, CONFIRM).unwrap_or_default(),
                &self.backend,
            )
            .await?;
            let answer = match narrow::<O>(&self.backend, &operation).await {
                Ok(output) => serde_json::to_value(output).unwrap_or_default(),
                // It was done; only the answer is of a shape that we don't know.
                Err(ConsoleError::Unreadable { message }) => {
                    tracing::warn!(operation = %O::ID, message, "the answer to a write could not be read");
                    Value::Null
                }
                Err(error) => return Err(error),
            };
            Ok(Done {
                message: as_message(&request.sentence()),
                answer,
                parameters: request.parameters,
            })
        })
    }
}

/// Reads the operation from the fields, texts trimmed. Spaces may belong to a secret, so secrets stay as they are.
fn read<O: Operation>(fields: &Fields) -> Result<O, ConsoleError> {
    let secret = O::ID.row().secret_parameters;
    let trimmed: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, value)| {
            (
                name.as_str(),
                if secret.contains(&name.as_str()) {
                    value
                } else {
                    value.trim()
                },
            )
        })
        .collect();
    let encoded = serde_urlencoded::to_string(&trimmed).map_err(|error| invalid(None, error.to_string()))?;
    serde_urlencoded::from_str(&encoded).map_err(|error| {
        let error = error.to_string();
        // The words of serde: there is no other way to learn which field it was.
        match error
            .strip_prefix("missing field `")
            .and_then(|rest| rest.strip_suffix('`'))
        {
            Some(name) => {
                let what = name.trim_end_matches("_slug").replace('_', " ");
                invalid(Some(name), format!("Please fill this in: {what}."))
            }
            None => invalid(None, format!("The form does not fit {}: {error}.", O::ID)),
        }
    })
}

/// What the API document says of lengths, in characters: operation, parameter, least and most.
const LENGTHS: &[(OperationId, &str, usize, usize)] = &[
    (OperationId::CreateOrganization, "name", 1, 256),
    (OperationId::CreateProject, "name", 1, 256),
    (OperationId::CreateProject, "db_pass", 1, usize::MAX),
    (OperationId::UpdateProject, "name", 1, 256),
];

fn check_lengths(request: &Request) -> Result<(), ConsoleError> {
    for (_, name, least, most) in LENGTHS.iter().filter(|(id, ..)| *id == request.id) {
        let length = request.parameter(name).unwrap_or_default().chars().count();
        if length < *least {
            return Err(invalid(Some(name), "Please fill this in."));
        }
        if length > *most {
            return Err(invalid(
                Some(name),
                format!("At most {most} characters, please; these are {length}."),
            ));
        }
    }
    Ok(())
}

/// A call that was made.
#[derive(Debug)]
struct Done {
    message: String,
    /// The answer, as far as its type holds it.
    answer: Value,
    parameters: Value,
}

impl Done {
    /// Fills the placeholders of a path from the answer's texts, else from the parameters; `None` if one stays empty.
    fn fill(&self, template: &str) -> Option<String> {
        let mut parts = template.split('{');
        let mut path = parts.next()?.to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}')?;
            let value = [&self.answer, &self.parameters]
                .into_iter()
                .find_map(|values| values.get(name)?.as_str())?;
            path.extend(utf8_percent_encode(value, SEGMENT));
            path.push_str(rest);
        }
        Some(path)
    }
}

/// `paused the project abc` as a sentence.
fn as_message(sentence: &str) -> String {
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use management_api::projects::{CreateProject, UpdateProject};
    use serde_json::json;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn texts_are_trimmed_and_secrets_are_not() {
        let form = fields(&[
            ("organization_slug", "acme"),
            ("name", "  Shop "),
            ("db_pass", " p w "),
            ("region", "emea"),
            ("desired_instance_size", ""),
            ("_next", "/projects/{ref}"),
        ]);
        let project: CreateProject = read(&form).unwrap();
        assert_eq!((project.name.as_str(), project.db_pass.expose()), ("Shop", " p w "));
        assert_eq!(project.desired_instance_size, None);
        assert!(!kept("v1-create-a-project", form).contains_key("db_pass"));
    }

    #[test]
    fn a_missing_field_is_named() {
        let error = read::<UpdateProject>(&fields(&[("ref", "abc")])).unwrap_err();
        assert!(matches!(error, ConsoleError::Invalid { field: Some(name), .. } if name == "name"));
    }

    #[test]
    fn lengths_count_characters() {
        let rename = |name: &str| {
            let operation = UpdateProject {
                project: "abc".to_owned(),
                name: name.to_owned(),
            };
            check_lengths(&Request::of(&operation).unwrap())
        };
        assert!(rename(&"\u{1f98a}".repeat(256)).is_ok());
        assert!(rename(&"a".repeat(257)).is_err());
        assert!(rename("").is_err());
    }

    #[test]
    fn placeholders_are_filled_and_encoded() {
        let done = Done {
            message: String::new(),
            answer: json!({ "ref": "abc", "count": 1 }),
            parameters: json!({ "ref": "old", "slug": "a/../b?" }),
        };
        assert_eq!(done.fill("/projects/{ref}").as_deref(), Some("/projects/abc"));
        assert_eq!(
            done.fill("/organizations/{slug}/members").as_deref(),
            Some("/organizations/a%2F..%2Fb%3F/members")
        );
        for unfilled in ["/{nothing}", "/{count}", "/{ref"] {
            assert_eq!(done.fill(unfilled), None, "{unfilled}");
        }
    }

    #[test]
    fn sentences_become_messages() {
        assert_eq!(as_message("paused the project abc"), "Paused the project abc.");
        assert_eq!(as_message(""), "");
    }
}
