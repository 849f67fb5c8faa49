//! A body that drips in for too long is not waited for: what lies in memory meanwhile would be anybody's to fill.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, BodyDataStream},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::{HeaderValue, Method, StatusCode, header::CONNECTION};
use tokio::time::{Sleep, sleep};

use crate::{responses, state::Shared, web::deploy};

pub async fn cut(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let most = match request.uri().path() {
        deploy::ROUTE => shared.limits.files,
        _ => shared.limits.body,
    };
    bounded(most, request, next).await
}

async fn bounded(most: Duration, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let late = Arc::new(AtomicBool::new(false));
    let (parts, body) = request.into_parts();
    let timed = Timed {
        body: body.into_data_stream(),
        ends: Box::pin(sleep(most)),
        late: late.clone(),
    };
    let response = next.run(Request::from_parts(parts, Body::from_stream(timed))).await;
    if !late.load(Ordering::Relaxed) {
        return response;
    }
    let mut response = responses::page(
        StatusCode::REQUEST_TIMEOUT,
        "This took too long to arrive",
        "The form had not come in whole when its time was up, and nothing was sent. Try again; over a slow line, with less.",
    );
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A body that fails once its time is up.
struct Timed {
    body: BodyDataStream,
    ends: Pin<Box<Sleep>>,
    late: Arc<AtomicBool>,
}

impl Stream for Timed {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(part) = self.body.poll_next_unpin(context) {
            return Poll::Ready(part);
        }
        if self.ends.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.late.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err(axum::Error::new(std::io::Error::from(
            std::io::ErrorKind::TimedOut,
        )))))
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn, routing::post};
    use futures::stream;
    use tower::ServiceExt;

    use super::*;

    async fn send(body: Body) -> StatusCode {
        let router = Router::new()
            .route("/", post(|body: Bytes| async move { body.len().to_string() }))
            .layer(from_fn(|request, next| bounded(Duration::from_secs(30), request, next)));
        let request = Request::post("/").body(body).unwrap();
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_cut() {
        let drop = |_| async {
            sleep(Duration::from_secs(4)).await;
            Some((Ok::<_, std::io::Error>("x"), ()))
        };
        assert_eq!(
            send(Body::from_stream(stream::unfold((), drop))).await,
            StatusCode::REQUEST_TIMEOUT
        );
        let few = stream::unfold((), drop).take(5);
        assert_eq!(send(Body::from_stream(few)).await, StatusCode::OK);
        assert_eq!(send(Body::from("whole")).await, StatusCode::OK);
    }
}
