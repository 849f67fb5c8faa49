//! Webhooks, of an organization and of a project.

use management_api::webhooks::*;
use serde_json::json;

use super::Check;

macro_rules! walk {
    ($name:ident, $place:ident, $list:ident $create:ident $wipe:ident $get:ident $update:ident $delete:ident $test:ident
        $deliveries:ident $delivery:ident $retry:ident) => {
        async fn $name(check: &Check, $place: &str) {
            let $place = || $place.to_owned();
            let new = |url: &str| $create {
                $place: $place(),
                url: url.to_owned(),
                event_types: vec!["v1.project.paused".to_owned()],
                signing_secret: "long enough".to_owned().into(),
                description: Some("Tells the team".to_owned()),
                custom_headers: Some(json!({ "X-Team": "ops" }).into()),
                ..$create::default()
            };
            // The demo has some from the start.
            check.call($wipe { $place: $place() }).await;
            let made = check.call(new("https://hooks.example.com/a")).await.data;
            assert_eq!((made.event_types.len(), made.headers[0].as_str()), (1, "X-Team"));
            let id = || made.id.clone();
            check.call(new("https://hooks.example.com/fail")).await;
            let list = || $list { $place: $place(), ..$list::default() };
            assert_eq!(check.call(list()).await.data.len(), 2);
            let second = $list { offset: Some("1".to_owned()), limit: Some("1".to_owned()), ..list() };
            assert_eq!(check.call(second).await.data[0].url, "https://hooks.example.com/fail");
            check.call($test { $place: $place(), id: id(), ..$test::default() }).await;
            let named = Some("v1.project.paused".to_owned());
            check.call($test { $place: $place(), id: id(), kind: named }).await;
            let told = || $deliveries { $place: $place(), id: id(), size: Some("1".to_owned()), ..$deliveries::default() };
            let first = check.call(told()).await;
            let next = check.call($deliveries { after: first.links.after(), ..told() }).await;
            assert_ne!(first.data[0].id, next.data[0].id);
            let one = check.call($delivery { $place: $place(), id: next.data[0].id.clone() }).await.data;
            assert_eq!((one.status.as_str(), one.response_code), ("success", Some(200)));
            check.call($retry { $place: $place(), id: one.id.clone() }).await;
            let changed = $update {
                $place: $place(),
                id: id(),
                enabled: Some(false),
                event_types: vec!["*".to_owned()],
                ..$update::default()
            };
            assert_eq!(check.call(changed).await.data.enabled, Some(false));
            assert_eq!(check.call($get { $place: $place(), id: id() }).await.data.event_types[0].kind, "*");
            check.call($delete { $place: $place(), id: id() }).await;
            check.call($wipe { $place: $place() }).await;
            assert!(check.call(list()).await.data.is_empty());
        }
    };
}

walk!(
    of_organization,
    slug,
    ListOrganizationWebhooks CreateOrganizationWebhook DeleteOrganizationWebhooks GetOrganizationWebhook
        UpdateOrganizationWebhook DeleteOrganizationWebhook TestOrganizationWebhook ListOrganizationDeliveries
        GetOrganizationDelivery RetryOrganizationDelivery
);
walk!(
    of_project,
    project,
    ListProjectWebhooks CreateProjectWebhook DeleteProjectWebhooks GetProjectWebhook UpdateProjectWebhook
        DeleteProjectWebhook TestProjectWebhook ListProjectDeliveries GetProjectDelivery RetryProjectDelivery
);

pub async fn walk(check: &Check) {
    of_organization(check, check.lab.slug("Analytical Engines")).await;
    of_project(check, check.lab.reference("Note G")).await;
}
