//! Backend: what the app's pages get from the server, bound to the request they are drawn for.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    advice::Known,
    audit::{AuditCall, AuditFilter, AuditPage, Cursor},
    backend::{Answer, Assets, Backend, BackendHandle, Found, Named, PageContext},
    connections::{Connection, Missing},
    error::ConsoleError,
    health::Seen,
    mark::Mark,
    may::Why,
    plan::Plan,
    schema::types::SeenTypes,
    sessions::Sessions,
    settings::baseline::{Baseline, Reading},
    sql::kept::{Kind, Past, Snippet},
};
use management_api::{OperationId, Request, Scope, branches::GetBranchConfig};

use crate::{
    audit, connection_list,
    context::RequestContext,
    drifts,
    error::Error,
    identity::{SignedIn, Through},
    may::{self, Verdict},
    sessions,
    stack::Call,
    state::{self, Shared},
};

/// The backend of one request.
pub struct RequestBackend {
    shared: Shared,
    context: RequestContext,
    through: Through,
    /// Whether no answer of a moment ago will do.
    anew: bool,
}

impl RequestBackend {
    pub fn new(shared: Shared, context: RequestContext, through: Through) -> Self {
        Self {
            shared,
            context,
            through,
            anew: false,
        }
    }

    /// The same for what is done without a page.
    pub fn of(shared: &Shared, me: &SignedIn, through: Through) -> BackendHandle {
        let context = RequestContext {
            signed_in: Some(me.clone()),
            ..RequestContext::default()
        };
        Arc::new(Self::new(shared.clone(), context, through))
    }

    /// Does what only somebody who is signed in may ask for.
    fn signed_in<T, F>(&self, act: impl FnOnce(Shared, SignedIn) -> F + Send + 'static) -> Found<T>
    where
        F: Future<Output = Result<T, ConsoleError>> + Send,
    {
        let (shared, signed_in) = (self.shared.clone(), self.context.signed_in.clone());
        Box::pin(async move { act(shared, signed_in.ok_or(ConsoleError::SignedOut)?).await })
    }
}

impl Backend for RequestBackend {
    fn send(&self, request: Request) -> Answer {
        let (through, anew) = (self.through, self.anew);
        self.signed_in(move |shared, me| async move {
            let call = Call {
                anew,
                ..Call::new(me.caller(through), request)
            };
            Ok(shared.stack.send(call).await?.body.to_vec())
        })
    }

    fn anew(&self) -> BackendHandle {
        Arc::new(Self {
            shared: self.shared.clone(),
            context: self.context.clone(),
            through: self.through,
            anew: true,
        })
    }

    fn audit(&self, filter: AuditFilter, cursor: Cursor) -> Found<AuditPage> {
        self.signed_in(move |shared, me| async move { audit::page(&shared, &me, &filter, cursor).await })
    }

    fn audit_call(&self, id: i64) -> Found<AuditCall> {
        self.signed_in(move |shared, me| async move { audit::call(&shared, &me, id).await })
    }

    fn invitations(&self, slug: &str) -> Found<Vec<AuditCall>> {
        let slug = slug.to_owned();
        self.signed_in(move |shared, me| async move { audit::invitations(&shared, &me, slug).await })
    }

    fn plan(&self, id: &str) -> Found<Option<Plan>> {
        let id = id.to_owned();
        self.signed_in(move |shared, me| async move {
            let plan = shared.store.plan(&me.account, &id).await.map_err(|error| {
                tracing::error!(%error, "a plan could not be read");
                ConsoleError::Internal {
                    message: "The plan could not be read.".to_owned(),
                }
            })?;
            Ok(plan.map(Plan::shown))
        })
    }

    fn sessions(&self) -> Found<Sessions> {
        self.signed_in(move |shared, me| async move { sessions::list(&shared, &me).await })
    }

    fn connections(&self) -> Found<Vec<Connection>> {
        self.signed_in(move |shared, me| async move { connection_list::list(&shared, &me).await })
    }

    fn missing_connections(&self) -> Found<Option<Missing>> {
        self.signed_in(move |shared, me| async move { connection_list::missing(&shared, &me).await })
    }

    fn listed(&self, operation: OperationId, scope: &Scope) -> Option<Vec<Named>> {
        let person = &self.context.signed_in.as_ref()?.person.id;
        self.shared.directory.lists.get(person, operation, scope)
    }

    fn wants_attention(&self, operation: OperationId, scope: &Scope) -> Option<u32> {
        let person = &self.context.signed_in.as_ref()?.person.id;
        self.shared.directory.wants.get(person, operation, scope)
    }

    fn findings(&self, project: &str, keys: Vec<String>, note: bool) -> Found<Known> {
        let project = project.to_owned();
        self.signed_in(move |shared, _| async move {
            let known = async {
                if note {
                    shared.store.note_findings(&project, &keys).await?;
                }
                shared.store.known_findings(&project, &keys).await
            };
            known.await.map_err(|error: Error| {
                tracing::error!(%error, "what is known of findings could not be read or kept");
                ConsoleError::Internal {
                    message: "What is known of the findings could not be read or kept.".to_owned(),
                }
            })
        })
    }

    fn note_health(&self, project: &str, services: Vec<(String, String)>) -> Found<Vec<Seen>> {
        let project = project.to_owned();
        self.signed_in(move |shared, _| async move {
            let known = async {
                shared.store.note_health(&project, &services).await?;
                shared.store.health(&project).await
            };
            known.await.map_err(|error: Error| {
                tracing::error!(%error, "how services were could not be kept or read");
                ConsoleError::Internal {
                    message: "How the services were could not be kept or read.".to_owned(),
                }
            })
        })
    }

    fn note_types(&self, project: &str, schemas: &[String], text: String) -> Found<Option<SeenTypes>> {
        let project = project.to_owned();
        // Without a name they are those of `public`.
        let schemas = match schemas {
            [] => "public".to_owned(),
            some => some.join(","),
        };
        self.signed_in(move |shared, _| async move {
            let known = shared.store.note_types(&project, &schemas, &text).await;
            known.map_err(|error| {
                tracing::error!(%error, "the types of a project could not be kept or read");
                ConsoleError::Internal {
                    message: "The types as they were before could not be kept or read.".to_owned(),
                }
            })
        })
    }

    fn baseline(&self, project: &str) -> Found<Option<Baseline>> {
        let project = project.to_owned();
        self.signed_in(move |shared, _| async move {
            let baseline = shared.store.baseline(&project).await;
            baseline.map_err(|error| unkept(&error))
        })
    }

    fn baselines(&self, projects: Vec<String>) -> Found<BTreeMap<String, Baseline>> {
        self.signed_in(move |shared, me| async move {
            let baselines = shared.store.baselines(&projects).await;
            let mut baselines = baselines.map_err(|error| unkept(&error))?;
            drifts::without_closed(&mut baselines, &shared, &me).await;
            Ok(baselines)
        })
    }

    fn note_reading(&self, project: &str, reading: Reading) -> Found<()> {
        let project = project.to_owned();
        self.signed_in(move |shared, me| async move {
            note(&shared, &me, &project, reading)
                .await
                .map_err(|error| unkept(&error))
        })
    }

    fn is_production(&self, project: &str) -> bool {
        self.shared.marks.is_marked(project) && self.organization_of(project).is_some()
    }

    fn mark(&self, project: &str) -> Found<Option<Mark>> {
        let project = project.to_owned();
        self.signed_in(move |shared, _| async move {
            shared.marks.get(&project).await.map_err(|error| {
                tracing::error!(%error, "the mark of a project could not be read");
                ConsoleError::Internal {
                    message: "Whether the project is marked as production could not be read.".to_owned(),
                }
            })
        })
    }

    fn past_statements(&self, project: &str, find: &str) -> Found<Vec<Past>> {
        let (project, find) = (project.to_owned(), find.to_owned());
        self.signed_in(move |shared, me| async move {
            let past = shared.store.past_statements(&me.person.id, &project, &find).await;
            past.map_err(|error| statements_unread(&error))
        })
    }

    fn past_statement(&self, project: &str, id: &str) -> Found<Option<String>> {
        let (project, id) = (project.to_owned(), id.to_owned());
        self.signed_in(move |shared, me| async move {
            let past = shared.store.past_statement(&me.person.id, &project, &id).await;
            past.map_err(|error| statements_unread(&error))
        })
    }

    fn snippets(&self, project: Option<String>) -> Found<Vec<Snippet>> {
        let organization = project.and_then(|project| self.organization_of(&project));
        self.signed_in(move |shared, me| async move {
            let found = shared
                .store
                .snippets(&me.person.id, organization.as_deref(), Kind::Sql)
                .await;
            found.map_err(|error| statements_unread(&error))
        })
    }

    fn snippet(&self, project: Option<String>, id: &str) -> Found<Option<(Snippet, String)>> {
        let organization = project.and_then(|project| self.organization_of(&project));
        let id = id.to_owned();
        self.signed_in(move |shared, me| async move {
            let found = shared
                .store
                .snippet(&me.person.id, organization.as_deref(), (Kind::Sql, &id))
                .await;
            found.map_err(|error| statements_unread(&error))
        })
    }

    fn kept_questions(&self, project: &str) -> Found<Vec<(Snippet, String)>> {
        let organization = self.organization_of(project);
        self.signed_in(move |shared, me| async move {
            let store = &shared.store;
            let found = store
                .snippets_whole(&me.person.id, organization.as_deref(), Kind::Logs)
                .await;
            found.map_err(|error| statements_unread(&error))
        })
    }

    fn drifting(&self, project: &str) -> Option<u32> {
        let person = &self.context.signed_in.as_ref()?.person.id;
        self.shared.directory.wants.drifting(person, project)
    }

    fn recent(&self) -> Vec<String> {
        let signed_in = self.context.signed_in.as_ref();
        signed_in.map_or_else(Vec::new, |signed_in| self.shared.recent.of(&signed_in.person.id))
    }

    fn name_of(&self, key: &str) -> Option<String> {
        self.shared
            .directory
            .name(&self.context.signed_in.as_ref()?.person.id, key)
    }

    fn status_of(&self, project: &str) -> Option<String> {
        let person = &self.context.signed_in.as_ref()?.person.id;
        self.shared.directory.status(person, project)
    }

    fn organization_of(&self, project: &str) -> Option<String> {
        let person = &self.context.signed_in.as_ref()?.person.id;
        let project = Scope::Project(project.to_owned());
        self.shared.directory.organization_of(person, &project)
    }

    fn production_of(&self, branch: &str) -> Option<String> {
        let config = GetBranchConfig {
            branch_id_or_ref: branch.to_owned(),
        };
        let person = &self.context.signed_in.as_ref()?.person.id;
        match self.shared.directory.place(person, &Request::of(&config).ok()?).scope {
            Scope::Project(production) => Some(production),
            Scope::Account | Scope::Organization(_) => None,
        }
    }

    fn may(&self, operation: OperationId, scope: &Scope) -> Result<(), Why> {
        let Some(signed_in) = &self.context.signed_in else {
            return Ok(());
        };
        match may::judge(&self.shared, signed_in, operation, scope) {
            Verdict::Refused(why) => Err(why),
            Verdict::Allowed | Verdict::Unknown => Ok(()),
        }
    }

    fn decides(&self, operation: OperationId, project: &str) -> Found<()> {
        let project = project.to_owned();
        self.signed_in(move |shared, me| async move { may::decide(&shared, &me, operation, &project).await })
    }

    fn page(&self) -> PageContext {
        PageContext {
            viewer: self.context.signed_in.as_ref().map(|signed_in| signed_in.viewer()),
            flash: self.context.flash.clone(),
            attempt: self.context.attempt.clone(),
            run: self.context.run.clone(),
            sql: self.context.sql.clone(),
            typed_digest: self.context.typed_digest.clone(),
            revealed: self.context.revealed.clone(),
            preview: self.context.preview.clone(),
            address: self.context.address,
            theme: self.context.theme,
            narrow_menu: self.context.narrow_menu,
            folded: self.context.folded.clone(),
            sandbox: self.shared.sandbox,
            oauth_sign_in: self.shared.oauth.is_some(),
            oauth_refused: self.shared.oauth.as_ref().is_some_and(|oauth| oauth.is_refused()),
            token_sign_in: self.shared.pat_sign_in,
            dashboard_url: state::DASHBOARD.to_owned(),
            project_domain: self.shared.project_domain(),
        }
    }

    fn assets(&self) -> Assets {
        self.shared.assets.clone()
    }

    fn sign_in_origin(&self) -> String {
        self.shared.sign_in_origins()
    }
}

/// Keeps what differed, if the baseline is still the one that it was held against.
async fn note(shared: &Shared, me: &SignedIn, project: &str, reading: Reading) -> Result<(), Error> {
    let count = reading.drifts.len();
    shared.directory.wants.note_drifts(&me.person.id, project, count);
    let noted = |baseline: &mut Baseline| {
        let is_of_it = baseline.set_at <= reading.at;
        if is_of_it {
            baseline.reading = Some(reading.clone());
        }
        is_of_it
    };
    shared.store.change_baseline(project, noted).await
}

fn unkept(error: &Error) -> ConsoleError {
    tracing::error!(%error, "a baseline could not be read or kept");
    ConsoleError::Internal {
        message: "The baseline could not be read or kept.".to_owned(),
    }
}

fn statements_unread(error: &Error) -> ConsoleError {
    tracing::error!(%error, "statements that Steward keeps could not be read");
    ConsoleError::Internal {
        message: "The statements that Steward keeps could not be read.".to_owned(),
    }
}
