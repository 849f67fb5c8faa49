//! Faults: failures that tests switch on for some calls of a world.

use std::{collections::BTreeMap, io, str::FromStr, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use futures::{StreamExt, stream};
use management_api::{Effect, OperationId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    answer::{Answer, Refusal, coded, is_v2, json, refused},
    limit::Standing,
};

/// A fault as the control API takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// The operation it strikes, by the API's own id; `*` for every one.
    pub operation: String,
    /// The project whose calls alone it strikes, by its ref.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    #[serde(flatten)]
    pub kind: Kind,
    /// How many calls it strikes; `null` until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// The answer comes `ms` milliseconds after the call. What changes something is carried out only then, as late as a
    /// client could meet it; what reads is answered of the moment of the call, whatever that takes here.
    Slow { ms: u64 },
    /// Another answer in the operation's place; the operation is not carried out.
    Status {
        code: u16,
        #[serde(default)]
        message: Option<String>,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// This answer, with the status 200, in the operation's place: for what nothing here leads to.
    Answer { body: Value },
    /// 429, with the limit's headers.
    RateLimited { seconds: u32 },
    /// The operation is carried out, but only half of its answer arrives before the connection ends.
    CutOff,
    /// The operation is carried out, but its answer is no JSON.
    WrongJson,
    /// The operation is carried out, but its answer is JSON of a shape nobody expects.
    WrongShape,
    /// The connection ends without any answer; the operation is not carried out. HTTP clients may repeat a call
    /// that met this on a connection they had kept, so that `times` is used up faster than calls are made.
    DropConnection,
}

impl Fault {
    /// Says what is wrong with a fault that could never strike or could not be answered.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.operation != "*" {
            OperationId::from_str(&self.operation).map_err(|unknown| Refusal::Invalid(unknown.to_string()))?;
        }
        match &self.kind {
            Kind::Status { code, headers, .. } => {
                if StatusCode::from_u16(*code).is_err() || *code < 200 {
                    return Err(Refusal::Invalid(
                        "code: expected an HTTP status from 200 to 999.".to_owned(),
                    ));
                }
                headers
                    .iter()
                    .try_for_each(|(name, value)| header_of(name, value).map(drop))
            }
            Kind::Slow { .. }
            | Kind::Answer { .. }
            | Kind::RateLimited { .. }
            | Kind::CutOff
            | Kind::WrongJson
            | Kind::WrongShape
            | Kind::DropConnection => Ok(()),
        }
    }
}

fn header_of(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Refusal> {
    match (HeaderName::from_str(name), HeaderValue::from_str(value)) {
        (Ok(name), Ok(value)) => Ok((name, value)),
        (Err(_), _) | (_, Err(_)) => Err(Refusal::Invalid(format!("headers: {name} cannot be sent."))),
    }
}

/// The faults that are on in one world, the oldest first.
#[derive(Default, Serialize)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that strikes this call, if any: the oldest that fits.
    pub fn strike(&mut self, operation: OperationId, project: Option<&str>) -> Option<Kind> {
        self.0.retain(|fault| fault.times != Some(0));
        let fits = |fault: &&mut Fault| {
            let here = fault.project.is_none() || fault.project.as_deref() == project;
            here && (fault.operation == "*" || fault.operation == operation.as_str())
        };
        let fault = self.0.iter_mut().find(fits)?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        Some(fault.kind.clone())
    }
}

impl Kind {
    /// What happens instead of the operation, or before it.
    pub async fn before(&self, operation: OperationId) -> Option<Answer> {
        match self {
            Self::Slow { ms } => {
                if operation.row().effect != Effect::Read {
                    tokio::time::sleep(Duration::from_millis(*ms)).await;
                }
                None
            }
            Self::Status { code, message, headers } => {
                let status = StatusCode::from_u16(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let message = message.as_deref().unwrap_or("The sandbox was asked to fail.");
                let body = if is_v2(operation) {
                    coded("bad_request", message)
                } else {
                    refused(status, message)
                };
                let mut answer = json(status, &body);
                answer
                    .headers_mut()
                    .extend(headers.iter().filter_map(|(name, value)| header_of(name, value).ok()));
                Some(answer)
            }
            Self::Answer { body } => Some(json(StatusCode::OK, body)),
            Self::RateLimited { seconds } => {
                let mut answer = Refusal::TooManyRequests.answer_to(operation);
                let limit = operation.row().limit.per_minute();
                let standing = Standing {
                    limit,
                    remaining: 0,
                    reset: i64::from(*seconds),
                    exceeded: true,
                };
                standing.write(answer.headers_mut());
                Some(answer)
            }
            Self::DropConnection => {
                // A handler cannot hang up. Unwinding ends the connection's task, and with it the connection;
                // `resume_unwind` does it without the panic hook's words on standard error.
                std::panic::resume_unwind(Box::new("drop-connection"))
            }
            Self::CutOff | Self::WrongJson | Self::WrongShape => None,
        }
    }

    /// Keeps an answer back until its time, counted from when the call came.
    pub async fn hold(&self, came: Instant) {
        if let Self::Slow { ms } = self {
            tokio::time::sleep_until(came + Duration::from_millis(*ms)).await;
        }
    }

    /// Spoils the operation's answer.
    pub fn after(&self, answer: Answer) -> Response<Body> {
        match self {
            Self::CutOff => cut_off(answer),
            Self::WrongJson => answer.map(|_| Body::from("{\"name\": \"half a")),
            Self::WrongShape => answer.map(|_| Body::from("\"neither an object nor a list\"")),
            Self::Slow { .. }
            | Self::Status { .. }
            | Self::Answer { .. }
            | Self::RateLimited { .. }
            | Self::DropConnection => answer.map(Body::from),
        }
    }
}

/// Announces the whole length, sends half and fails: the caller sees a connection that ended too early.
fn cut_off(answer: Answer) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len().max(2)));
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    let sent = stream::once(async { Ok(half) });
    let broken = stream::once(async {
        // The half must have left before the connection breaks.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Response::from_parts(parts, Body::from_stream(sent.chain(broken)))
}
