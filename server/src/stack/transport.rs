//! Transport: the HTTP request itself, bounded in time and size.

use std::{error::Error, sync::Arc, time::Duration};

use app::error::ConsoleError;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use management_api::{
    Body, Effect, Request, Upload,
    catalogue::{self, Method},
};
use reqwest::{
    RequestBuilder, Response,
    multipart::{Form, Part},
    redirect,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use tokio::sync::mpsc::Sender;
use tower::service_fn;
use url::Url;

use super::{
    StackSettings,
    call::{Answer, Call, Failure, Rate, Source},
    cut::cut_list,
    files::Files,
    token::Sends,
};
use crate::{config::is_loopback, request_id};

const CONNECT: Duration = Duration::from_secs(5);

/// A call with the token it is made with.
#[derive(Clone)]
pub(super) struct Authorized {
    pub call: Call,
    pub token: SecretString,
}

/// The HTTP client for what Steward asks of `api_url`: it follows no redirects, which could carry a token elsewhere, and
/// trusts the system's root certificates.
pub fn http_client(api_url: &Url) -> Result<reqwest::Client, reqwest::Error> {
    // An error means that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("steward/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .redirect(redirect::Policy::none());
    // A proxy of the environment cannot reach this machine.
    let builder = if is_loopback(api_url) {
        builder.no_proxy()
    } else {
        builder
    };
    builder.build()
}

pub(super) fn service(settings: StackSettings) -> impl Sends {
    let settings = Arc::new(settings);
    service_fn(move |authorized| transported(settings.clone(), authorized))
}

async fn transported(settings: Arc<StackSettings>, authorized: Authorized) -> Result<Answer, Failure> {
    let Authorized {
        call:
            Call {
                caller,
                request,
                files,
                cut_at,
                passage,
                ..
            },
        token,
    } = authorized;
    let row = request.id.row();
    let total = if files.is_some() || passage.is_some() {
        settings.files
    } else {
        settings.total
    };
    let mut outgoing = settings
        .http
        .request(method(row.method), address(&settings.api_url, &request))
        .timeout(total)
        .bearer_auth(token.expose_secret());
    if let Some(accepted) = row.answer.accept() {
        outgoing = outgoing.header(http::header::ACCEPT, accepted);
    }
    if let Some(id) = &caller.request {
        outgoing = outgoing.header(request_id::HEADER, id.as_str());
    }
    if let Some(key) = &request.idempotency_key {
        outgoing = outgoing.header("idempotency-key", key);
    }
    if let Some(body) = &request.body {
        outgoing = match row.body {
            Body::None | Body::Json | Body::Whole(_) | Body::Data(_) | Body::List(..) => outgoing.json(body),
            Body::Form => outgoing.form(body),
            Body::Multipart => match &files {
                Some(files) => streamed(outgoing, files, body).map_err(Failure::held)?,
                None => outgoing.multipart(parts(body).map_err(Failure::held)?),
            },
        };
    }
    let failed = |error| match &files {
        Some(files) if files.are_broken_off() => Failure::sent(ConsoleError::invalid(
            "file",
            "The files did not come in whole, so nothing was deployed.",
        )),
        Some(_) | None => broken_off(error, total, row.effect),
    };
    let response = outgoing.send().await.map_err(failed)?;
    let (status, rate) = (response.status().as_u16(), rate(response.headers()));
    let request_id = told_id(response.headers());
    let count = response
        .headers()
        .get("x-total-count")
        .map(|count| Bytes::copy_from_slice(count.as_bytes()));
    if let Some(onward) = passage
        .filter(|_| (200..300).contains(&status))
        .and_then(|passage| passage.open())
    {
        passed(response, onward, failed).await?;
        return Ok(Answer {
            status,
            body: Bytes::from_static(b"[]"),
            source: Source::Upstream,
            rate,
            request_id,
            cut: false,
        });
    }
    let most = cut_at.unwrap_or(settings.answer_bytes);
    let (body, cut) = match body(response, most, cut_at.is_some()).await.map_err(failed)? {
        Read::Whole(body) => (body, false),
        Read::Begun(begun) => {
            let rows = cut_at.and_then(|_| cut_list(begun));
            let too_large = || Failure::sent(too_large(most, row.effect));
            (rows.ok_or_else(too_large)?, true)
        }
    };
    let body = match row.answer {
        catalogue::Answer::Count => count.unwrap_or_default(),
        catalogue::Answer::Json | catalogue::Answer::Text | catalogue::Answer::Bytes => body,
    };
    Ok(Answer {
        status,
        body,
        source: Source::Upstream,
        rate,
        request_id,
        cut,
    })
}

fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Head => http::Method::HEAD,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    }
}

/// The same with files that come in meanwhile.
fn streamed(outgoing: RequestBuilder, files: &Files, body: &Value) -> Result<RequestBuilder, ConsoleError> {
    let metadata = body.get("metadata").cloned().unwrap_or_default();
    let body = files.body(&metadata).ok_or_else(|| ConsoleError::Internal {
        message: "The files had been sent already.".to_owned(),
    })?;
    Ok(outgoing
        .header(http::header::CONTENT_TYPE, files.content_type())
        .body(reqwest::Body::wrap_stream(body)))
}

/// The parts of a deployment: `metadata` as JSON, and each of `file` as [`Upload`] has it.
fn parts(body: &Value) -> Result<Form, ConsoleError> {
    let unfit =
        |why: &dyn std::fmt::Display| ConsoleError::invalid("file", format!("The files cannot be sent: {why}."));
    let metadata = body.get("metadata").cloned().unwrap_or_default();
    let mut form = Form::new().text("metadata", metadata.to_string());
    let files: Vec<Upload> = match body.get("file") {
        Some(files) if !files.is_null() => Upload::deserialize_all(files).map_err(|error| unfit(&error))?,
        Some(_) | None => Vec::new(),
    };
    for file in files {
        let content = file.content().map_err(|error| unfit(&error))?;
        form = form.part("file", Part::bytes(content).file_name(file.name));
    }
    Ok(form)
}

/// Where a request goes. Its path is encoded already; keys of the query may repeat.
pub fn address(api_url: &Url, request: &Request) -> Url {
    let mut url = api_url.clone();
    url.set_path(&format!("{}{}", api_url.path().trim_end_matches('/'), request.path));
    if !request.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&request.query);
    }
    url
}

/// The number by which Supabase's support finds the request: its own, else that of the network before it.
fn told_id(headers: &HeaderMap) -> Option<String> {
    ["x-request-id", "sb-request-id", "cf-ray"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
        .map(|id| id.chars().take(100).collect())
}

fn rate(headers: &HeaderMap) -> Rate {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let number = |name: &str| text(name)?.parse().ok();
    let now = OffsetDateTime::now_utc();
    let waits = |name: &str| text(name).and_then(|text| seconds(text, now));
    Rate {
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        reset: waits("x-ratelimit-reset").or_else(|| waits("retry-after")),
    }
}

/// Nothing waits for longer than this on another's word, in seconds.
const LONGEST: f64 = 600.0;
/// A number past this is a moment, in seconds since 1970, and no span.
const MOMENT: f64 = 1e9;

/// Seconds from now, from a number of them, of either kind and maybe broken, or from a date.
fn seconds(text: &str, now: OffsetDateTime) -> Option<u32> {
    let present = now.unix_timestamp() as f64;
    let seconds = match text.parse::<f64>() {
        Ok(moment) if moment >= MOMENT => moment - present,
        Ok(span) => span,
        Err(_) => OffsetDateTime::parse(text, &Rfc2822).ok()?.unix_timestamp() as f64 - present,
    };
    // ok: it is between nothing and ten minutes.
    seconds.is_finite().then(|| seconds.ceil().clamp(0.0, LONGEST) as u32)
}

/// What of a body was read.
enum Read {
    Whole(Bytes),
    /// It is longer than was wanted.
    Begun(BytesMut),
}

/// Reads the body, and no more of it than `most` bytes. What may be `cut` is expected to be long.
async fn body(mut response: Response, most: usize, cut: bool) -> Result<Read, reqwest::Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        let room = most - body.len();
        if chunk.len() > room {
            body.extend_from_slice(chunk.get(..room).unwrap_or_default());
            return Ok(Read::Begun(body));
        }
        // It would otherwise be moved to a place of twice the size again and again, and lie in both meanwhile.
        if body.capacity() == 0 && chunk.len() < most {
            let told = response
                .content_length()
                .and_then(|length| usize::try_from(length).ok());
            body.reserve(told.unwrap_or(if cut { most } else { chunk.len() }).min(most));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Read::Whole(body.freeze()))
}

/// Passes the body on; no faster than it is taken.
async fn passed(
    mut response: Response,
    onward: Sender<Bytes>,
    failed: impl Fn(reqwest::Error) -> Failure,
) -> Result<(), Failure> {
    while let Some(chunk) = response.chunk().await.map_err(&failed)? {
        if onward.send(chunk).await.is_err() {
            return Err(Failure::sent(ConsoleError::Unreachable {
                message: "Whoever wanted the answer was gone before it was complete.".to_owned(),
            }));
        }
    }
    Ok(())
}

fn broken_off(error: reqwest::Error, total: Duration, effect: Effect) -> Failure {
    // Only the server's log is told the cause; the address, whose query may hold a secret, not even there.
    let error = error.without_url();
    tracing::warn!(cause = %causes(&error), "no answer from Supabase");
    if error.is_builder() {
        let message = "The request could not be put together. The server\u{2019}s log says more.".to_owned();
        return Failure::held(ConsoleError::Internal { message });
    }
    Failure::sent(if error.is_connect() {
        let message = "The connection could not be made. Try again in a moment.".to_owned();
        ConsoleError::Unreachable { message }
    } else if error.is_timeout() {
        too_slow(total, effect)
    } else {
        unreachable("The connection broke before the answer was complete.", effect)
    })
}

/// No answer within `total`.
pub(super) fn too_slow(total: Duration, effect: Effect) -> ConsoleError {
    unreachable(&format!("No answer came within {} s.", total.as_secs_f32()), effect)
}

/// No answer to a call that did leave: what a write has done is then not known.
fn unreachable(what: &str, effect: Effect) -> ConsoleError {
    match effect {
        Effect::Read => ConsoleError::Unreachable {
            message: format!("{what} Try again in a moment."),
        },
        Effect::Write | Effect::Costly | Effect::Destructive => uncertain(what),
    }
}

fn too_large(most: usize, effect: Effect) -> ConsoleError {
    let message = format!("The answer was larger than {} KiB.", most / 1024);
    match effect {
        Effect::Read => ConsoleError::Unreadable { message },
        Effect::Write | Effect::Costly | Effect::Destructive => uncertain(&message),
    }
}

fn uncertain(what: &str) -> ConsoleError {
    ConsoleError::Uncertain {
        status: None,
        message: what.to_owned(),
        event: None,
    }
}

/// The error and what lies behind it, on one line.
pub fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait_is_read_however_it_is_written() {
        let now = OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap();
        for (text, expected) in [
            ("17", Some(17)),
            ("0.2", Some(1)),
            ("-3", Some(0)),
            ("86400", Some(600)),
            ("1795000042", Some(42)),
            ("1794999999.5", Some(0)),
            ("Wed, 18 Nov 2026 11:07:10 GMT", Some(30)),
            ("soon", None),
            ("", None),
            ("NaN", None),
        ] {
            assert_eq!(seconds(text, now), expected, "{text}");
        }
    }
}
