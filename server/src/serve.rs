//! Serve: the loop that accepts connections, and what each of them may take of time and place.

use std::{
    future::{Future, pending},
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore, watch},
    time::{Instant, Sleep, sleep, timeout},
};
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

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
    /// How long a browser may take nothing of an answer that waits for it.
    pub stall: Duration,
}

impl Limits {
    pub const USUAL: Self = Self {
        connections: 512,
        head: Duration::from_secs(10),
        idle: Duration::from_secs(75),
        body: Duration::from_secs(30),
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

/// A connection that breaks off when the other side takes nothing of what is written for too long.
struct Stalling {
    stream: TcpStream,
    patience: Duration,
    /// Since a write has waited.
    waits: Option<Pin<Box<Sleep>>>,
}

impl Stalling {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            waits: None,
        }
    }

    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waits = None;
            return written;
        }
        let patience = self.patience;
        let waits = self.waits.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(waits.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Stalling {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stalling {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.watch(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        task::JoinHandle,
    };

    use super::*;

    /// Longer than anything here takes, however busy the machine is.
    const LONG: Duration = Duration::from_secs(60);
    /// What the tests wait for to be over.
    const SHORT: Duration = Duration::from_secs(1);
    const PATIENT: Limits = Limits {
        connections: 8,
        head: LONG,
        idle: LONG,
        body: LONG,
        stall: LONG,
    };
    const ASK: &str = "GET / HTTP/1.1\r\nhost: here\r\n\r\n";

    struct Server {
        address: SocketAddr,
        /// Told when `/slow` is asked for.
        slow: Arc<Notify>,
        stop: watch::Sender<bool>,
        task: JoinHandle<()>,
    }

    async fn start(limits: Limits) -> Server {
        let slow = Arc::new(Notify::new());
        let begun = slow.clone();
        let router = Router::new()
            .route(
                "/",
                get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
            )
            .route("/large", get(|| async { vec![b'x'; 64 * 1024 * 1024] }))
            .route(
                "/slow",
                get(move || async move {
                    begun.notify_one();
                    sleep(SHORT).await;
                    "slow"
                }),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(serve(listener, router, limits, stopped));
        Server {
            address,
            slow,
            stop,
            task,
        }
    }

    impl Server {
        async fn connect(&self) -> TcpStream {
            TcpStream::connect(self.address).await.unwrap()
        }

        /// Asks, and reads the answer as far as `until`.
        async fn ask(&self, request: &str, until: &str) -> (TcpStream, String) {
            let mut stream = self.connect().await;
            stream.write_all(request.as_bytes()).await.unwrap();
            let text = read(&mut stream, until).await;
            (stream, text)
        }
    }

    /// What comes until `until` does, or the end.
    async fn read(stream: &mut TcpStream, until: &str) -> String {
        let mut text = String::new();
        let mut part = [0; 4096];
        while !text.contains(until) {
            match timeout(LONG, stream.read(&mut part)).await.unwrap() {
                Ok(0) | Err(_) => break,
                Ok(length) => text.push_str(std::str::from_utf8(&part[..length]).unwrap()),
            }
        }
        text
    }

    /// Waits until the other side has closed.
    async fn ended(stream: &mut TcpStream) -> String {
        read(stream, "\u{0}").await
    }

    #[tokio::test]
    async fn the_peer_is_known_and_a_connection_serves_again() {
        let server = start(PATIENT).await;
        let (mut stream, first) = server.ask(ASK, "127.0.0.1:").await;
        assert!(first.starts_with("HTTP/1.1 200 OK"), "{first}");
        stream.write_all(ASK.as_bytes()).await.unwrap();
        assert!(read(&mut stream, "127.0.0.1:").await.starts_with("HTTP/1.1 200 OK"));
    }

    #[tokio::test]
    async fn half_a_request_is_not_waited_for() {
        let server = start(Limits { head: SHORT, ..PATIENT }).await;
        let mut silent = server.connect().await;
        let mut half = server.connect().await;
        half.write_all(b"GET / HTTP/1.1\r\nhost: ").await.unwrap();
        assert_eq!(ended(&mut silent).await, "");
        assert_eq!(ended(&mut half).await, "");
        // A whole one stays, however long it does nothing after it.
        let (mut asked, _) = server.ask(ASK, "127.0.0.1:").await;
        sleep(2 * SHORT).await;
        asked.write_all(ASK.as_bytes()).await.unwrap();
        assert!(read(&mut asked, "127.0.0.1:").await.contains("200 OK"));
    }

    #[tokio::test]
    async fn an_idle_connection_is_closed_and_so_is_half_of_a_second_request() {
        let server = start(Limits { idle: SHORT, ..PATIENT }).await;
        let (mut idle, _) = server.ask(ASK, "127.0.0.1:").await;
        let (mut half, _) = server.ask(ASK, "127.0.0.1:").await;
        // ok: on a busy machine it may be closed already.
        let _ = half.write_all(b"GET / HTTP/1.1\r\n").await;
        ended(&mut idle).await;
        ended(&mut half).await;
    }

    #[tokio::test]
    async fn a_browser_that_takes_nothing_gives_its_place_up() {
        let server = start(Limits {
            connections: 1,
            stall: SHORT,
            ..PATIENT
        })
        .await;
        let mut stalled = server.connect().await;
        stalled
            .write_all(b"GET /large HTTP/1.1\r\nhost: here\r\n\r\n")
            .await
            .unwrap();
        let (_, text) = server.ask(ASK, "127.0.0.1:").await;
        assert!(text.contains("200 OK"), "{text}");
    }

    #[tokio::test]
    async fn more_connections_than_there_may_be_wait_for_one_to_end() {
        let server = start(PATIENT).await;
        let mut held = Vec::new();
        for _ in 0..PATIENT.connections {
            held.push(server.ask(ASK, "127.0.0.1:").await.0);
        }
        let mut next = server.connect().await;
        next.write_all(ASK.as_bytes()).await.unwrap();
        assert!(timeout(SHORT, read(&mut next, "127.0.0.1:")).await.is_err());
        held.pop();
        // What was sent meanwhile has been waiting in the system's queue.
        assert!(read(&mut next, "127.0.0.1:").await.contains("200 OK"));
    }

    #[tokio::test]
    async fn a_head_of_any_length_is_refused() {
        let server = start(PATIENT).await;
        let long = format!("GET /{} HTTP/1.1\r\nhost: here\r\n\r\n", "x".repeat(HEAD));
        let (_, text) = server.ask(&long, "\r\n\r\n").await;
        assert!(text.starts_with("HTTP/1.1 4"), "{text}");
    }

    #[tokio::test]
    async fn the_end_waits_for_requests_but_not_for_idle_connections() {
        let server = start(PATIENT).await;
        let _idle = server.ask(ASK, "127.0.0.1:").await;
        let mut slow = server.connect().await;
        slow.write_all(b"GET /slow HTTP/1.1\r\nhost: here\r\n\r\n")
            .await
            .unwrap();
        server.slow.notified().await;
        server.stop.send(true).unwrap();
        timeout(LONG / 2, server.task).await.unwrap().unwrap();
        assert!(ended(&mut slow).await.contains("slow"));
    }
}
