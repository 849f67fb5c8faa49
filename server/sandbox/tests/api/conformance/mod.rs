//! Honesty: Steward's requests and the sandbox's answers are held against the API document, where it is at hand.

mod advisors;
mod analytics;
mod auth;
mod backups;
mod billing;
mod branches;
mod claim;
mod compute;
mod database;
mod database_config;
mod disk;
mod domains;
mod functions;
mod network;
mod notebooks;
mod oauth;
mod organizations;
mod projects;
mod realtime;
mod refusals;
mod rest;
mod schema;
mod secrets;
mod sql;
mod storage;
mod upgrade;
mod webhooks;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use axum::http::{self, Method, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use jsonschema::{Draft, Validator};
use management_api::{
    Answer, Body, Operation, OperationId, Request, Upload,
    projects::{DatabaseInstance, ListOrganizationProjects},
};
use serde_json::{Value, json};

use crate::support::{Lab, Reply, form, multipart};

const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/management-api/openapi-now.json"
);

/// A world, the document, and the operations that were held against it.
struct Check {
    lab: Lab,
    document: Value,
    seen: RefCell<BTreeSet<OperationId>>,
    /// Answers that were held against it.
    answers: Cell<u32>,
}

/// The document says `oneOf` where shapes overlap (an allowance with a number is one that can be on or off, too), so
/// that the real answers do not fit it to the letter: any of the shapes will do. And what may be null says so in
/// OpenAPI's own word, which the draft does not have.
fn relax(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(shapes) = fields.remove("oneOf") {
                fields.insert("anyOf".to_owned(), shapes);
            }
            fields.values_mut().for_each(relax);
            if fields.remove("nullable") == Some(Value::Bool(true)) {
                let shape = std::mem::take(fields);
                fields.insert("anyOf".to_owned(), json!([shape, { "enum": [null] }]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(relax),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Check {
    /// The document's entry of an operation.
    fn entry(&self, id: OperationId) -> &Value {
        let row = id.row();
        &self.document["paths"][row.path][row.method.as_str().to_lowercase()]
    }

    /// The names that may stand in the query; an object stands for each of its fields, in brackets.
    fn queries(&self, id: OperationId) -> Vec<String> {
        let parameters = self.entry(id)["parameters"].as_array().into_iter().flatten();
        let names = parameters.flat_map(|parameter| {
            let name = parameter["name"].as_str().unwrap();
            match parameter["schema"]["properties"].as_object() {
                Some(fields) => fields.keys().map(|field| format!("{name}[{field}]")).collect(),
                None => vec![name.to_owned()],
            }
        });
        names.collect()
    }

    fn validator(&self, schema: &Value) -> Validator {
        let root = json!({ "allOf": [schema], "components": self.document["components"] });
        // OpenAPI 3.0 builds on the draft of that time.
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&root)
            .unwrap()
    }

    fn hold(&self, what: &str, schema: &Value, value: &Value) {
        let validator = self.validator(schema);
        let errors: Vec<_> = validator
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}\n{value:#}");
    }

    /// Holds an answer against what the document says of success.
    fn answer(&self, id: OperationId, reply: &Reply) {
        let responses = &self.entry(id)["responses"];
        let documented = responses.get(reply.status.as_str());
        let documented = documented.unwrap_or_else(|| panic!("{id} answered {}: {}", reply.status, reply.text));
        assert!(reply.status.is_success(), "{id}: {}", reply.text);
        match documented.pointer("/content/application~1json/schema") {
            // The document calls a file an object without fields.
            Some(_) if id.row().answer == Answer::Bytes => assert!(!reply.text.is_empty(), "{id} is a file"),
            Some(schema) => self.hold(id.as_str(), schema, &reply.json()),
            // What the document leaves open may be anything: texts, files, and the rows of a query.
            None if matches!(id.row().answer, Answer::Text | Answer::Bytes) => {}
            None if documented.get("content").is_some() => {}
            None if matches!(id, OperationId::RunQuery | OperationId::RunReadOnlyQuery) => {}
            // The service was seen to answer this, whatever its document says.
            None if id == OperationId::DeleteFunction => assert_eq!(reply.json(), json!({ "message": "ok" })),
            None => assert!(
                matches!(reply.text.as_str(), "" | "null"),
                "{id} has no body: {}",
                reply.text
            ),
        }
        self.seen.borrow_mut().insert(id);
        self.answers.set(self.answers.get() + 1);
    }

    fn request(&self, id: OperationId, kind: &str, body: &Value) {
        let schema = self.entry(id).pointer(&format!("/requestBody/content/{kind}/schema"));
        self.hold(&format!("the request of {id}"), schema.expect("a body"), body);
    }

    /// Makes a call as Steward does, and reads the answer as Steward does.
    async fn call<O: Operation>(&self, operation: O) -> O::Output {
        self.call_as("Ada", operation).await
    }

    /// The same for another person.
    async fn call_as<O: Operation>(&self, person: &str, operation: O) -> O::Output {
        let id = O::ID;
        let request = Request::of(&operation).unwrap();
        let known = self.queries(id);
        assert!(
            request
                .query
                .iter()
                .all(|(name, _)| known.iter().any(|known| known == name)),
            "{id}: {:?}",
            request.query
        );
        let (kind, body) = self.body_of(id, &request);
        let query: Vec<_> = request
            .query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let method = Method::from_bytes(id.row().method.as_str().as_bytes()).unwrap();
        let path = format!("{}?{}", request.path, form(&query));
        let mut sent = http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.lab.pat(person)))
            .header(header::CONTENT_TYPE, kind);
        if let Some(accepted) = id.row().answer.accept() {
            sent = sent.header(header::ACCEPT, accepted);
        }
        let reply = self.lab.send(sent.body(body.into()).unwrap()).await;
        self.answer(id, &reply);
        read::<O>(&reply)
    }

    /// Content type and body as Steward sends them, held against the document.
    fn body_of(&self, id: OperationId, request: &Request) -> (String, Vec<u8>) {
        let Some(body) = &request.body else {
            return (String::new(), Vec::new());
        };
        let pointer = |kind: &str| kind.replace('/', "~1");
        match id.row().body {
            Body::None | Body::Json | Body::Whole(_) | Body::Data(_) | Body::List(..) => {
                let kind = "application/json";
                self.request(id, &pointer(kind), body);
                (kind.to_owned(), body.to_string().into_bytes())
            }
            Body::Form => {
                let kind = "application/x-www-form-urlencoded";
                self.request(id, &pointer(kind), body);
                let fields: Vec<_> = body.as_object().unwrap().iter().collect();
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
                    .collect();
                (kind.to_owned(), form(&fields).into_bytes())
            }
            Body::Multipart => {
                let files = match body.get("file") {
                    Some(files) => Upload::deserialize_all(files).unwrap(),
                    None => Vec::new(),
                };
                // In the document's words a file is a text of bytes.
                let mut documented = body.clone();
                documented["file"] = files.iter().map(|file| json!(file.content)).collect();
                self.request(id, &pointer("multipart/form-data"), &documented);
                multipart(&body["metadata"], &files)
            }
        }
    }
}

/// A project's databases, as the list of its organization tells them.
async fn databases(check: &Check, organization: &str, project: &str) -> Vec<DatabaseInstance> {
    let list = ListOrganizationProjects {
        slug: check.lab.slug(organization).to_owned(),
        offset: 0,
        limit: 100,
        search: String::new(),
        sort: None,
        statuses: String::new(),
    };
    let projects = check.call(list).await.projects;
    projects
        .into_iter()
        .find(|found| found.reference == project)
        .unwrap()
        .databases
}

/// The answer in the operation's type, as Steward reads it.
fn read<O: Operation>(reply: &Reply) -> O::Output {
    let value = match O::ID.row().answer {
        Answer::Json if reply.text.is_empty() => Value::Null,
        Answer::Json => reply.json(),
        Answer::Text => json!(reply.text),
        Answer::Bytes => json!(BASE64_STANDARD.encode(&reply.text)),
        Answer::Count => reply.header("x-total-count").unwrap().parse().unwrap(),
    };
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn everything_agrees_with_the_document() {
    let Ok(document) = std::fs::read_to_string(DOCUMENT) else {
        println!("skipped: the API document is not beside the project");
        return;
    };
    let mut document: Value = serde_json::from_str(&document).unwrap();
    relax(&mut document["components"]);
    relax(&mut document["paths"]);
    let check = Check {
        lab: Lab::new(json!({})).await,
        document,
        seen: RefCell::default(),
        answers: Cell::default(),
    };
    let profile =
        check.entry(OperationId::GetProfile)["responses"]["200"]["content"]["application/json"]["schema"].clone();
    assert!(
        !check.validator(&profile).is_valid(&json!({ "username": "ada" })),
        "what lacks a field is noticed"
    );
    organizations::walk(&check).await;
    advisors::walk(&check).await;
    analytics::walk(&check).await;
    auth::walk(&check).await;
    backups::walk(&check).await;
    billing::walk(&check).await;
    branches::walk(&check).await;
    database::walk(&check).await;
    database_config::walk(&check).await;
    disk::walk(&check).await;
    domains::walk(&check).await;
    functions::walk(&check).await;
    network::walk(&check).await;
    notebooks::walk(&check).await;
    compute::walk(&check).await;
    webhooks::walk(&check).await;
    realtime::walk(&check).await;
    rest::walk(&check).await;
    schema::walk(&check).await;
    secrets::walk(&check).await;
    storage::walk(&check).await;
    // Ends a project that the others are about.
    projects::walk(&check).await;
    oauth::walk(&check).await;
    println!(
        "operations {}/{}, responses valid {answers}/{answers}",
        check.seen.borrow().len(),
        OperationId::ALL.len(),
        answers = check.answers.get(),
    );
    if !check.lab.has_postgres().await {
        return;
    }
    let all = OperationId::ALL.iter().copied().collect();
    assert_eq!(
        *check.seen.borrow(),
        all,
        "every operation was held against the document"
    );
}
