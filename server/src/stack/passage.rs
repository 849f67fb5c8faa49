//! Passage: an answer's body that goes on as it comes in, so that what is large is nowhere as a whole.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces that wait for whoever takes them: upstream waits then.
const WAITING: usize = 4;

/// Where the body of a call's answer goes, once.
#[derive(Clone)]
pub struct Passage(Arc<Mutex<Option<Sender<Bytes>>>>);

/// A passage, and what comes through it: nothing before there is a successful answer. It ends with the answer or with
/// whatever broke it off, which only the call itself tells.
pub fn passage() -> (Passage, Receiver<Bytes>) {
    let (sender, receiver) = channel(WAITING);
    (Passage(Arc::new(Mutex::new(Some(sender)))), receiver)
}

impl Passage {
    /// The end that is written to; `None` where it was given away already.
    pub(super) fn open(&self) -> Option<Sender<Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
