//! Custom hostnames: set up, verified step by step, activated.
//!
//! Nobody can set DNS records for a sandbox, so it takes them to be there half of the world's pace after they were asked
//! for; from then on each look at them (reverify) goes one step further. A hostname under `.invalid`, which never is in
//! the DNS (RFC 2606), stays unverified. Guesses: the statuses of refusals, and which names are refused.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{DOMAIN, TAKEN, is_label};
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    organizations::Plan,
    projects::Project,
    token,
    world::Rules,
};

/// A custom hostname of a project.
#[derive(Clone, Serialize, Deserialize)]
pub struct Hostname {
    name: String,
    step: Step,
    /// When the step was reached.
    since: OffsetDateTime,
    /// Whether the latest look at the DNS found the records missing.
    missed: bool,
}

/// How far it is, in order. The document's first status, of a hostname that nothing was done for, is never met here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Step {
    Initiated,
    ChallengeVerified,
    OriginSetUp,
    Active,
}

impl Step {
    fn as_str(self) -> &'static str {
        match self {
            Self::Initiated => "2_initiated",
            Self::ChallengeVerified => "3_challenge_verified",
            Self::OriginSetUp => "4_origin_setup_completed",
            Self::Active => "5_services_reconfigured",
        }
    }
}

impl Hostname {
    pub fn is_active(&self) -> bool {
        self.step == Step::Active
    }

    /// A look at the DNS: one step further, if the records had the time to spread.
    fn verify(&mut self, now: OffsetDateTime, rules: &Rules) {
        let next = match self.step {
            Step::Initiated => Step::ChallengeVerified,
            Step::ChallengeVerified => Step::OriginSetUp,
            Step::OriginSetUp | Step::Active => return,
        };
        self.missed = self.name.ends_with(".invalid") || now < self.since + rules.coming_up / 2;
        if !self.missed {
            (self.step, self.since) = (next, now);
        }
    }

    /// The document's answer for all operations on a hostname.
    fn config(&self, project: &str) -> Value {
        let seed = format!("{project} {}", self.name);
        let proof = token::uuid(&format!("{seed} ownership"));
        let (ownership, ownership_record) = if self.step == Step::Initiated {
            let name = format!("_cf-custom-hostname.{}", self.name);
            ("pending", json!({ "type": "txt", "name": name, "value": proof }))
        } else {
            ("active", json!({ "type": "", "name": "", "value": "" }))
        };
        let (ssl, ssl_records) = if self.step < Step::OriginSetUp {
            let record = json!({
                "txt_name": format!("_acme-challenge.{}", self.name),
                "txt_value": token::letters(&format!("{seed} certificate")),
            });
            ("pending_validation", vec![record])
        } else {
            ("active", vec![])
        };
        let mut result = json!({
            "id": token::uuid(&seed),
            "hostname": self.name,
            "ssl": { "status": ssl, "validation_records": ssl_records },
            "ownership_verification": ownership_record,
            "custom_origin_server": format!("{project}.{DOMAIN}"),
            "status": ownership,
        });
        if self.missed {
            let message = match self.step {
                Step::Initiated => "The ownership record was not found in the DNS yet.",
                Step::ChallengeVerified | Step::OriginSetUp | Step::Active => {
                    "The certificate record was not found in the DNS yet."
                }
            };
            result["verification_errors"] = json!([message]);
            result["ssl"]["validation_errors"] = json!([{ "message": message }]);
        }
        json!({
            "status": self.step.as_str(),
            "custom_hostname": self.name,
            "data": { "success": true, "errors": [], "messages": [], "result": result },
        })
    }
}

/// The add-on that custom hostnames need.
const ADDON: &str = "custom_domain";

/// The path's project, if it has the add-on. An organization that came down to the free plan has none of it.
fn entitled<'a>(call: &'a Call<'_>) -> Result<&'a Project, Refusal> {
    let project = call.project()?;
    let free = call.plan()? == Plan::Free;
    if free || !project.parts.billing.has(ADDON) {
        // The dashboard knows this case by the words "not allowed to set up custom domain".
        let message = "The project is not allowed to set up custom domain: it takes a paid plan with the add-on.";
        return Err(Refusal::Invalid(message.to_owned()));
    }
    Ok(project)
}

/// Likewise, by the words "custom hostname configuration".
fn none() -> Refusal {
    Refusal::Invalid("The project has no custom hostname configuration.".to_owned())
}

fn of(project: &Project) -> Result<&Hostname, Refusal> {
    project.parts.domains.hostname.as_ref().ok_or_else(none)
}

/// v1-get-hostname-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = entitled(call)?;
    Ok(answer(StatusCode::OK, &of(project)?.config(&project.reference)))
}

#[derive(Deserialize)]
struct Wanted {
    custom_hostname: String,
}

/// A subdomain of a foreign domain, in lower case.
fn hostname(text: &str) -> Result<String, Refusal> {
    let name = text.to_ascii_lowercase();
    let is_under = |domain: &str| name == domain || name.ends_with(&format!(".{domain}"));
    let foreign = !TAKEN.into_iter().any(is_under);
    if foreign && name.len() <= 253 && name.split('.').count() >= 3 && name.split('.').all(is_label) {
        Ok(name)
    } else {
        Err(Refusal::Invalid(
            "custom_hostname: expected a subdomain of a domain of your own, such as api.example.com.".to_owned(),
        ))
    }
}

/// v1-update-hostname-config
pub fn initialize(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = entitled(call)?;
    project.check_running(now)?;
    let Wanted { custom_hostname } = call.request.json()?;
    let name = hostname(&custom_hostname)?;
    let taken = |other: &Project| {
        let hostname = other.parts.domains.hostname.as_ref();
        other.reference != project.reference
            && !other.is_removed(now)
            && hostname.is_some_and(|hostname| hostname.name == name)
    };
    if call.world.projects.iter().any(taken) {
        return Err(Refusal::HostnameTaken);
    }
    if project.parts.domains.hostname.is_some() {
        // One at a time: the one that is there is removed first.
        return Err(Refusal::HostnameTaken);
    }
    let project = call.project_mut()?;
    project.parts.domains.hostname = Some(Hostname {
        name,
        step: Step::Initiated,
        since: now,
        missed: false,
    });
    Ok(answer(StatusCode::CREATED, &of(project)?.config(&project.reference)))
}

/// Changes the hostname of the path's project and answers with what it is then.
fn change(call: &mut Call<'_>, change: impl FnOnce(&mut Hostname, &Rules) -> Result<(), Refusal>) -> Answered {
    entitled(call)?.check_running(call.now)?;
    let rules = call.world.rules.clone();
    let project = call.project_mut()?;
    let hostname = project.parts.domains.hostname.as_mut().ok_or_else(none)?;
    change(hostname, &rules)?;
    Ok(answer(StatusCode::CREATED, &hostname.config(&project.reference)))
}

/// v1-verify-dns-config
pub fn reverify(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    change(call, |hostname, rules| {
        if hostname.step >= Step::OriginSetUp {
            return Err(Refusal::Invalid("The custom hostname is verified already.".to_owned()));
        }
        hostname.verify(now, rules);
        Ok(())
    })
}

/// v1-activate-custom-hostname
pub fn activate(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    change(call, |hostname, _| {
        match hostname.step {
            Step::Initiated | Step::ChallengeVerified => {
                let message = format!(
                    "The custom hostname cannot be activated before its DNS records are verified; it is at {}.",
                    hostname.step.as_str()
                );
                return Err(Refusal::Invalid(message));
            }
            Step::OriginSetUp => (hostname.step, hostname.since) = (Step::Active, now),
            Step::Active => {
                return Err(Refusal::Invalid("The custom hostname is active already.".to_owned()));
            }
        }
        Ok(())
    })
}

/// v1-Delete hostname config
pub fn delete(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let with_addon = match call.request.query("remove_addon") {
        None | Some("" | "false") => false,
        Some("true") => true,
        Some(_) => return Err(Refusal::Invalid("remove_addon: expected true or false.".to_owned())),
    };
    let parts = &mut call.project_mut()?.parts;
    parts.domains.hostname.take().ok_or_else(none)?;
    if with_addon {
        parts.billing.end(ADDON);
    }
    Ok(empty(StatusCode::OK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_subdomains_of_foreign_domains_will_do() {
        for good in ["api.example.com", "API.Example.com", "a.b.c.example.co.uk"] {
            assert_eq!(hostname(good), Ok(good.to_lowercase()));
        }
        for bad in [
            "",
            "example.com",
            "x.supabase.co",
            "x.supabase.localhost",
            "supabase.localhost",
            "a..example.com",
            "-a.example.com",
            "a b.example.com",
            "é.example.com",
        ] {
            assert!(hostname(bad).is_err(), "{bad}");
        }
    }
}
