//! Directory: the names of the organizations and projects that a person has seen, so that a page can name its place
//! before Supabase has answered, and without asking it.

use std::time::Duration;

use app::backend::read;
use management_api::{
    Operation, Request,
    organizations::{GetOrganization, ListOrganizations},
    projects::{GetProject, ListProjects},
};
use moka::sync::Cache;

use crate::stack::PersonId;

/// Names that are kept at most, of all people together.
const NAMES: u64 = 100_000;
/// A name that was not seen for so long is forgotten.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Names by person and slug or ref; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Directory(Cache<(PersonId, String), String>);

impl Default for Directory {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(NAMES).time_to_idle(KEPT).build())
    }
}

impl Directory {
    /// The name that goes with a slug or ref, if the person has seen it.
    pub fn name(&self, person: &PersonId, key: &str) -> Option<String> {
        self.0.get(&(person.clone(), key.to_owned()))
    }

    /// Takes the names out of an answer to `request`. Answers that hold none, or that cannot be read, teach nothing.
    pub fn learn(&self, person: &PersonId, request: &Request, body: &[u8]) {
        let note = |key: String, name: String| self.0.insert((person.clone(), key), name);
        if request.id == ListProjects::ID {
            for project in read::<ListProjects>(body).unwrap_or_default() {
                note(project.reference, project.name);
            }
        } else if request.id == ListOrganizations::ID {
            for organization in read::<ListOrganizations>(body).unwrap_or_default() {
                note(organization.slug, organization.name);
            }
        } else if request.id == GetProject::ID {
            if let Ok(project) = read::<GetProject>(body) {
                note(project.reference, project.name);
            }
        } else if request.id == GetOrganization::ID
            && let (Ok(organization), Some(slug)) = (read::<GetOrganization>(body), request.parameter("slug"))
        {
            note(slug.to_owned(), organization.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use management_api::Operation;

    use super::*;

    fn learn(directory: &Directory, person: &str, operation: &impl Operation, body: &str) {
        directory.learn(
            &person.to_owned().into(),
            &Request::of(operation).unwrap(),
            body.as_bytes(),
        );
    }

    #[test]
    fn names_are_the_own_persons_only() {
        let directory = Directory::default();
        let body = r#"[{"id": "1", "slug": "acme", "name": "Acme"}]"#;
        learn(&directory, "ada", &ListOrganizations {}, body);
        assert_eq!(
            directory.name(&"ada".to_owned().into(), "acme").as_deref(),
            Some("Acme")
        );
        assert_eq!(directory.name(&"eve".to_owned().into(), "acme"), None);
    }

    #[test]
    fn the_newest_name_counts_and_nonsense_teaches_nothing() {
        let directory = Directory::default();
        let get = GetOrganization {
            slug: "acme".to_owned(),
        };
        learn(&directory, "ada", &get, r#"{"name": "Acme"}"#);
        learn(&directory, "ada", &get, "<html>");
        learn(&directory, "ada", &get, r#"{"name": "Acme & Co"}"#);
        assert_eq!(
            directory.name(&"ada".to_owned().into(), "acme").as_deref(),
            Some("Acme & Co")
        );
    }
}
