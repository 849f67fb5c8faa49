//! Links to projects and to what belongs to one: its programs, notebooks, metrics, log drains and private links.

use super::{encoded, under, with_choices};

pub const PROJECTS: &str = "/projects";
pub const NEW_PROJECT: &str = "/projects/new";

pub fn new_project_in(slug: &str) -> String {
    format!("{NEW_PROJECT}?organization={}", encoded(slug))
}

pub fn project(reference: &str) -> String {
    under(PROJECTS, reference)
}

pub fn project_settings(reference: &str) -> String {
    format!("{}/settings", project(reference))
}

/// A project's overview with the requests of the last `interval` (the API's word).
pub fn project_usage(reference: &str, interval: &str) -> String {
    format!("{}?interval={}", project(reference), encoded(interval))
}

/// The accounts at AWS that a project's databases are shared with.
pub fn private_link(reference: &str) -> String {
    format!("{}/private-link", project(reference))
}

/// A project's programs.
pub fn compute(reference: &str) -> String {
    format!("{}/compute", project(reference))
}

/// Where one is deployed; `name` is empty before it has one.
pub fn new_compute(reference: &str, name: &str) -> String {
    with_choices(&format!("{}/new", compute(reference)), &[("name", name)])
}

pub fn compute_instance(reference: &str, name: &str) -> String {
    format!("{}/{}", compute(reference), encoded(name))
}

pub fn notebooks(reference: &str) -> String {
    format!("{}/notebooks", project(reference))
}

/// Those with `name` in their name, on the page that lies behind or before a cursor.
pub fn notebooks_at(reference: &str, name: &str, cursor: (&str, &str)) -> String {
    with_choices(&notebooks(reference), &[("name", name), cursor])
}

pub fn new_notebook(reference: &str) -> String {
    format!("{}/new", notebooks(reference))
}

pub fn notebook(reference: &str, id: &str) -> String {
    format!("{}/{}", notebooks(reference), encoded(id))
}

pub fn notebook_edit(reference: &str, id: &str) -> String {
    format!("{}/edit", notebook(reference, id))
}

/// The notebook with one of its cells run.
pub fn notebook_run(reference: &str, id: &str, cell: &str) -> String {
    with_choices(&notebook(reference, id), &[("run", cell)])
}

/// What a project measures of itself.
pub fn metrics(reference: &str) -> String {
    format!("{}/metrics", project(reference))
}

/// The same with one metric opened.
pub fn metric(reference: &str, name: &str) -> String {
    with_choices(&metrics(reference), &[("metric", name)])
}

/// Where a project's logs are sent.
pub fn log_drains(reference: &str) -> String {
    format!("{}/log-drains", project(reference))
}

/// Where one is added, to a kind of place (the API's word); empty for none yet.
pub fn new_log_drain(reference: &str, kind: &str) -> String {
    with_choices(&format!("{}/new", log_drains(reference)), &[("kind", kind)])
}

pub fn log_drain(reference: &str, id: &str) -> String {
    format!("{}/{}", log_drains(reference), encoded(id))
}
