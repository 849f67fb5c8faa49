//! Links to a project's configuration: its settings, plans that change them, baselines and comparisons.

use super::{encoded, project, with_choices};
use crate::plan::Kind;

/// Where the form of a configuration goes for the look of an e-mail.
pub fn mail_look(setting: &str) -> String {
    format!("/mail-look/{}", encoded(setting))
}

/// Where a form goes that draws up a plan of this kind, and where one is carried out or given up.
pub fn draw_up(kind: Kind) -> String {
    format!("/plans/{}", kind.as_str())
}

/// Where it is sent while it is being filled in, for a look at what would come of it.
pub fn preview(kind: Kind) -> String {
    format!("{}/preview", draw_up(kind))
}

pub fn apply(plan: &str) -> String {
    format!("/plans/{}/apply", encoded(plan))
}

/// Where a setting is left out of a plan.
pub fn leave_out(plan: &str) -> String {
    format!("/plans/{}/leave-out", encoded(plan))
}

/// The page of a project's configuration, by its area's word.
pub fn settings(reference: &str, area: &str) -> String {
    format!("{}/settings/{area}", project(reference))
}

/// Where an identity provider is added, and one of them.
pub fn new_sso_provider(reference: &str) -> String {
    format!("{}/new", settings(reference, "sso"))
}

pub fn sso_provider(reference: &str, id: &str) -> String {
    format!("{}/{}", settings(reference, "sso"), encoded(id))
}

/// One of the issuers that a project trusts.
pub fn issuer(reference: &str, id: &str) -> String {
    format!("{}/{}", settings(reference, "third-party"), encoded(id))
}

/// Where a person is given just-in-time access; empty for nobody yet.
pub fn jit_grant(reference: &str, person: &str) -> String {
    with_choices(&format!("{}/grant", settings(reference, "jit")), &[("person", person)])
}

/// A project going to another organization.
pub fn transfer(reference: &str) -> String {
    settings(reference, "transfer")
}

/// How a project's own pooler is set up.
pub fn pgbouncer(reference: &str) -> String {
    format!("{}/pgbouncer", settings(reference, "pooler"))
}

/// The add-ons of a project.
pub fn addons(reference: &str) -> String {
    format!("{}/add-ons", settings(reference, "infrastructure"))
}

/// A project's vanity subdomain, and the same with an answer to whether `name` can be had.
pub fn vanity(reference: &str) -> String {
    format!("{}/vanity", settings(reference, "hostname"))
}

pub fn vanity_checked(reference: &str, name: &str) -> String {
    with_choices(&vanity(reference), &[("name", name)])
}

/// A project's configuration beside that of `with`; empty for none yet.
pub fn compare(reference: &str, with: &str) -> String {
    let path = format!("{}/compare", project(reference));
    if with.is_empty() {
        path
    } else {
        format!("{path}?with={}", encoded(with))
    }
}

/// Baselines of all projects.
pub const DRIFT: &str = "/drift";

/// A project beside its baseline.
pub fn drift(reference: &str) -> String {
    format!("{}/drift", project(reference))
}

/// Where a baseline is set, where settings are accepted into it, where it is checked by itself and where it is forgotten:
/// `set`, `accept`, `checks`, `forget`.
pub fn baseline(reference: &str, act: &str) -> String {
    format!("/baselines/{}/{act}", encoded(reference))
}

/// Where one setting is changed in several projects.
pub const BULK: &str = "/bulk-change";

/// The same for one setting of an area; empty for none yet.
pub fn bulk(area: &str, setting: &str) -> String {
    with_choices(BULK, &[("area", area), ("setting", setting)])
}

/// Any two projects' configurations side by side.
pub const COMPARE: &str = "/compare";

/// Those of `one` and `other`; values are taken from the other.
pub fn compare_two(one: &str, other: &str) -> String {
    with_choices(COMPARE, &[("a", one), ("b", other)])
}

/// A project's whole configuration: to be exported, and to be imported.
pub fn configuration(reference: &str) -> String {
    format!("{}/configuration", project(reference))
}

/// The same as a file, as `toml` or `json`.
pub fn configuration_file(reference: &str, format: &str) -> String {
    format!("/files/{}/configuration/{format}", encoded(reference))
}

/// Where a plan that runs is stopped.
pub fn stop(plan: &str) -> String {
    format!("/plans/{}/stop", encoded(plan))
}

pub fn discard(plan: &str) -> String {
    format!("/plans/{}/discard", encoded(plan))
}

/// All settings that are in force.
pub fn in_force(reference: &str) -> String {
    format!("{}/settings/in-force", project(reference))
}
