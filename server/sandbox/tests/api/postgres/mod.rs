//! SQL in the sandbox: queries, migrations, and who may reach a database.

mod access;
mod limits;
mod migrations;
mod query;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

/// A laboratory and a project in it whose database can be asked.
struct Sql {
    lab: Lab,
    project: String,
}

impl Sql {
    /// `None` where there is no PostgreSQL to test with.
    async fn new() -> Option<Self> {
        Self::of(Lab::new(json!({})).await).await
    }

    async fn of(lab: Lab) -> Option<Self> {
        let project = lab.reference("Note G").to_owned();
        lab.has_postgres().await.then_some(Self { lab, project })
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/projects/{}/{rest}", self.project)
    }

    async fn query(&self, body: Value) -> Reply {
        self.lab
            .post(&self.path("database/query"), self.lab.pat("Ada"), body)
            .await
    }

    /// Rows of a query that succeeds.
    async fn rows(&self, query: &str) -> Value {
        let reply = self.query(json!({ "query": query })).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{query}: {}", reply.text);
        reply.json()
    }

    /// The message of a query that is refused.
    async fn refusal(&self, body: Value) -> String {
        let reply = self.query(body.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}: {}", reply.text);
        reply.message()
    }
}
