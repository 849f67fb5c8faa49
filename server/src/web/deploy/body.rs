//! The body of a form with files, no faster than it is passed on.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::body::BodyDataStream;
use bytes::Bytes;
use futures::{Stream, StreamExt};

/// A body that gives one piece whenever it is asked, and no more: multer takes in whatever there is, and would hold what
/// a fast browser has sent and a slower Supabase has not taken yet.
pub(super) struct OneByOne {
    body: BodyDataStream,
    gave: bool,
}

impl OneByOne {
    pub(super) fn of(body: BodyDataStream) -> Self {
        Self { body, gave: false }
    }
}

impl Stream for OneByOne {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.gave) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = ready!(self.body.poll_next_unpin(context));
        self.gave = true;
        Poll::Ready(piece)
    }
}
