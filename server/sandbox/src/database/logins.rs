//! Login roles: real roles of the project's database whose passwords last five minutes of the world's clock.

use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::Running;
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Waiting,
    postgres::Login,
    token,
};

/// How long a password lasts.
const LIFETIME: Duration = Duration::minutes(5);

/// When the roles that were made end.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    owner: Option<OffsetDateTime>,
    read_only: Option<OffsetDateTime>,
}

impl State {
    fn end_of(&mut self, login: Login) -> &mut Option<OffsetDateTime> {
        match login {
            Login::Owner => &mut self.owner,
            Login::ReadOnly => &mut self.read_only,
        }
    }

    /// Takes out those that have ended.
    fn ended(&mut self, now: OffsetDateTime) -> Vec<Login> {
        let all = [Login::Owner, Login::ReadOnly];
        let ended = |login: &Login| self.end_of(*login).take_if(|end| *end <= now).is_some();
        all.into_iter().filter(ended).collect()
    }
}

#[derive(Deserialize)]
struct NewLogin {
    read_only: bool,
}

/// v1-create-login-role
pub fn create(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (running, login) = waiting.within(|call| {
            let running = Running::of(call)?;
            let NewLogin { read_only } = call.request.json()?;
            Ok((running, if read_only { Login::ReadOnly } else { Login::Owner }))
        })?;
        let password = token::random();
        let until = OffsetDateTime::now_utc() + LIFETIME;
        let database = running.open(&waiting).await?;
        let role = database.make_login(login, &password, until).await?;
        waiting.within(|call| {
            let end = call.now + LIFETIME;
            *call.project_mut()?.parts.database.logins.end_of(login) = Some(end);
            Ok(())
        })?;
        Ok(answer(
            StatusCode::CREATED,
            &json!({ "role": role, "password": password, "ttl_seconds": LIFETIME.whole_seconds() }),
        ))
    })
}

/// v1-delete-login-roles
pub fn delete(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let running = waiting.within(|call| {
            let running = Running::of(call)?;
            call.project_mut()?.parts.database.logins = State::default();
            Ok(running)
        })?;
        let database = running.open(&waiting).await?;
        database.drop_logins(&[Login::Owner, Login::ReadOnly]).await?;
        Ok(answer(StatusCode::OK, &json!({ "message": "ok" })))
    })
}

/// Drops the roles whose time is over by the world's clock: PostgreSQL knows the machine's alone.
pub async fn sweep(waiting: &Waiting, running: &Running) -> Result<(), Refusal> {
    let ended = waiting.within(|call| {
        let now = call.now;
        Ok(call.project_mut()?.parts.database.logins.ended(now))
    })?;
    if ended.is_empty() {
        return Ok(());
    }
    running.open(waiting).await?.drop_logins(&ended).await
}
