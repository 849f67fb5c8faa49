//! Identity providers. Their metadata is kept as it came; what is behind an address is not fetched.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use management_api::auth::{AttributeMapping, NAME_ID_FORMATS};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use url::Url;

use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

#[derive(Clone, Serialize, Deserialize)]
pub struct Provider {
    id: String,
    entity_id: String,
    metadata: Metadata,
    mapping: AttributeMapping,
    name_id_format: Option<String>,
    /// Each with the moment it was added.
    domains: BTreeMap<String, OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

#[derive(Clone, Serialize, Deserialize)]
enum Metadata {
    Xml(String),
    Url(String),
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "type")]
    kind: Option<String>,
    metadata_xml: Option<String>,
    metadata_url: Option<String>,
    domains: Option<Vec<String>>,
    attribute_mapping: Option<AttributeMapping>,
    name_id_format: Option<String>,
}

fn invalid<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid(message.to_owned()))
}

fn not_found() -> Refusal {
    Refusal::NotFound("SSO Identity Provider")
}

/// The project, if it is up and SAML is on there.
fn with_saml<'a>(call: &'a Call<'_>) -> Result<&'a Project, Refusal> {
    let project = call.project()?;
    project.check_running(call.now)?;
    if project.parts.auth.is_on("saml_enabled") {
        Ok(project)
    } else {
        Err(Refusal::Off("SAML 2.0"))
    }
}

/// The name that a metadata document gives its provider.
fn entity_id(xml: &str) -> Result<String, Refusal> {
    let named = xml
        .contains("EntityDescriptor")
        .then(|| xml.split_once("entityID="))
        .flatten();
    let name = named.and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split_once(quote)
    });
    match name {
        Some((name, _)) if !name.is_empty() => Ok(name.to_owned()),
        _ => invalid("metadata_xml: expected SAML metadata with an entityID."),
    }
}

impl Body {
    /// The metadata and the provider's name; `None` where neither document nor address is given.
    fn metadata(&self) -> Result<Option<(Metadata, String)>, Refusal> {
        match (&self.metadata_xml, &self.metadata_url) {
            (Some(_), Some(_)) => invalid("metadata_xml, metadata_url: expected one of them, not both."),
            (Some(xml), None) => Ok(Some((Metadata::Xml(xml.clone()), entity_id(xml)?))),
            (None, Some(url)) => match Url::parse(url) {
                Ok(parsed) if parsed.scheme() == "https" => Ok(Some((Metadata::Url(url.clone()), url.clone()))),
                Ok(_) | Err(_) => invalid("metadata_url: expected an HTTPS address."),
            },
            (None, None) => Ok(None),
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let is_domain = |domain: &String| {
            domain.contains('.')
                && domain
                    .split('.')
                    .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        };
        if !self.domains.iter().flatten().all(is_domain) {
            return invalid("domains: expected domains such as example.com.");
        }
        if (self.name_id_format.as_deref()).is_some_and(|format| !NAME_ID_FORMATS.contains(&format)) {
            return invalid(&format!(
                "name_id_format: expected one of {}.",
                NAME_ID_FORMATS.join(", ")
            ));
        }
        Ok(())
    }

    /// Whether another provider has the name or one of the domains.
    fn free(&self, entity_id: Option<&str>, others: &[Provider], own: &str) -> Result<(), Refusal> {
        for other in others.iter().filter(|other| other.id != own) {
            if entity_id == Some(other.entity_id.as_str()) {
                return Err(Refusal::Conflict(format!(
                    "Another provider is called {}.",
                    other.entity_id
                )));
            }
            let taken =
                (self.domains.iter().flatten()).find(|domain| other.domains.contains_key(&domain.to_lowercase()));
            if let Some(domain) = taken {
                return Err(Refusal::Conflict(format!("{domain} belongs to another provider.")));
            }
        }
        Ok(())
    }
}

impl Provider {
    /// Takes over what is given.
    fn change(&mut self, body: Body, metadata: Option<(Metadata, String)>, now: OffsetDateTime) {
        if let Some((metadata, entity_id)) = metadata {
            self.metadata = metadata;
            self.entity_id = entity_id;
        }
        if let Some(domains) = body.domains {
            let since = |domain: &String| self.domains.get(domain).copied().unwrap_or(now);
            let domains = domains.iter().map(|domain| domain.to_lowercase());
            self.domains = domains.map(|domain| (domain.clone(), since(&domain))).collect();
        }
        if let Some(mapping) = body.attribute_mapping {
            self.mapping = mapping;
        }
        if let Some(format) = body.name_id_format {
            self.name_id_format = Some(format);
        }
        self.updated_at = now;
    }

    fn body(&self) -> Value {
        let id = |what: &str| token::uuid(&format!("{} {what}", self.id));
        let mut saml = json!({
            "id": id("saml"),
            "entity_id": self.entity_id,
            "attribute_mapping": self.mapping,
        });
        match &self.metadata {
            Metadata::Xml(xml) => saml["metadata_xml"] = json!(xml),
            Metadata::Url(url) => saml["metadata_url"] = json!(url),
        }
        if let Some(format) = &self.name_id_format {
            saml["name_id_format"] = json!(format);
        }
        let domain = |(domain, since): (&String, &OffsetDateTime)| {
            let since = moment(*since);
            json!({ "id": id(domain), "domain": domain, "created_at": since, "updated_at": since })
        };
        json!({
            "id": self.id,
            "disabled": null,
            "saml": saml,
            "domains": self.domains.iter().map(domain).collect::<Vec<_>>(),
            "created_at": moment(self.created_at),
            "updated_at": moment(self.updated_at),
        })
    }
}

/// v1-list-all-sso-provider
pub fn list(call: &mut Call<'_>) -> Answered {
    let providers = &with_saml(call)?.parts.auth.providers;
    let items: Vec<_> = providers.iter().map(Provider::body).collect();
    Ok(answer(StatusCode::OK, &json!({ "items": items })))
}

/// v1-create-a-sso-provider
pub fn create(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = with_saml(call)?;
    let body: Body = call.request.json()?;
    if body.kind.as_deref() != Some("saml") {
        return invalid("type: expected saml.");
    }
    body.check()?;
    let Some((metadata, entity_id)) = body.metadata()? else {
        return invalid("metadata_xml, metadata_url: expected one of them.");
    };
    body.free(Some(&entity_id), &project.parts.auth.providers, "")?;
    let mut provider = Provider {
        id: token::uuid(&token::random()),
        entity_id,
        metadata,
        mapping: AttributeMapping::default(),
        name_id_format: None,
        domains: BTreeMap::new(),
        created_at: now,
        updated_at: now,
    };
    provider.change(body, None, now);
    let created = provider.body();
    call.project_mut()?.parts.auth.providers.push(provider);
    Ok(answer(StatusCode::CREATED, &created))
}

/// v1-get-a-sso-provider
pub fn get(call: &mut Call<'_>) -> Answered {
    let providers = &with_saml(call)?.parts.auth.providers;
    let id = call.request.uuid("provider_id")?;
    let provider = providers.iter().find(|provider| provider.id == id);
    Ok(answer(StatusCode::OK, &provider.ok_or_else(not_found)?.body()))
}

/// v1-update-a-sso-provider
pub fn update(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let providers = &with_saml(call)?.parts.auth.providers;
    let id = call.request.uuid("provider_id")?.to_owned();
    let place = providers.iter().position(|provider| provider.id == id);
    let place = place.ok_or_else(not_found)?;
    let body: Body = call.request.json()?;
    body.check()?;
    let metadata = body.metadata()?;
    body.free(metadata.as_ref().map(|(_, name)| name.as_str()), providers, &id)?;
    let provider = &mut call.project_mut()?.parts.auth.providers[place];
    provider.change(body, metadata, now);
    Ok(answer(StatusCode::OK, &provider.body()))
}

/// v1-delete-a-sso-provider
pub fn delete(call: &mut Call<'_>) -> Answered {
    let providers = &with_saml(call)?.parts.auth.providers;
    let id = call.request.uuid("provider_id")?;
    let place = providers.iter().position(|provider| provider.id == id);
    let place = place.ok_or_else(not_found)?;
    let provider = call.project_mut()?.parts.auth.providers.remove(place);
    Ok(answer(StatusCode::OK, &provider.body()))
}
