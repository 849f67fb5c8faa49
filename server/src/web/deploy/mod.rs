//! POST /do/v1-deploy-a-function with files: they go on to Supabase while they come in, so that a function of any size
//! passes through little memory. What tells of them comes first: it is checked, confirmed and written down before the
//! first byte leaves.

mod body;
mod field;
mod reader;
mod seen;

use std::sync::Arc;

use app::{backend::BackendHandle, error::ConsoleError, form::Form, ui::sentence};
use axum::{
    Extension, RequestExt,
    extract::{self, Path, State},
    response::{IntoResponse, Response},
};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use management_api::OperationId;
use multer::Multipart;

use self::{body::OneByOne, field::Stopped, reader::Reader};
use super::forms::{self, Done};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    deployments::{unchanged, within_plan},
    identity::{SignedIn, Through},
    responses::Unavailable,
    stack::{self, Call},
    state::Shared,
};

/// The router's path, which goes before that of all forms.
pub const ROUTE: &str = "/do/v1-deploy-a-function";
/// Bytes of a form with files, at most: Supabase takes 20 MB of them.
pub const BODY: usize = 24 * 1024 * 1024;

pub async fn deploy(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    request: extract::Request,
) -> Result<Response, Unavailable> {
    let headers = request.headers().clone();
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
        // A form without files is one like others.
        let operation = OperationId::DeployFunction.to_string();
        return match request.extract().await {
            Ok(form) => forms::perform(State(shared), Extension(context), Path(operation), headers, form).await,
            Err(rejection) => Ok(axum::extract::rejection::FormRejection::into_response(rejection)),
        };
    };
    let body = OneByOne::of(request.into_body().into_data_stream());
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let mut reader = Reader::new(Multipart::new(body, boundary));
    let result = match &context.signed_in {
        Some(signed_in) => attempt(&shared, &context, signed_in, &mut reader, length).await,
        None => Err(ConsoleError::SignedOut),
    };
    // A browser that still sends would read no answer.
    reader.drain().await;
    let Reader { sent, typed, .. } = reader;
    let typed = || {
        let mut all = Form::of(OperationId::DeployFunction).kept(&sent);
        all.extend(typed);
        all
    };
    let operation = OperationId::DeployFunction.as_str();
    let result = match result {
        Ok(Outcome::Deployed(done)) => Ok(done),
        Ok(Outcome::Shown) => return Ok(forms::shown(shared, context, headers, operation, &sent, typed()).await),
        Err(error) => Err(error),
    };
    forms::finish(shared, context, headers, operation, &sent, typed, result).await
}

/// What came of a form.
enum Outcome {
    Deployed(Done),
    /// It only asked what would change.
    Shown,
}

async fn attempt(
    shared: &Shared,
    context: &RequestContext,
    signed_in: &SignedIn,
    reader: &mut Reader,
    length: Option<u64>,
) -> Result<Outcome, ConsoleError> {
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let version = reader.head().await?;
    if reader.preview {
        reader.collect().await?;
        return Ok(Outcome::Shown);
    }
    let id = OperationId::DeployFunction;
    let form = Form::of(id);
    let request = form.request(&form.read(&reader.sent)?)?;
    confirm(&request, &reader.sent, &backend).await?;
    let version = version.parse().ok();
    let unchanged = unchanged(shared, signed_in, &request, version);
    let fits = within_plan(shared, signed_in, &request, version.is_none(), length);
    let (unchanged, fits) = futures::join!(unchanged, fits);
    unchanged.and(fits)?;
    let (message, parameters) = (sentence(&request.sentence()), request.parameters.clone());
    let (sender, files) = stack::files();
    let mut call = Call::new(signed_in.caller(Through::Console), request);
    call.files = Some(files);
    let passing = reader.pass_on(sender, &parameters, (shared, signed_in));
    let (passed, answer) = futures::join!(passing, shared.stack.send(call));
    match (passed, answer) {
        // What broke the files off is why the call came to nothing.
        (Err(Stopped::Wrong(error)), _) | (_, Err(error)) => Err(error),
        (Err(Stopped::Ended) | Ok(()), Ok(answer)) => {
            Ok(Outcome::Deployed(Done::of(id, message, &answer.body, parameters)))
        }
    }
}
