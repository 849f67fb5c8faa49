//! A form that a script has sent is answered with a `FormOutcome`, whoever refuses it on its way.

use app::outcome::FormOutcome;
use axum::{
    Json,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header::CONTENT_TYPE};

use crate::{responses, web::forms};

/// Puts a refusal that is no outcome yet, such as a page or a line of text, into the words of one.
pub async fn in_json(request: Request, next: Next) -> Response {
    let by_script = forms::by_script(&request);
    let response = next.run(request).await;
    let json = HeaderValue::from_static("application/json");
    if !by_script || response.headers().get(CONTENT_TYPE) == Some(&json) {
        return response;
    }
    let failed = FormOutcome::Failed {
        problem: responses::problem(&response),
    };
    (response.status(), Json(failed)).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::to_bytes, middleware::from_fn, routing::post};
    use http::{StatusCode, header::ACCEPT};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn panics() -> StatusCode {
        panic!("on purpose")
    }

    async fn ask(path: &str, accept: &str) -> (StatusCode, String) {
        let router = Router::new()
            .route("/do/panic", post(panics))
            .route("/do/text", post(|| async { (StatusCode::BAD_REQUEST, "no") }))
            .route("/do/nothing", post(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .route("/theme", post(|| async { (StatusCode::BAD_REQUEST, "no") }))
            .layer(CatchPanicLayer::custom(super::super::panics::answer))
            .layer(from_fn(in_json));
        let request = Request::post(path).header(ACCEPT, accept);
        let answer = router
            .oneshot(request.body(axum::body::Body::empty()).unwrap())
            .await
            .unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn title(body: &str) -> String {
        match serde_json::from_str(body).unwrap() {
            FormOutcome::Failed { problem } => problem.title,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_script_always_reads_an_outcome() {
        for path in ["/do/panic", "/do/nothing"] {
            let (status, body) = ask(path, "application/json").await;
            assert_eq!((status.as_u16(), title(&body).as_str()), (500, "Steward broke off"));
        }
        let (status, body) = ask("/do/text", "application/json").await;
        assert_eq!(
            (status.as_u16(), title(&body).as_str()),
            (400, "Steward did not understand this form")
        );
    }

    #[tokio::test]
    async fn nobody_else_does() {
        assert!(
            ask("/do/panic", "text/html")
                .await
                .1
                .contains("<h1>Steward broke off</h1>")
        );
        assert_eq!(ask("/theme", "application/json").await.1, "no");
    }
}
