//! A row of the audit's table, as it is written and as it is sealed.

use app::audit::Outcome;
use sqlx::FromRow;
use time::{OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem, macros::format_description};

use super::chain::{Head, end_hash, hash};
use crate::{
    audit_log::{self, Decision, End, Intent},
    store::{
        crypto::Vault,
        sql::{Builder, Transaction},
    },
};

/// Always with milliseconds, so that rows sort as text.
const AT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
/// 27 values for each row: a batch of 256 stays far below SQLite's limit of 32,766.
const INSERT: &str = "INSERT INTO audit (at, instance, person, label, through, operation, area, scope_kind, scope, \
                      marks, sentence, parameters, effect, connection, organization, decision, outcome, status, message, request_id, \
                      budget_remaining, budget_limit, duration_ms, reached, previous, hash, end_hash) ";

/// What stands with a call that was done whose answer could not be read.
const NOT_UNDERSTOOD: &str = "It was done. Steward could not read Supabase\u{2019}s answer to it.";

#[derive(Clone)]
pub(super) struct Row {
    pub intent: Intent,
    /// `None` while it is under way.
    pub end: Option<End>,
}

/// The columns that are known before the call leaves; none of them changes afterwards.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Told {
    pub at: String,
    pub instance: String,
    pub person: String,
    pub label: String,
    pub through: String,
    pub operation: String,
    pub area: String,
    pub scope_kind: Option<String>,
    pub scope: Option<String>,
    pub marks: String,
    pub sentence: String,
    pub parameters: String,
    pub effect: String,
    /// `None` as well in rows of before it was written down.
    pub connection: Option<String>,
}

impl Told {
    /// The names of these columns, for SELECT.
    pub const COLUMNS: &str = "at, instance, person, label, through, operation, area, scope_kind, scope, marks, sentence, \
                               parameters, effect, connection";

    fn of(intent: Intent, instance: &str) -> Self {
        let row = intent.operation.row();
        let text = str::to_owned;
        let (scope_kind, scope) = (intent.scope.kind().map(text), intent.scope.key().map(text));
        // As both engines keep it, since the row is hashed as it is kept.
        let whole = |text: String| text.replace('\0', "\u{fffd}");
        Self {
            at: rfc3339(intent.at),
            instance: instance.to_owned(),
            person: intent.person.as_str().to_owned(),
            label: whole(intent.label),
            through: intent.through.as_str().to_owned(),
            operation: intent.operation.as_str().to_owned(),
            area: row.area.as_str().to_owned(),
            scope_kind,
            scope,
            marks: serde_json::to_string(&intent.sentence.marks).unwrap_or_else(|_| "[]".to_owned()),
            sentence: whole(intent.sentence.text),
            parameters: intent.parameters.to_string(),
            effect: row.effect.as_str().to_owned(),
            connection: intent.connection,
        }
    }
}

/// The columns that tell how a call ended.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Ended {
    pub decision: String,
    pub outcome: String,
    pub status: Option<i64>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    #[sqlx(rename = "budget_remaining")]
    pub remaining: Option<i64>,
    #[sqlx(rename = "budget_limit")]
    pub limit: Option<i64>,
    #[sqlx(rename = "duration_ms")]
    pub milliseconds: Option<i64>,
    /// Whether the caller could reach the place.
    pub reached: bool,
}

impl Ended {
    /// The names of these columns, for SELECT.
    pub const COLUMNS: &str =
        "decision, outcome, status, message, request_id, budget_remaining, budget_limit, duration_ms, reached";

    /// `known`: whether the caller had seen the place before, which counts where the answer does not tell.
    pub fn of(end: End, known: bool) -> Self {
        let reached = end.reached.unwrap_or(known);
        let (outcome, status, message) = match end.outcome {
            audit_log::Outcome::Done {
                status,
                understood,
                left_out,
            } => {
                let remark = (!understood).then(|| NOT_UNDERSTOOD.to_owned());
                (Outcome::Done, Some(status), left_out.or(remark))
            }
            audit_log::Outcome::Refused { status, message } => (Outcome::Refused, status, Some(message)),
            audit_log::Outcome::Unanswered { status, message } => (Outcome::Unanswered, status, Some(message)),
        };
        Self {
            decision: end.decision.as_str().to_owned(),
            outcome: outcome.as_str().to_owned(),
            status: status.map(i64::from),
            message,
            request_id: end.request_id,
            remaining: end.budget.remaining.map(i64::from),
            limit: end.budget.limit.map(i64::from),
            milliseconds: Some(i64::try_from(end.took.as_millis()).unwrap_or(i64::MAX)),
            reached,
        }
    }

    fn not_yet(known: bool) -> Self {
        Self::without_answer(Outcome::Started, None, known)
    }

    /// Nobody saw how it ended.
    pub fn unknown(why: &str, known: bool) -> Self {
        Self::without_answer(Outcome::Unknown, Some(why.to_owned()), known)
    }

    fn without_answer(outcome: Outcome, message: Option<String>, reached: bool) -> Self {
        Self {
            decision: Decision::Allowed.as_str().to_owned(),
            outcome: outcome.as_str().to_owned(),
            status: None,
            message,
            request_id: None,
            remaining: None,
            limit: None,
            milliseconds: None,
            reached,
        }
    }

    /// Whether the call is over.
    pub fn is_over(&self) -> bool {
        self.outcome != Outcome::Started.as_str()
    }
}

/// Inserts the rows, at least one, at the end of the chain, and gives the last one's id.
pub(super) async fn insert(
    connection: &mut Transaction,
    vault: &Vault,
    head: &mut Head,
    rows: Vec<Row>,
) -> Result<i64, sqlx::Error> {
    let mut query = Builder::new(INSERT);
    query
        .push_rows(rows.into_iter().map(|Row { intent, end }| {
            let (known, organization) = (intent.known, intent.organization.clone());
            let told = Told::of(intent, &head.instance);
            let ended = end.map_or_else(|| Ended::not_yet(known), |end| Ended::of(end, known));
            let previous = std::mem::take(&mut head.last);
            head.last = hash(vault, &previous, &told);
            let end_hash = ended.is_over().then(|| end_hash(vault, &head.last, &ended));
            head.rows += 1;
            head.ended += i64::from(end_hash.is_some());
            vec![
                told.at.into(),
                told.instance.into(),
                told.person.into(),
                told.label.into(),
                told.through.into(),
                told.operation.into(),
                told.area.into(),
                told.scope_kind.into(),
                told.scope.into(),
                told.marks.into(),
                told.sentence.into(),
                told.parameters.into(),
                told.effect.into(),
                told.connection.into(),
                organization.into(),
                ended.decision.into(),
                ended.outcome.into(),
                ended.status.into(),
                ended.message.into(),
                ended.request_id.into(),
                ended.remaining.into(),
                ended.limit.into(),
                ended.milliseconds.into(),
                ended.reached.into(),
                previous.into(),
                head.last.clone().into(),
                end_hash.into(),
            ]
        }))
        .push(" RETURNING id");
    let ids: Vec<(i64,)> = query.build_as().fetch_all(connection).await?;
    // The newest of the chain: ids grow, and whoever adds to it is alone.
    Ok(ids.into_iter().map(|(id,)| id).max().unwrap_or_default())
}

/// The moment as it stands in the table.
pub(super) fn rfc3339(at: OffsetDateTime) -> String {
    // Formatting fails only for components that a date and time does not have.
    at.to_offset(UtcOffset::UTC).format(AT).unwrap_or_default()
}
