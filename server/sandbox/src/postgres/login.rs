//! Roles with which a tool signs in to one project's database, for some minutes.

use sqlx::Connection;
use time::OffsetDateTime;

use super::{
    Access, Database, Failure,
    admin::{identifier, run},
    cluster::WITH_PASSWORD,
};
use crate::answer::{Refusal, moment};

/// What the role may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    Owner,
    ReadOnly,
}

impl Login {
    fn role(self, database: &str) -> String {
        match self {
            Self::Owner => format!("cli_login_{database}"),
            Self::ReadOnly => format!("cli_login_read_only_{database}"),
        }
    }

    /// As whom it goes on.
    fn group(self) -> &'static str {
        match self {
            Self::Owner => "postgres",
            Self::ReadOnly => "supabase_read_only_user",
        }
    }
}

impl Database {
    /// Makes the role, or gives it another password if it is there, and answers with its name. PostgreSQL compares
    /// `until` with the machine's clock.
    pub async fn make_login(&self, login: Login, password: &str, until: OffsetDateTime) -> Result<String, Refusal> {
        let name = login.role(self.name());
        let role = identifier(&name);
        let until = moment(until);
        let mut admin = self.connect(Access::Admin).await?;
        let known = sqlx::query("SELECT FROM pg_roles WHERE rolname = $1").bind(&name);
        let known = known.fetch_optional(&mut admin).await.map_err(Failure::from)?.is_some();
        let verb = if known { "ALTER" } else { "CREATE" };
        // ok: the password is made of letters and digits, the time of those and colons.
        run(
            &mut admin,
            format!("{verb} ROLE {role} LOGIN NOINHERIT PASSWORD '{password}' VALID UNTIL '{until}'"),
        )
        .await?;
        if !known {
            let group = login.group();
            let grants = format!(
                "GRANT {group}, {WITH_PASSWORD} TO {role};
                GRANT CONNECT ON DATABASE {} TO {role};
                ALTER ROLE {role} SET role = '{group}'",
                identifier(self.name())
            );
            run(&mut admin, grants).await?;
        }
        Ok(name)
    }

    /// Drops the roles of these kinds, and ends what is signed in with them.
    pub async fn drop_logins(&self, logins: &[Login]) -> Result<(), Refusal> {
        let mut admin = self.connect(Access::Admin).await?;
        for login in logins {
            let name = login.role(self.name());
            let ended = sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1");
            ended.bind(&name).execute(&mut admin).await.map_err(Failure::from)?;
            let known = sqlx::query("SELECT FROM pg_roles WHERE rolname = $1").bind(&name);
            if known.fetch_optional(&mut admin).await.map_err(Failure::from)?.is_some() {
                let (role, database) = (identifier(&name), identifier(self.name()));
                // What it may have made is that of the role it went on as; `SET ROLE NONE` could have left more.
                let drop = format!(
                    "REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role};
                    REVOKE ALL ON DATABASE {database} FROM {role}; DROP ROLE {role}"
                );
                run(&mut admin, drop).await?;
            }
        }
        // ok: the connection is closed either way.
        let _ = admin.close().await;
        Ok(())
    }
}
