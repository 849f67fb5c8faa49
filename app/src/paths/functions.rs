//! Links to Edge Functions.

use super::{encoded, project, with_choices};

/// A project's Edge Functions.
pub fn functions(reference: &str) -> String {
    format!("{}/functions", project(reference))
}

pub fn new_function(reference: &str) -> String {
    format!("{}/new", functions(reference))
}

pub fn function(reference: &str, slug: &str) -> String {
    format!("{}/{}", functions(reference), encoded(slug))
}

pub fn function_source(reference: &str, slug: &str) -> String {
    format!("{}/source", function(reference, slug))
}

pub fn function_settings(reference: &str, slug: &str) -> String {
    format!("{}/settings", function(reference, slug))
}

pub fn function_everywhere(reference: &str, slug: &str) -> String {
    format!("{}/everywhere", function(reference, slug))
}

/// Where several functions of a project are changed at once; their slugs stand in the query.
pub fn change_functions(reference: &str) -> String {
    format!("{}/function-changes", project(reference))
}

/// Where it is asked before several functions are deleted; their slugs stand in the query.
pub fn delete_functions(reference: &str) -> String {
    format!("{}/function-deletion", project(reference))
}

/// Where functions of a project are deployed to others, too; their slugs stand in the query.
pub fn deploy_elsewhere(reference: &str) -> String {
    format!("{}/function-copies", project(reference))
}

/// The same for one function.
pub fn deploy_one_elsewhere(reference: &str, slug: &str) -> String {
    with_choices(&deploy_elsewhere(reference), &[("slug", slug)])
}

/// A function's overview with the numbers of the last `interval` (the API's word).
pub fn function_usage(reference: &str, slug: &str, interval: &str) -> String {
    format!("{}?interval={}", function(reference, slug), encoded(interval))
}

/// A function's files as a zip.
pub fn function_zip(reference: &str, slug: &str) -> String {
    format!("/zip/functions/{}/{}", encoded(reference), encoded(slug))
}
