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
use sqlx::{FromRow, QueryBuilder, Row as _, Sqlite, sqlite::SqliteRow};
use time::OffsetDateTime;

use super::row::rfc3339;
use crate::{
    error::Error,
    identity::PersonId,
    store::{Store, crypto::hex},
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
    /// The ids as a JSON array.
    fn people(&self) -> String {
        let ids: Vec<&str> = self.people.iter().map(PersonId::as_str).collect();
        serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned())
    }

    /// The places as JSON, `[["project", "ref"], …]`.
    fn places<'a>(places: impl Iterator<Item = &'a Scope>) -> String {
        let pairs: Vec<[&str; 2]> = places.filter_map(|place| Some([place.kind()?, place.key()?])).collect();
        serde_json::to_string(&pairs).unwrap_or_else(|_| "[]".to_owned())
    }
}

type Query = QueryBuilder<Sqlite>;

/// The conditions of `filter`, each beginning with AND.
fn narrow(query: &mut Query, filter: &AuditFilter) {
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
            .push(" AND instr(lower(label), lower(")
            .push_bind(word.to_owned())
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
fn beyond(query: &mut Query, cursor: Cursor) {
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

fn page_query(visible: &Visibility, filter: &AuditFilter, cursor: Cursor, count: u32) -> Query {
    let order = match cursor {
        Cursor::Newest | Cursor::Before(_) => "DESC",
        Cursor::After(_) => "ASC",
    };
    let end = |query: &mut Query| {
        narrow(query, filter);
        beyond(query, cursor);
        query
            .push(format!(" ORDER BY at {order}, id {order} LIMIT "))
            .push_bind(i64::from(count));
    };
    let chosen = |place: &&Scope| filter.place.is_empty() || place.key() == Some(filter.place.as_str());
    let places = Visibility::places(visible.places.iter().filter(chosen));

    let mut query = Query::new(format!("SELECT {COLUMNS} FROM audit WHERE id IN (SELECT id FROM ("));
    for person in &visible.people {
        query
            .push("SELECT * FROM (SELECT id, at FROM audit INDEXED BY audit_by_person WHERE person = ")
            .push_bind(person.as_str().to_owned());
        end(&mut query);
        query.push(") UNION ");
    }
    // For each place its newest rows: the subquery ends after so many.
    query
        .push("SELECT row.id, row.at FROM json_each(")
        .push_bind(places)
        .push(
            ") AS place CROSS JOIN audit AS row ON row.id IN (SELECT id FROM audit INDEXED BY audit_by_scope \
             WHERE reached = 1 AND scope_kind = place.value ->> 0 AND scope = place.value ->> 1",
        );
    end(&mut query);
    query
        .push(format!(")) ORDER BY at {order}, id {order} LIMIT "))
        .push_bind(i64::from(count))
        .push(") ORDER BY at DESC, id DESC");
    query
}

fn stretch_query(visible: &Visibility, filter: &AuditFilter, before: Option<i64>, count: u32) -> Query {
    let mut query = Query::new(format!(
        "SELECT {COLUMNS} FROM audit INDEXED BY audit_by_time WHERE true"
    ));
    may_see(&mut query, visible);
    narrow(&mut query, filter);
    beyond(&mut query, before.map_or(Cursor::Newest, Cursor::Before));
    query
        .push(" ORDER BY at DESC, id DESC LIMIT ")
        .push_bind(i64::from(count));
    query
}

fn may_see(query: &mut Query, visible: &Visibility) {
    query
        .push(" AND (person IN (SELECT value FROM json_each(")
        .push_bind(visible.people())
        .push(")) OR reached = 1 AND (scope_kind, scope) IN (SELECT value ->> 0, value ->> 1 FROM json_each(")
        .push_bind(Visibility::places(visible.places.iter()))
        .push(")))");
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
        read(page_query(visible, filter, cursor, count), visible, self).await
    }

    /// The next calls of an export, the newest first.
    pub async fn audit_stretch(
        &self,
        visible: &Visibility,
        filter: &AuditFilter,
        before: Option<i64>,
        count: u32,
    ) -> Result<Vec<AuditCall>, Error> {
        read(stretch_query(visible, filter, before, count), visible, self).await
    }

    /// One call; `None` where there is none or the person may not see it.
    pub async fn audit_call(&self, visible: &Visibility, id: i64) -> Result<Option<AuditCall>, Error> {
        let mut query = Query::new(format!("SELECT {COLUMNS} FROM audit WHERE id = "));
        query.push_bind(id);
        may_see(&mut query, visible);
        Ok(read(query, visible, self).await?.pop())
    }

    /// Projects of these organizations that were deleted through Steward, by ref: nobody can list them any more, and what
    /// was done to them is the organization's to know.
    pub async fn deleted_projects(&self, slugs: &[String]) -> Result<Vec<String>, Error> {
        let slugs = serde_json::to_string(slugs).unwrap_or_else(|_| "[]".to_owned());
        Ok(sqlx::query_scalar(
            "SELECT DISTINCT scope FROM audit INDEXED BY audit_of_deleted \
             WHERE operation = 'v1-delete-a-project' AND outcome = 'done' AND scope_kind = 'project' \
             AND organization IN (SELECT value FROM json_each(?)) LIMIT 1000",
        )
        .bind(slugs)
        .fetch_all(&self.pool)
        .await?)
    }

    /// A mark by which equal texts are known, and nothing else of them.
    pub fn mark(&self, text: &str) -> String {
        hex(&self.vault.mac("audit text", &[Some(text.as_bytes())])[..6])
    }
}

async fn read(mut query: Query, visible: &Visibility, store: &Store) -> Result<Vec<AuditCall>, Error> {
    let rows: Vec<Found> = query.build_query_as().fetch_all(&store.pool).await?;
    let call = |Found { mut call, person }| {
        call.own = visible.people.iter().any(|own| own.as_str() == person);
        call
    };
    Ok(rows.into_iter().map(call).collect())
}

impl Store {
    /// A person's calls since a moment, by what their connections are called in the audit.
    pub async fn calls_by_connection(
        &self,
        person: &PersonId,
        since: OffsetDateTime,
    ) -> Result<BTreeMap<String, Used>, Error> {
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT connection, count(*), max(at) FROM audit \
             WHERE person = ? AND at >= ? AND connection IS NOT NULL GROUP BY connection",
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

struct Found {
    call: AuditCall,
    person: String,
}

impl FromRow<'_, SqliteRow> for Found {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let (kind, key): (Option<String>, Option<String>) = (row.try_get("scope_kind")?, row.try_get("scope")?);
        let scope = kind.zip(key).and_then(|(kind, key)| Scope::read(&kind, key));
        let json = |name: &str| row.try_get::<String, _>(name);
        let outcome: String = row.try_get("outcome")?;
        let call = AuditCall {
            id: row.try_get("id")?,
            at: row.try_get("at")?,
            own: false,
            person: row.try_get("label")?,
            through: row.try_get("through")?,
            operation: row.try_get("operation")?,
            area: row.try_get("area")?,
            effect: row.try_get("effect")?,
            scope: scope.unwrap_or(Scope::Account),
            organization: row.try_get("organization")?,
            sentence: Sentence {
                text: row.try_get("sentence")?,
                marks: serde_json::from_str(&json("marks")?).unwrap_or_default(),
            },
            decision: row.try_get("decision")?,
            outcome: Outcome::read(&outcome).unwrap_or(Outcome::Unknown),
            status: row.try_get("status")?,
            message: row.try_get("message")?,
            request_id: row.try_get("request_id")?,
            connection: row.try_get("connection")?,
            budget: Budget {
                remaining: row.try_get("budget_remaining")?,
                limit: row.try_get("budget_limit")?,
            },
            milliseconds: row.try_get("duration_ms")?,
            parameters: serde_json::from_str(&json("parameters")?).unwrap_or_default(),
        };
        Ok(Self {
            call,
            person: row.try_get("person")?,
        })
    }
}
