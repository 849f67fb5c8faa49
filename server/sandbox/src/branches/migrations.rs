//! What branches ask of databases: their migrations, running those that are missing, and emptying a copy.
//!
//! People's own SQL runs here, so everything that could set off a trigger goes as the project's owner, never as the
//! cluster's superuser.

use sqlx::{PgConnection, Row};

use crate::{
    answer::Refusal,
    database::migrations::HISTORY,
    postgres::{Access, Postgres, Session, Whole, code},
    schema::{self, Schema},
    token::WorldId,
};

/// Schemas that are the platform's and none of a branch's business, unless somebody names them.
const PLATFORMS: &[&str] = &["auth", "extensions", "storage", "supabase_migrations", "vault"];

/// Those of them on whose tables people put policies and triggers of their own.
const OPEN: &[&str] = &["auth", "storage"];

#[derive(Clone, Debug, PartialEq)]
pub struct Migration {
    pub version: String,
    pub name: String,
    pub statements: Vec<String>,
}

fn failed(error: sqlx::Error) -> Refusal {
    Refusal::Invalid(match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    })
}

async fn session(postgres: &Postgres, world: WorldId, project: &str) -> Result<Session, Refusal> {
    Session::open(postgres.open(world, project).await?, Access::Owner).await
}

/// The migrations of a project, the oldest first: versions are texts, and so is their order.
pub async fn history(postgres: &Postgres, world: WorldId, project: &str) -> Result<Vec<Migration>, Refusal> {
    let mut session = session(postgres, world, project).await?;
    let rows = sqlx::query(
        "SELECT version, coalesce(name, ''), coalesce(statements, '{}')
         FROM supabase_migrations.schema_migrations ORDER BY version",
    );
    let rows = match rows.fetch_all(session.connection()).await {
        // People may have dropped it.
        Err(error) if matches!(code(&error).as_deref(), Some("42P01" | "3F000")) => Vec::new(),
        rows => rows.map_err(failed)?,
    };
    rows.iter()
        .map(|row| {
            Ok(Migration {
                version: row.try_get(0)?,
                name: row.try_get(1)?,
                statements: row.try_get(2)?,
            })
        })
        .collect::<Result<_, sqlx::Error>>()
        .map_err(failed)
}

/// Those of `from` that `to` lacks, up to the version `last`.
///
/// # Errors
/// `from` has no such version.
pub fn missing(from: &[Migration], to: &[Migration], last: Option<&str>) -> Result<Vec<Migration>, Refusal> {
    if let Some(last) = last
        && from.iter().all(|migration| migration.version != last)
    {
        return Err(Refusal::Invalid(format!(
            "migration_version: there is no migration {last}."
        )));
    }
    let wanted = from
        .iter()
        .filter(|migration| last.is_none_or(|last| migration.version.as_str() <= last))
        .filter(|migration| to.iter().all(|known| known.version != migration.version));
    Ok(wanted.cloned().collect())
}

/// Runs a migration and writes it down, both or neither.
pub async fn apply(
    postgres: &Postgres,
    world: WorldId,
    project: &str,
    migration: &Migration,
    run: Run,
) -> Result<(), Refusal> {
    let mut session = session(postgres, world, project).await?;
    session.own("BEGIN").await?;
    if run == Run::AndWriteDown {
        for statement in &migration.statements {
            session.run_each(statement, Whole::Transaction).await?;
        }
        session.own("RESET ROLE; RESET search_path").await?;
    }
    session.own(HISTORY).await?;
    sqlx::query(
        "INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ($1, $2, $3)
         ON CONFLICT (version) DO NOTHING",
    )
    .bind(&migration.version)
    .bind(&migration.name)
    .bind(&migration.statements)
    .execute(session.connection())
    .await
    .map_err(failed)?;
    session.own("COMMIT").await
}

/// Whether a migration's statements run, or only its entry is made, since they have been run already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Run {
    AndWriteDown,
    Not,
}

/// Takes the data out of a copy; schema, migrations and what extensions keep stay.
pub async fn empty(postgres: &Postgres, world: WorldId, project: &str) -> Result<(), Refusal> {
    let mut session = session(postgres, world, project).await?;
    let tables = names(session.connection(), "rp").await?;
    if !tables.is_empty() {
        let truncate = format!("TRUNCATE {} RESTART IDENTITY CASCADE", tables.join(", "));
        session.run(&truncate).await?;
    }
    // Of the vault the owner may delete rows, and no more.
    session.run("DELETE FROM vault.secrets").await?;
    for view in names(session.connection(), "m").await? {
        session
            .run(&format!("REFRESH MATERIALIZED VIEW {view} WITH NO DATA"))
            .await?;
    }
    Ok(())
}

/// Relations of these kinds that hold data, as they stand in SQL.
async fn names(connection: &mut PgConnection, kinds: &str) -> Result<Vec<String>, Refusal> {
    let names = sqlx::query_scalar::<_, String>(
        "SELECT format('%I.%I', nspname, relname)
         FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
         WHERE strpos($1, relkind::text) > 0 AND relpersistence <> 't'
             AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'extensions', 'supabase_migrations', 'vault')
             AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                 WHERE classid = 'pg_catalog.pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
         ORDER BY 1",
    );
    names.bind(kinds).fetch_all(connection).await.map_err(failed)
}

/// SQL that makes the schemas of `from` like those of `to`: the named ones, or all but the platform's.
pub async fn diff(
    postgres: &Postgres,
    world: WorldId,
    (from, to): (&str, &str),
    named: Option<&str>,
) -> Result<String, Refusal> {
    let mut both = [
        postgres.open(world, from).await?.connect(Access::Admin).await?,
        postgres.open(world, to).await?.connect(Access::Admin).await?,
    ];
    let named: Option<Vec<_>> = named.map(|named| {
        let names = named.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    });
    let named = named.filter(|named| !named.is_empty());
    let all = named.is_none();
    let mut read: Vec<Schema> = Vec::with_capacity(2);
    let schemas = match named {
        Some(named) => named,
        None => {
            let mut all = Vec::new();
            for connection in &mut both {
                all.extend(theirs(connection).await?);
            }
            all.sort();
            all.dedup();
            all
        }
    };
    let schemas: Vec<_> = schemas.iter().map(String::as_str).collect();
    for connection in &mut both {
        read.push(schema::read(connection, &schemas).await?);
    }
    let mut sql = schema::diff(&read[0], &read[1]);
    if all {
        let mut read: Vec<Schema> = Vec::with_capacity(2);
        for connection in &mut both {
            read.push(schema::read(connection, OPEN).await?.belongings_only());
        }
        let belongings = schema::diff(&read[0], &read[1]);
        if !belongings.is_empty() && !sql.is_empty() {
            sql.push('\n');
        }
        sql.push_str(&belongings);
    }
    Ok(sql)
}

/// The schemas of a database that are neither PostgreSQL's nor the platform's.
async fn theirs(connection: &mut PgConnection) -> Result<Vec<String>, Refusal> {
    let names = sqlx::query_scalar::<_, String>(
        "SELECT nspname::text FROM pg_catalog.pg_namespace
         WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1",
    );
    let names = names.fetch_all(connection).await.map_err(failed)?;
    Ok(names
        .into_iter()
        .filter(|name| !PLATFORMS.contains(&name.as_str()))
        .collect())
}
