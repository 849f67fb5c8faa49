//! Webhooks of an organization and of a project: to which addresses Supabase reports what happens, and how that went. Both
//! are the same but for whose they are, so their pages are drawn by the same pieces.

mod create;
mod delivery;
mod detail;
mod list;
pub mod organization;
pub mod project;

use leptos::prelude::*;
use management_api::{OperationId, Scope, webhooks::EVERYTHING};

use super::parameter;
use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &project::list::PAGE,
    &project::create::PAGE,
    &project::detail::PAGE,
    &organization::list::PAGE,
    &organization::create::PAGE,
    &organization::detail::PAGE,
];

/// Whose webhooks the page is about.
#[derive(Clone, Debug)]
struct Place {
    scope: Scope,
    deeds: &'static Deeds,
}

/// What can be done with them there.
#[derive(Debug)]
struct Deeds {
    create: OperationId,
    wipe: OperationId,
    update: OperationId,
    delete: OperationId,
    test: OperationId,
    retry: OperationId,
}

const OF_ORGANIZATION: Deeds = Deeds {
    create: OperationId::CreateOrganizationWebhook,
    wipe: OperationId::DeleteOrganizationWebhooks,
    update: OperationId::UpdateOrganizationWebhook,
    delete: OperationId::DeleteOrganizationWebhook,
    test: OperationId::TestOrganizationWebhook,
    retry: OperationId::RetryOrganizationDelivery,
};

const OF_PROJECT: Deeds = Deeds {
    create: OperationId::CreateProjectWebhook,
    wipe: OperationId::DeleteProjectWebhooks,
    update: OperationId::UpdateProjectWebhook,
    delete: OperationId::DeleteProjectWebhook,
    test: OperationId::TestProjectWebhook,
    retry: OperationId::RetryProjectDelivery,
};

impl Place {
    /// The one that the address names.
    fn here() -> Self {
        let reference = parameter("ref");
        if reference.is_empty() {
            Self {
                scope: Scope::Organization(parameter("slug")),
                deeds: &OF_ORGANIZATION,
            }
        } else {
            Self {
                scope: Scope::Project(reference),
                deeds: &OF_PROJECT,
            }
        }
    }

    /// What the operations call it, and what it is called.
    fn parameter(&self) -> (&'static str, String) {
        match &self.scope {
            Scope::Organization(slug) => ("slug", slug.clone()),
            Scope::Project(reference) => ("ref", reference.clone()),
            Scope::Account => ("", String::new()),
        }
    }

    /// It as a hidden field of a form.
    fn field(&self) -> AnyView {
        let (name, value) = self.parameter();
        view! { <input type="hidden" name=name value=value/> }.into_any()
    }

    fn word(&self) -> &'static str {
        match &self.scope {
            Scope::Organization(_) => "organization",
            Scope::Project(_) | Scope::Account => "project",
        }
    }
}

/// What a webhook is told of, in words.
fn told_of(events: &[String]) -> String {
    match events {
        some if some.iter().any(|event| event == EVERYTHING) => "Everything".to_owned(),
        [] => "Nothing".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
