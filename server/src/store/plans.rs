//! Plans: changes of several calls, kept for a while from being drawn up until it was seen what came of them.

use app::plan::{Phase, Plan};

use super::{
    Store,
    crypto::{hashed, random_id},
    now, sql,
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "plans";
/// Seconds that a plan is kept after it was last written.
const KEPT: i64 = 900;
/// The same of one that holds nothing secret any more, so that what it did can be undone.
const UNDOABLE: i64 = 24 * 60 * 60;
/// Plans of one account, at most; the oldest go first.
const EACH: i64 = 20;
/// Seconds after which a plan that runs and was not written is one that Steward's end has broken off: longer than any call
/// takes with its retries.
const SILENT: i64 = 180;

/// Who carries a plan out: of several that began it one after the other, the last. Whoever was before, such as an instance
/// that was frozen meanwhile, writes nothing into it any more.
#[derive(Clone, Debug)]
pub struct Run {
    id_hash: String,
    mark: String,
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Drawn => "drawn",
        Phase::Running => "running",
        Phase::Ended => "ended",
    }
}

/// Seconds for which a plan is kept.
fn kept(plan: &Plan) -> i64 {
    let made = plan.phase == Phase::Ended && plan.steps.iter().all(|step| step.parameters.is_none());
    if made { UNDOABLE } else { KEPT }
}

impl Store {
    /// Keeps the plan for whoever is signed in as `account`, and gives the id it is asked for with.
    pub async fn add_plan(&self, account: &AccountKey, plan: &Plan) -> Result<String, Error> {
        let id = random_id();
        let id_hash = hashed(&id);
        let sealed = self.vault.seal(TABLE, &id_hash, plan)?;
        sql::query(
            "INSERT INTO plans (id_hash, account, sealed, phase, written_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&id_hash)
        .bind(account.as_str())
        .bind(sealed)
        .bind(word(plan.phase))
        .bind(now())
        .bind(now() + KEPT)
        .execute(&self.pool)
        .await?;
        // One that runs is never forgotten.
        self.keep_newest(TABLE, "phase <> 'running'", account, &id_hash, EACH)
            .await?;
        Ok(id)
    }

    /// The account's own plan; `None` where there is none (any more).
    pub async fn plan(&self, account: &AccountKey, id: &str) -> Result<Option<Plan>, Error> {
        Ok(self.sealed_plan(account, id).await?.map(|(_, plan)| plan))
    }

    /// The same with what it was sealed as.
    async fn sealed_plan(&self, account: &AccountKey, id: &str) -> Result<Option<(Vec<u8>, Plan)>, Error> {
        let id_hash = hashed(id);
        let row: Option<(Vec<u8>, i64)> = sql::query_as(
            "SELECT sealed, written_at FROM plans WHERE id_hash = $1 AND account = $2 AND expires_at > $3",
        )
        .bind(&id_hash)
        .bind(account.as_str())
        .bind(now())
        .fetch_optional(&self.pool)
        .await?;
        let Some((sealed, written_at)) = row else {
            return Ok(None);
        };
        let plan: Plan = self.vault.open(TABLE, &id_hash, &sealed)?;
        let broken_off = plan.phase == Phase::Running && written_at + SILENT < now();
        Ok(Some((sealed, if broken_off { plan.interrupted() } else { plan })))
    }

    /// Writes down that the plan runs, and gives it as it stands then; `None` where it runs already, or is gone. So of
    /// several that press its button at once only one makes its calls, and none makes what another has just made.
    pub async fn begin_plan(&self, account: &AccountKey, id: &str) -> Result<Option<(Run, Plan)>, Error> {
        let Some((sealed, plan)) = self.sealed_plan(account, id).await? else {
            return Ok(None);
        };
        let run = Run {
            id_hash: hashed(id),
            mark: random_id(),
        };
        let begun = sql::query(
            "UPDATE plans SET phase = 'running', stopped = FALSE, written_at = $1, expires_at = $2, run = $6 \
             WHERE id_hash = $3 AND sealed = $4 AND (phase <> 'running' OR written_at + $5 < $1)",
        )
        .bind(now())
        .bind(now() + KEPT)
        .bind(&run.id_hash)
        .bind(sealed)
        .bind(SILENT)
        .bind(&run.mark)
        .execute(&self.pool)
        .await?;
        Ok((begun == 1).then_some((run, plan)))
    }

    /// Writes down how far the plan is that somebody has begun.
    ///
    /// # Errors
    /// [`Error::Overtaken`]: it is another run's by now, or gone.
    pub async fn save_plan(&self, run: &Run, plan: &Plan) -> Result<(), Error> {
        let sealed = self.vault.seal(TABLE, &run.id_hash, plan)?;
        let saved = sql::query(
            "UPDATE plans SET sealed = $1, phase = $2, written_at = $3, expires_at = $4 \
             WHERE id_hash = $5 AND run = $6 AND phase = 'running'",
        )
        .bind(sealed)
        .bind(word(plan.phase))
        .bind(now())
        .bind(now() + kept(plan))
        .bind(&run.id_hash)
        .bind(&run.mark)
        .execute(&self.pool)
        .await?;
        if saved == 1 { Ok(()) } else { Err(Error::Overtaken) }
    }

    /// Writes down a change of the account's own plan that nobody has begun; `false` where there is none (any more).
    pub async fn redraw_plan(&self, account: &AccountKey, id: &str, plan: &Plan) -> Result<bool, Error> {
        let id_hash = hashed(id);
        let sealed = self.vault.seal(TABLE, &id_hash, plan)?;
        let redrawn = sql::query(
            "UPDATE plans SET sealed = $1, written_at = $2, expires_at = $3 \
             WHERE id_hash = $4 AND account = $5 AND phase = 'drawn'",
        )
        .bind(sealed)
        .bind(now())
        .bind(now() + kept(plan))
        .bind(id_hash)
        .bind(account.as_str())
        .execute(&self.pool)
        .await?;
        Ok(redrawn == 1)
    }

    /// Asks for a plan that runs to make no further call.
    pub async fn stop_plan(&self, account: &AccountKey, id: &str) -> Result<(), Error> {
        sql::query("UPDATE plans SET stopped = TRUE WHERE id_hash = $1 AND account = $2 AND phase = 'running'")
            .bind(hashed(id))
            .bind(account.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whether somebody has asked for that, or another run has begun.
    pub async fn is_stopped(&self, run: &Run) -> Result<bool, Error> {
        let stopped: Option<bool> = sql::query_scalar("SELECT stopped FROM plans WHERE id_hash = $1 AND run = $2")
            .bind(&run.id_hash)
            .bind(&run.mark)
            .fetch_optional(&self.pool)
            .await?;
        Ok(stopped != Some(false))
    }

    /// Forgets a plan that does not run, with all that is secret in it.
    pub async fn drop_plan(&self, account: &AccountKey, id: &str) -> Result<(), Error> {
        sql::query("DELETE FROM plans WHERE id_hash = $1 AND account = $2 AND phase <> 'running'")
            .bind(hashed(id))
            .bind(account.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use app::plan::{State, Step};
    use management_api::OperationId;

    use super::*;

    fn plan() -> Plan {
        let parameters = serde_json::json!({ "ref": "shop", "secrets": [{ "name": "A", "value": "hush-hush" }] });
        let step = Step::new(OperationId::CreateSecrets, "Set a secret", parameters);
        Plan::new("/projects/shop/secrets", "Send 1 secret", Vec::new(), vec![step])
    }

    #[tokio::test]
    async fn a_plan_is_its_own_accounts_and_lies_sealed() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let (mine, others) = (
            AccountKey::from("mine".to_owned()),
            AccountKey::from("others".to_owned()),
        );
        let id = store.add_plan(&mine, &plan()).await.unwrap();
        assert_eq!(store.plan(&mine, &id).await.unwrap(), Some(plan()));
        assert_eq!(store.plan(&others, &id).await.unwrap(), None);
        assert!(store.begin_plan(&others, &id).await.unwrap().is_none());
        let mut other = plan();
        other.steps[0].operation = OperationId::DeleteProject;
        assert!(!store.redraw_plan(&others, &id, &other).await.unwrap());
        assert_eq!(store.plan(&mine, &id).await.unwrap(), Some(plan()));
        assert!(store.redraw_plan(&mine, &id, &other).await.unwrap());
        assert_eq!(store.plan(&mine, &id).await.unwrap(), Some(other));
        store.drop_plan(&others, &id).await.unwrap();
        let sealed: Vec<u8> = sql::query_scalar("SELECT sealed FROM plans")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("hush-hush"));
        store.drop_plan(&mine, &id).await.unwrap();
        assert_eq!(store.plan(&mine, &id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_plan_begins_once_and_is_not_dropped_while_it_runs() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mine = AccountKey::from("mine".to_owned());
        let id = store.add_plan(&mine, &plan()).await.unwrap();
        let (run, begun) = store.begin_plan(&mine, &id).await.unwrap().unwrap();
        assert_eq!(begun, plan());
        assert!(store.begin_plan(&mine, &id).await.unwrap().is_none());
        assert!(!store.redraw_plan(&mine, &id, &plan()).await.unwrap(), "it runs");
        store.drop_plan(&mine, &id).await.unwrap();
        let mut running = plan();
        running.phase = Phase::Running;
        running.steps[0].state = State::Sending;
        store.save_plan(&run, &running).await.unwrap();
        assert_eq!(store.plan(&mine, &id).await.unwrap(), Some(running.clone()));
        // Steward ended meanwhile: what was under way is not known, and may be tried again.
        sql::query("UPDATE plans SET written_at = written_at - 1000")
            .execute(&store.pool)
            .await
            .unwrap();
        let broken_off = store.plan(&mine, &id).await.unwrap().unwrap();
        assert_eq!(
            (broken_off.phase, &broken_off.steps[0].state),
            (Phase::Ended, &State::Unknown)
        );
        let (again, begun) = store.begin_plan(&mine, &id).await.unwrap().unwrap();
        assert_eq!(begun, broken_off);
        // It was only frozen, and wakes up: what it thinks to know is not written over what others do.
        assert!(matches!(store.save_plan(&run, &running).await, Err(Error::Overtaken)));
        assert!(store.is_stopped(&run).await.unwrap() && !store.is_stopped(&again).await.unwrap());
        store.save_plan(&again, &running).await.unwrap();
        assert_eq!(store.plan(&mine, &id).await.unwrap(), Some(running.clone()));
        running.phase = Phase::Ended;
        store.save_plan(&again, &running).await.unwrap();
        assert!(
            matches!(store.save_plan(&again, &running).await, Err(Error::Overtaken)),
            "it has ended"
        );
    }

    #[tokio::test]
    async fn a_plan_that_begins_again_is_what_became_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mine = AccountKey::from("mine".to_owned());
        let id = store.add_plan(&mine, &plan()).await.unwrap();
        // Somebody who pressed the button too has read it by now, and comes second.
        let (run, mut made) = store.begin_plan(&mine, &id).await.unwrap().unwrap();
        made.phase = Phase::Ended;
        made.steps[0].state = State::Done;
        made.steps[0].parameters = None;
        store.save_plan(&run, &made).await.unwrap();
        let (_, second) = store.begin_plan(&mine, &id).await.unwrap().unwrap();
        assert!(!second.steps[0].is_left());
    }

    #[tokio::test]
    async fn what_was_done_can_be_undone_for_a_day_and_what_is_secret_goes_sooner() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mine = AccountKey::from("mine".to_owned());
        let (made, failed) = (
            store.add_plan(&mine, &plan()).await.unwrap(),
            store.add_plan(&mine, &plan()).await.unwrap(),
        );
        let mut ended = plan();
        ended.phase = Phase::Ended;
        let (run, _) = store.begin_plan(&mine, &failed).await.unwrap().unwrap();
        store.save_plan(&run, &ended).await.unwrap();
        ended.steps[0].parameters = None;
        let (run, _) = store.begin_plan(&mine, &made).await.unwrap().unwrap();
        store.save_plan(&run, &ended).await.unwrap();
        sql::query("UPDATE plans SET expires_at = expires_at - 3600")
            .execute(&store.pool)
            .await
            .unwrap();
        assert!(store.plan(&mine, &made).await.unwrap().is_some());
        assert_eq!(store.plan(&mine, &failed).await.unwrap(), None);
    }

    #[tokio::test]
    async fn nobody_fills_the_database_with_plans() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mine = AccountKey::from("mine".to_owned());
        let mut last = String::new();
        for _ in 0..EACH + 5 {
            last = store.add_plan(&mine, &plan()).await.unwrap();
        }
        let count: i64 = sql::query_scalar("SELECT count(*) FROM plans")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert_eq!(count, EACH);
        assert!(store.plan(&mine, &last).await.unwrap().is_some());
        sql::query("UPDATE plans SET expires_at = 0")
            .execute(&store.pool)
            .await
            .unwrap();
        assert_eq!(store.plan(&mine, &last).await.unwrap(), None);
    }
}
