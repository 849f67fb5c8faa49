//! Which projects of the list are shown, and in which order: read from the address, so that a view can be shared.

use leptos_router::params::ParamsMap;
use management_api::projects::Project;

/// The choices of the list's toolbar. Empty texts choose nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in name, ref, region or organization.
    pub search: String,
    /// The API's word for a status.
    pub status: String,
    pub region: String,
    /// Slug.
    pub organization: String,
    pub sort: Sort,
    pub view: View,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    Newest,
    Oldest,
    Status,
}

impl Sort {
    /// Word of the address and label of the choice.
    pub const ALL: [(Sort, &'static str, &'static str); 4] = [
        (Self::Name, "name", "Sort by name"),
        (Self::Newest, "newest", "Newest first"),
        (Self::Oldest, "oldest", "Oldest first"),
        (Self::Status, "status", "Sort by status"),
    ];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Table,
    Cards,
}

impl Filter {
    /// Reads the address; what is not understood is as if it were not there.
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default();
        let sort = text("sort");
        Self {
            search: text("search"),
            status: text("status"),
            region: text("region"),
            organization: text("organization"),
            sort: Sort::ALL
                .into_iter()
                .find(|(_, word, _)| *word == sort)
                .map(|(sort, ..)| sort)
                .unwrap_or_default(),
            view: if text("view") == "cards" {
                View::Cards
            } else {
                View::Table
            },
        }
    }

    /// Whether anything is left out.
    pub fn narrows(&self) -> bool {
        [&self.search, &self.status, &self.region, &self.organization]
            .iter()
            .any(|choice| !choice.is_empty())
    }

    /// The projects that fit, in order.
    pub fn apply(&self, mut projects: Vec<Project>) -> Vec<Project> {
        let words: Vec<String> = self.search.split_whitespace().map(str::to_lowercase).collect();
        projects.retain(|project| self.fits(project, &words));
        let name = |project: &Project| project.name.to_lowercase();
        match self.sort {
            Sort::Name => projects.sort_by_cached_key(name),
            Sort::Newest => projects.sort_by(|a, b| b.created_at.cmp(&a.created_at)),
            Sort::Oldest => projects.sort_by(|a, b| a.created_at.cmp(&b.created_at)),
            Sort::Status => {
                projects.sort_by_cached_key(|project| (project.status.as_str().to_owned(), name(project)));
            }
        }
        projects
    }

    fn fits(&self, project: &Project, words: &[String]) -> bool {
        let chosen = |choice: &str, value: &str| choice.is_empty() || choice == value;
        chosen(&self.status, project.status.as_str())
            && chosen(&self.region, &project.region)
            && chosen(&self.organization, &project.organization_slug)
            && words.iter().all(|word| {
                [
                    &project.name,
                    &project.reference,
                    &project.region,
                    &project.organization_slug,
                ]
                .iter()
                .any(|text| text.to_lowercase().contains(word.as_str()))
            })
    }
}

#[cfg(test)]
mod tests {
    use management_api::projects::ProjectStatus;

    use super::*;

    fn project(name: &str, region: &str, created_at: &str, status: ProjectStatus) -> Project {
        Project {
            reference: name.to_lowercase().repeat(4),
            organization_slug: "acme".into(),
            name: name.into(),
            region: region.into(),
            created_at: created_at.into(),
            status,
            database: None,
        }
    }

    fn some() -> Vec<Project> {
        vec![
            project("beta", "us-east-1", "2026-02-01", ProjectStatus::Inactive),
            project("Alpha", "eu-west-1", "2026-01-01", ProjectStatus::ActiveHealthy),
            project("gamma", "eu-west-1", "2026-03-01", ProjectStatus::ActiveHealthy),
        ]
    }

    fn names(query: &[(&str, &str)]) -> Vec<String> {
        let query = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Filter::read(&query)
            .apply(some())
            .into_iter()
            .map(|project| project.name)
            .collect()
    }

    #[test]
    fn sorts_by_name_without_regard_to_case() {
        assert_eq!(names(&[]), ["Alpha", "beta", "gamma"]);
        assert_eq!(names(&[("sort", "no-such-order")]), ["Alpha", "beta", "gamma"]);
    }

    #[test]
    fn every_word_must_occur_somewhere() {
        assert_eq!(names(&[("search", "EU-west mm")]), ["gamma"]);
        assert!(names(&[("search", "eu-west nothing")]).is_empty());
    }

    #[test]
    fn choices_narrow_together() {
        assert_eq!(
            names(&[
                ("status", "ACTIVE_HEALTHY"),
                ("region", "eu-west-1"),
                ("sort", "newest")
            ]),
            ["gamma", "Alpha"]
        );
        assert!(names(&[("organization", "other")]).is_empty());
    }
}
