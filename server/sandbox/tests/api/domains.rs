//! Custom hostnames and vanity subdomains: what is refused, and what one project's means for another's.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::Lab;

/// Buys the add-on that custom hostnames need.
async fn pay(lab: &Lab, project: &str) {
    let path = format!("/v1/projects/{}/billing/addons", lab.reference(project));
    let body = json!({ "addon_type": "custom_domain", "addon_variant": "cd_default" });
    let paid = lab.call(Method::PATCH, &path, lab.pat("Ada"), Some(body)).await;
    assert_eq!(paid.status, StatusCode::OK, "{}", paid.text);
}

#[tokio::test]
async fn hostnames_are_refused_where_they_cannot_be() {
    let lab = Lab::new(json!({})).await;
    let ada = lab.pat("Ada");
    let path = |project: &str| format!("/v1/projects/{}/custom-hostname", lab.reference(project));
    let initialize = async |project: &str, name: &str| {
        let body = json!({ "custom_hostname": name });
        lab.post(&format!("{}/initialize", path(project)), ada, body).await
    };
    for unpaid in ["Tide Tables", "Note G"] {
        let reply = lab.get(&path(unpaid), ada).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert!(
            reply.message().contains("not allowed to set up custom domain"),
            "{}",
            reply.text
        );
    }
    pay(&lab, "Note G").await;
    pay(&lab, "Mill & Store").await;
    let none = lab.get(&path("Note G"), ada).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
    assert!(none.message().contains("custom hostname configuration"));
    let delete = lab.call(Method::DELETE, &path("Note G"), ada, None).await;
    assert_eq!(delete.status, StatusCode::BAD_REQUEST);

    for bad in [
        "example.com",
        "x.supabase.co",
        "x.supabase.localhost",
        "a b.example.com",
    ] {
        assert_eq!(initialize("Note G", bad).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    assert_eq!(
        initialize("Note G", "api.example.com").await.status,
        StatusCode::CREATED
    );
    let taken = initialize("Mill & Store", "API.example.com").await;
    assert_eq!(taken.status.as_u16(), 544);
    let early = lab
        .post(&format!("{}/activate", path("Note G")), ada, json!(null))
        .await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "its records were not verified");

    let project = format!("/v1/projects/{}", lab.reference("Note G"));
    assert_eq!(
        lab.call(Method::DELETE, &project, ada, None).await.status,
        StatusCode::OK
    );
    assert_eq!(
        initialize("Mill & Store", "api.example.com").await.status,
        StatusCode::CREATED,
        "it went with its project"
    );
    let removed = lab.call(Method::DELETE, &path("Note G"), ada, None).await;
    assert_eq!(removed.message(), "Resource has been removed");
}

#[tokio::test]
async fn what_is_done_once_is_not_done_again() {
    let lab = Lab::new(json!({})).await;
    let ada = lab.pat("Ada");
    pay(&lab, "Note G").await;
    let path = format!("/v1/projects/{}/custom-hostname", lab.reference("Note G"));
    let body = json!({ "custom_hostname": "api.example.com" });
    lab.post(&format!("{path}/initialize"), ada, body).await;
    let step = async |what: &str| lab.post(&format!("{path}/{what}"), ada, json!(null)).await;
    for reached in ["3_challenge_verified", "4_origin_setup_completed"] {
        lab.advance(3600).await;
        assert_eq!(step("reverify").await.json()["status"], reached);
    }
    let again = step("reverify").await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "{}", again.text);
    assert!(again.message().contains("verified already"), "{}", again.text);
    assert_eq!(step("activate").await.json()["status"], "5_services_reconfigured");
    let again = step("activate").await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "{}", again.text);
}

#[tokio::test]
async fn names_that_are_never_in_the_dns_stay_unverified() {
    let lab = Lab::new(json!({})).await;
    pay(&lab, "Note G").await;
    let ada = lab.pat("Ada");
    let path = format!("/v1/projects/{}/custom-hostname", lab.reference("Note G"));
    let body = json!({ "custom_hostname": "api.example.invalid" });
    lab.post(&format!("{path}/initialize"), ada, body).await;
    lab.advance(3600).await;
    let reply = lab.post(&format!("{path}/reverify"), ada, json!(null)).await.json();
    assert_eq!(reply["status"], "2_initiated");
    assert_eq!(
        reply["data"]["result"]["verification_errors"].as_array().unwrap().len(),
        1
    );
    assert_eq!(lab.get(&path, ada).await.json(), reply);
    let other = json!({ "custom_hostname": "api.example.com" });
    let begin = format!("{path}/initialize");
    let second = lab.post(&begin, ada, other.clone()).await;
    assert_eq!(second.status.as_u16(), 544, "one is there already");
    assert_eq!(lab.call(Method::DELETE, &path, ada, None).await.status, StatusCode::OK);
    assert_eq!(
        lab.post(&begin, ada, other).await.json()["custom_hostname"],
        "api.example.com"
    );
}

#[tokio::test]
async fn a_vanity_subdomain_belongs_to_one_project() {
    let lab = Lab::new(json!({})).await;
    let ada = lab.pat("Ada");
    let path = |project: &str, rest: &str| format!("/v1/projects/{}/vanity-subdomain{rest}", lab.reference(project));
    let body = |name: &str| json!({ "vanity_subdomain": name });
    let available = async |name: &str| {
        let reply = lab.post(&path("Note G", "/check-availability"), ada, body(name)).await;
        reply.json()["available"].as_bool()
    };
    assert_eq!(available("mill").await, Some(true));
    assert_eq!(available("www").await, Some(false), "reserved");
    assert_eq!(available(lab.reference("Compiler")).await, Some(false), "a ref");
    assert_eq!(available("no spaces").await, None);
    let activate =
        async |project: &str, name: &str| lab.post(&path(project, "/activate"), ada, body(name)).await.status;
    assert_eq!(activate("Mill & Store", "Mill").await, StatusCode::CREATED);
    assert_eq!(available("mill").await, Some(false));
    assert_eq!(activate("Note G", "mill").await, StatusCode::CONFLICT);
    assert_eq!(activate("Mill & Store", "mill-two").await, StatusCode::CREATED);
    assert_eq!(available("mill").await, Some(true), "the old one is free again");
    assert_eq!(activate("Tide Tables", "tides").await, StatusCode::PAYMENT_REQUIRED);
    let developer = lab
        .post(&path("Note G", "/activate"), lab.pat("Alan"), body("note"))
        .await;
    assert_eq!(developer.status, StatusCode::FORBIDDEN, "a developer may not");
}
