//! The side menu: which entries there are, and what operation makes each page possible.

use management_api::OperationId;
use percent_encoding::percent_decode_str;

use crate::{paths, ui::icon::Icon};

/// What part of the console a path belongs to; it decides the side menu and the breadcrumbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everything the person can see.
    Account,
    /// One organization, by slug.
    Organization(String),
    /// One project, by ref.
    Project(String),
}

impl Place {
    /// Reads the place from a path of [`crate::paths`].
    pub fn of(path: &str) -> Self {
        let mut segments = path.trim_start_matches('/').split('/');
        let (area, name) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
        let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
        match (area, name.as_str()) {
            (_, "" | "new") => Self::Account,
            ("organizations", _) => Self::Organization(name),
            ("projects", _) => Self::Project(name),
            _ => Self::Account,
        }
    }

    /// The entries of this place's menu.
    pub fn entries(&self) -> &'static [Entry] {
        match self {
            Self::Account => ACCOUNT,
            Self::Organization(_) => ORGANIZATION,
            Self::Project(_) => PROJECT,
        }
    }

    /// The slug or ref that the links of this place are made with.
    pub fn name(&self) -> &str {
        match self {
            Self::Account => "",
            Self::Organization(name) | Self::Project(name) => name,
        }
    }
}

/// One entry of a side menu.
pub struct Entry {
    pub title: &'static str,
    /// Heading over the entries that belong together.
    pub group: &'static str,
    pub icon: Icon,
    /// What the page needs to be allowed to call.
    pub operation: OperationId,
    /// The page's path, for the place's slug or ref.
    pub path: fn(&str) -> String,
}

const ACCOUNT: &[Entry] = &[
    Entry {
        title: "Projects",
        group: "Everything",
        icon: Icon::Project,
        operation: OperationId::ListProjects,
        path: |_| paths::PROJECTS.to_owned(),
    },
    Entry {
        title: "Organizations",
        group: "Everything",
        icon: Icon::Organization,
        operation: OperationId::ListOrganizations,
        path: |_| paths::ORGANIZATIONS.to_owned(),
    },
    Entry {
        title: "Audit",
        group: "Everything",
        icon: Icon::Audit,
        // It says whose calls the person may see besides their own.
        operation: OperationId::ListProjects,
        path: |_| paths::AUDIT.to_owned(),
    },
    Entry {
        title: "API explorer",
        group: "Tools",
        icon: Icon::Terminal,
        // Each operation there needs its own.
        operation: OperationId::GetProfile,
        path: |_| paths::EXPLORER.to_owned(),
    },
];

const ORGANIZATION: &[Entry] = &[
    Entry {
        title: "Overview",
        group: "Organization",
        icon: Icon::Organization,
        operation: OperationId::GetOrganization,
        path: paths::organization,
    },
    Entry {
        title: "Projects",
        group: "Organization",
        icon: Icon::Project,
        operation: OperationId::ListOrganizationProjects,
        path: paths::organization_projects,
    },
    Entry {
        title: "Members",
        group: "Organization",
        icon: Icon::Members,
        operation: OperationId::ListOrganizationMembers,
        path: paths::organization_members,
    },
    Entry {
        title: "Entitlements",
        group: "Organization",
        icon: Icon::Entitlement,
        operation: OperationId::GetOrganizationEntitlements,
        path: paths::organization_entitlements,
    },
];

const PROJECT: &[Entry] = &[
    Entry {
        title: "Overview",
        group: "Project",
        icon: Icon::Project,
        operation: OperationId::GetProject,
        path: paths::project,
    },
    Entry {
        title: "Settings",
        group: "Project",
        icon: Icon::Settings,
        operation: OperationId::UpdateProject,
        path: paths::project_settings,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_stays_in_its_place() {
        for place in [
            Place::Account,
            Place::Organization("acme".into()),
            Place::Project("abcdefghijklmnopqrst".into()),
        ] {
            for entry in place.entries() {
                assert_eq!(Place::of(&(entry.path)(place.name())), place, "{}", entry.title);
            }
        }
    }

    #[test]
    fn creating_belongs_to_everything() {
        assert_eq!(Place::of(paths::NEW_PROJECT), Place::Account);
        assert_eq!(Place::of(paths::NEW_ORGANIZATION), Place::Account);
        assert_eq!(Place::of("/"), Place::Account);
        assert_eq!(Place::of(&paths::audit_call(7)), Place::Account);
    }

    #[test]
    fn hostile_names_survive_the_path() {
        let slug = "a/../b ?#%\u{202e}";
        assert_eq!(
            Place::of(&paths::organization(slug)),
            Place::Organization(slug.to_owned())
        );
    }
}
