//! Serve: the loop that accepts connections, and what each of them may take of time and place.

mod stalling;
#[cfg(test)]
mod tests;

use std::{future::pending, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore, watch},
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

/// Accepts connections until it is told to stop, and then waits for the requests under way.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
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
            () = stop(&mut stopped) => break,
        };
        // The shell of a page is a small packet that must not wait for the next one.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        let (router, stopped) = (router.clone(), stopped.clone());
        connections.spawn(async move {
            converse(stream, peer, router, limits, stopped).await;
            drop(place);
        });
    }
    drop(listener);
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
async fn stop(stopped: &mut watch::Receiver<bool>) {
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
    let service = service_fn(move |mut request: Request<Incoming>| {
        first.notify_one();
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
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
        () = stop(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection broke off");
    }
}
