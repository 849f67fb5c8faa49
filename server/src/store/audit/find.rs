//! Finding calls in the audit's table: only those that the person may see, the newest first.
//!
//! Two ways through a million rows. A page asks each index for as many rows as it shows, and takes the newest of them. An
//! export reads along the time and passes over what is not asked for.

use std::collections::BTreeMap;

use app::{
    audit::{AuditCall, AuditFilter, Budget, Cursor, EffectChoice, Outcome, Sentence},
    connections::Used,
};
use management_api::{Effect, Scope};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::row::rfc3339;
use crate::{
    error::Error,
    identity::PersonId,
    store::{
        Store,
        crypto::hex,
        sql::{self, Builder, Dialect},
    },
};

const COLUMNS: &str = "id, at, person, label, through, operation, area, scope_kind, scope, organization, sentence, marks, parameters, effect, \
                       decision, outcome, status, message, request_id, budget_remaining, budget_limit, duration_ms, connection";

/// Whose calls a person may see: their own, and in these places all whose caller could reach them: a stranger else wrote
/// into a team's audit what the team then reads.
#[derive(Clone, Debug)]
pub struct Visibility {
    /// All that the person is called in the audit.
    pub people: Vec<PersonId>,
    pub places: Vec<Scope>,
}

impl Visibility {
    /// The places as JSON, `[["project", "ref"], …]`.
    fn places<'a>(places: impl Iterator<Item = &'a Scope>) -> String {
        let pairs: Vec<[&str; 2]> = places.filter_map(|place| Some([place.kind()?, place.key()?])).collect();
        serde_json::to_string(&pairs).unwrap_or_else(|_| "[]".to_owned())
    }
}

/// The conditions of `filter`, each beginning with AND.
fn narrow(query: &mut Builder, filter: &AuditFilter, dialect: Dialect) {
    if !filter.place.is_empty() {
        query.push(" AND scope = ").push_bind(filter.place.clone());
    }
    if let Some(area) = filter.area {
        query.push(" AND area = ").push_bind(area.as_str());
    }
    match filter.effect {
        EffectChoice::Any => {}
        EffectChoice::Changes => {
            query.push(" AND effect <> ").push_bind(Effect::Read.as_str());
        }
        EffectChoice::Only(effect) => {
            query.push(" AND effect = ").push_bind(effect.as_str());
        }
    }
    if let Some(outcome) = filter.outcome {
        query.push(" AND outcome = ").push_bind(outcome.as_str());
    }
    for word in filter.person.split_whitespace() {
        query
            .push(format!(" AND {}(lower(label), lower(", dialect.position()))
            .push_bind(word)
            .push(")) > 0");
    }
    if !filter.through.is_empty() {
        query.push(" AND through = ").push_bind(filter.through.clone());
    }
    // Moments begin with their day, and `~` is behind every character in them.
    if !filter.from.is_empty() {
        query.push(" AND at >= ").push_bind(filter.from.clone());
    }
    if !filter.to.is_empty() {
        query.push(" AND at <= ").push_bind(format!("{}~", filter.to));
    }
}

/// Beyond the call, in the index' order.
fn beyond(query: &mut Builder, cursor: Cursor) {
    let (sign, id) = match cursor {
        Cursor::Newest => return,
        Cursor::Before(id) => ("<", id),
        Cursor::After(id) => (">", id),
    };
    query
        .push(format!(" AND (at, id) {sign} ((SELECT at FROM audit WHERE id = "))
        .push_bind(id)
        .push("), ")
        .push_bind(id)
        .push(")");
}

fn page_query(dialect: Dialect, visible: &Visibility, filter: &AuditFilter, cursor: Cursor, count: u32) -> Builder {
    let order = match cursor {
        Cursor::Newest | Cursor::Before(_) => "DESC",
        Cursor::After(_) => "ASC",
    };
    let end = |query: &mut Builder| {
        narrow(query, filter, dialect);
        beyond(query, cursor);
        query
            .push(format!(" ORDER BY at {order}, id {order} LIMIT "))
            .push_bind(i64::from(count));
    };
    let chosen = |place: &&Scope| filter.place.is_empty() || place.key() == Some(filter.place.as_str());
    let places = Visibility::places(visible.places.iter().filter(chosen));

    let mut query = Builder::new(format!("SELECT {COLUMNS} FROM audit WHERE id IN (SELECT id FROM ("));
    for person in &visible.people {
        query
            .push(format!(
                "SELECT * FROM (SELECT id, at FROM audit{} WHERE person = ",
                dialect.indexed_by("audit_by_person")
            ))
            .push_bind(person.as_str());
        end(&mut query);
        query.push(") AS own UNION ");
    }
    // For each place its newest rows: the subquery ends after so many.
    let (each, all) = dialect.each();
    query
        .push("SELECT found.id, found.at FROM ")
        .push(each)
        .push_bind(places)
        .push(all);
    match dialect {
        Dialect::Sqlite => query.push(
            " AS place CROSS JOIN audit AS found ON found.id IN (SELECT id FROM audit INDEXED BY audit_by_scope \
             WHERE reached = 1 AND",
        ),
        Dialect::Postgres => query.push(" AS place CROSS JOIN LATERAL (SELECT id, at FROM audit WHERE reached AND"),
    };
    query.push(" scope_kind = place.value ->> 0 AND scope = place.value ->> 1");
    end(&mut query);
    query.push(match dialect {
        Dialect::Sqlite => ")",
        Dialect::Postgres => ") AS found",
    });
    query
        .push(format!(") AS newest ORDER BY at {order}, id {order} LIMIT "))
        .push_bind(i64::from(count))
        .push(") ORDER BY at DESC, id DESC");
    query
}

fn stretch_query(
    dialect: Dialect,
    visible: &Visibility,
    filter: &AuditFilter,
    before: Option<i64>,
    count: u32,
) -> Builder {
    let mut query = Builder::new(format!(
        "SELECT {COLUMNS} FROM audit{} WHERE true",
        dialect.indexed_by("audit_by_time")
    ));
    may_see(&mut query, visible, dialect);
    narrow(&mut query, filter, dialect);
    beyond(&mut query, before.map_or(Cursor::Newest, Cursor::Before));
    query
        .push(" ORDER BY at DESC, id DESC LIMIT ")
        .push_bind(i64::from(count));
    query
}

fn may_see(query: &mut Builder, visible: &Visibility, dialect: Dialect) {
    let (each, all) = dialect.each();
    query.push(" AND (");
    if !visible.people.is_empty() {
        query
            .push("person IN ")
            .push_list(visible.people.iter().map(PersonId::as_str))
            .push(" OR ");
    }
    query
        .push("reached = TRUE AND (scope_kind, scope) IN (SELECT value ->> 0, value ->> 1 FROM ")
        .push(each)
        .push_bind(Visibility::places(visible.places.iter()))
        .push(all)
        .push("))");
}

impl Store {
    /// The newest calls that the person may see, or those on one side of a call; the newest first.
    pub async fn audit_page(
        &self,
        visible: &Visibility,
        filter: &AuditFilter,
        cursor: Cursor,
        count: u32,
    ) -> Result<Vec<AuditCall>, Error> {
        let dialect = self.pool.dialect();
        read(page_query(dialect, visible, filter, cursor, count), visible, self).await
    }

    /// The next calls of an export, the newest first.
    pub async fn audit_stretch(
        &self,
        visible: &Visibility,
        filter: &AuditFilter,
        before: Option<i64>,
        count: u32,
    ) -> Result<Vec<AuditCall>, Error> {
        let dialect = self.pool.dialect();
        read(stretch_query(dialect, visible, filter, before, count), visible, self).await
    }

    /// One call; `None` where there is none or the person may not see it.
    pub async fn audit_call(&self, visible: &Visibility, id: i64) -> Result<Option<AuditCall>, Error> {
        let mut query = Builder::new(format!("SELECT {COLUMNS} FROM audit WHERE id = "));
        query.push_bind(id);
        may_see(&mut query, visible, self.pool.dialect());
        Ok(read(query, visible, self).await?.pop())
    }

    /// Projects of these organizations that were deleted through Steward, by ref: nobody can list them any more, and what
    /// was done to them is the organization's to know.
    pub async fn deleted_projects(&self, slugs: &[String]) -> Result<Vec<String>, Error> {
        if slugs.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Builder::new(format!(
            "SELECT DISTINCT scope FROM audit{} WHERE operation = 'v1-delete-a-project' AND outcome = 'done' \
             AND scope_kind = 'project' AND organization IN ",
            self.pool.dialect().indexed_by("audit_of_deleted")
        ));
        query.push_list(slugs).push(" LIMIT 1000");
        let rows: Vec<(String,)> = query.build_as().fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(|(project,)| project).collect())
    }

    /// A mark by which equal texts are known, and nothing else of them.
    pub fn mark(&self, text: &str) -> String {
        hex(&self.vault.mac("audit text", &[Some(text.as_bytes())])[..6])
    }
}

async fn read(query: Builder, visible: &Visibility, store: &Store) -> Result<Vec<AuditCall>, Error> {
    let rows: Vec<Found> = query.build_as().fetch_all(&store.pool).await?;
    Ok(rows.into_iter().map(|row| row.call(visible)).collect())
}

impl Store {
    /// A person's calls since a moment, by what their connections are called in the audit.
    pub async fn calls_by_connection(
        &self,
        person: &PersonId,
        since: OffsetDateTime,
    ) -> Result<BTreeMap<String, Used>, Error> {
        let rows: Vec<(String, i64, String)> = sql::query_as(
            "SELECT connection, count(*), max(at) FROM audit \
             WHERE person = $1 AND at >= $2 AND connection IS NOT NULL GROUP BY connection",
        )
        .bind(person.as_str())
        .bind(rfc3339(since))
        .fetch_all(&self.pool)
        .await?;
        let used = |(name, calls, last): (String, i64, String)| {
            let calls = u64::try_from(calls).unwrap_or_default();
            (name, Used { calls, last })
        };
        Ok(rows.into_iter().map(used).collect())
    }
}

/// The columns of [`COLUMNS`].
#[derive(FromRow)]
struct Found {
    id: i64,
    at: String,
    person: String,
    label: String,
    through: String,
    operation: String,
    area: String,
    scope_kind: Option<String>,
    scope: Option<String>,
    organization: Option<String>,
    sentence: String,
    marks: String,
    parameters: String,
    effect: String,
    decision: String,
    outcome: String,
    status: Option<i64>,
    message: Option<String>,
    request_id: Option<String>,
    budget_remaining: Option<i64>,
    budget_limit: Option<i64>,
    duration_ms: Option<i64>,
    connection: Option<String>,
}

impl Found {
    fn call(self, visible: &Visibility) -> AuditCall {
        let scope = self.scope_kind.zip(self.scope);
        let scope = scope.and_then(|(kind, key)| Scope::read(&kind, key));
        let small = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
        AuditCall {
            id: self.id,
            at: self.at,
            own: visible.people.iter().any(|own| own.as_str() == self.person),
            person: self.label,
            through: self.through,
            operation: self.operation,
            area: self.area,
            effect: self.effect,
            scope: scope.unwrap_or(Scope::Account),
            organization: self.organization,
            sentence: Sentence {
                text: self.sentence,
                marks: serde_json::from_str(&self.marks).unwrap_or_default(),
            },
            decision: self.decision,
            outcome: Outcome::read(&self.outcome).unwrap_or(Outcome::Unknown),
            status: self.status.and_then(|status| u16::try_from(status).ok()),
            message: self.message,
            request_id: self.request_id,
            connection: self.connection,
            budget: Budget {
                remaining: small(self.budget_remaining),
                limit: small(self.budget_limit),
            },
            milliseconds: self.duration_ms,
            parameters: serde_json::from_str(&self.parameters).unwrap_or_default(),
        }
    }
}
