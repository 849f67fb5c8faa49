//! Fields of an identity provider, which adding and changing one have in common.

use leptos::prelude::*;
use management_api::{OperationId, auth::SsoProvider};
use serde_json::{Value, json};

use super::providers::domains;
use crate::{
    components::{
        control::{Holds, control},
        copyable::Copyable,
        operation_form::FormState,
    },
    form::Form,
    ui::{Fact, Facts, Frame},
};

/// Name, label, help.
const FIELDS: [(&str, &str, &str); 5] = [
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
    let state = FormState::of(operation, "");
    let form = Form::of(operation);
    let field = |(name, label, help): (&'static str, &'static str, &str)| {
        let frame = Frame {
            help: help.to_owned(),
            error: state.error_of(name),
            ..Frame::new(name, label)
        };
        let holds = Holds {
            typed: state.typed(name),
            was: was.map(|was| value(was, name)),
            ..Holds::default()
        };
        Some(control(form.field(name)?, frame, holds))
    };
    FIELDS.into_iter().filter_map(field).collect()
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
