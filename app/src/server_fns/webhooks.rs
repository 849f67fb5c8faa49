//! Webhooks of an organization or a project: what their pages read.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity, Page, Scope,
    organizations::GetOrganization,
    webhooks::{
        Delivery, Endpoint, GetOrganizationDelivery, GetOrganizationWebhook, GetProjectDelivery, GetProjectWebhook,
        ListOrganizationDeliveries, ListOrganizationWebhooks, ListProjectDeliveries, ListProjectWebhooks,
    },
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{call::call, error::ConsoleError};

/// Those of one page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Webhooks {
    /// How many were passed over.
    pub offset: u64,
    pub page: Page<Endpoint>,
    /// What the organization is called, where they are its own and that could be read.
    pub name: Option<String>,
}

impl Webhooks {
    /// How many stand on one.
    pub const A_PAGE: u64 = 20;
}

/// One call, for an organization a second one beside it.
#[server(prefix = "/api", endpoint = "webhooks", input = Json, output = Json)]
pub async fn webhooks_of(scope: Scope, offset: u64) -> Result<Webhooks, ConsoleError> {
    let (from, limit) = (Some(offset.to_string()), Some(Webhooks::A_PAGE.to_string()));
    let (page, name) = match scope {
        Scope::Organization(slug) => {
            let list = ListOrganizationWebhooks {
                slug: slug.clone(),
                offset: from,
                limit,
            };
            let (page, organization) = futures::join!(call(list), call(GetOrganization { slug }));
            (page?, organization.ok().map(|organization| organization.name))
        }
        Scope::Project(project) => {
            let list = ListProjectWebhooks {
                project,
                offset: from,
                limit,
            };
            (call(list).await?, None)
        }
        Scope::Account => return Err(ConsoleError::NotFound),
    };
    Ok(Webhooks { offset, page, name })
}

/// One webhook with what it was told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Webhook {
    pub endpoint: Entity<Endpoint>,
    /// The latest first.
    pub deliveries: Part<Page<Delivery>>,
    /// The one that was asked for.
    pub delivery: Option<Part<Entity<Delivery>>>,
}

/// `cursors`: the one behind which the page of deliveries begins, and the one before which it ends; empty for none, and so
/// is `delivery`. Two calls side by side, three with a delivery.
#[server(prefix = "/api", endpoint = "webhook", input = Json, output = Json)]
pub async fn webhook_of(
    scope: Scope,
    id: String,
    cursors: (String, String),
    delivery: String,
) -> Result<Webhook, ConsoleError> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let (after, before) = (some(cursors.0), some(cursors.1));
    let delivery = some(delivery);
    let (endpoint, deliveries, delivery) = match scope {
        Scope::Organization(slug) => {
            let list = ListOrganizationDeliveries {
                slug: slug.clone(),
                id: id.clone(),
                size: None,
                after,
                before,
            };
            let one = delivery.map(|id| call(GetOrganizationDelivery { slug: slug.clone(), id }));
            futures::join!(
                call(GetOrganizationWebhook { slug: slug.clone(), id }),
                call(list),
                futures::future::OptionFuture::from(one)
            )
        }
        Scope::Project(project) => {
            let list = ListProjectDeliveries {
                project: project.clone(),
                id: id.clone(),
                size: None,
                after,
                before,
            };
            let one = delivery.map(|id| {
                call(GetProjectDelivery {
                    project: project.clone(),
                    id,
                })
            });
            futures::join!(
                call(GetProjectWebhook {
                    project: project.clone(),
                    id
                }),
                call(list),
                futures::future::OptionFuture::from(one)
            )
        }
        Scope::Account => return Err(ConsoleError::NotFound),
    };
    Ok(Webhook {
        endpoint: endpoint?.data,
        deliveries,
        delivery: delivery.map(|one| one.map(|one| one.data)),
    })
}
