//! The request on the wire, and answers that are none.

use axum::response::Redirect;
use futures::stream;
use management_api::{
    Upload,
    branches::GetBranch,
    functions::{DeployFunction, DeployMetadata, GetFunctionBody},
    projects::SERVICES,
};

use super::*;
use crate::request_id::RequestId;

fn error_of(answer: Result<Answer, ConsoleError>) -> (bool, String) {
    match answer.unwrap_err() {
        ConsoleError::Unreachable { message }
        | ConsoleError::Uncertain {
            status: None, message, ..
        } => (true, message),
        ConsoleError::Unreadable { message } => (false, message),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_request_is_what_the_operation_says() {
    let upstream = Upstream::content().await;
    let stack = upstream.stack();
    let mut asked = call("ada", &GetServicesHealth::of("shop".to_owned()));
    let id = RequestId::random();
    asked.caller.request = Some(id.clone());
    stack.send(asked).await.unwrap();
    let branch = GetBranch {
        project: "shop".to_owned(),
        name: "a/b ?".to_owned(),
    };
    stack.send(call("ada", &branch)).await.unwrap();
    stack
        .send(call(
            "ada",
            &PauseProject {
                project: "shop".to_owned(),
            },
        ))
        .await
        .unwrap();
    let [health, branch, pause] = <[Seen; 3]>::try_from(upstream.seen()).unwrap();
    let services: Vec<_> = SERVICES.iter().map(|service| format!("services={service}")).collect();
    assert_eq!(health.path, format!("/v1/projects/shop/health?{}", services.join("&")));
    assert_eq!(branch.path, "/v1/projects/shop/branches/a%2Fb%20%3F");
    assert_eq!(
        health.headers["user-agent"],
        concat!("steward/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(health.headers["x-request-id"], id.as_str());
    assert!(!branch.headers.contains_key("x-request-id"));
    assert_eq!(health.token(), FRESH);
    assert_eq!(
        (pause.method.as_str(), pause.path.as_str()),
        ("POST", "/v1/projects/shop/pause")
    );
    assert_eq!(pause.body, "");
}

fn deploy(file: Vec<Upload>) -> DeployFunction {
    DeployFunction {
        project: "shop".to_owned(),
        slug: Some("greet".to_owned()),
        bundle_only: Some(true),
        file,
        metadata: DeployMetadata {
            entrypoint_path: "index.ts".to_owned(),
            verify_jwt: Some(false),
            ..DeployMetadata::default()
        },
    }
}

#[tokio::test]
async fn a_deployment_travels_in_parts() {
    let upstream = Upstream::start(|_| async {
        r#"{ "id": "1", "slug": "greet", "name": "greet", "status": "ACTIVE", "version": 1 }"#
    })
    .await;
    let files = vec![
        Upload::new("index.ts", b"import './lib/a b.ts';\r\n--no boundary"),
        Upload::new("lib/a b.ts", "\u{fc}".as_bytes()),
    ];
    upstream.stack().send(call("ada", &deploy(files))).await.unwrap();
    let [seen] = <[Seen; 1]>::try_from(upstream.seen()).unwrap();
    assert_eq!(
        seen.path,
        "/v1/projects/shop/functions/deploy?slug=greet&bundleOnly=true"
    );
    let kind = seen.headers["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let separator = format!("--{boundary}");
    let parts: Vec<_> = seen
        .body
        .split(&separator)
        .map(|part| part.trim_start_matches("\r\n").split_once("\r\n\r\n"))
        .collect();
    let [None, Some(metadata), Some(first), Some(second), None] = parts[..] else {
        panic!("{}", seen.body);
    };
    let head = |name: &str| format!("Content-Disposition: form-data; name=\"{name}\"");
    assert!(metadata.0.starts_with(&head("metadata")), "{}", metadata.0);
    let content: serde_json::Value = serde_json::from_str(metadata.1).unwrap();
    assert_eq!(
        content,
        serde_json::json!({ "entrypoint_path": "index.ts", "verify_jwt": false })
    );
    for (part, name, content) in [
        (first, "index.ts", "import './lib/a b.ts';\r\n--no boundary\r\n"),
        (second, "lib/a b.ts", "\u{fc}\r\n"),
    ] {
        let head = format!("{}; filename=\"{name}\"", head("file"));
        assert!(part.0.starts_with(&head), "{}", part.0);
        assert_eq!(part.1, content);
    }
}

#[tokio::test]
async fn files_that_cannot_be_read_are_not_sent() {
    let upstream = Upstream::content().await;
    let file = Upload {
        name: "index.ts".to_owned(),
        content: "no base64!".to_owned(),
    };
    let answer = upstream.stack().send(call("ada", &deploy(vec![file]))).await;
    let ConsoleError::Invalid { field, message } = answer.unwrap_err() else {
        panic!("another error")
    };
    assert_eq!(field.as_deref(), Some("file"));
    assert!(message.starts_with("The files cannot be sent"), "{message}");
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn the_source_of_a_function_is_asked_for_in_files() {
    let upstream = Upstream::content().await;
    let source = GetFunctionBody {
        project: "shop".to_owned(),
        function_slug: "greet".to_owned(),
    };
    upstream.stack().send(call("ada", &source)).await.unwrap();
    upstream.stack().send(call("ada", &get("shop"))).await.unwrap();
    let [source, project] = <[Seen; 2]>::try_from(upstream.seen()).unwrap();
    assert_eq!(source.headers["accept"], "multipart/form-data");
    assert_eq!(project.headers["accept"], "*/*");
}

#[tokio::test]
async fn the_rate_limit_headers_are_read() {
    let headers = [
        ("x-ratelimit-limit", "120"),
        ("x-ratelimit-remaining", "7"),
        ("x-ratelimit-reset", "42"),
    ];
    let upstream = Upstream::start(move |_| async move { (headers, "{}") }).await;
    let answer = upstream.stack().send(call("ada", &get("shop"))).await.unwrap();
    assert_eq!(
        answer.rate,
        Rate {
            limit: Some(120),
            remaining: Some(7),
            reset: Some(42)
        }
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let upstream = Upstream::start(|_| async { Redirect::temporary("/v1/elsewhere") }).await;
    let (unreachable, message) = error_of(upstream.stack().send(call("ada", &get("shop"))).await);
    assert!(!unreachable && message.contains("307"), "{message}");
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let upstream = Upstream::start(|_| async {
        Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 1024])))
    })
    .await;
    let settings = StackSettings {
        answer_bytes: 64 * 1024,
        ..upstream.settings()
    };
    let stack = CallStack::new(
        settings,
        Arc::new(FakeTokens::holding(FRESH)),
        Arc::new(Memory::default()),
    );
    let (unreachable, message) = error_of(stack.send(call("ada", &get("shop"))).await);
    assert!(!unreachable && message.contains("64 KiB"), "{message}");
    assert_eq!(upstream.seen().len(), 1);
}

/// Begins an answer and never ends it properly.
fn cut_off() -> Body {
    Body::from_stream(stream::iter([Ok("[{"), Err(std::io::Error::other("gone"))]))
}

#[tokio::test]
async fn a_cut_off_read_is_tried_again() {
    let first = Arc::new(AtomicUsize::new(0));
    let upstream = Upstream::start(move |_| {
        let first = first.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { cut_off() } else { Body::from("{}") } }
    })
    .await;
    assert_eq!(
        upstream.stack().send(call("ada", &get("shop"))).await.unwrap().body,
        "{}"
    );
    assert_eq!(upstream.seen().len(), 2);
}

#[tokio::test]
async fn a_cut_off_write_is_not_and_says_what_is_not_known() {
    let upstream = Upstream::start(|_| async { cut_off() }).await;
    let error = upstream.stack().send(call("ada", &rename("shop"))).await.unwrap_err();
    assert!(
        matches!(error, ConsoleError::Uncertain { status: None, .. }),
        "{error:?}"
    );
    assert!(
        error.to_string().starts_with("It is not known whether this was done."),
        "{error}"
    );
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test]
async fn a_slow_answer_ends_in_time() {
    let upstream = Upstream::start(|_| async { tokio::time::sleep(Duration::from_secs(30)).await }).await;
    let settings = StackSettings {
        total: Duration::from_millis(100),
        ..upstream.settings()
    };
    let stack = CallStack::new(
        settings,
        Arc::new(FakeTokens::holding(FRESH)),
        Arc::new(Memory::default()),
    );
    for call in [call("ada", &get("shop")), call("ada", &rename("shop"))] {
        let (unreachable, message) = error_of(stack.send(call).await);
        assert!(
            unreachable && message.starts_with("No answer came within 0.1 s."),
            "{message}"
        );
    }
}

#[tokio::test]
async fn nobody_there_is_unreachable_over_http_and_https() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for scheme in ["http", "https"] {
        let url = Url::parse(&format!("{scheme}://{address}")).unwrap();
        let settings = StackSettings::new(url).unwrap();
        let stack = CallStack::new(
            settings,
            Arc::new(FakeTokens::holding(FRESH)),
            Arc::new(Memory::default()),
        );
        let (unreachable, message) = error_of(stack.send(call("ada", &rename("shop"))).await);
        assert!(
            unreachable && message.starts_with("The connection could not be made."),
            "{message}"
        );
    }
}

#[tokio::test]
async fn a_refusal_reaches_the_caller_without_the_secret_it_repeats() {
    let upstream = Upstream::start(|_| async { refusing(422, &format!("{PASSWORD} is too simple")) }).await;
    let answer = upstream.stack().send(call("ada", &create())).await;
    assert_eq!(
        answer.unwrap_err(),
        ConsoleError::Refused {
            status: 422,
            message: "[secret] is too simple".to_owned()
        }
    );
    assert!(upstream.seen()[0].body.contains(PASSWORD));
}

#[test]
fn a_call_does_not_print_its_secrets() {
    assert!(!format!("{:?}", call("ada", &create())).contains(PASSWORD));
}
