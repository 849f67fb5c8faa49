//! Fields of an identity provider, which adding and changing one have in common.

use leptos::prelude::*;
use management_api::{OperationId, auth::SsoProvider};
use serde_json::{Value, json};

use super::providers::domains;
use crate::{
    components::{
        copyable::Copyable,
        operation_form::{self, Described},
    },
    ui::{Fact, Facts},
};

const FIELDS: [Described<'static>; 5] = [
    (
        "metadata_url",
        "Address of the metadata",
        "An HTTPS address, which Supabase reads from time to time. Either this or the document.",
    ),
    (
        "metadata_xml",
        "Metadata document",
        "The XML that the provider gives out, for one whose address Supabase cannot reach.",
    ),
    (
        "domains",
        "E-mail domains",
        "One a line, such as example.com. Whoever signs in with such an address is sent to this provider; a domain belongs to one provider only.",
    ),
    (
        "attribute_mapping",
        "Attributes",
        "Which of the provider\u{2019}s attributes become which of the person\u{2019}s, as JSON: {\"keys\": {\"email\": {\"name\": \"mail\"}, \"role\": {\"names\": [\"group\", \"role\"], \"default\": \"member\"}}}.",
    ),
    (
        "name_id_format",
        "How people are named",
        "What the provider is asked to call them by. Not set leaves it to the provider.",
    ),
];

/// The fields of a form of `operation`; `was` is the provider that is changed.
pub fn fields(operation: OperationId, was: Option<&SsoProvider>) -> Vec<AnyView> {
    let was = was.map(|was| FIELDS.map(|(name, ..)| (name.to_owned(), value(was, name))));
    let was = was.map(|values| Value::Object(values.into_iter().collect()));
    operation_form::fields(operation, "", &FIELDS, was.as_ref())
}

/// What the provider has for the field of this name.
fn value(provider: &SsoProvider, name: &str) -> Value {
    let saml = provider.saml.as_ref();
    match name {
        "metadata_url" => json!(saml.and_then(|saml| saml.metadata_url.clone())),
        "metadata_xml" => json!(saml.and_then(|saml| saml.metadata_xml.clone())),
        "domains" => json!(domains(provider)),
        "attribute_mapping" => match saml.and_then(|saml| saml.attribute_mapping.as_ref()) {
            Some(mapping) if !mapping.keys.is_empty() => json!(mapping),
            Some(_) | None => Value::Null,
        },
        "name_id_format" => json!(saml.and_then(|saml| saml.name_id_format.clone())),
        _ => Value::Null,
    }
}

/// What is to be entered at the provider.
pub fn ours(project: &str) -> AnyView {
    let at = |path: &str| format!("https://{project}.supabase.co/auth/v1/sso/saml/{path}");
    let (entity, reply, metadata) = (at("metadata"), at("acs"), at("metadata?download=true"));
    view! {
        <Facts>
            <Fact term="Entity ID"><Copyable value=entity what="entity ID"/></Fact>
            <Fact term="Reply address (ACS)"><Copyable value=reply what="reply address"/></Fact>
            <Fact term="Our metadata"><Copyable value=metadata what="address of the metadata"/></Fact>
        </Facts>
        <p class="hint">"Behind an active custom hostname these lie under that name."</p>
    }
    .into_any()
}
