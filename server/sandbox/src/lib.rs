//! A stand-in for api.supabase.com: its OAuth and its operations, over real HTTP, with worlds and faults for tests.
//!
//! Everything lives in a **world**: people, organizations, projects, grants, rate limits, counters, faults and a clock.
//! The world `demo` is always there. Tokens carry their world; on the consent page the cookie `sandbox_world=<id>`
//! chooses it (cookies do not heed ports, so a test sets it for the host).
//!
//! # The control API
//!
//! JSON in and out; only the sandbox serves it. Done without an answer means 204.
//!
//! | request | does |
//! |---|---|
//! | `POST /sandbox/worlds` | makes a world, see below; answers 201 with its content |
//! | `GET /sandbox/worlds/{id}` | its content: `people` (with `pat`), `organizations`, `projects`, `grants`, `tokens`, `faults`, `counters` |
//! | `DELETE /sandbox/worlds/{id}` | drops it; `demo` begins anew |
//! | `POST /sandbox/worlds/{id}/faults` | switches a fault on, see below |
//! | `DELETE /sandbox/worlds/{id}/faults` | clears all faults |
//! | `POST /sandbox/worlds/{id}/tokens` | makes a scoped personal token: `person` (id), `reach` (`{"organizations": [slug]}` or `{"projects": [ref]}`), `permissions`; answers 201 with `token` |
//! | `POST /sandbox/worlds/{id}/tokens/expire` | access tokens end now, refreshing still works |
//! | `POST /sandbox/worlds/{id}/grants/revoke` | access and refresh tokens are dead, as if people removed the app |
//! | `POST /sandbox/worlds/{id}/codes/expire` | codes that wait to be exchanged end now |
//! | `POST /sandbox/worlds/{id}/clock` | `{"advance_s": 60}` puts the clock ahead |
//! | `POST /sandbox/worlds/{id}/disk` | `{"ref": "...", "full": true}` makes a project's database read-only, as a full disk does |
//!
//! `counters` holds `calls` by operation id, `statuses` of the answers, `exchanges`, `refreshes` and `revocations`.
//!
//! **A world's options**, all optional: `projects` and `organizations` (how many, at most 1000 each; without them the
//! world is filled like the demo), `plan` (of those organizations: `free`, `pro`, `team`, `enterprise`), `names` (given to organizations and projects in turn, unchecked), `empty` (people
//! only), `coming_up_ms`, `token_lifetime_s`, `rate_limit` (calls a minute for every operation), `scopes` (of the OAuth
//! app), `grant` (`one`: a consent opens one organization and no profile; `project`: its first project alone; `all`: everything of the person's, as the grants
//! did that are still alive from before), `gaps` (a seed: answers to reads leave out fields, say `null` for some, and write
//! numbers as texts and times as numbers, the same ones in all worlds that began alike), `statuses` (by projects' names: the status that each has for good, such as
//! `PROMOTING` or one that nobody knows). At most 200 worlds are kept, the oldest is dropped.
//!
//! **A fault**: `{"operation": "v1-get-project", "kind": "status", "code": 500, "times": 1}`. `operation` may be `*`;
//! with `ref` it strikes the calls of one project only; without `times` it lasts until it is cleared. Kinds: `slow` (`ms`), `status` (`code`, `message`, `headers`),
//! `rate-limited` (`seconds`), `cut-off`, `wrong-json`, `wrong-shape`, `drop-connection`. One fault strikes a call, the
//! oldest that fits. The sign-in operations can be struck as well: `v1-authorize-user`, `v1-exchange-oauth-token`,
//! `v1-revoke-token`.
//!
//! **SQL** runs in a real PostgreSQL, which the sandbox starts for itself with the first query: the system's programs, a
//! cluster of its own, a database for each project. Without PostgreSQL on the machine those operations answer 503.
//! **Logs** are made up and asked with SQL, of which a large part of the real dialect is understood:
//! `src/analytics/logs/mod.rs` says which.
//!
//! Without the control API: an organization or project named `fail-409` is refused with that status, and so on.

mod advisors;
mod analytics;
mod answer;
mod auth;
mod billing;
mod branches;
mod call;
mod checked;
mod compute;
mod control;
mod database;
mod dispatch;
mod domains;
mod envelope;
mod fault;
mod functions;
mod gaps;
mod grant;
mod limit;
mod notebooks;
mod nulls;
mod oauth;
mod organizations;
mod page;
mod postgres;
mod profile;
mod projects;
mod reach;
mod realtime;
mod request;
mod rest;
mod router;
mod schema;
mod secrets;
mod seed;
mod settings;
mod storage;
mod token;
mod webhooks;
mod world;
mod worlds;

use std::sync::Arc;

pub use domains::DOMAIN as PROJECT_DOMAIN;
use postgres::Postgres;
pub use postgres::lend_database;
pub use settings::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, RedirectUris, Settings};
use token::WorldId;
use worlds::{Shared, Worlds};

/// A sandbox; clones are the same sandbox.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    worlds: Worlds,
    postgres: Postgres,
}

impl Sandbox {
    /// A sandbox with its demo world: the one of [`Settings::state_file`] if there is one, else a new one.
    pub fn new(settings: Settings) -> Self {
        let worlds = Worlds::new(&settings);
        let postgres = Postgres::new(settings.postgres_dir.clone(), settings.statement_timeout);
        Self {
            inner: Arc::new(Inner {
                settings,
                worlds,
                postgres,
            }),
        }
    }

    /// Everything the sandbox serves, to be put at the root of an origin.
    pub fn router(&self) -> axum::Router {
        router::router(self.clone())
    }

    fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    fn worlds(&self) -> &Worlds {
        &self.inner.worlds
    }

    fn postgres(&self) -> &Postgres {
        &self.inner.postgres
    }

    fn find(&self, id: WorldId) -> Option<Shared> {
        self.inner.worlds.find(id)
    }
}
