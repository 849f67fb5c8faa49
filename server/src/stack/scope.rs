//! What a call is about: the unit in which upstream counts calls and in which a write outdates reads.

use management_api::Request;
use percent_encoding::percent_decode_str;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// One project, by its ref.
    Project(String),
    /// One organization, by its slug.
    Organization(String),
    /// Neither: what belongs to the caller, such as the list of all projects.
    Caller,
}

impl Scope {
    /// Read from the path, which every request has in full; a new project belongs to its organization.
    pub fn of(request: &Request) -> Self {
        let placeholder = request
            .id
            .row()
            .path
            .split('/')
            .nth(3)
            .is_some_and(|segment| segment.starts_with('{'));
        let mut segments = request.path.split('/').skip(2);
        match (segments.next(), segments.next().filter(|_| placeholder)) {
            (Some("projects"), Some(reference)) => Self::Project(decoded(reference)),
            (Some("organizations"), Some(slug)) => Self::Organization(decoded(slug)),
            _ => match request.parameter("organization_slug") {
                Some(slug) => Self::Organization(slug.to_owned()),
                None => Self::Caller,
            },
        }
    }
}

fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use management_api::{
        organizations::GetOrganization,
        projects::{GetServicesHealth, ListAvailableRegions, ListProjects},
    };

    use super::*;

    #[test]
    fn scope_is_read_from_the_path() {
        let health = Request::of(&GetServicesHealth::of("a-b".to_owned())).unwrap();
        assert_eq!(Scope::of(&health), Scope::Project("a-b".to_owned()));
        let organization = Request::of(&GetOrganization {
            slug: "acme".to_owned(),
        })
        .unwrap();
        assert_eq!(Scope::of(&organization), Scope::Organization("acme".to_owned()));
        let regions = Request::of(&ListAvailableRegions::of("acme".to_owned())).unwrap();
        assert_eq!(Scope::of(&regions), Scope::Organization("acme".to_owned()));
        assert_eq!(Scope::of(&Request::of(&ListProjects {}).unwrap()), Scope::Caller);
    }
}
