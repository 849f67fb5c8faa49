//! Serve: the loop that accepts connections, and what each of them may take of time and place.

mod stalling;
#[cfg(test)]
mod tests;

use std::{future::pending, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use futures::TryFutureExt;
use http::{HeaderValue, Request, header::CONNECTION};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, sleep, timeout},
};
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use self::stalling::Stalling;

/// What connections may take. Every one of these ends something that a stranger could else hold for ever.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; more wait until one ends. Below the 1,024 files that a process may open by default.
    pub connections: usize,
    /// From a new connection until its first request's head is there.
    pub head: Duration,
    /// From the end of an answer until the next request's head is there. Longer than proxies keep connections, which
    /// would else send a form into one that is just being closed.
    pub idle: Duration,
    /// From a request's head to the end of its body.
    pub body: Duration,
    /// The same where files are passed on while they come.
    pub files: Duration,
    /// How long a browser may take nothing of an answer that waits for it.
    pub stall: Duration,
}

impl Limits {
    pub const USUAL: Self = Self {
        connections: 512,
        head: Duration::from_secs(10),
        idle: Duration::from_secs(75),
        body: Duration::from_secs(30),
        files: Duration::from_secs(300),
        stall: Duration::from_secs(60),
    };
}

/// Bytes of a request's head, at most: more is answered with 431.
const HEAD: usize = 64 * 1024;
/// How long to wait when the system has no more files or memory for a connection.
const SHORTAGE: Duration = Duration::from_millis(500);

/// How often it is logged that there is no place.
const QUIET: Duration = Duration::from_secs(60);

/// How long connections are listened to after the end was announced: a proxy may just be sending a form into one.
const LINGER: Duration = Duration::from_millis(500);

/// Accepts connections until it is told to stop, and then waits for the requests under way. Nobody who was connected by then is
/// cut off: what has come is answered, with the word that this was the last answer here.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stopped: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    let converse = |stream: TcpStream, peer, place: Option<OwnedSemaphorePermit>| {
        // The shell of a page is a small packet that must not wait for the next one.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        let (router, stopped) = (router.clone(), stopped.clone());
        connections.spawn(async move {
            converse(stream, peer, router, limits, stopped).await;
            drop(place);
        });
    };
    let mut stop = stopped.clone();
    let mut told = None;
    loop {
        let next = async {
            // A place first: until there is one, whoever comes waits in the system's queue.
            if places.available_permits() == 0 && told.is_none_or(|told: Instant| told.elapsed() > QUIET) {
                told = Some(Instant::now());
                tracing::warn!(
                    connections = limits.connections,
                    "every connection that there may be is taken; others wait"
                );
            }
            // ok: an error means that the semaphore was closed, which this one never is.
            let place = places.clone().acquire_owned().await.ok();
            (accept(&listener).await, place)
        };
        let ((stream, peer), place) = tokio::select! {
            next = next => next,
            () = announced(&mut stop) => break,
        };
        converse(stream, peer, place);
    }
    // Who is in the system's queue is connected already, as far as they know.
    if let Ok(listener) = listener.into_std() {
        while let Ok((stream, peer)) = listener.accept() {
            let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
            match stream {
                Ok(stream) => converse(stream, peer, None),
                Err(error) => tracing::debug!(%error, "a last connection could not be taken"),
            }
        }
    }
    connections.close();
    connections.wait().await;
}

/// The next connection, however long the system is short of what it needs for one.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // It was gone before we came to it.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::ConnectionAborted
                        | io::ErrorKind::ConnectionReset
                        | io::ErrorKind::ConnectionRefused
                        | io::ErrorKind::Interrupted
                ) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted; trying again in a moment");
                sleep(SHORTAGE).await;
            }
        }
    }
}

/// Returns when the server is to stop.
async fn announced(stopped: &mut watch::Receiver<bool>) {
    // ok: an error means that the sender is gone, which is as good a reason to stop.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Answers one connection's requests until either side ends it.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let asked = Arc::new(Notify::new());
    let first = asked.clone();
    let stopping = stopped.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        first.notify_one();
        request.extensions_mut().insert(ConnectInfo(peer));
        let stopping = stopping.clone();
        let answer = router.clone().oneshot(request.map(Body::new));
        answer.map_ok(move |mut response| {
            if *stopping.borrow() {
                response
                    .headers_mut()
                    .insert(CONNECTION, HeaderValue::from_static("close"));
            }
            response
        })
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.idle)
            .max_header_size(HEAD)
            .serve_connection(TokioIo::new(Stalling::new(stream, limits.stall)), service)
    );
    // Whoever has asked once may come back later; whoever has not is not waited for as long.
    let never_asked = async {
        if timeout(limits.head, asked.notified()).await.is_ok() {
            pending::<()>().await;
        }
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = never_asked => {
            tracing::debug!(%peer, "a connection asked for nothing in time");
            return;
        }
        () = announced(&mut stopped) => match timeout(LINGER, connection.as_mut()).await {
            Ok(ended) => ended,
            Err(_) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        },
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection broke off");
    }
}
