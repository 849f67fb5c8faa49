//! The binary: reads the configuration, serves, and stops when it is told to.

use std::{
    fs::File,
    io::{BufWriter, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use rustix::fs::Mode;
use server::{
    Steward,
    audit_export::Format,
    checks::{self, Standing, worst},
    config::{self, AuditCommand, Command, Config, Given, LogFormat, MigrateArguments, Settings},
    doctor,
    error::Error,
    store::audit::verify::Verdict,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Drawing a page is mostly small allocations, of which this takes a third less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // Whatever is written from here on is the owner's alone.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let Given { arguments, warnings } =
        config::read(std::env::args_os(), |name| std::env::var_os(name)).unwrap_or_else(|error| error.exit());
    start_log(&arguments.settings);
    for warning in &warnings {
        tracing::warn!("{warning}");
    }
    let result = match arguments.command {
        Some(Command::Sandbox) => sandbox(&arguments.settings).await,
        Some(Command::Pages) => {
            println!("{}", server::pages());
            return ExitCode::SUCCESS;
        }
        Some(Command::Doctor { json }) => return doctor(arguments.settings, warnings, json).await,
        Some(Command::Audit(AuditCommand::Verify)) => {
            return match verify_audit(arguments.settings).await {
                Ok(code) => code,
                Err(error) => failed(&error),
            };
        }
        Some(Command::Audit(AuditCommand::Export { format, output })) => {
            export_audit(arguments.settings, format, output.as_deref()).await
        }
        Some(Command::Migrate(databases)) => migrate(arguments.settings, &databases).await,
        None => console(arguments.settings).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> ExitCode {
    eprintln!("Steward could not run. {error}");
    ExitCode::FAILURE
}

/// Says what was found of everything; a failure where something does not work.
async fn doctor(settings: Settings, mut warnings: Vec<String>, json: bool) -> ExitCode {
    let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    warnings.extend(config::strangers(variables));
    let checks = doctor::examine(settings, warnings).await;
    let works = worst(&checks) < Standing::Fail;
    if json {
        println!("{}", serde_json::json!({ "works": works, "checks": checks }));
    } else {
        print!("{}", checks::lines(&checks));
    }
    if works { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Says what was found of the audit; a failure where it was not as Steward wrote it.
async fn verify_audit(settings: Settings) -> Result<ExitCode, Error> {
    let verdict = server::verify_audit(&Config::check(settings)?).await?;
    let Verdict {
        rows,
        open,
        chains,
        unsealed,
        breaks,
    } = verdict;
    for found in &breaks {
        println!("Broken: {found}.");
    }
    if unsealed > 0 {
        println!("Not sealed: {unsealed} rows of instances that have not been started since there is a chain.");
    }
    if breaks.is_empty() {
        println!(
            "The audit is as Steward wrote it: {rows} rows in {chains} chains, {open} of them without an outcome yet."
        );
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// Carries an installation over and says what was done.
async fn migrate(settings: Settings, databases: &MigrateArguments) -> Result<(), Error> {
    let carried = server::migrate(&Config::check(settings)?, databases).await?;
    for (table, rows) in &carried.tables {
        println!("{table}: {rows} rows, the same in both databases");
    }
    let Verdict {
        rows, chains, breaks, ..
    } = &carried.audit;
    match breaks.len() {
        0 => println!("The audit is whole: {rows} rows in {chains} chains."),
        broken => println!("The audit was broken before, and is so now: {broken} chains of {chains}."),
    }
    println!(
        "Everything was carried over. Set STEWARD_DATABASE_URL to the new database and start Steward with the same data \
         directory and secret key; the old database is as it was."
    );
    Ok(())
}

/// Writes the audit to where it was asked for.
async fn export_audit(settings: Settings, format: Format, output: Option<&Path>) -> Result<(), Error> {
    let config = Config::check(settings)?;
    let mut out: Box<dyn Write> = match output {
        Some(path) => {
            let file = File::create_new(path).map_err(|error| {
                Error::Configuration(format!("{} cannot be made: {error}. Name a new file.", path.display()))
            })?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(std::io::stdout().lock()),
    };
    server::export_audit(&config, format, &mut out).await
}

async fn console(settings: Settings) -> Result<(), Error> {
    let steward = Steward::start(Config::check(settings)?).await?;
    match &steward.sandbox_url {
        Some(sandbox) => println!(
            "Steward is at {}, with made-up projects from its sandbox at {sandbox}",
            steward.url
        ),
        None => println!("Steward is at {}, for {}", steward.url, steward.state.api_url),
    }
    asked_to_stop().await?;
    tracing::info!("stopping");
    steward.stop().await
}

async fn sandbox(settings: &Settings) -> Result<(), Error> {
    let (addr, public) = settings.sandbox()?;
    let serving = server::serve_sandbox(addr, public, |url| println!("The sandbox is at {url}"));
    tokio::select! {
        result = serving => result,
        asked = asked_to_stop() => asked,
    }
}

/// Ends on Ctrl-C and on the signal that service managers send.
async fn asked_to_stop() -> Result<(), Error> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        result = tokio::signal::ctrl_c() => Ok(result?),
    }
}

/// Whatever is chosen, at the noisiest levels the HTTP libraries may log headers.
fn start_log(settings: &Settings) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&settings.rust_log))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}
