//! Honesty: Steward's requests and the sandbox's answers are held against the API document, where it is at hand.

use std::{cell::RefCell, collections::BTreeSet};

use axum::http::{Method, StatusCode};
use jsonschema::{Draft, Validator};
use management_api::{Operation, OperationId, Request, analytics::*, organizations::*, profile::*, projects::*};
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use serde_json::{Value, json};

use crate::support::{Lab, Reply, form};

const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/management-api/openapi.json"
);

/// A world, the document, and the operations that were held against it.
struct Check {
    lab: Lab,
    document: Value,
    seen: RefCell<BTreeSet<OperationId>>,
}

/// The document says `oneOf` where shapes overlap (an allowance with a number is one that can be on or off, too), so
/// that the real answers do not fit it to the letter: any of the shapes will do.
fn relax(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(shapes) = fields.remove("oneOf") {
                fields.insert("anyOf".to_owned(), shapes);
            }
            fields.values_mut().for_each(relax);
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
            Some(schema) => self.hold(id.as_str(), schema, &reply.json()),
            None => assert_eq!(reply.text, "", "{id} has no body"),
        }
        self.seen.borrow_mut().insert(id);
    }

    fn request(&self, id: OperationId, kind: &str, body: &Value) {
        let schema = self.entry(id).pointer(&format!("/requestBody/content/{kind}/schema"));
        self.hold(&format!("the request of {id}"), schema.expect("a body"), body);
    }

    /// Makes a call as Steward does, and reads the answer as Steward does.
    async fn call<O: Operation>(&self, operation: O) -> O::Output {
        let id = O::ID;
        let request = Request::of(&operation).unwrap();
        let known: Vec<_> = self.entry(id)["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|known| &known["name"])
            .collect();
        assert!(
            request.query.iter().all(|(name, _)| known.contains(&&json!(name))),
            "{id}: {:?}",
            request.query
        );
        if let Some(body) = &request.body {
            self.request(id, "application~1json", body);
        }
        let query: Vec<_> = request
            .query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let method = Method::from_bytes(id.row().method.as_str().as_bytes()).unwrap();
        let path = format!("{}?{}", request.path, form(&query));
        let reply = self.lab.call(method, &path, self.lab.pat("Ada"), request.body).await;
        self.answer(id, &reply);
        let text = if reply.text.is_empty() { "null" } else { &reply.text };
        serde_json::from_str(text).unwrap()
    }
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
    };
    let profile = json!({ "$ref": "#/components/schemas/V1ProfileResponse" });
    assert!(
        !check.validator(&profile).is_valid(&json!({ "username": "ada" })),
        "what lacks a field is noticed"
    );
    organizations(&check).await;
    projects(&check).await;
    life(&check).await;
    sign_in(&check).await;
    let all = OperationId::ALL.iter().copied().collect();
    assert_eq!(
        *check.seen.borrow(),
        all,
        "every operation was held against the document"
    );
}

async fn organizations(check: &Check) {
    assert_eq!(check.call(GetProfile {}).await.username, "ada");
    for Organization { slug, .. } in check.call(ListOrganizations {}).await {
        assert!(check.call(GetOrganization { slug: slug.clone() }).await.plan.is_some());
        assert!(
            !check
                .call(ListOrganizationMembers { slug: slug.clone() })
                .await
                .is_empty()
        );
        assert!(
            check
                .call(GetOrganizationEntitlements { slug: slug.clone() })
                .await
                .entitlements
                .len()
                >= 25
        );
        let regions = check
            .call(ListAvailableRegions {
                organization_slug: slug.clone(),
            })
            .await;
        assert_eq!(regions.all.groups.len(), 3);
        let page = ListOrganizationProjects {
            slug,
            offset: 0,
            limit: 100,
            search: String::new(),
            statuses: String::new(),
        };
        let page = check.call(page).await;
        assert_eq!(page.pagination.count as usize, page.projects.len());
    }
    assert_eq!(
        check.call(CreateOrganization { name: "New".to_owned() }).await.name,
        "New"
    );
}

async fn projects(check: &Check) {
    let projects = check.call(ListProjects {}).await;
    assert_eq!(projects.len(), 12);
    for Project { reference: project, .. } in projects {
        assert_eq!(
            check
                .call(GetProject {
                    project: project.clone()
                })
                .await
                .reference,
            project
        );
        let health = check
            .call(GetServicesHealth {
                project: project.clone(),
            })
            .await;
        assert_eq!(health.len(), SERVICES.len());
        for interval in ["15min", "30min", "1hr", "3hr", "1day", "3day", "7day"] {
            let usage = GetApiUsage {
                project: project.clone(),
                interval: interval.to_owned(),
            };
            assert!(!check.call(usage).await.result.is_empty());
        }
        assert_eq!(
            check
                .call(GetApiRequestCount {
                    project: project.clone()
                })
                .await
                .result
                .len(),
            1
        );
        assert!(
            !check
                .call(ListRestoreVersions { project })
                .await
                .available_versions
                .is_empty()
        );
    }
}

async fn life(check: &Check) {
    let slug = check.lab.slug("Analytical Engines");
    for region in ["eu-west-1", "apac"] {
        let new = CreateProject {
            organization_slug: slug.to_owned(),
            name: format!("New in {region}"),
            db_pass: "correct horse".to_owned(),
            region: region.to_owned(),
            desired_instance_size: Some("small".to_owned()),
        };
        assert_eq!(check.call(new).await.status, ProjectStatus::Unknown);
    }
    let project = check.lab.reference("Note G").to_owned();
    let wait = || check.lab.advance(10);
    check
        .call(UpdateProject {
            project: project.clone(),
            name: "Note H".to_owned(),
        })
        .await;
    check
        .call(PauseProject {
            project: project.clone(),
        })
        .await;
    wait().await;
    check
        .call(RestoreProject {
            project: project.clone(),
        })
        .await;
    check
        .call(CancelProjectRestoration {
            project: project.clone(),
        })
        .await;
    check.call(DeleteProject { project }).await;
}

async fn sign_in(check: &Check) {
    let lab = &check.lab;
    // The document promises 204 where a browser meets a page; the page is looked at in its own test.
    let parameters = [
        ("client_id", DEMO_CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", crate::support::REDIRECT),
    ];
    assert_eq!(lab.authorize(&parameters).await.status, StatusCode::OK);
    let known = check.entry(OperationId::Authorize)["parameters"].as_array().unwrap();
    assert!(
        parameters
            .iter()
            .all(|(name, _)| known.iter().any(|known| known["name"] == *name))
    );
    check.seen.borrow_mut().insert(OperationId::Authorize);

    let first = lab.exchange(&lab.code("Ada").await).await;
    check.answer(OperationId::ExchangeToken, &first);
    let fields = json!({
        "grant_type": "refresh_token",
        "refresh_token": first.json()["refresh_token"],
        "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_SECRET,
    });
    check.request(
        OperationId::ExchangeToken,
        "application~1x-www-form-urlencoded",
        &fields,
    );
    let second = lab.refresh(first.json()["refresh_token"].as_str().unwrap()).await;
    check.answer(OperationId::ExchangeToken, &second);

    let revocation = json!({
        "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_SECRET,
        "refresh_token": second.json()["refresh_token"],
    });
    check.request(OperationId::RevokeToken, "application~1json", &revocation);
    check.answer(
        OperationId::RevokeToken,
        &lab.control(Method::POST, "/v1/oauth/revoke", revocation).await,
    );
}
