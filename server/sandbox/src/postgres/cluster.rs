//! The cluster: a PostgreSQL of the sandbox's own, reachable through a Unix socket in a private directory alone.

use std::{
    env,
    ffi::OsStr,
    fs,
    fs::{DirBuilder, File},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::{
    Failure,
    own::Own,
    programs::{Programs, User},
};
use crate::token;

/// The superuser's name, as in a real project.
pub const ADMIN: &str = "supabase_admin";

/// Members of this role sign in with their password; everybody else comes through the private socket of the sandbox.
pub const WITH_PASSWORD: &str = "login_roles";

/// How long a cluster may take to end, and another one of the same directory to give way.
const PATIENCE: Duration = Duration::from_secs(15);

/// What one cluster is told beside its directories. Nothing here must survive a crash of the machine.
const OPTIONS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
    "min_wal_size=32MB",
    "shared_buffers=16MB",
    "max_connections=400",
    "max_logical_replication_workers=0",
    "max_parallel_workers=0",
    "jit=off",
    "temp_file_limit=256MB",
    "client_connection_check_interval=1s",
    "idle_in_transaction_session_timeout=5min",
    // Statements may hold secrets.
    "log_min_messages=fatal",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    "timezone=UTC",
    "log_timezone=UTC",
];

/// A running cluster; it ends with this value, and with the process.
pub struct Cluster {
    /// The directory of the socket.
    run: PathBuf,
    child: Mutex<Child>,
}

impl Cluster {
    /// Starts the cluster kept in a directory, or one that leaves nothing behind. Takes a second or two the first time.
    pub fn start(kept: Option<&Path>) -> Result<Self, Failure> {
        let run = run_directory()?;
        let user = User::instead_of_root(&run)?;
        if let Some(user) = user {
            chown(&run, Some(user.uid), Some(user.gid))?;
        }
        let home = kept.map_or_else(|| Ok(run.clone()), |kept| home(kept, user))?;
        let started = launch(&home, &run, user, kept.is_some());
        if started.is_err() {
            // ok: it is empty or useless, and the system clears it away some day.
            let _ = fs::remove_dir_all(&run);
        }
        let child = Mutex::new(started?);
        Ok(Self { run, child })
    }

    /// Whether PostgreSQL still runs.
    pub fn lives(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(child.try_wait(), Ok(None))
    }

    /// The directory of the socket.
    pub fn socket(&self) -> &Path {
        &self.run
    }

    /// How a role reaches a database.
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.run)
            .port(5432)
            .ssl_mode(PgSslMode::Disable)
            .username(role)
            .database(database)
            .statement_cache_capacity(0)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(child.stdin.take());
        let begun = Instant::now();
        while matches!(child.try_wait(), Ok(None)) && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A new private directory with a path short enough for a socket in it.
fn run_directory() -> Result<PathBuf, Failure> {
    let name = format!("steward-{:016x}", token::number(&token::random()) as u64);
    // ok: 107 bytes are the most; the socket's own name takes 14.
    let short = env::temp_dir().join(&name);
    let run = if short.as_os_str().len() <= 92 {
        short
    } else {
        Path::new("/tmp").join(name)
    };
    DirBuilder::new().mode(0o700).create(&run)?;
    Ok(run)
}

/// Where the kept cluster lives. An unprivileged user that cannot reach into root's own directory has one elsewhere.
pub fn home(kept: &Path, user: Option<User>) -> Result<PathBuf, Failure> {
    let private = |path: &Path| DirBuilder::new().recursive(true).mode(0o700).create(path);
    private(kept)?;
    let kept = fs::canonicalize(kept)?;
    let Some(user) = user else {
        return Ok(kept);
    };
    if user.reaches(&kept) {
        chown(&kept, Some(user.uid), Some(user.gid))?;
        return Ok(kept);
    }
    clear_away(user);
    let digest = token::letters(&kept.to_string_lossy());
    let home = elsewhere(&kept, user).join(format!("{ELSEWHERE_PREFIX}{digest}"));
    match DirBuilder::new().mode(0o700).create(&home) {
        Ok(()) => chown(&home, Some(user.uid), Some(user.gid))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.into()),
    }
    // Everybody may write beside it, so somebody else may have made it.
    let is = fs::symlink_metadata(&home)?;
    if !is.is_dir() || is.uid() != user.uid || is.mode() & 0o077 != 0 {
        return Err(Failure::NotOurs(home));
    }
    Own::open(&home)?.write(WHOSE, kept.as_os_str().as_encoded_bytes())?;
    Ok(home)
}

/// Where clusters live that cannot live in the directory they are kept for.
const ELSEWHERE: &str = "/var/tmp";
const ELSEWHERE_PREFIX: &str = "steward-postgres-";

/// That directory for a cluster of these. What is kept among what passes, as tests keep theirs, need not outlast it.
fn elsewhere(kept: &Path, user: User) -> PathBuf {
    let passing = env::temp_dir();
    let among = fs::canonicalize(&passing).is_ok_and(|passing| kept.starts_with(passing));
    if among && user.reaches(&passing) {
        passing
    } else {
        PathBuf::from(ELSEWHERE)
    }
}

/// The file there that tells which directory a cluster is kept for.
const WHOSE: &str = "kept-for";

/// Removes the clusters elsewhere whose own directory is gone.
pub fn clear_away(user: User) {
    let places = [PathBuf::from(ELSEWHERE), env::temp_dir()];
    for entry in places.iter().flat_map(fs::read_dir).flatten().flatten() {
        let named = entry.file_name().to_string_lossy().starts_with(ELSEWHERE_PREFIX);
        let home = entry.path();
        if !named || !fs::symlink_metadata(&home).is_ok_and(|is| is.is_dir() && is.uid() == user.uid) {
            continue;
        }
        let Ok(own) = Own::open(&home) else { continue };
        let orphaned = own
            .read(WHOSE)
            .is_ok_and(|whose| !Path::new(OsStr::from_bytes(&whose)).exists());
        if orphaned && own.append(LOG).is_ok_and(|log| log.try_lock().is_ok()) {
            // ok: what cannot be removed now is tried again next time.
            let _ = fs::remove_dir_all(home);
        }
    }
}

fn command(program: &Path, user: Option<User>, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .current_dir(directory);
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

fn launch(home: &Path, run: &Path, user: Option<User>, kept: bool) -> Result<Child, Failure> {
    let own = Own::open(home)?;
    let log = locked_log(home, &own)?;
    let data = home.join(DATA);
    let version = own.inner(DATA).and_then(|data| data.read("PG_VERSION")).ok();
    let version = version.map(|version| String::from_utf8_lossy(&version).into_owned());
    let programs = Programs::find(version.as_deref().and_then(|version| version.trim().parse().ok()))
        .map_err(|failure| failure.of(home))?;
    if version.is_none() {
        initialize(&programs, &data, user, run)?;
    }
    // The log was free, so no process of an earlier cluster lives: what it left behind is nobody's.
    own.inner(DATA)?.remove("postmaster.pid")?;
    let mut command = command(Path::new("/bin/sh"), user, run);
    command
        .args(["-c", include_str!("supervise.sh"), "supervise"])
        .arg(if kept { "INT" } else { "QUIT" })
        .arg(run)
        .arg(programs.program("postgres"))
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(run);
    for option in OPTIONS {
        command.args(["-c", option]);
    }
    // A Ctrl-C at a terminal is for the sandbox, which then closes the pipe.
    let child = command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    Ok(child)
}

const LOG: &str = "postgres.log";
const DATA: &str = "data";

/// The log of a cluster. It is the standard output of all the cluster's processes, so that the lock on it is held until
/// the last of them has ended, whoever started them.
fn locked_log(home: &Path, own: &Own) -> Result<File, Failure> {
    let log = own.append(LOG)?;
    let begun = Instant::now();
    while log.try_lock().is_err() {
        if begun.elapsed() > PATIENCE {
            return Err(Failure::InUse(home.to_owned()));
        }
        thread::sleep(Duration::from_millis(20));
    }
    log.set_len(0)?;
    Ok(log)
}

/// Makes the files of a new cluster. They take their place when they are whole.
fn initialize(programs: &Programs, data: &Path, user: Option<User>, run: &Path) -> Result<(), Failure> {
    let draft = data.with_extension("new");
    if draft.exists() {
        fs::remove_dir_all(&draft)?;
    }
    let made = |locale: &str| -> Result<std::process::Output, Failure> {
        let output = command(&programs.program("initdb"), user, run)
            .args(["--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"])
            .args(["--lc-messages=C", locale])
            .args(["--username", ADMIN, "--pgdata"])
            .arg(&draft)
            .output()?;
        Ok(output)
    };
    let mut output = made("--locale=C.UTF-8")?;
    if !output.status.success() {
        // Not every system has that locale.
        output = made("--no-locale")?;
    }
    if !output.status.success() {
        return Err(Failure::Initdb(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ));
    }
    let access = format!("local all {ADMIN} trust\nlocal all +{WITH_PASSWORD} scram-sha-256\nlocal all all trust\n");
    Own::open(&draft)?.write("pg_hba.conf", access.as_bytes())?;
    fs::rename(&draft, data)?;
    Ok(())
}

#[cfg(test)]
impl Cluster {
    /// The directory of the socket, and PostgreSQL's process.
    pub fn traces(&self) -> (PathBuf, String) {
        let pid = fs::read_to_string(self.run.join("data/postmaster.pid")).unwrap();
        (self.run.clone(), pid.lines().next().unwrap().to_owned())
    }
}
