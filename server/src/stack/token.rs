//! Token: attaches the caller's access token, and a newer one if upstream does not accept it.

use std::sync::Arc;

use app::error::ConsoleError;
use bytes::Bytes;
use management_api::ApiError;
use secrecy::{ExposeSecret, SecretString};
use tower::{Layer, Service, ServiceExt};

use super::{
    Tokens,
    blot::SECRET,
    call::{Answer, Call, Failure},
    layer::{Stacked, stacked},
    transport::Authorized,
};

/// What this layer stands on: the transport.
pub(super) trait Sends:
    Service<Authorized, Response = Answer, Error = Failure, Future: Send + 'static> + Clone + Send + Sync + 'static
{
}

impl<S> Sends for S where
    S: Service<Authorized, Response = Answer, Error = Failure, Future: Send + 'static> + Clone + Send + Sync + 'static
{
}

pub(super) fn layer<S: Sends>(tokens: Arc<dyn Tokens>) -> impl Layer<S, Service = Stacked> {
    stacked(tokens, authorized)
}

async fn authorized<S: Sends>(inner: S, tokens: Arc<Arc<dyn Tokens>>, call: Call) -> Result<Answer, Failure> {
    let account = call.caller.account.clone();
    let token = tokens.current(&account).await.map_err(Failure::held)?;
    let answer = inner
        .clone()
        .oneshot(Authorized {
            call: call.clone(),
            token: token.clone(),
        })
        .await?;
    // A sentence is about what was asked for: another token would change nothing, and a write is sent once.
    if answer.status != 401 || !ApiError::read(&answer.body).is_about_the_token() {
        return Ok(without(&token, answer));
    }
    // A call that was answered with 401 did nothing, so even a write may go again, but for files: those are gone. A second
    // 401 stands.
    let token = tokens.renewed(&account, &token).await.map_err(|error| Failure {
        error,
        sent: true,
        refusal: Some(Box::new(answer.into())),
    })?;
    if call.files.is_some() {
        return Err(Failure::sent(ConsoleError::Unreachable {
            message: "The sign-in was renewed while the files came in, and nothing was deployed. Send them again."
                .to_owned(),
        }));
    }
    let answer = inner
        .oneshot(Authorized {
            call,
            token: token.clone(),
        })
        .await?;
    Ok(without(&token, answer))
}

/// A refusal without the token that it may repeat.
fn without(token: &SecretString, answer: Answer) -> Answer {
    let token = token.expose_secret();
    if (200..300).contains(&answer.status) || token.is_empty() {
        return answer;
    }
    match std::str::from_utf8(&answer.body) {
        Ok(body) if body.contains(token) => Answer {
            body: Bytes::from(body.replace(token, SECRET)),
            ..answer
        },
        Ok(_) | Err(_) => answer,
    }
}
