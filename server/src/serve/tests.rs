//! Connections that ask for nothing, take nothing, or are too many.

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
    files: LONG,
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

#[tokio::test]
async fn who_is_connected_when_the_end_is_announced_is_still_answered() {
    let server = start(Limits {
        connections: 2,
        ..PATIENT
    })
    .await;
    let (mut idle, first) = server.ask(ASK, "127.0.0.1:").await;
    assert!(!first.contains("connection: close"), "{first}");
    let mut slow = server.connect().await;
    slow.write_all(b"GET /slow HTTP/1.1\r\nhost: here\r\n\r\n")
        .await
        .unwrap();
    server.slow.notified().await;
    // No place is left, so it waits in the system's queue.
    let mut queued = server.connect().await;
    queued.write_all(ASK.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    server.stop.send(true).unwrap();
    idle.write_all(ASK.as_bytes()).await.unwrap();
    for stream in [&mut idle, &mut queued, &mut slow] {
        let text = ended(stream).await;
        assert!(
            text.starts_with("HTTP/1.1 200 OK") && text.contains("connection: close"),
            "{text}"
        );
    }
    timeout(LONG / 2, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
