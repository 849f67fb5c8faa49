//! Learning: what the answers of Supabase tell of names and of what belongs to what.

use management_api::{
    Operation, OperationId, Request,
    branches::{CreateBranch, GetBranch, GetBranchConfig, ListBranches, UpdateBranch},
    database::{GetSnippet, ListSnippets},
    functions::{GetFunction, ListFunctions},
    organizations::{
        CreateOrganization, GetOrganization, GetOrganizationEntitlements, ListOrganizationMembers, ListOrganizations,
    },
    projects::{CreateProject, GetProject, ListOrganizationProjects, ListProjects},
    secrets::ListSecrets,
};

use super::{
    Directory, KEY, Memberships,
    answers::{self, BranchSeen, OrganizationSeen, ProjectSeen, SnippetSeen, all, one},
    wants,
};
use crate::{
    identity::{Caller, PersonId},
    store::places::Home,
};

impl Directory {
    /// Whether answers of this operation teach anything.
    pub fn learns_from(operation: OperationId) -> bool {
        TEACHERS.contains(&operation) || wants::TELLING.contains(&operation)
    }

    /// Takes names and places out of an answer of Supabase's to `request`. Answers that hold none, or that cannot be read,
    /// teach nothing.
    pub fn learn(&self, caller: &Caller, request: &Request, body: &[u8]) {
        let person = &caller.person;
        self.wants.learn(person, request, body);
        let asked = |name: &str| request.parameter(name).map(str::to_owned);
        let id = request.id;
        if id == ListProjects::ID {
            for project in all::<ProjectSeen>(body) {
                self.note_project(person, project, None, true);
            }
        } else if id == GetProject::ID || id == CreateProject::ID {
            if let Some(project) = one::<ProjectSeen>(body) {
                self.note_project(person, project, asked("organization_slug"), false);
            }
        } else if id == ListOrganizationProjects::ID {
            for project in answers::projects(body) {
                self.note_project(person, project, asked("slug"), false);
            }
        } else if id == ListOrganizations::ID {
            for organization in all::<OrganizationSeen>(body) {
                self.note_organization(person, organization, None);
            }
        } else if id == GetOrganization::ID || id == CreateOrganization::ID {
            if let Some(organization) = one::<OrganizationSeen>(body) {
                self.note_organization(person, organization, asked("slug"));
            }
        } else if id == ListBranches::ID {
            for branch in all::<BranchSeen>(body) {
                self.note_branch(person, branch);
            }
        } else if id == GetBranch::ID || id == CreateBranch::ID || id == UpdateBranch::ID {
            if let Some(branch) = one::<BranchSeen>(body) {
                self.note_branch(person, branch);
            }
        } else if id == GetBranchConfig::ID {
            if let (Some(key), Some(config)) = (asked("branch_id_or_ref"), one::<ProjectSeen>(body)) {
                let own = Some(config.reference).filter(|own| *own != key);
                let home = Home { own, ..Home::default() };
                self.put(person, key, None, home, None);
            }
        } else if id == ListSnippets::ID {
            let project = asked("project_ref").filter(|project| !project.is_empty());
            for snippet in answers::snippets(body) {
                self.note_snippet(person, snippet, project.clone());
            }
        } else if id == GetSnippet::ID {
            if let Some(snippet) = one::<SnippetSeen>(body) {
                self.note_snippet(person, snippet, None);
            }
        } else if Memberships::learns_from(id) {
            self.memberships.learn(caller, request, body);
        }
    }

    /// `listed`: it stands among the person's projects, where branches do not.
    fn note_project(&self, person: &PersonId, project: ProjectSeen, organization: Option<String>, listed: bool) {
        let known = self.known(person, &project.reference).home.project;
        let itself = (listed && known.is_none()).then(|| project.reference.clone());
        let home = Home {
            project: itself,
            own: None,
            organization: project.organization().or(organization),
        };
        if let Some(status) = project.status.filter(|status| status.len() <= KEY) {
            self.statuses
                .insert((person.clone(), project.reference.clone()), status);
        }
        self.put(person, project.reference, project.name, home, None);
    }

    fn note_organization(&self, person: &PersonId, organization: OrganizationSeen, asked: Option<String>) {
        if let Some(slug) = organization.slug.or(asked) {
            self.put(person, slug, Some(organization.name), Home::default(), None);
        }
    }

    fn note_branch(&self, person: &PersonId, branch: BranchSeen) {
        let home = Home {
            project: Some(branch.parent_project_ref),
            ..Home::default()
        };
        let with_own = Home {
            own: Some(branch.project_ref.clone()),
            ..home.clone()
        };
        // Production goes by its own name, not by that of its entry among the branches.
        let name = branch
            .name
            .filter(|_| home.project.as_ref() != Some(&branch.project_ref));
        self.put(person, branch.project_ref, name, home, None);
        self.put(person, branch.id, None, with_own, None);
    }

    /// Snippets tell their project by a number that nothing else tells. Those of one project were asked for by its ref, so
    /// from then on its number is known.
    fn note_snippet(&self, person: &PersonId, snippet: SnippetSeen, project: Option<String>) {
        let number = snippet.project.map(|project| format!("#{}", project.id));
        let by_number = |number: &String| self.known(person, number).home.project;
        let Some(project) = project.or_else(|| number.as_ref().and_then(by_number)) else {
            return;
        };
        let home = Home {
            project: Some(project),
            ..Home::default()
        };
        for key in [Some(snippet.id), number].into_iter().flatten() {
            self.put(person, key, None, home.clone(), None);
        }
    }
}

/// The operations whose answers teach.
const TEACHERS: [OperationId; 19] = [
    ListProjects::ID,
    GetProject::ID,
    CreateProject::ID,
    ListOrganizationProjects::ID,
    ListOrganizations::ID,
    GetOrganization::ID,
    CreateOrganization::ID,
    ListOrganizationMembers::ID,
    GetOrganizationEntitlements::ID,
    ListBranches::ID,
    GetBranch::ID,
    CreateBranch::ID,
    UpdateBranch::ID,
    GetBranchConfig::ID,
    ListSnippets::ID,
    GetSnippet::ID,
    // Only what they hold.
    GetFunction::ID,
    ListFunctions::ID,
    ListSecrets::ID,
];
