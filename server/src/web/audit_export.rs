//! The audit as a file, streamed: /audit.csv and /audit.jsonl, with the choices and the rights of the page.

use std::sync::Arc;

use app::{audit::AuditFilter, error::ConsoleError};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Query, State},
    response::Response,
};
use futures::{TryStreamExt, stream};
use time::OffsetDateTime;

use super::file;
use crate::{
    audit::{others, visibility},
    audit_export::{Format, STRETCH, behind},
    context::RequestContext,
    error::Error,
    identity::SignedIn,
    responses,
    state::Shared,
    store::audit::find::Visibility,
};

type Choices = Query<Vec<(String, String)>>;

pub async fn csv(shared: State<Shared>, context: Extension<RequestContext>, choices: Choices) -> Response {
    answer(shared, context, choices, Format::Csv).await
}

pub async fn json_lines(shared: State<Shared>, context: Extension<RequestContext>, choices: Choices) -> Response {
    answer(shared, context, choices, Format::JsonLines).await
}

async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Query(choices): Choices,
    format: Format,
) -> Response {
    match exported(shared, context, &choices, format).await {
        Ok(response) => response,
        Err(error) => responses::page(
            responses::status(&error),
            "The audit could not be exported",
            "Supabase did not tell which organizations and projects you can see, and a file that silently lacks calls would \
             mislead. Open the audit\u{2019}s page, which says more, and try again.",
        ),
    }
}

async fn exported(
    shared: Shared,
    context: RequestContext,
    choices: &[(String, String)],
    format: Format,
) -> Result<Response, ConsoleError> {
    let signed_in = context.signed_in.ok_or(ConsoleError::SignedOut)?;
    let view = visibility::of(&shared, &signed_in).await?;
    if let Some(message) = view.missing {
        return Err(ConsoleError::Unreachable { message });
    }
    // The file holds what the page would.
    shared.audit.flush().await;
    let get = |name: &str| {
        let choice = choices.iter().find(|(key, _)| key == name);
        choice.map(|(_, value)| value.clone())
    };
    let filter = AuditFilter::read(get);
    let name = format!("steward-audit-{}.{}", OffsetDateTime::now_utc().date(), format.ending());
    let body = Body::from_stream(stretches((shared, signed_in), view.visible, filter, format));
    Ok(file::attachment(&name, format.content_type(), body))
}

/// Where an export stands.
enum At {
    Begin,
    Before(i64),
    End,
}

/// The file in pieces. An error breaks the answer off, so that half a file is not taken for a whole one.
fn stretches(
    (shared, reader): (Shared, SignedIn),
    visible: Visibility,
    filter: AuditFilter,
    format: Format,
) -> impl futures::Stream<Item = Result<Bytes, Error>> + Send + 'static {
    let source = Arc::new((shared, reader, visible, filter));
    let pieces = stream::try_unfold(At::Begin, move |at| {
        let source = source.clone();
        async move {
            let (shared, reader, visible, filter) = &*source;
            let before = match at {
                At::Begin => None,
                At::Before(id) => Some(id),
                At::End => return Ok(None),
            };
            let mut calls = shared.store.audit_stretch(visible, filter, before, STRETCH).await?;
            others::shorten_for(&mut calls, shared, reader).await;
            let next = behind(&calls).map_or(At::End, At::Before);
            let piece = format.piece(&calls, before.is_none())?;
            Ok(Some((Bytes::from(piece), next)))
        }
    });
    pieces.inspect_err(|error: &Error| tracing::error!(%error, "an export of the audit broke off"))
}
