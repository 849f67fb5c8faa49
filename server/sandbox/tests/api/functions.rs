//! Functions: what is refused, and what a deployment leaves behind.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use management_api::Upload;
use serde_json::{Value, json};

use crate::support::{Lab, Reply, multipart};

async fn lab() -> (Lab, String) {
    let lab = Lab::new(json!({})).await;
    let path = format!("/v1/projects/{}/functions", lab.reference("Note G"));
    (lab, path)
}

fn request(lab: &Lab, method: Method, uri: &str, kind: &str, body: Vec<u8>) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(uri)
        .header(header::AUTHORIZATION, format!("Bearer {}", lab.pat("Ada")))
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .unwrap()
}

async fn deploy(lab: &Lab, path: &str, query: &str, metadata: Value, files: &[Upload]) -> Reply {
    let (kind, body) = multipart(&metadata, files);
    let uri = format!("{path}/deploy{query}");
    lab.send(request(lab, Method::POST, &uri, &kind, body)).await
}

#[tokio::test]
async fn a_deployment_that_does_not_fit_is_refused_and_leaves_nothing() {
    let (lab, path) = lab().await;
    let file = [Upload::new("index.ts", b"x")];
    let fits = json!({ "entrypoint_path": "index.ts" });
    let cases = [
        (
            "?slug=a",
            json!({ "entrypoint_path": "main.ts" }),
            "main.ts is not among the files",
        ),
        (
            "?slug=a",
            json!({ "entrypoint_path": "index.ts", "import_map_path": "deno.json" }),
            "deno.json is not among the files",
        ),
        ("?slug=a", json!({}), "entrypoint_path"),
        ("?slug=a", Value::Null, "metadata"),
        ("?slug=9lives", fits.clone(), "slug"),
        ("", fits.clone(), "slug"),
        ("?slug=a&bundleOnly=perhaps", fits.clone(), "bundleOnly"),
    ];
    for (query, metadata, named) in cases {
        let reply = deploy(&lab, &path, query, metadata, &file).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}: {}", reply.text);
        assert!(reply.message().contains(named), "{}", reply.text);
    }
    let uri = format!("{path}/deploy?slug=a");
    for (kind, body) in [
        ("application/json", "{}"),
        ("multipart/form-data; boundary=x", "--x\r\ncut off"),
    ] {
        let reply = lab.send(request(&lab, Method::POST, &uri, kind, body.into())).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    }
    let listed = lab.get(&path, lab.pat("Ada")).await.json();
    assert_eq!(
        listed.as_array().unwrap().len(),
        1,
        "only what was there before: {listed}"
    );
    // The name serves as slug, and paths may begin with "./".
    let metadata = json!({ "entrypoint_path": "./index.ts", "name": "by-name" });
    let reply = deploy(&lab, &path, "", metadata, &file).await;
    assert_eq!(reply.json()["slug"], "by-name", "{}", reply.text);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let (lab, path) = lab().await;
    let metadata = json!({ "entrypoint_path": "index.ts" });
    let larger_than_other_bodies = Upload::new("index.ts", &vec![b'x'; 2 << 20]);
    let reply = deploy(
        &lab,
        &path,
        "?slug=large",
        metadata.clone(),
        &[larger_than_other_bodies],
    )
    .await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let too_large = Upload::new("index.ts", &vec![b'x'; 20 << 20]);
    let reply = deploy(&lab, &path, "?slug=larger", metadata, &[too_large]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!reply.message().is_empty());
}

#[tokio::test]
async fn versions_grow_by_deployment_and_times_with_the_clock() {
    let (lab, path) = lab().await;
    let metadata = || json!({ "entrypoint_path": "index.ts" });
    let first = deploy(&lab, &path, "?slug=a", metadata(), &[Upload::new("index.ts", b"1")])
        .await
        .json();
    lab.advance(60).await;
    let second = deploy(&lab, &path, "?slug=a", metadata(), &[Upload::new("index.ts", b"2")])
        .await
        .json();
    assert_eq!(
        (first["version"].as_i64(), second["version"].as_i64()),
        (Some(1), Some(2))
    );
    assert_eq!(
        (&first["id"], &first["created_at"]),
        (&second["id"], &second["created_at"])
    );
    let age = second["updated_at"].as_i64().unwrap() - second["created_at"].as_i64().unwrap();
    assert!((60_000..70_000).contains(&age), "{age}");
    // Only a new source is a new version.
    let reply = lab
        .call(
            Method::PATCH,
            &format!("{path}/a"),
            lab.pat("Ada"),
            Some(json!({ "verify_jwt": false })),
        )
        .await;
    assert_eq!(
        (reply.json()["version"].as_i64(), &reply.json()["verify_jwt"]),
        (Some(2), &json!(false))
    );
}

#[tokio::test]
async fn a_bundle_comes_back_as_it_was() {
    let (lab, path) = lab().await;
    let bundle = "EZBR and more";
    let uri = format!(
        "{path}?slug=bundled&name=Bundled&verify_jwt=false&entrypoint_path=file:///src/main.ts&ezbr_sha256=abc"
    );
    let kind = "application/vnd.denoland.eszip";
    let created = lab.send(request(&lab, Method::POST, &uri, kind, bundle.into())).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    let row = created.json();
    assert_eq!(
        (&row["verify_jwt"], &row["ezbr_sha256"]),
        (&json!(false), &json!("abc"))
    );
    assert_eq!(row["entrypoint_path"], "file:///src/main.ts");
    assert_eq!(
        lab.get(&format!("{path}/bundled/body"), lab.pat("Ada")).await.text,
        bundle
    );
    let again = lab.send(request(&lab, Method::POST, &uri, kind, bundle.into())).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
}

#[tokio::test]
async fn a_bulk_update_is_all_or_nothing() {
    let (lab, path) = lab().await;
    let known = lab.get(&path, lab.pat("Ada")).await.json()[0].clone();
    let row = |id: &Value, slug: &str, status: &str| json!({ "id": id, "slug": slug, "name": "N", "status": status, "version": known["version"] });
    let throttled = row(&known["id"], "hello-world", "THROTTLED");
    for wrong in [
        row(&json!("nobody"), "nothing", "ACTIVE"),
        row(&known["id"], "9lives", "ACTIVE"),
        row(&known["id"], "hello-world", "ASLEEP"),
    ] {
        let reply = lab
            .call(Method::PUT, &path, lab.pat("Ada"), Some(json!([throttled, wrong])))
            .await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
        assert_eq!(lab.get(&path, lab.pat("Ada")).await.json()[0], known);
    }
    let reply = lab
        .call(Method::PUT, &path, lab.pat("Ada"), Some(json!([throttled])))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let now = &lab.get(&path, lab.pat("Ada")).await.json()[0];
    assert_eq!(
        (&now["status"], &now["version"]),
        (&json!("THROTTLED"), &known["version"])
    );
}

/// Bundles the next version of the function `a` from this text.
async fn bundle(lab: &Lab, path: &str, text: &[u8]) -> Value {
    let metadata = json!({ "entrypoint_path": "index.ts" });
    let query = "?slug=a&bundleOnly=true";
    let reply = deploy(lab, path, query, metadata, &[Upload::new("index.ts", text)]).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.json()
}

#[tokio::test]
async fn the_bundle_that_is_named_by_its_digest_goes_online_and_no_other() {
    let (lab, path) = lab().await;
    let metadata = json!({ "entrypoint_path": "index.ts" });
    deploy(&lab, &path, "?slug=a", metadata, &[Upload::new("index.ts", b"first")]).await;
    let wanted = bundle(&lab, &path, b"wanted").await;
    let other = bundle(&lab, &path, b"somebody else's").await;
    assert_eq!(wanted["version"], other["version"], "both are the next version");
    let publish = |row: Value| lab.call(Method::PUT, &path, lab.pat("Ada"), Some(json!([row])));

    let unknown = json!({ "ezbr_sha256": "0".repeat(64) });
    let skipped = json!({ "version": 9 });
    for (change, named) in [(unknown, "ezbr_sha256"), (skipped, "version")] {
        let mut row = wanted.clone();
        row.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let reply = publish(row).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
        assert!(reply.message().contains(named), "{}", reply.text);
    }
    let reply = publish(wanted.clone()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let online = lab.get(&format!("{path}/a/body"), lab.pat("Ada")).await;
    assert_eq!(online.text, "wanted");
    // The other one is for a version that has gone by.
    let reply = publish(other).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    // Without a digest nothing else than what runs is meant, in the version that runs.
    for version in [1, 3] {
        let mut row = wanted.clone();
        row["version"] = json!(version);
        row.as_object_mut().unwrap().remove("ezbr_sha256");
        let reply = publish(row).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{version}: {}", reply.text);
    }
}

#[tokio::test]
async fn paths_name_files_whatever_the_operation() {
    let (lab, path) = lab().await;
    let metadata = || json!({ "entrypoint_path": "index.ts" });
    let files = [Upload::new("index.ts", b"1"), Upload::new("main.ts", b"2")];
    let row = deploy(&lab, &path, "?slug=a", metadata(), &files).await.json();
    for query in ["entrypoint_path=gone.ts", "import_map_path=deno.json"] {
        let uri = format!("{path}/a?{query}");
        let reply = lab.call(Method::PATCH, &uri, lab.pat("Ada"), Some(json!({}))).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}: {}", reply.text);
        assert!(reply.message().contains("is not among the files"), "{}", reply.text);
    }
    for field in ["entrypoint_path", "import_map_path"] {
        let mut wrong = row.clone();
        wrong[field] = json!("gone.ts");
        let reply = lab.call(Method::PUT, &path, lab.pat("Ada"), Some(json!([wrong]))).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{field}: {}", reply.text);
    }
    // A path is told as an address, and taken as one.
    let address = row["entrypoint_path"].as_str().unwrap().replace("index.ts", "main.ts");
    assert!(
        address.starts_with("file:///tmp/user_fn_") && address.ends_with("/source/main.ts"),
        "{address}"
    );
    let uri = format!("{path}/a?entrypoint_path={address}");
    let reply = lab.call(Method::PATCH, &uri, lab.pat("Ada"), Some(json!({}))).await;
    assert_eq!(reply.json()["entrypoint_path"], address, "{}", reply.text);
}

#[tokio::test]
async fn a_deployment_with_an_unknown_part_or_without_what_it_imports_is_refused() {
    let (lab, path) = lab().await;
    let boundary = "b";
    let part = |name: &str, content: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {name}\r\n\r\n{content}\r\n")
    };
    let body = [
        part("name=\"metadata\"", "{\"entrypoint_path\":\"index.ts\"}"),
        part("name=\"file\"; filename=\"index.ts\"", "x"),
        part("name=\"files\"; filename=\"lib.ts\"", "y"),
        format!("--{boundary}--\r\n"),
    ]
    .concat();
    let kind = format!("multipart/form-data; boundary={boundary}");
    let uri = format!("{path}/deploy?slug=a");
    let reply = lab.send(request(&lab, Method::POST, &uri, &kind, body.into())).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    assert!(
        reply.message().contains("files: there is no such part"),
        "{}",
        reply.text
    );

    let files = [
        Upload::new("index.ts", b"import { a } from \"./lib/a.ts\";\n"),
        Upload::new("lib/a.ts", b"\n\nexport { b } from \"../b.ts\";\n"),
    ];
    let reply = deploy(&lab, &path, "?slug=a", json!({ "entrypoint_path": "index.ts" }), &files).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    let message = reply.message();
    assert!(
        message.contains("Failed to bundle the function") && message.contains("/source/lib/a.ts:3:19"),
        "{message}"
    );
    assert_eq!(
        lab.get(&format!("{path}/a"), lab.pat("Ada")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_does_not_run_takes_nothing() {
    let (lab, path) = lab().await;
    for (method, rest) in [
        (Method::GET, "/nothing"),
        (Method::GET, "/nothing/body"),
        (Method::DELETE, "/nothing"),
        (Method::PATCH, "/nothing"),
    ] {
        let reply = lab
            .call(method, &format!("{path}{rest}"), lab.pat("Ada"), Some(json!({})))
            .await;
        assert_eq!(
            (reply.status, reply.message()),
            (StatusCode::NOT_FOUND, "Function not found".to_owned())
        );
    }
    let paused = format!("/v1/projects/{}/functions", lab.reference("Bernoulli (staging)"));
    let file = [Upload::new("index.ts", b"x")];
    let reply = deploy(
        &lab,
        &paused,
        "?slug=a",
        json!({ "entrypoint_path": "index.ts" }),
        &file,
    )
    .await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    assert!(reply.message().contains("INACTIVE"));
    let reader = lab
        .call(
            Method::DELETE,
            &format!("{path}/hello-world"),
            lab.pat("Katherine"),
            None,
        )
        .await;
    assert_eq!(reader.status, StatusCode::FORBIDDEN, "{}", reader.text);
}
