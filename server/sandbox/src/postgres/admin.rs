//! What the superuser does: the template, and a database with two roles for every project.

use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::{
    Failure,
    cluster::{ADMIN, Cluster},
};
use crate::token;

/// Connections that one project may have open, so that it does not take those of the others.
const MOST_CONNECTIONS: u32 = 20;

/// How long a new cluster may take until it answers.
const START: Duration = Duration::from_secs(30);

/// The role that people's SQL comes in as; it then goes on as `postgres`.
pub(super) fn owner(database: &str) -> String {
    format!("owner_{database}")
}

pub(super) fn reader(database: &str) -> String {
    format!("reader_{database}")
}

/// A connection of the superuser's. Nothing of a schema that people write to is found without its name.
pub(super) async fn admin(cluster: &Cluster, database: &str) -> Result<PgConnection, Failure> {
    let options = cluster
        .options(ADMIN, database)
        .options([("search_path", "pg_catalog")]);
    Ok(PgConnection::connect_with(&options).await?)
}

/// Runs statements whose only variable parts were quoted with [`identifier`].
pub(super) async fn run(admin: &mut PgConnection, sql: String) -> Result<(), Failure> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await?;
    Ok(())
}

/// A name as it stands in SQL.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) async fn exists(admin: &mut PgConnection, database: &str) -> Result<bool, Failure> {
    let found = sqlx::query("SELECT FROM pg_database WHERE datname = $1").bind(database);
    Ok(found.fetch_optional(admin).await?.is_some())
}

pub(super) async fn like(admin: &mut PgConnection, pattern: &str) -> Result<Vec<String>, Failure> {
    let pattern = pattern.replace('_', "\\_");
    let rows = sqlx::query("SELECT datname::text FROM pg_database WHERE datname LIKE $1").bind(pattern);
    let rows = rows.fetch_all(admin).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get(0))
        .collect::<Result<_, sqlx::Error>>()?)
}

pub(super) fn in_use(failure: &Failure) -> bool {
    matches!(failure, Failure::Sql(sqlx::Error::Database(error)) if error.code().as_deref() == Some("55006"))
}

/// Waits until a new cluster answers, and gives it what all projects share.
pub(super) async fn prepare(cluster: &Cluster) -> Result<(), Failure> {
    let begun = Instant::now();
    let mut connection = loop {
        match admin(cluster, "postgres").await {
            Ok(connection) => break connection,
            Err(_) if cluster.lives() && begun.elapsed() < START => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(_) => return Err(Failure::Silent),
        }
    };
    run(&mut connection, include_str!("roles.sql").to_owned()).await?;
    let template = template_name();
    // Worlds other than the demo are not kept, nor are templates of an older build.
    for name in like(&mut connection, "%_%").await? {
        if name != template && !name.starts_with("demo_") {
            remove(&mut connection, &name).await?;
        }
    }
    if !exists(&mut connection, &template).await? {
        make_template(cluster, &mut connection, &template).await?;
    }
    Ok(())
}

/// Named by its content: a build with another one makes its own.
pub(super) fn template_name() -> String {
    let content = token::number(concat!(include_str!("template.sql"), include_str!("roles.sql")));
    format!("template_{:08x}", content as u32)
}

async fn make_template(cluster: &Cluster, connection: &mut PgConnection, name: &str) -> Result<(), Failure> {
    let draft = identifier("template_draft");
    run(connection, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await?;
    run(connection, format!("CREATE DATABASE {draft} TEMPLATE template0")).await?;
    let mut inside = admin(cluster, "template_draft").await?;
    run(&mut inside, include_str!("template.sql").to_owned()).await?;
    inside.close().await?;
    // Renamed when it is whole.
    run(connection, format!("ALTER DATABASE {draft} ALLOW_CONNECTIONS false")).await?;
    run(
        connection,
        format!("ALTER DATABASE {draft} RENAME TO {}", identifier(name)),
    )
    .await
}

/// Makes a database as a copy of another, with roles that may connect to it and to nothing else.
pub(super) async fn create(admin: &mut PgConnection, name: &str, template: &str) -> Result<(), Failure> {
    let (database, template) = (identifier(name), identifier(template));
    let (owner, reader) = (identifier(&owner(name)), identifier(&reader(name)));
    for role in [&owner, &reader] {
        run(admin, format!("DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN")).await?;
    }
    run(
        admin,
        format!(
            "CREATE DATABASE {database} TEMPLATE {template} ALLOW_CONNECTIONS true CONNECTION LIMIT {MOST_CONNECTIONS}"
        ),
    )
    .await?;
    run(
        admin,
        format!(
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {database} TO {owner}, {reader};
            GRANT CREATE, TEMPORARY ON DATABASE {database} TO postgres;
            GRANT postgres TO {owner};
            GRANT supabase_read_only_user TO {reader};
            ALTER ROLE {owner} SET role = 'postgres';
            ALTER ROLE {reader} SET role = 'supabase_read_only_user';
            ALTER ROLE {reader} SET default_transaction_read_only = on;
            ALTER DATABASE {database} SET search_path = \"$user\", public, extensions"
        ),
    )
    .await
}

/// Drops a database and the roles that carry its name.
pub(super) async fn remove(admin: &mut PgConnection, name: &str) -> Result<(), Failure> {
    run(
        admin,
        format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(name)),
    )
    .await?;
    let roles = sqlx::query("SELECT rolname::text FROM pg_roles WHERE rolname LIKE $1 AND rolname <> $2");
    let roles = roles
        .bind(format!("%\\_{}", name.replace('_', "\\_")))
        .bind(ADMIN)
        .fetch_all(&mut *admin)
        .await?;
    for role in roles {
        let role: String = role.try_get(0)?;
        run(admin, format!("DROP ROLE {}", identifier(&role))).await?;
    }
    Ok(())
}
