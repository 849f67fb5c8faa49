//! Directory: the names of the organizations and projects that a person has seen, so that a page can name its place
//! before Supabase has answered, and without asking it.

use std::time::Duration;

use app::{backend::read, error::shortened};
use management_api::{
    Operation, Request,
    organizations::{GetOrganization, ListOrganizations},
    projects::{GetProject, ListProjects},
};
use moka::sync::Cache;

use crate::stack::PersonId;

/// Bytes that are kept at most, of all people together: room for about 100,000 names.
const BYTES: u64 = 32 * 1024 * 1024;
/// Bytes that an entry takes beside its texts.
const ENTRY: usize = 200;
/// Characters of a name, at most.
const NAME: usize = 200;
/// Bytes of a slug or ref; a longer one is none.
const KEY: usize = 100;
/// A name that was not seen for so long is forgotten.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Names by person and slug or ref; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Directory(Cache<(PersonId, String), String>);

impl Default for Directory {
    fn default() -> Self {
        Self::holding(BYTES)
    }
}

impl Directory {
    fn holding(bytes: u64) -> Self {
        Self(
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|(person, key): &(PersonId, String), name: &String| {
                    u32::try_from(ENTRY + person.as_str().len() + key.len() + name.len()).unwrap_or(u32::MAX)
                })
                .time_to_idle(KEPT)
                .build(),
        )
    }

    /// The name that goes with a slug or ref, if the person has seen it.
    pub fn name(&self, person: &PersonId, key: &str) -> Option<String> {
        self.0.get(&(person.clone(), key.to_owned()))
    }

    /// Takes the names out of an answer to `request`. Answers that hold none, or that cannot be read, teach nothing.
    pub fn learn(&self, person: &PersonId, request: &Request, body: &[u8]) {
        let note = |key: String, name: String| {
            if key.len() <= KEY {
                self.0.insert((person.clone(), key), shortened(name, NAME));
            }
        };
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

    #[test]
    fn it_is_bounded_however_many_and_however_long_the_names_are() {
        let directory = Directory::holding(100_000);
        let get = |slug: String| GetOrganization { slug };
        for n in 0..2_000 {
            learn(&directory, "ada", &get(format!("acme-{n}")), r#"{"name": "Acme"}"#);
        }
        directory.0.run_pending_tasks();
        assert!(directory.0.weighted_size() <= 100_000);
        assert!(directory.0.entry_count() < 500);
        let directory = Directory::default();
        let long = format!(
            r#"[{{"id": "1", "slug": "acme", "name": "{}"}}]"#,
            "n".repeat(1_000_000)
        );
        learn(&directory, "ada", &ListOrganizations {}, &long);
        let name = directory.name(&"ada".to_owned().into(), "acme").unwrap();
        assert_eq!(name.chars().count(), NAME + 1);
        let strange = format!(
            r#"[{{"id": "1", "slug": "{}", "name": "Acme"}}]"#,
            "s".repeat(1_000_000)
        );
        learn(&directory, "eve", &ListOrganizations {}, &strange);
        directory.0.run_pending_tasks();
        assert_eq!(directory.0.entry_count(), 1);
    }
}
