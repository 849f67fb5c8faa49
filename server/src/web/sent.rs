//! What a browser has sent: the fields and files of a form.

use app::form::Sent;
use axum::{
    extract::{FromRequest, Multipart, Request},
    response::Response,
};
use http::StatusCode;
use management_api::Upload;

use crate::responses;

/// # Errors
/// The answer to what is no such form.
pub async fn read(request: Request) -> Result<Sent, Response> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| no_form())?;
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(error.status()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let content = field.bytes().await.map_err(|error| unreadable(error.status()))?;
        match file {
            // A choice of files that was left alone.
            Some(file) if file.is_empty() && content.is_empty() => {}
            Some(file) => sent.files.push((name, Upload::new(file, &content))),
            None => sent.texts.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
    Ok(sent)
}

fn unreadable(status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        responses::page(
            status,
            "This is too much",
            "A form holds a megabyte at most, files included, and nothing was sent.",
        )
    } else {
        no_form()
    }
}

fn no_form() -> Response {
    responses::page(
        StatusCode::BAD_REQUEST,
        "Steward did not understand this form",
        "Nothing was sent. Load the page anew and try again.",
    )
}
