//! The cluster's own promises: what people's SQL cannot do, what a copy holds, and that nothing is left behind.

use std::{
    fs::DirBuilder,
    io::{BufRead, BufReader},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use time::OffsetDateTime;

use super::{
    Access, Database, Login, Postgres, cluster,
    cluster::Cluster,
    programs::{Programs, User},
};
use crate::token::{self, WorldId};

/// Whether there is a PostgreSQL to test with. In CI there must be.
fn installed() -> bool {
    let found = Programs::find(None);
    if let Err(failure) = &found {
        assert!(std::env::var_os("CI").is_none(), "{failure}");
        eprintln!("skipped: {failure}");
    }
    found.is_ok()
}

fn passing() -> Postgres {
    Postgres::new(None, Duration::from_secs(10))
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    let ran = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    ran.map(|_| ()).map_err(|error| error.to_string())
}

async fn text(database: &Database, access: Access, sql: &str) -> Result<String, String> {
    let mut connection = database.connect(access).await.unwrap();
    let found = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_one(&mut connection)
        .await;
    found.map_err(|error| error.to_string())
}

async fn does(database: &Database, access: Access, sql: &str) -> Result<(), String> {
    run(&mut database.connect(access).await.unwrap(), sql).await
}

#[tokio::test]
async fn people_own_their_project_and_nothing_else() {
    if !installed() {
        return;
    }
    let postgres = passing();
    let (ours, theirs) = (WorldId::random(), WorldId::random());
    let own = postgres.open(ours, "project").await.unwrap();
    let other = postgres.open(theirs, "project").await.unwrap();
    assert_eq!(
        text(&own, Access::Owner, "SELECT current_user::text").await.unwrap(),
        "postgres"
    );
    for good in [
        "CREATE TABLE notes (id int PRIMARY KEY, owner uuid REFERENCES auth.users)",
        "CREATE SCHEMA more",
        "CREATE POLICY mine ON storage.objects FOR SELECT TO authenticated USING (auth.uid()::text = owner_id)",
        "GRANT SELECT ON notes TO anon; SET ROLE anon; SELECT * FROM notes",
        "CREATE FUNCTION hello() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER hello AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION hello()",
        "SELECT lo_from_bytea(0, 'x')",
    ] {
        assert_eq!(does(&own, Access::Owner, good).await, Ok(()), "{good}");
    }
    for bad in [
        // What is made in `public` is given to nobody by itself.
        "SET ROLE authenticated; SELECT * FROM notes",
        "CREATE ROLE evil SUPERUSER",
        "CREATE DATABASE evil",
        "ALTER ROLE supabase_admin SET log_statement = 'all'",
        "ALTER ROLE postgres SUPERUSER",
        "ALTER SYSTEM SET fsync = on",
        "COPY notes TO PROGRAM 'cat'",
        "COPY notes FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION postgres_fdw",
        "CREATE EVENT TRIGGER evil ON ddl_command_end EXECUTE FUNCTION hello()",
        "SET SESSION AUTHORIZATION supabase_admin",
        "SELECT * FROM pg_authid",
        "SELECT pg_reload_conf()",
    ] {
        let refused = does(&own, Access::Owner, bad).await;
        assert!(refused.is_err(), "{bad}");
    }
    for bad in [
        format!("DROP DATABASE \"{}\"", other.name()),
        format!("ALTER DATABASE \"{}\" SET statement_timeout = 1", other.name()),
        format!("SET ROLE \"owner_{}\"", other.name()),
        format!("ALTER ROLE \"owner_{}\" SET statement_timeout = 1", other.name()),
        format!(
            "GRANT CONNECT ON DATABASE \"{}\" TO \"owner_{}\"",
            other.name(),
            own.name()
        ),
    ] {
        // A grant that may not be given is a warning, so what counts is that nothing came of it.
        let _ = does(&own, Access::Owner, &bad).await;
    }
    assert_eq!(
        text(&other, Access::Owner, "SHOW statement_timeout").await.unwrap(),
        "10s"
    );
    let trespass = own.cluster.options(&super::owner(own.name()), other.name());
    let refused = PgConnection::connect_with(&trespass).await.unwrap_err().to_string();
    assert!(refused.contains("permission denied for database"), "{refused}");
}

#[tokio::test]
async fn what_databases_share_is_harmless() {
    if !installed() {
        return;
    }
    let postgres = passing();
    let own = postgres.open(WorldId::random(), "project").await.unwrap();
    let other = postgres.open(WorldId::random(), "project").await.unwrap();
    for sql in [
        "DROP OWNED BY anon, postgres CASCADE",
        "ALTER ROLE postgres SET statement_timeout = 1; ALTER ROLE postgres SET search_path = nowhere",
        "SET ROLE anon; ALTER ROLE anon SET statement_timeout = 1",
        "SET ROLE NONE; GRANT postgres TO anon",
        "SET ROLE postgres; ALTER ROLE postgres PASSWORD 'known' ",
        "SET ROLE NONE; ALTER ROLE CURRENT_USER SET statement_timeout = 1",
    ] {
        // Some of these are refused; what counts is the neighbour.
        let _ = does(&own, Access::Owner, sql).await;
    }
    let neighbour = "CREATE SCHEMA still; CREATE TABLE still.there (id int); CREATE TEMPORARY TABLE passing (id int);
        SET ROLE anon; SELECT count(*) FROM storage.buckets";
    assert_eq!(does(&other, Access::Owner, neighbour).await, Ok(()));
    assert_eq!(
        text(&other, Access::Owner, "SHOW statement_timeout").await.unwrap(),
        "10s"
    );
    let third = postgres.open(WorldId::random(), "project").await.unwrap();
    assert_eq!(does(&third, Access::Owner, neighbour).await, Ok(()));
}

#[tokio::test]
async fn the_reader_reads_and_writes_nothing() {
    if !installed() {
        return;
    }
    let postgres = passing();
    let database = postgres.open(WorldId::random(), "project").await.unwrap();
    let made = "CREATE TABLE notes (id int); INSERT INTO notes VALUES (1); ALTER TABLE notes ENABLE ROW LEVEL SECURITY";
    does(&database, Access::Owner, made).await.unwrap();
    assert_eq!(
        text(&database, Access::ReadOnly, "SELECT count(*)::text FROM notes").await,
        Ok("1".to_owned())
    );
    for bad in [
        "INSERT INTO notes VALUES (2)",
        "DELETE FROM notes",
        "CREATE TABLE more (id int)",
        "CREATE TEMPORARY TABLE more (id int)",
        "CREATE SCHEMA more",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_create(0)",
        "SET ROLE postgres",
        "GRANT SELECT ON notes TO anon",
    ] {
        let sql = format!("SET default_transaction_read_only = off; {bad}");
        assert!(does(&database, Access::ReadOnly, &sql).await.is_err(), "{bad}");
        let sql = format!("COMMIT; SET default_transaction_read_only = off; SET ROLE NONE; {bad}");
        assert!(does(&database, Access::ReadOnly, &sql).await.is_err(), "{bad}");
    }
    assert_eq!(
        text(&database, Access::ReadOnly, "SELECT count(*)::text FROM notes").await,
        Ok("1".to_owned())
    );
}

#[tokio::test]
async fn a_copy_has_what_was_there_and_goes_its_own_way() {
    if !installed() {
        return;
    }
    let (postgres, world) = (passing(), WorldId::random());
    let parent = postgres.open(world, "parent").await.unwrap();
    does(&parent, Access::Owner, "CREATE TABLE notes AS SELECT 1 AS id")
        .await
        .unwrap();
    let busy = parent.connect(Access::Owner).await.unwrap();
    postgres.copy(world, "parent", "child").await.unwrap();
    drop(busy);
    let child = postgres.open(world, "child").await.unwrap();
    does(
        &child,
        Access::Owner,
        "INSERT INTO notes VALUES (2); ALTER TABLE notes ADD more int",
    )
    .await
    .unwrap();
    let count = "SELECT count(*)::text FROM notes";
    assert_eq!(text(&child, Access::ReadOnly, count).await, Ok("2".to_owned()));
    assert_eq!(text(&parent, Access::ReadOnly, count).await, Ok("1".to_owned()));
    postgres.copy(world, "parent", "child").await.unwrap();
    assert_eq!(text(&child, Access::ReadOnly, count).await, Ok("1".to_owned()));
    postgres.drop(world, "parent").await.unwrap();
    assert_eq!(text(&child, Access::Owner, count).await, Ok("1".to_owned()));
    postgres.drop_world(world).await.unwrap();
    let left = "SELECT count(*)::text FROM pg_roles WHERE rolname LIKE '%' || $$WORLD$$ || '%'";
    let left = left.replace("WORLD", &world.to_string());
    let anew = postgres.open(WorldId::random(), "x").await.unwrap();
    assert_eq!(text(&anew, Access::Admin, &left).await, Ok("0".to_owned()));
}

#[tokio::test]
async fn the_demo_is_kept_and_other_worlds_are_not() {
    if !installed() {
        return;
    }
    // Nobody else may look into it, as into the data directory of a server: where we are root, PostgreSQL runs as
    // somebody else and has its files elsewhere.
    let private = std::env::temp_dir().join(format!("steward-private-{}", token::letters(&token::random())));
    DirBuilder::new().mode(0o700).create(&private).unwrap();
    let kept = private.join("postgres");
    let other = WorldId::random();
    let count = "SELECT count(*)::text FROM pg_tables WHERE tablename = 'notes'";
    for expected in ["0", "1"] {
        let postgres = Postgres::new(Some(kept.clone()), Duration::from_secs(10));
        let demo = postgres.open(WorldId::DEMO, "project").await.unwrap();
        assert_eq!(text(&demo, Access::Owner, count).await, Ok(expected.to_owned()));
        let passing = postgres.open(other, "project").await.unwrap();
        assert_eq!(text(&passing, Access::Owner, count).await, Ok("0".to_owned()));
        for database in [&demo, &passing] {
            does(database, Access::Owner, "CREATE TABLE IF NOT EXISTS notes (id int)")
                .await
                .unwrap();
        }
    }
    let user = User::instead_of_root(&private).unwrap();
    let home = cluster::home(&kept, user).unwrap();
    assert!(home.join("data/PG_VERSION").exists() && !home.join("data/postmaster.pid").exists());
    std::fs::remove_dir_all(&private).unwrap();
    if let Some(user) = user {
        // Another start clears away what belongs to nobody any more.
        cluster::clear_away(user);
    }
    assert!(!home.exists());
}

#[tokio::test]
async fn a_login_role_needs_its_password() {
    if !installed() {
        return;
    }
    let postgres = passing();
    let database = postgres.open(WorldId::random(), "project").await.unwrap();
    let other = postgres.open(WorldId::random(), "project").await.unwrap();
    let soon = OffsetDateTime::now_utc() + Duration::from_secs(60);
    let role = database.make_login(Login::ReadOnly, "right", soon).await.unwrap();
    let enter = async |password: &str, into: &Database| {
        let options = database.cluster.options(&role, into.name()).password(password);
        PgConnection::connect_with(&options).await
    };
    let mut inside = enter("right", &database).await.unwrap();
    let who: String = sqlx::query_scalar("SELECT current_user::text")
        .fetch_one(&mut inside)
        .await
        .unwrap();
    assert_eq!(who, "supabase_read_only_user");
    assert!(run(&mut inside, "CREATE TABLE notes ()").await.is_err());
    assert!(enter("right", &other).await.is_err());
    assert!(enter("wrong", &database).await.is_err());
    database.make_login(Login::ReadOnly, "second", soon).await.unwrap();
    assert!(enter("right", &database).await.is_err() && enter("second", &database).await.is_ok());
    let over = OffsetDateTime::now_utc() - Duration::from_secs(1);
    database.make_login(Login::ReadOnly, "third", over).await.unwrap();
    assert!(enter("third", &database).await.is_err());
    database.drop_logins(&[Login::Owner, Login::ReadOnly]).await.unwrap();
    assert!(
        run(&mut inside, "SELECT 1").await.is_err(),
        "what was signed in has ended"
    );
}

/// A cluster, the directory of its socket and the number of its process.
async fn traced() -> (Cluster, PathBuf, String) {
    let cluster = tokio::task::spawn_blocking(|| Cluster::start(None)).await;
    let cluster = cluster.unwrap().unwrap();
    super::prepare(&cluster).await.unwrap();
    let (run, pid) = cluster.traces();
    assert!(run.exists() && lives(&pid));
    (cluster, run, pid)
}

#[tokio::test]
async fn a_cluster_ends_with_its_owner() {
    if !installed() {
        return;
    }
    let (cluster, run, pid) = traced().await;
    drop(cluster);
    assert!(!run.exists() && !lives(&pid));
}

#[tokio::test]
#[ignore = "runs in the process that the next test kills"]
async fn a_process_to_kill() {
    let (_cluster, run, pid) = traced().await;
    println!("\ncluster {} {pid}", run.display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[test]
fn a_cluster_ends_with_its_process_also_when_that_is_killed() {
    if !installed() {
        return;
    }
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "postgres::tests::a_process_to_kill",
            "--nocapture",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(process.stdout.take().unwrap()).lines();
    let told = told.map_while(Result::ok).find(|line| line.starts_with("cluster "));
    process.kill().unwrap();
    process.wait().unwrap();
    let told = told.expect("the traces of a cluster");
    let [_, run, pid] = told.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{told}")
    };
    let begun = Instant::now();
    while Path::new(run).exists() || lives(pid) {
        assert!(begun.elapsed() < Duration::from_secs(20), "{told} is still there");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether there is such a process.
fn lives(pid: &str) -> bool {
    let asked = Command::new("kill").args(["-0", pid]).output();
    asked.unwrap().status.success()
}
