//! Confirm: before anything is destroyed its name is typed, or of several things how many they are, and before anything is paid for, opened or stopped a box is
//! ticked that says so. The only judge, whichever form asks.

mod addresses;
mod branch;
mod functions;
mod name;
mod rows;
mod secrets;
mod told;

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::{BRANCH, CONFIRM, Confirmation, SURE, Sent, each_key, project_key, together, yes_to},
    mark::WRITES,
    outcome::Question,
    settings::ranges::is_public,
};
use futures::future::join_all;
use management_api::{
    Asks, Effect, OperationId, Request,
    projects::{GetNetworkRestrictions, GetProject},
};
use serde_json::Value;

/// Checks that `sent` says yes to what `request` would do.
///
/// # Errors
/// [`ConsoleError::Invalid`], which tells what to type; [`ConsoleError::Unconfirmed`], which tells what to say yes to;
/// and whatever keeps the project's name from being known.
pub async fn confirm(request: &Request, sent: &Sent, backend: &BackendHandle) -> Result<(), ConsoleError> {
    // What was read for the page, somebody else may have changed since.
    let backend = &backend.anew();
    let confirmation = Confirmation::of(request.id.row());
    let (what, expected) = match confirmation {
        Confirmation::Project => {
            let reference = request.parameter("ref").unwrap_or_default();
            named(reference, backend).await?
        }
        Confirmation::Branch => {
            let key = request.parameter(BRANCH).unwrap_or_default();
            branch::key(key, backend).await
        }
        Confirmation::Name(named) => (named.what(), name::of(named, request, backend).await?),
        Confirmation::Again(name) => (name, request.parameter(name).unwrap_or_default().to_owned()),
        Confirmation::Each(_) => each_key(&things(request)),
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => {
            return match question(request, confirmation, backend).await {
                Some(question) => match answered(question, sent) {
                    Err(ConsoleError::Unconfirmed { question }) => Err(ConsoleError::Unconfirmed {
                        question: rows::told(question, request, backend).await,
                    }),
                    answered => answered,
                },
                None => Ok(()),
            };
        }
    };
    typed_as((what, expected), sent)
}

/// Whether `expected` was typed, which is `what`: letter by letter; and nothing is not the name of anything.
fn typed_as((what, expected): (&str, String), sent: &Sent) -> Result<(), ConsoleError> {
    if !expected.trim().is_empty() && sent.text(CONFIRM) == Some(expected.as_str()) {
        return Ok(());
    }
    Err(not_named(what, &expected))
}

/// What a request is about, by the names that are typed of it; none where something else is typed.
fn things(request: &Request) -> Vec<&str> {
    match Confirmation::of(request.id.row()) {
        Confirmation::Again(name) => request.parameter(name).into_iter().collect(),
        Confirmation::Each(name) => {
            let things = request.parameters.get(name).and_then(Value::as_array);
            things.into_iter().flatten().filter_map(Value::as_str).collect()
        }
        Confirmation::None
        | Confirmation::Sure(_)
        | Confirmation::Project
        | Confirmation::Branch
        | Confirmation::Name(_)
        | Confirmation::Told => Vec::new(),
    }
}

/// The same for several calls that are made together: what depends on what is there is asked in one question.
///
/// # Errors
/// Those of [`confirm`], with the operation that it is about.
pub async fn confirm_all(
    requests: &[Request],
    sent: &Sent,
    backend: &BackendHandle,
) -> Result<(), (OperationId, ConsoleError)> {
    let anew = &backend.anew();
    let mut typed: Vec<&Request> = requests.iter().filter(|request| is_typed(request)).collect();
    // Calls that do the same to several things ask once for all of those.
    typed.sort_by_key(|request| request.id);
    for same in typed.chunk_by(|one, next| one.id == next.id) {
        let things: Vec<&str> = same.iter().flat_map(|request| things(request)).collect();
        if let ([one, ..], [_, ..]) = (same, things.as_slice()) {
            typed_as(each_key(&things), sent).map_err(|error| (one.id, error))?;
            continue;
        }
        for request in same {
            confirm(request, sent, backend)
                .await
                .map_err(|error| (request.id, error))?;
        }
    }
    let questions = join_all(requests.iter().map(|request| asked(request, anew))).await;
    let about = requests.iter().zip(&questions).find(|(_, question)| question.is_some());
    let Some(id) = about.map(|(request, _)| request.id) else {
        return Ok(());
    };
    match together(questions.into_iter().flatten().collect()) {
        Some(question) => answered(question, sent).map_err(|error| (id, error)),
        None => Ok(()),
    }
}

/// What a call asks that is answered by a box; nothing where something is typed.
pub async fn asked(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let confirmation = Confirmation::of(request.id.row());
    if is_typed(request) {
        return None;
    }
    question(request, confirmation, backend).await
}

/// Whether a name is typed before the call is made, whatever it does.
fn is_typed(request: &Request) -> bool {
    match Confirmation::of(request.id.row()) {
        Confirmation::Project
        | Confirmation::Branch
        | Confirmation::Name(_)
        | Confirmation::Again(_)
        | Confirmation::Each(_) => true,
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => false,
    }
}

/// What is typed to say that a project is meant, and what that is.
async fn named(reference: &str, backend: &BackendHandle) -> Result<(&'static str, String), ConsoleError> {
    let project = GetProject {
        project: reference.to_owned(),
    };
    let name = narrow(backend, &project).await?.name;
    let (what, key) = project_key(&name, reference);
    Ok((what, key.to_owned()))
}

/// The same; its ref where its name cannot be read.
async fn named_or_ref(reference: String, backend: &BackendHandle) -> String {
    match named(&reference, backend).await {
        Ok((_, key)) => key,
        Err(_) => reference,
    }
}

fn not_named(what: &str, expected: &str) -> ConsoleError {
    let message = format!("Nothing was done: type \u{201c}{expected}\u{201d} to confirm. That is the {what}.");
    ConsoleError::invalid(CONFIRM, message)
}

/// Whether a question was said yes to, and what it wants typed was.
fn answered(question: Question, sent: &Sent) -> Result<(), ConsoleError> {
    let typed = sent.text(CONFIRM);
    match &question.name {
        Some(name) if typed.is_some() && typed != Some(name) => Err(not_named("name of what is changed", name)),
        _ if !question
            .ticks
            .iter()
            .all(|tick| sent.all(SURE).any(|sure| sure == tick.sure)) =>
        {
            // Its field stands there already where something was typed.
            let name = question.name.filter(|_| typed.is_none());
            Err(ConsoleError::Unconfirmed {
                question: Question { name, ..question },
            })
        }
        Some(_) if typed.is_none() => Err(ConsoleError::Unconfirmed { question }),
        Some(_) | None => Ok(()),
    }
}

/// What must be said yes to first.
async fn question(request: &Request, confirmation: Confirmation, backend: &BackendHandle) -> Option<Question> {
    let (does, production) = futures::join!(
        by_what_it_does(request, confirmation, backend),
        in_production(request, backend)
    );
    together(does.into_iter().chain(production).collect())
}

/// In a project that is marked as production whatever SQL writes is asked about, each time.
async fn in_production(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let row = request.id.row();
    let Asks::Sql(texts) = row.asks else { return None };
    if row.effect == Effect::Read {
        return None;
    }
    // Where it cannot be read, it may be one.
    let marked = match backend.mark(request.parameter("ref")?).await {
        Ok(mark) => mark.is_some(),
        Err(_) => true,
    };
    let texts: Vec<&str> = texts.iter().filter_map(|name| request.parameter(name)).collect();
    let sure = yes_to(request.id, &request.path, WRITES, &texts.join("\0"));
    marked.then(|| Question::one(WRITES.to_owned(), sure))
}

/// What comes of these very parameters, else what the operation always asks.
async fn by_what_it_does(request: &Request, confirmation: Confirmation, backend: &BackendHandle) -> Option<Question> {
    match request.id.row().asks {
        Asks::Merge => return branch::merge_question(request, backend).await,
        Asks::Push => return branch::push_question(request, backend).await,
        Asks::Reset => return Some(branch::reset(request, backend).await),
        Asks::ReplacesSecrets => return secrets::question(request, backend).await,
        Asks::ChangesFunctions => return functions::question(request, backend).await,
        Asks::Nothing
        | Asks::That(_)
        | Asks::Each(_)
        | Asks::Sql(_)
        | Asks::KeptSql(_)
        | Asks::Addresses(_)
        | Asks::PublicFunction
        | Asks::Schemas
        | Asks::Realtime
        | Asks::S3
        | Asks::KeyRole
        | Asks::Name(_) => {}
    }
    let ranges = if addresses::takes_ranges_away(request) {
        let project = request.parameter("ref").unwrap_or_default().to_owned();
        // ok: where they cannot be read, the question says so.
        narrow(backend, &GetNetworkRestrictions { project }).await.ok()
    } else {
        None
    };
    let ranges = ranges.map(|restrictions| restrictions.config);
    let caller = backend.page().address.filter(|address| is_public(*address));
    if let Some(told) = told::told(request, ranges.as_ref(), caller).await {
        let sure = yes_to(request.id, &request.path, &told.does, &told.about);
        let name = match (told.loses, request.parameter("ref")) {
            (true, Some(project)) => Some(named_or_ref(project.to_owned(), backend).await),
            (true, None) | (false, _) => None,
        };
        return Some(Question {
            name,
            ..Question::one(told.does, sure)
        });
    }
    match confirmation {
        Confirmation::Sure(does) => Some(Question::always(does)),
        Confirmation::None
        | Confirmation::Project
        | Confirmation::Branch
        | Confirmation::Name(_)
        | Confirmation::Again(_)
        | Confirmation::Each(_)
        | Confirmation::Told => None,
    }
}
