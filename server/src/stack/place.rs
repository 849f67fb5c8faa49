//! Place: finding out what a call belongs to. It is known from answers that passed by; before a write or the reveal of a secret leaves,
//! it is asked for where it is not known.

use std::{sync::Arc, time::Duration};

use management_api::{Effect, Request, Scope, Subject};
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next, Source},
    layer::{Stacked, stacked},
};
use crate::{
    directory::{Directory, Memberships, Place},
    identity::{Caller, PersonId},
};

/// A write waits no longer than this for it to be known what it belongs to.
const PATIENCE: Duration = Duration::from_secs(5);
/// Questions before one call, at most: whose project a branch's id stands for, and which organization that is of.
const QUESTIONS: usize = 2;

/// Finds out what each call belongs to.
pub(super) fn layer<S: Next>(directory: Option<Directory>) -> impl Layer<S, Service = Stacked> {
    stacked(directory, placed)
}

async fn placed<S: Next>(inner: S, directory: Arc<Option<Directory>>, mut call: Call) -> Result<Answer, Failure> {
    if let Some(directory) = &*directory {
        let person = &call.caller.person;
        let waits = match call.request.id.row().effect {
            Effect::Read => call.reveals.is_some(),
            Effect::Write | Effect::Costly | Effect::Destructive => true,
        };
        if waits || directory.place(person, &call.request).scope == Scope::Account {
            directory.recall(person, &call.request).await;
        }
        if waits {
            let asking = asked(&inner, directory, &call.caller, &call.request);
            if tokio::time::timeout(PATIENCE, asking).await.is_err() {
                tracing::warn!("what a call belongs to could not be found out in time");
            }
        }
        call.place = directory.place(&call.caller.person, &call.request);
    }
    inner.oneshot(call).await
}

/// Asks what the directory does not know, in the caller's name; once for all who want to know, and what could not be found
/// out not again for a while. What stays unknown is the caller's own affair: nobody else is told of the call.
async fn asked<S: Next>(inner: &S, directory: &Directory, caller: &Caller, request: &Request) {
    for _ in 0..QUESTIONS {
        let Some(question) = directory.question(&caller.person, request) else {
            return;
        };
        let ask = Call::new(caller.clone(), question);
        directory
            .once(&caller.person, &ask.request.path.clone(), async {
                // What the answer tells is learned on its way up, and a failure is logged in the audit.
                let _ = inner.clone().oneshot(ask).await;
            })
            .await;
    }
}

/// Lets the directory learn from what Supabase answers.
pub(super) fn learning<S: Next>(directory: Option<Directory>) -> impl Layer<S, Service = Stacked> {
    stacked(directory, learned)
}

async fn learned<S: Next>(inner: S, directory: Arc<Option<Directory>>, call: Call) -> Result<Answer, Failure> {
    let pupil = Option::as_ref(&directory)
        .filter(|_| Directory::learns_from(call.request.id))
        .map(|directory| {
            let forgotten = directory.memberships.forgotten();
            (
                directory,
                call.caller.clone(),
                call.request.clone(),
                call.part,
                forgotten,
            )
        });
    let answer = inner.oneshot(call).await?;
    if let Some((directory, caller, request, part, forgotten)) = pupil
        && answer.source == Source::Upstream
    {
        // A role may have been changed while this was on its way.
        if Memberships::learns_from(request.id) && directory.memberships.forgotten() != forgotten {
            return Ok(answer);
        }
        // What all parts make up together is learned where they are put together.
        if !part {
            directory.lists.learn(&caller.person, &request, &answer.body);
        }
        directory.learn(&caller, &request, &answer.body);
    }
    Ok(answer)
}

/// A read of which it is not known what it belongs to: its own answer may tell.
pub(super) struct Late {
    directory: Directory,
    person: PersonId,
    request: Request,
}

impl Late {
    pub fn of(directory: Option<&Directory>, call: &Call) -> Option<Self> {
        let unknown = match Subject::of(&call.request) {
            Subject::Branch(_) | Subject::Snippet(_) => call.place.scope == Scope::Account,
            Subject::Scope(Scope::Project(_)) => call.place.organization.is_none(),
            Subject::Scope(Scope::Organization(_) | Scope::Account) => false,
        };
        directory.filter(|_| unknown).map(|directory| Self {
            directory: directory.clone(),
            person: call.caller.person.clone(),
            request: call.request.clone(),
        })
    }

    /// What is known by now.
    pub fn place(&self) -> Place {
        self.directory.place(&self.person, &self.request)
    }
}
