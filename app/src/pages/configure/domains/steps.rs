//! The steps to a custom hostname, from the service's own word to what is to be done next.

use leptos::prelude::*;
use management_api::{OperationId, domains::HostnameConfig};

use super::{hostname::here, records::records};
use crate::{
    components::{
        effects::{effect, effects},
        operation_form::{FormState, OperationForm, ProjectRef},
        stages::{Is, Stage, stages},
    },
    server_fns::branches::Part,
    server_fns::domains::{ADDON, Custom, HostnameAddon, OwnHostname, name_of},
    ui::{ButtonKind, Icon, Notice, TextField, Tone, capital},
};

/// How far a hostname is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is known, and its records are not found yet.
    Initiated,
    /// It is proved to be one's own; the certificate is on its way.
    Verified,
    /// The certificate is there; the project does not answer yet.
    Ready,
    Active,
    /// A word that the service has grown since.
    Unknown,
}

/// How it stands, for people.
#[derive(Debug, PartialEq, Eq)]
pub struct Standing {
    pub tone: Tone,
    pub icon: Icon,
    pub title: &'static str,
    pub says: &'static str,
}

impl Step {
    pub fn of(config: &HostnameConfig) -> Self {
        match config.status.split('_').next() {
            Some("2") => Self::Initiated,
            Some("3") => Self::Verified,
            Some("4") => Self::Ready,
            Some("5") => Self::Active,
            Some(_) | None => Self::Unknown,
        }
    }

    pub fn standing(self, config: &HostnameConfig) -> Standing {
        let of = |tone, icon, title, says| Standing {
            tone,
            icon,
            title,
            says,
        };
        match self {
            Self::Initiated if !complaints(config).is_empty() => of(
                Tone::Warning,
                Icon::Warning,
                "Records not found",
                "Supabase looked and did not find all of the records. New records can take minutes, or hours where an old one is remembered. After some time Supabase drops the order; then new values must be set.",
            ),
            Self::Initiated => of(
                Tone::Info,
                Icon::Clock,
                "Waiting for the records",
                "Set the records below, then let Supabase look at them. You may leave: what is set up stays, and this page says where it stands.",
            ),
            Self::Verified => of(
                Tone::Info,
                Icon::Clock,
                "Certificate is on its way",
                "The name is proved to be yours. The certificate is usually there within some minutes; leave the records as they are, and look again.",
            ),
            Self::Ready => of(
                Tone::Warning,
                Icon::Warning,
                "Ready, not activated",
                "The certificate is there, but the project still answers under its old address only. Nothing changes until you activate.",
            ),
            Self::Active if !holds(config) => of(
                Tone::Error,
                Icon::Error,
                "Active, but not right any more",
                "The hostname is in use, yet Supabase does not find its records or its certificate as they should be. People may not reach the project by it; the old address works.",
            ),
            Self::Active => of(
                Tone::Success,
                Icon::CheckCircle,
                "Active",
                "The project answers under this hostname, and under its old address as well.",
            ),
            Self::Unknown => of(
                Tone::Neutral,
                Icon::Question,
                "Not known",
                "Supabase says a word that Steward does not know. The records it asks for are below, and it can be let look at them.",
            ),
        }
    }

    fn at(self) -> usize {
        match self {
            Self::Initiated | Self::Unknown => 1,
            Self::Verified => 2,
            Self::Ready => 3,
            Self::Active => 4,
        }
    }
}

/// Whether an active hostname is what it should be, as far as that is told.
fn holds(config: &HostnameConfig) -> bool {
    let fine = |word: &str| word.is_empty() || word == "active";
    let result = &config.data.result;
    fine(&result.status) && fine(&result.ssl.status) && complaints(config).is_empty()
}

/// What Supabase found wrong when it looked last, each once.
pub fn complaints(config: &HostnameConfig) -> Vec<String> {
    let result = &config.data.result;
    let mut said: Vec<String> = result.verification_errors.clone().unwrap_or_default();
    let certificate = result.ssl.validation_errors.iter().flatten();
    said.extend(certificate.map(|error| error.message.clone()));
    let mut seen = std::collections::BTreeSet::new();
    said.retain(|text| seen.insert(text.clone()));
    said
}

pub fn stages_of(project: &str, own: &OwnHostname) -> AnyView {
    let config = match &own.custom {
        Custom::Set(config) => Some(&**config),
        Custom::NoAddon | Custom::None => None,
    };
    let at = config.map_or(0, |config| Step::of(config).at());
    let is = |step: usize| match step.cmp(&at) {
        std::cmp::Ordering::Less => Is::Done,
        std::cmp::Ordering::Equal => Is::Now,
        std::cmp::Ordering::Greater => Is::Next,
    };
    let looking = |config: &HostnameConfig, submit| looked_at(project, config, submit);
    let mut all = vec![
        Stage {
            title: "Name",
            is: is(0),
            sum: config
                .map(|config| view! { <code><bdi>{name_of(config).to_owned()}</bdi></code> }.into_any())
                .into_any(),
            body: config.is_none().then(|| name(project, own)).into_any(),
        },
        Stage {
            title: "DNS records",
            is: is(1),
            sum: ().into_any(),
            body: match config {
                Some(config) if at == 1 => looking(config, "Verify the records"),
                Some(_) => ().into_any(),
                None => said(
                    "Supabase names the records. They are set at whoever runs the domain, and Supabase then looks for them.",
                ),
            },
        },
        Stage {
            title: "Certificate",
            is: is(2),
            sum: ().into_any(),
            body: match config {
                Some(config) if at == 2 => looking(config, "Look again"),
                _ if at < 2 => said(
                    "Once the name is proved to be yours, Supabase orders a certificate for it. That takes some minutes.",
                ),
                _ => ().into_any(),
            },
        },
        Stage {
            title: "Activate",
            is: is(3),
            sum: ().into_any(),
            body: match config {
                Some(config) if at < 4 => activate(project, config, own, at == 3),
                Some(config) => again(project, config),
                None => said("The project answers under the hostname from then on. The old address keeps answering."),
            },
        },
    ];
    if let (Custom::NoAddon, Ok(addon)) = (&own.custom, &own.addon) {
        if let Some(name) = all.first_mut() {
            (name.is, name.body) = (
                Is::Next,
                said("A subdomain of a domain of yours, such as api.example.com."),
            );
        }
        all.insert(0, buy(project, addon));
    }
    stages(all)
}

fn said(text: &'static str) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

/// The paid add-on, without which nothing can be set up.
fn buy(project: &str, addon: &HostnameAddon) -> Stage {
    let here = here(project);
    let project = project.to_owned();
    let body = match addon.variant.clone() {
        Some(variant) => view! {
            <p>"A custom hostname needs the add-on " <b>{variant.name.clone()}</b> ", at " {variant.price.description.clone()} ", on a paid plan."</p>
            <OperationForm operation=OperationId::ApplyAddon next=here.clone() back=here submit="Add the add-on" kind=ButtonKind::Primary>
                <ProjectRef reference=project/>
                <input type="hidden" name="addon_type" value=ADDON/>
                <input type="hidden" name="addon_variant" value=variant.id/>
            </OperationForm>
        }
        .into_any(),
        None => said("A custom hostname needs an add-on, which Supabase does not offer for this project. Its plan may be why."),
    };
    Stage {
        title: "Add-on",
        is: Is::Now,
        sum: ().into_any(),
        body,
    }
}

/// Where the name is typed.
fn name(project: &str, own: &OwnHostname) -> AnyView {
    let here = here(project);
    let unknown = match (&own.custom, &own.addon) {
        (Custom::NoAddon, Err(error)) => Some(format!(
            "The add-on that it needs is missing, and what it costs could not be read: {error}"
        )),
        _ => None,
    };
    let project = project.to_owned();
    view! {
        <OperationForm
            operation=OperationId::InitializeCustomHostname
            next=here.clone()
            back=here
            submit="Begin"
            kind=ButtonKind::Primary
            disabled_because=unknown
        >
            <ProjectRef reference=project/>
            <TextField
                name="custom_hostname"
                label="Hostname"
                hint="A subdomain of a domain of yours, such as api.example.com. Nothing changes for anybody before the last step."
                value=FormState::value("custom_hostname", "")
                error=FormState::error("custom_hostname")
                required=true
                maxlength=253
                pattern=r"\s*([A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){2,}[A-Za-z]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\s*"
                pattern_says="A subdomain, such as api.example.com"
                placeholder="api.example.com"
                mono=true
            />
        </OperationForm>
    }
    .into_any()
}

/// The records, what was wrong with them, and the button that has Supabase look.
fn looked_at(project: &str, config: &HostnameConfig, submit: &'static str) -> AnyView {
    let complaints = complaints(config);
    let wrong = (!complaints.is_empty()).then(|| {
        let lines: Vec<_> = complaints
            .into_iter()
            .map(|text| view! { <li><bdi>{text}</bdi></li> })
            .collect();
        view! { <Notice tone=Tone::Warning title="What Supabase found when it looked"><ul>{lines}</ul></Notice> }
    });
    let here = here(project);
    let reference = project.to_owned();
    view! {
        {wrong}
        {records(project, config)}
        <OperationForm operation=OperationId::ReverifyCustomHostname next=here.clone() back=here submit kind=ButtonKind::Primary>
            <ProjectRef reference/>
        </OperationForm>
    }
    .into_any()
}

/// What becomes of it when the project answers under the name, and the button where that is the next step.
fn activate(project: &str, config: &HostnameConfig, own: &OwnHostname, now: bool) -> AnyView {
    let does = consequences(name_of(config), &own.providers);
    let here = here(project);
    let reference = project.to_owned();
    let form = now.then(|| {
        view! {
            {records(&reference, config)}
            <OperationForm operation=OperationId::ActivateCustomHostname next=here.clone() back=here submit="Activate" kind=ButtonKind::Primary>
                <ProjectRef reference/>
            </OperationForm>
        }
    });
    view! { {does} {form} }.into_any()
}

fn consequences(name: &str, providers: &Part<Vec<String>>) -> AnyView {
    let callback = view! { <code>{format!("https://{name}/auth/v1/callback")}</code> };
    let who = match providers {
        Ok(on) if on.is_empty() => " No such provider is on.".to_owned(),
        Ok(on) => {
            let names: Vec<String> = on.iter().map(|name| capital(name)).collect();
            format!(" On are: {}.", names.join(", "))
        }
        Err(_) => " Which are on could not be read.".to_owned(),
    };
    effects(vec![
        effect(
            Tone::Error,
            Icon::Lock,
            "May lock people out.",
            view! { "Sign-in providers that do not know " {callback} " turn people away: enter it there first." {who} },
        ),
        effect(
            Tone::Info,
            Icon::Refresh,
            "Restarts.",
            "Auth and the Data API are set up anew, which may take a moment.",
        ),
        effect(
            Tone::Neutral,
            Icon::Info,
            "Both work.",
            "The old address keeps answering. Tokens that were made before keep the issuer they have until they are renewed.",
        ),
    ])
}

/// For an active one: its records, and another look where something is wrong.
fn again(project: &str, config: &HostnameConfig) -> AnyView {
    if holds(config) {
        return records(project, config);
    }
    looked_at(project, config, "Look again")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(status: &str, result: serde_json::Value) -> HostnameConfig {
        serde_json::from_value(json!({ "status": status, "data": { "result": result } })).unwrap()
    }

    #[test]
    fn every_answer_in_between_is_said_as_it_is() {
        let fine = json!({ "status": "active", "ssl": { "status": "active" } });
        let missed = json!({ "verification_errors": ["not found"], "ssl": { "validation_errors": [{ "message": "not found" }] } });
        for (status, result, title) in [
            ("2_initiated", json!({}), "Waiting for the records"),
            ("2_initiated", missed.clone(), "Records not found"),
            ("3_challenge_verified", json!({}), "Certificate is on its way"),
            ("4_origin_setup_completed", fine.clone(), "Ready, not activated"),
            ("5_services_reconfigured", fine, "Active"),
            ("5_services_reconfigured", json!({}), "Active"),
            (
                "5_services_reconfigured",
                json!({ "status": "moved" }),
                "Active, but not right any more",
            ),
            ("5_services_reconfigured", missed, "Active, but not right any more"),
            ("6_teleported", json!({}), "Not known"),
        ] {
            let config = config(status, result);
            assert_eq!(Step::of(&config).standing(&config).title, title, "{status}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_once() {
        let config = config(
            "2_initiated",
            json!({ "verification_errors": ["a", "b"], "ssl": { "validation_errors": [{ "message": "a" }] } }),
        );
        assert_eq!(complaints(&config), ["a", "b"]);
    }
}
