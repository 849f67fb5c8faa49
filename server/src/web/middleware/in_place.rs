//! A form that stays on its page can show the answer, whoever refuses it on its way.

use app::operation_form;
use axum::{extract::Request, middleware::Next, response::Response};

use crate::responses;

/// Draws a refusal that is none for such a form, such as a page or a line of text.
pub async fn tell(request: Request, next: Next) -> Response {
    let in_place = responses::in_place(request.headers());
    let response = next.run(request).await;
    if !in_place || responses::can_show(&response) {
        return response;
    }
    let problem = responses::problem(&response);
    responses::fragment(response.status(), operation_form::refused(problem))
}

#[cfg(test)]
mod tests {
    use app::frame::forms::IN_PLACE;
    use axum::{Router, body::to_bytes, middleware::from_fn, routing::post};
    use http::StatusCode;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn panics() -> StatusCode {
        panic!("on purpose")
    }

    async fn ask(path: &str, in_place: bool) -> (u16, String) {
        let router = Router::new()
            .route("/do/panic", post(panics))
            .route("/do/text", post(|| async { (StatusCode::BAD_REQUEST, "no") }))
            .route("/do/nothing", post(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .layer(CatchPanicLayer::custom(super::super::panics::answer))
            .layer(from_fn(tell));
        let mut request = Request::post(path);
        if in_place {
            request = request.header(IN_PLACE, "1");
        }
        let answer = router
            .oneshot(request.body(axum::body::Body::empty()).unwrap())
            .await
            .unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_form_in_its_place_is_always_told() {
        let told = [
            ("/do/panic", 500, "Steward broke off"),
            ("/do/nothing", 500, "Steward broke off"),
            ("/do/text", 400, "Steward did not understand this form"),
        ];
        for (path, status, title) in told {
            let (answered, body) = ask(path, true).await;
            assert!(
                answered == status && body.contains("form-problem") && body.contains(title),
                "{path}: {answered} {body}"
            );
        }
    }

    #[tokio::test]
    async fn nobody_else_is() {
        assert!(ask("/do/panic", false).await.1.contains("<h1>Steward broke off</h1>"));
        assert_eq!(ask("/do/text", false).await.1, "no");
    }
}
