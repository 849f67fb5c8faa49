//! Fields of an identity provider, which adding and changing one have in common.

use leptos::prelude::*;
use management_api::{OperationId, auth::SsoProvider};
use serde_json::{Value, json};

use super::providers::domains;
use crate::{
    components::{
        context::Context,
        copyable::Copyable,
        operation_form::{self, Described, FormState},
    },
    form::{
        change::WAS,
        rules::{DEFAULT, IS_LIST, KEY, LIST, NAMES, Rule, SHOWN},
    },
    ui::{
        Choice, Fact, Facts, Frame,
        field::{Line, Select, line, select},
    },
};

/// Rows to be filled; each shows once the one before it is.
const SPARE: usize = 12;
/// The field of the rows.
const MAPPING: &str = "attribute_mapping";

const FIELDS: [Described<'static>; 4] = [
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
        "name_id_format",
        "How people are named",
        "What the provider is asked to call them by. Not set leaves it to the provider.",
    ),
];

/// The fields of a form of `operation`; `was` is the provider that is changed.
pub fn fields(operation: OperationId, was: Option<&SsoProvider>) -> Vec<AnyView> {
    let values = was.map(|was| FIELDS.map(|(name, ..)| (name.to_owned(), value(was, name))));
    let values = values.map(|values| Value::Object(values.into_iter().collect()));
    let mut fields = operation_form::fields(operation, "", &FIELDS, values.as_ref());
    fields.push(rules(operation, was.map(|was| value(was, MAPPING))));
    fields
}

/// The attributes, a row each: what was typed, else what is; and rows to be filled.
fn rules(operation: OperationId, was: Option<Value>) -> AnyView {
    let state = FormState::of(operation, "");
    let companion = was.as_ref().map(|was| {
        let (name, text) = (format!("{WAS}{MAPPING}"), was.to_string());
        view! { <input type="hidden" name=name value=text/> }
    });
    let typed = |column: &str| state.typed(&format!("{column}{MAPPING}")).unwrap_or_default();
    let rules = match state.was_sent() {
        true => Rule::typed(typed),
        false => Rule::all(&was.unwrap_or_default()),
    };
    let drawn = rules.len();
    let spare = (0..SPARE).map(|_| Rule::default());
    let rows: Vec<_> = rules
        .into_iter()
        .chain(spare)
        .enumerate()
        .map(|(at, rule)| row(at, rule, at > drawn))
        .collect();
    let frame = Frame {
        help: "Which of the provider\u{2019}s attributes become which of the person\u{2019}s. Of several names, with commas between them, the first that the provider tells counts. A number, or true, is meant as one unless it stands in quotes. To take a row away, empty it.".to_owned(),
        error: state.error_of(MAPPING),
        ..Frame::new(MAPPING, "Attributes")
    };
    frame.around_group(view! { {companion} <div class="rules">{rows}</div> })
}

/// One rule; a `more` one shows once the one before it is filled.
fn row(at: usize, rule: Rule, more: bool) -> AnyView {
    let frame = |column: &str, label: &str| Frame {
        id: format!("rule{}{at}", column.replace(['.', '_'], "-")),
        ..Frame::new(format!("{column}{MAPPING}"), label)
    };
    // All of a row may stay empty, so that none of it needs to say so.
    let under = |frame: &Frame, control: AnyView| {
        let (id, label) = (frame.id(), frame.label.clone());
        view! { <div class="field"><label for=id>{label}</label>{control}</div> }
    };
    let text = |column: &str, label: &str, value: String, placeholder| {
        let frame = frame(column, label);
        let input = line(
            &frame,
            Line {
                value: Some(value),
                placeholder: Some(placeholder),
                mono: true,
                ..Line::default()
            },
        );
        under(&frame, input)
    };
    let list = frame(LIST, "Holds");
    let one_or_list = select(
        &list,
        Select {
            choices: vec![Choice::new("false", "One value"), Choice::new(IS_LIST, "A list")],
            value: rule.list.to_string(),
            mono: false,
        },
    );
    let label = format!("Attribute {}", at + 1);
    view! {
        <div class="rule" role="group" aria-label=label data-more=more>
            <input type="hidden" name=format!("{SHOWN}{MAPPING}") value=rule.shown/>
            {text(KEY, "Attribute", rule.key, "role")}
            {text(NAMES, "Comes from", rule.names, "group, role")}
            {text(DEFAULT, "Otherwise", rule.default, "member")}
            {under(&list, one_or_list)}
        </div>
    }
    .into_any()
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
    let host = Context::current().project_host(project);
    let at = |path: &str| format!("https://{host}/auth/v1/sso/saml/{path}");
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
