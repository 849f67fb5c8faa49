//! Directory: what a person has seen of organizations, projects, branches and snippets. Their names, so that a page can name
//! its place before Supabase has answered; and what belongs to what, so that every call is told to the right people.

use std::{collections::HashMap, time::Duration};

use app::error::shortened;
use management_api::{
    Operation, OperationId, Request, Scope, Subject,
    branches::{CreateBranch, GetBranch, GetBranchConfig, ListBranches, UpdateBranch},
    database::{GetSnippet, ListSnippets},
    organizations::{CreateOrganization, GetOrganization, ListOrganizations},
    projects::{CreateProject, GetProject, ListOrganizationProjects, ListProjects},
};
use moka::{future, sync::Cache};
use tokio::sync::{mpsc, oneshot};

use self::answers::{BranchSeen, OrganizationSeen, ProjectSeen, SnippetSeen, all, one};
use crate::{
    stack::{PersonId, Place},
    store::{
        Store, now,
        places::{Home, PlaceRow},
    },
};

mod answers;

/// Bytes that are kept at most, of all people together: room for about 100,000 names.
const BYTES: u64 = 32 * 1024 * 1024;
/// Bytes that an entry takes beside its texts.
const ENTRY: usize = 200;
/// Characters of a name, at most.
const NAME: usize = 200;
/// Bytes of a slug, ref or id; a longer one is none.
const KEY: usize = 100;
/// A name that was not seen for so long is forgotten.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// What was asked in vain is not asked again for so long.
const VAIN: Duration = Duration::from_secs(60);
/// Questions that are remembered, at most.
const QUESTIONS: u64 = 10_000;
/// Seconds after which what is still so is written down again: the oldest is the first to be forgotten.
const FRESH: i64 = 24 * 60 * 60;
/// Rows that wait to be written. What comes on top is not kept over a restart.
const WAITING: usize = 8_192;
/// Rows written in one statement.
const BATCH: usize = 500;

/// What is known of a slug, ref or id.
#[derive(Clone, Default)]
struct Known {
    name: Option<String>,
    home: Home,
    /// When it was last written down, in Unix seconds; 0: never.
    kept_at: i64,
}

/// What is known, by person and slug, ref or id; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Directory {
    known: Cache<(PersonId, String), Known>,
    /// What was asked lately.
    asked: future::Cache<(PersonId, String), ()>,
    /// `None`: it is forgotten with the process.
    kept: Option<Kept>,
}

#[derive(Clone)]
struct Kept {
    store: Store,
    rows: mpsc::Sender<Message>,
}

enum Message {
    Row(PlaceRow),
    /// Answers when everything before it has been written.
    Flush(oneshot::Sender<()>),
}

impl std::fmt::Debug for Directory {
    /// Leaves out what people have seen.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Directory").finish_non_exhaustive()
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::holding(BYTES)
    }
}

impl Directory {
    /// A directory that outlives the process. Made within a Tokio runtime, where it keeps a task that writes.
    pub fn of(store: &Store) -> Self {
        let (rows, waiting) = mpsc::channel(WAITING);
        tokio::spawn(keep(store.clone(), waiting));
        Self {
            kept: Some(Kept {
                store: store.clone(),
                rows,
            }),
            ..Self::default()
        }
    }

    fn holding(bytes: u64) -> Self {
        Self {
            known: Cache::builder()
                .max_capacity(bytes)
                .weigher(|(person, key): &(PersonId, String), known: &Known| {
                    let Home {
                        project,
                        own,
                        organization,
                    } = &known.home;
                    let texts = [&known.name, project, own, organization];
                    let texts: usize = texts.into_iter().flatten().map(String::len).sum();
                    u32::try_from(ENTRY + person.as_str().len() + key.len() + texts).unwrap_or(u32::MAX)
                })
                .time_to_idle(KEPT)
                .build(),
            asked: future::Cache::builder()
                .max_capacity(QUESTIONS)
                .time_to_live(VAIN)
                .build(),
            kept: None,
        }
    }

    fn known(&self, person: &PersonId, key: &str) -> Known {
        self.known.get(&(person.clone(), key.to_owned())).unwrap_or_default()
    }

    /// The name that goes with a slug or ref, if the person has seen it.
    pub fn name(&self, person: &PersonId, key: &str) -> Option<String> {
        self.known(person, key).name
    }

    /// What a call belongs to, as far as the person's answers have told.
    pub fn place(&self, person: &PersonId, request: &Request) -> Place {
        match Subject::of(request) {
            Subject::Scope(Scope::Project(reference)) => self.place_of_project(person, reference),
            Subject::Scope(scope @ (Scope::Organization(_) | Scope::Account)) => scope.into(),
            Subject::Snippet(id) => match self.known(person, &id).home.project {
                Some(project) => self.place_of_project(person, project),
                None => Scope::Account.into(),
            },
            Subject::Branch(key) => {
                let Home { project, own, .. } = self.known(person, &key).home;
                let own = own.or_else(|| is_ref(&key).then_some(key));
                let of_own = own.as_ref().map(|own| self.known(person, own).home).unwrap_or_default();
                match project.or(of_own.project) {
                    Some(parent) => {
                        let place = self.place_of_project(person, parent.clone());
                        Place {
                            own: own.filter(|own| *own != parent),
                            // The parent's is the branch's.
                            organization: place.organization.clone().or(of_own.organization),
                            ..place
                        }
                    }
                    // The parent is not known, but whose it is: the people of the organization are told.
                    None => Place {
                        own,
                        ..of_own.organization.map_or(Scope::Account, Scope::Organization).into()
                    },
                }
            }
        }
    }

    /// A branch's own project belongs to its parent.
    fn place_of_project(&self, person: &PersonId, reference: String) -> Place {
        let home = self.known(person, &reference).home;
        match home.project.filter(|parent| *parent != reference) {
            Some(parent) => Place {
                organization: self.known(person, &parent).home.organization.or(home.organization),
                own: Some(reference),
                scope: Scope::Project(parent),
            },
            None => Place {
                scope: Scope::Project(reference),
                own: None,
                organization: home.organization,
            },
        }
    }

    /// What to ask Supabase, so that more is known of what a call belongs to; `None` where nothing is missing, or nothing
    /// would tell.
    pub fn question(&self, person: &PersonId, request: &Request) -> Option<Request> {
        let place = self.place(person, request);
        if place.organization.is_some() {
            return None;
        }
        let project = match (Subject::of(request), place) {
            (
                _,
                Place {
                    scope: Scope::Project(project),
                    ..
                },
            ) => project,
            (Subject::Branch(_), Place { own: Some(own), .. }) => own,
            (Subject::Branch(key), Place { own: None, .. }) => {
                return Request::of(&GetBranchConfig { branch_id_or_ref: key }).ok();
            }
            (Subject::Scope(_) | Subject::Snippet(_), _) => return None,
        };
        Request::of(&GetProject { project }).ok()
    }

    /// Lets `ask` run unless the same was asked lately; whoever comes meanwhile waits for it.
    pub async fn once(&self, person: &PersonId, question: &str, ask: impl Future<Output = ()>) {
        self.asked.get_with((person.clone(), question.to_owned()), ask).await;
    }

    /// Brings back what was known before a restart of what the request is about.
    pub async fn recall(&self, person: &PersonId, request: &Request) {
        let Some(kept) = &self.kept else { return };
        let key = match Subject::of(request) {
            Subject::Scope(Scope::Project(key)) | Subject::Branch(key) | Subject::Snippet(key) => key,
            Subject::Scope(Scope::Organization(_) | Scope::Account) => return,
        };
        let home = self.known(person, &key).home;
        if home.organization.is_some() || home.project.is_some_and(|project| self.belongs(person, &project)) {
            return;
        }
        match kept.store.places_of(person, &key).await {
            Ok(rows) => {
                for (key, home) in rows {
                    self.put(person, key, None, home, Some(now()));
                }
            }
            Err(error) => tracing::warn!(%error, "what a call belongs to could not be looked up"),
        }
    }

    fn belongs(&self, person: &PersonId, project: &str) -> bool {
        self.known(person, project).home.organization.is_some()
    }

    /// Whether answers of this operation teach anything.
    pub fn learns_from(operation: OperationId) -> bool {
        TEACHERS.contains(&operation)
    }

    /// Takes names and places out of an answer of Supabase's to `request`. Answers that hold none, or that cannot be read,
    /// teach nothing.
    pub fn learn(&self, person: &PersonId, request: &Request, body: &[u8]) {
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
        } else if id == GetSnippet::ID
            && let Some(snippet) = one::<SnippetSeen>(body)
        {
            self.note_snippet(person, snippet, None);
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
        self.put(person, branch.project_ref, None, home, None);
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

    /// Takes down what is new; what is not told stays. `kept_at`: when it was written down, where it comes from there.
    fn put(&self, person: &PersonId, key: String, name: Option<String>, home: Home, kept_at: Option<i64>) {
        let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= KEY);
        if key.len() > KEY || ![&home.project, &home.own, &home.organization].into_iter().all(fits) {
            return;
        }
        let entry = (person.clone(), key);
        let before = self.known.get(&entry);
        let was = before.clone().unwrap_or_default();
        let name = name.map(|name| shortened(name, NAME)).or_else(|| was.name.clone());
        let home = Home {
            project: home.project.or_else(|| was.home.project.clone()),
            own: home.own.or_else(|| was.home.own.clone()),
            organization: home.organization.or_else(|| was.home.organization.clone()),
        };
        let stale = home != Home::default() && (home != was.home || was.kept_at + FRESH < now());
        if before.is_some() && !stale && name == was.name {
            return;
        }
        let mut now_kept = kept_at.unwrap_or(was.kept_at);
        if let (true, None, Some(kept)) = (stale, kept_at, &self.kept) {
            let row = PlaceRow {
                person: person.clone(),
                key: entry.1.clone(),
                home: home.clone(),
            };
            if kept.rows.try_send(Message::Row(row)).is_ok() {
                now_kept = now();
            }
        }
        let known = Known {
            name,
            home,
            kept_at: now_kept,
        };
        self.known.insert(entry, known);
    }

    /// Waits until everything learned so far has been written: for the server's end, and for tests.
    pub async fn flush(&self) {
        let Some(kept) = &self.kept else { return };
        let (done, written) = oneshot::channel();
        if kept.rows.send(Message::Flush(done)).await.is_ok() {
            // An error means that the writer has ended: nothing is left to wait for.
            let _ = written.await;
        }
    }
}

/// The operations whose answers teach.
const TEACHERS: [OperationId; 14] = [
    ListProjects::ID,
    GetProject::ID,
    CreateProject::ID,
    ListOrganizationProjects::ID,
    ListOrganizations::ID,
    GetOrganization::ID,
    CreateOrganization::ID,
    ListBranches::ID,
    GetBranch::ID,
    CreateBranch::ID,
    UpdateBranch::ID,
    GetBranchConfig::ID,
    ListSnippets::ID,
    GetSnippet::ID,
];

/// Whether it is a project's ref, where the id of a branch could stand, too.
fn is_ref(key: &str) -> bool {
    key.len() == 20 && key.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Writes what comes, as much at once as has come meanwhile, until the last sender is gone.
async fn keep(store: Store, mut waiting: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut messages, BATCH).await > 0 {
        // The newest of each: one statement may not change a row twice.
        let (mut rows, mut flushes) = (HashMap::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Row(row) => {
                    rows.insert((row.person.clone(), row.key.clone()), row);
                }
                Message::Flush(done) => flushes.push(done),
            }
        }
        if !rows.is_empty()
            && let Err(error) = store.keep_places(rows.into_values().collect()).await
        {
            tracing::warn!(%error, "what belongs to what could not be written down; it is asked again after a restart");
        }
        for done in flushes {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use management_api::{Operation, branches::PushBranch};
    use serde_json::json;

    use super::*;
    use crate::store;

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

    fn place(directory: &Directory, person: &str, operation: &impl Operation) -> Place {
        directory.place(&person.to_owned().into(), &Request::of(operation).unwrap())
    }

    fn question(directory: &Directory, person: &str, operation: &impl Operation) -> Option<String> {
        let question = directory.question(&person.to_owned().into(), &Request::of(operation).unwrap());
        question.map(|request| request.path)
    }

    const SHOP: &str = "shopshopshopshopshop";
    const COPY: &str = "copycopycopycopycopy";
    const ID: &str = "00000000-0000-4000-8000-000000000001";

    fn push(key: &str) -> PushBranch {
        serde_json::from_value(json!({ "branch_id_or_ref": key })).unwrap()
    }

    fn get(reference: &str) -> GetProject {
        GetProject {
            project: reference.to_owned(),
        }
    }

    #[test]
    fn a_branch_belongs_to_its_parent_by_ref_and_by_id_and_as_the_project_that_it_is() {
        let directory = Directory::default();
        let list = ListBranches {
            project: SHOP.to_owned(),
        };
        let row = |id: &str, own: &str| json!({ "id": id, "project_ref": own, "parent_project_ref": SHOP });
        let body = json!([row("main", SHOP), row(ID, COPY)]).to_string();
        learn(&directory, "ada", &list, &body);
        let body = json!([{ "ref": SHOP, "organization_slug": "acme" }]).to_string();
        learn(&directory, "ada", &ListProjects {}, &body);
        let told = Place {
            scope: Scope::Project(SHOP.to_owned()),
            own: Some(COPY.to_owned()),
            organization: Some("acme".to_owned()),
        };
        for key in [COPY, ID] {
            assert_eq!(place(&directory, "ada", &push(key)), told, "{key}");
            assert_eq!(question(&directory, "ada", &push(key)), None);
        }
        assert_eq!(place(&directory, "ada", &get(COPY)), told);
        let itself = Place { own: None, ..told };
        for key in ["main", SHOP] {
            assert_eq!(place(&directory, "ada", &push(key)), itself, "{key}");
        }
        assert_eq!(place(&directory, "ada", &get(SHOP)), itself);
    }

    #[test]
    fn what_one_person_has_learned_tells_another_nothing() {
        let directory = Directory::default();
        let body = json!({ "id": ID, "project_ref": COPY, "parent_project_ref": SHOP }).to_string();
        let branch = GetBranch {
            project: SHOP.to_owned(),
            name: "copy".to_owned(),
        };
        learn(&directory, "ada", &branch, &body);
        assert_eq!(place(&directory, "eve", &push(ID)), Scope::Account.into());
        assert_eq!(place(&directory, "eve", &push(COPY)).scope, Scope::Account);
        assert_eq!(
            place(&directory, "eve", &get(COPY)).scope,
            Scope::Project(COPY.to_owned())
        );
    }

    #[test]
    fn an_organization_is_known_by_either_name_and_else_asked_for() {
        let directory = Directory::default();
        assert_eq!(
            question(&directory, "ada", &get(SHOP)),
            Some(format!("/v1/projects/{SHOP}"))
        );
        assert_eq!(
            question(&directory, "ada", &push(COPY)),
            Some(format!("/v1/projects/{COPY}"))
        );
        assert_eq!(
            question(&directory, "ada", &push(ID)),
            Some(format!("/v1/branches/{ID}"))
        );
        assert_eq!(question(&directory, "ada", &ListProjects {}), None);
        for body in [
            json!({ "ref": SHOP, "organization_slug": "acme", "organization_id": "acme" }),
            json!({ "ref": SHOP, "organization_id": "acme" }),
            json!({ "ref": SHOP, "organization_slug": "acme", "organization_id": 7 }),
        ] {
            let directory = Directory::default();
            learn(&directory, "ada", &get(SHOP), &body.to_string());
            let place = place(&directory, "ada", &get(SHOP));
            assert_eq!(place.organization.as_deref(), Some("acme"), "{body}");
        }
        // Of a branch, whose parent no answer of its own tells, the organization is told.
        learn(
            &directory,
            "ada",
            &get(COPY),
            &json!({ "ref": COPY, "organization_id": "acme" }).to_string(),
        );
        let place = place(&directory, "ada", &push(COPY));
        assert_eq!(
            (place.scope, place.own.as_deref()),
            (Scope::Organization("acme".to_owned()), Some(COPY))
        );
    }

    #[test]
    fn a_snippet_belongs_to_the_project_of_its_number() {
        let directory = Directory::default();
        let list: ListSnippets = serde_json::from_value(json!({ "project_ref": SHOP })).unwrap();
        let get = |id: &str| GetSnippet { id: id.to_owned() };
        let row = |id: &str, number: u32| json!({ "id": id, "project": { "id": number, "name": "Shop" } });
        learn(&directory, "ada", &get("early"), &row("early", 7).to_string());
        assert_eq!(place(&directory, "ada", &get("early")).scope, Scope::Account);
        learn(
            &directory,
            "ada",
            &list,
            &json!({ "data": [row("one", 7)] }).to_string(),
        );
        learn(&directory, "ada", &get("two"), &row("two", 7).to_string());
        learn(&directory, "ada", &get("three"), &row("three", 8).to_string());
        let of = |id: &str| place(&directory, "ada", &get(id)).scope;
        let shop = Scope::Project(SHOP.to_owned());
        assert_eq!(
            [of("one"), of("two"), of("three")],
            [shop.clone(), shop, Scope::Account]
        );
    }

    #[tokio::test]
    async fn it_comes_back_after_a_restart_for_the_same_person() {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let before = Directory::of(&store);
        let body = json!([{ "id": ID, "project_ref": COPY, "parent_project_ref": SHOP }]).to_string();
        let list = ListBranches {
            project: SHOP.to_owned(),
        };
        learn(&before, "ada", &list, &body);
        learn(
            &before,
            "ada",
            &get(SHOP),
            &json!({ "ref": SHOP, "organization_slug": "acme" }).to_string(),
        );
        before.flush().await;
        let after = Directory::of(&store);
        for (person, organization) in [("ada", Some("acme")), ("eve", None)] {
            for key in [ID, COPY] {
                let request = Request::of(&push(key)).unwrap();
                after.recall(&person.to_owned().into(), &request).await;
                let place = after.place(&person.to_owned().into(), &request);
                assert_eq!(place.organization.as_deref(), organization, "{person}: {key}");
            }
        }
    }

    #[test]
    fn it_is_bounded_however_many_and_however_long_the_names_are() {
        let directory = Directory::holding(100_000);
        let get = |slug: String| GetOrganization { slug };
        for n in 0..2_000 {
            learn(&directory, "ada", &get(format!("acme-{n}")), r#"{"name": "Acme"}"#);
        }
        directory.known.run_pending_tasks();
        assert!(directory.known.weighted_size() <= 100_000);
        assert!(directory.known.entry_count() < 500);
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
        directory.known.run_pending_tasks();
        assert_eq!(directory.known.entry_count(), 1);
    }
}
