//! Links to secrets and keys, of one project and of all.

use super::{encoded, project, with_choices};

/// The secrets of all projects, side by side.
pub const SECRETS: &str = "/secrets";
/// Where one is changed in many projects at once.
pub const CHANGE_SECRETS: &str = "/secrets/change";
/// Where it is asked before secrets are deleted in several projects; their names stand in the query.
pub const DELETE_SECRETS: &str = "/secrets/delete";

/// The secrets of all projects, of which `name` is sought.
pub fn secrets_named(name: &str) -> String {
    with_choices(SECRETS, &[("search", name)])
}

/// Where the secret `name` is changed in many projects at once.
pub fn change_secret(name: &str) -> String {
    with_choices(CHANGE_SECRETS, &[("name", name)])
}

/// The secrets of a project's functions; a value that is to be compared is posted there.
pub fn secrets(reference: &str) -> String {
    format!("{}/secrets", project(reference))
}

/// The names of a project's secrets, as a file to be filled in.
pub fn secrets_file(reference: &str) -> String {
    format!("{}/names", secrets(reference))
}

/// Where secrets are set; `name` is the one to begin with, if any.
pub fn add_secrets(reference: &str, name: &str) -> String {
    with_choices(&format!("{}/add", secrets(reference)), &[("name", name)])
}

/// Where it is asked before secrets are deleted; their names stand in the query.
pub fn delete_secrets(reference: &str) -> String {
    format!("{}/delete", secrets(reference))
}

/// The keys of all projects.
pub const KEYS: &str = "/keys";

/// The keys that apps call a project's APIs with.
pub fn keys(reference: &str) -> String {
    format!("{}/keys", project(reference))
}

/// Where one is made; `kind` (the API's word) is the one to begin with.
pub fn new_key(reference: &str, kind: &str) -> String {
    with_choices(&format!("{}/new", keys(reference)), &[("type", kind)])
}

/// The keys that a project signs access tokens with, and where one is made.
pub fn signing_keys(reference: &str) -> String {
    format!("{}/signing", keys(reference))
}

pub fn new_signing_key(reference: &str) -> String {
    format!("{}/new", signing_keys(reference))
}

pub fn key(reference: &str, id: &str) -> String {
    format!("{}/{}", keys(reference), encoded(id))
}
