//! The name of what an id stands for: what is typed before it goes.

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
};
use management_api::{
    Named, Request,
    analytics::ListLogDrains,
    notebooks::GetNotebook,
    organizations::{GetOrganization, ListMembers},
    secrets::GetApiKey,
    webhooks::{GetOrganizationWebhook, GetProjectWebhook},
};

/// Members that one call tells of, at most.
const MEMBERS: i64 = 100;

/// What is typed to say that this very thing is meant.
///
/// # Errors
/// Whatever keeps its name from being known.
pub async fn of(named: Named, request: &Request, backend: &BackendHandle) -> Result<String, ConsoleError> {
    let parameter = |name: &str| request.parameter(name).unwrap_or_default().to_owned();
    let (project, id) = (parameter("ref"), parameter("id"));
    Ok(match named {
        Named::ApiKey => {
            let reveal = None;
            narrow(backend, &GetApiKey { project, id, reveal }).await?.name
        }
        Named::LogDrain => {
            let drains = narrow(backend, &ListLogDrains { project }).await?.data;
            let drain = drains.into_iter().find(|drain| drain.id == id);
            drain.ok_or(ConsoleError::NotFound)?.attributes.name
        }
        Named::Member => member(parameter("slug"), &parameter("user_id"), backend).await?,
        Named::Notebook => {
            narrow(backend, &GetNotebook { project, id })
                .await?
                .data
                .attributes
                .name
        }
        Named::Organization => {
            let slug = parameter("slug");
            narrow(backend, &GetOrganization { slug }).await?.name
        }
        Named::Webhook => {
            let slug = parameter("slug");
            let endpoint = if project.is_empty() {
                narrow(backend, &GetOrganizationWebhook { slug, id }).await?.data
            } else {
                narrow(backend, &GetProjectWebhook { project, id }).await?.data
            };
            endpoint.attributes.url
        }
    })
}

/// The member's address, else the user name. Looked for page by page: an organization may have more than one.
async fn member(slug: String, user: &str, backend: &BackendHandle) -> Result<String, ConsoleError> {
    let mut list = ListMembers {
        slug,
        size: Some(MEMBERS),
        ..ListMembers::default()
    };
    loop {
        let page = narrow(backend, &list).await?;
        if let Some(member) = page.data.iter().find(|member| member.id == user) {
            let name = member.primary_email.clone().or_else(|| member.username.clone());
            return Ok(name.unwrap_or_else(|| user.to_owned()));
        }
        list.after = match page.links.after() {
            // A cursor that leads nowhere ends it.
            Some(after) if list.after.as_ref() != Some(&after) => Some(after),
            Some(_) | None => return Err(ConsoleError::NotFound),
        };
    }
}
