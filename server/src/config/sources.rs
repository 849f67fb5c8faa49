//! Where settings are given: flags, then the environment, then files of single secrets, then the file of settings.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, error::ErrorKind, parser::ValueSource};
use toml::de::{DeTable, DeValue};

use super::{
    names::{FILE, is_secret, meant, names, settings},
    settings::{Arguments, CONFIG},
};

/// Bytes of a secret, at most: a path to something else is a mistake.
const LONGEST: u64 = 64 * 1024;

/// What was given.
#[derive(Debug)]
pub struct Given {
    pub arguments: Arguments,
    /// What its owner should know of how it was given, in sentences.
    pub warnings: Vec<String>,
}

/// Reads the command line with all that it stands before. `environment` gives a variable's value; those that have a flag are
/// the process' own in any case.
///
/// # Errors
/// Something is given that is no setting, or no value of its setting, or twice; in words for whoever wrote it. That help was
/// asked for is one, too.
pub fn read<A: Into<OsString>>(
    line: impl IntoIterator<Item = A>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Given, clap::Error> {
    let mut line: Vec<OsString> = line.into_iter().map(Into::into).collect();
    let mut command = Arguments::command();
    let matches = command.clone().try_get_matches_from(&line)?;
    let mut warnings = Vec::new();
    let more = matches
        .get_one::<PathBuf>("config")
        .map_or_else(
            || Ok(BTreeMap::new()),
            |path| settings_of(&command, path, &mut warnings),
        )
        .and_then(|file| from_files(&command, &matches, &file, environment, &mut warnings))
        .map_err(|why| command.error(ErrorKind::InvalidValue, why))?;
    // Behind the program's name, since what follows a command is the command's.
    let place = line.len().min(1);
    line.splice(place..place, more);
    let matches = command.try_get_matches_from(&line)?;
    Ok(Given {
        arguments: Arguments::from_arg_matches(&matches)?,
        warnings,
    })
}

/// The flags that stand for what files hold and neither the command line nor the environment says.
fn from_files(
    command: &Command,
    matches: &ArgMatches,
    file: &BTreeMap<String, String>,
    environment: impl Fn(&str) -> Option<OsString>,
    warnings: &mut Vec<String>,
) -> Result<Vec<OsString>, String> {
    let mut flags = Vec::new();
    for (arg, variable) in settings(command) {
        let given = matches!(
            matches.value_source(arg.get_id().as_str()),
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        );
        let own = format!("{variable}{FILE}");
        let by_variable = is_secret(arg)
            .then(|| environment(&own))
            .flatten()
            .filter(|path| !path.is_empty());
        let (value, from) = match (given, by_variable) {
            (true, Some(_)) => return Err(both(variable, &own)),
            (true, None) => continue,
            (false, Some(path)) => (secret(&own, &path, warnings)?, own),
            (false, None) => match (file.get(variable), file.get(&own)) {
                (Some(_), Some(_)) => return Err(both(variable, &own)),
                (Some(value), None) => (value.clone(), variable.to_owned()),
                (None, Some(path)) => (secret(&own, OsStr::new(path), warnings)?, own),
                (None, None) => continue,
            },
        };
        let flag = OsString::from(format!("--{}={value}", arg.get_long().unwrap_or_default()));
        // Alone, so that what is wrong with it can be said of where it stands.
        command
            .clone()
            .try_get_matches_from([OsStr::new("steward"), &flag])
            .map_err(|error| {
                let why = error.to_string();
                let why = why
                    .trim_start_matches("error: ")
                    .split("\n\nFor more")
                    .next()
                    .unwrap_or_default();
                format!("{from} does not fit: {}", why.trim())
            })?;
        flags.push(flag);
    }
    Ok(flags)
}

fn both(variable: &str, own: &str) -> String {
    format!("{variable} and {own} are both given, and say the same thing. Take one of them away.")
}

/// What a file of settings holds, under the names of the variables.
fn settings_of(command: &Command, path: &Path, warnings: &mut Vec<String>) -> Result<BTreeMap<String, String>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| unreadable(CONFIG, path, &error))?;
    let table = DeTable::parse(&text).map_err(|error| format!("{shown} is no TOML: {error}"))?;
    let names = names(command);
    let mut found = BTreeMap::new();
    for (name, value) in table.get_ref() {
        let name: &str = name.get_ref();
        if !names.iter().any(|known| known == name) {
            return Err(format!(
                "{shown} names {name}, which is no setting.{}",
                meant(name, &names)
            ));
        }
        let value = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Boolean(is) => is.to_string(),
            DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                return Err(format!(
                    "{name} in {shown} must be a text in quotes, a whole number, true or false; of several things write one text \
                     with commas between them."
                ));
            }
        };
        found.insert(name.to_owned(), value);
    }
    if settings(command).any(|(arg, variable)| is_secret(arg) && found.contains_key(variable)) {
        warn_if_open(path, warnings).map_err(|error| unreadable(CONFIG, path, &error))?;
    }
    Ok(found)
}

/// What a secret's file holds, without the line break that editors put at its end.
fn secret(variable: &str, path: &OsStr, warnings: &mut Vec<String>) -> Result<String, String> {
    let path = Path::new(path);
    let failed = |error: io::Error| unreadable(variable, path, &error);
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > LONGEST {
        return Err(format!(
            "{} is no secret: it has {size} bytes. See {variable}.",
            path.display()
        ));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    let secret = text.strip_suffix('\n').unwrap_or(&text);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    if secret.trim().is_empty() {
        return Err(format!(
            "{} is empty. Write the secret into it, or unset {variable}.",
            path.display()
        ));
    }
    warn_if_open(path, warnings).map_err(failed)?;
    Ok(secret.to_owned())
}

fn warn_if_open(path: &Path, warnings: &mut Vec<String>) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o004 != 0 {
        warnings.push(format!(
            "{} holds a secret and may be read by everybody on this machine (mode {mode:o}). Run `chmod o-r` on it.",
            path.display()
        ));
    }
    Ok(())
}

fn unreadable(variable: &str, path: &Path, error: &io::Error) -> String {
    format!("{} cannot be read: {error}. {variable} names it.", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    /// A directory with these files of these modes.
    fn files(files: &[(&str, &str, u32)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text, mode) in files {
            let path = dir.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(*mode)).unwrap();
        }
        dir
    }

    fn given(dir: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Result<Given, String> {
        let config = dir.join("steward.toml");
        let mut line = vec!["steward".into()];
        if config.exists() {
            line.extend([OsString::from("--config"), config.into()]);
        }
        line.extend(flags.iter().map(OsString::from));
        let variable = |name: &str| {
            let found = variables.iter().find(|(variable, _)| *variable == name)?;
            // A name without a directory lies in the test's.
            Some(dir.join(found.1).into_os_string())
        };
        read(line, variable).map_err(|error| error.to_string())
    }

    fn written(toml: &str, flags: &[&str]) -> Result<Given, String> {
        given(files(&[("steward.toml", toml, 0o600)]).path(), flags, &[])
    }

    #[test]
    fn a_file_gives_what_flags_do_not() {
        let toml = "STEWARD_ADDR = \"127.0.0.1:4000\"\nSTEWARD_AUDIT_DAYS = 30\nSTEWARD_ALLOW_ANYBODY = true\n\
                    STEWARD_ALLOW_ORGANIZATIONS = \"acme, globex\"\n";
        let of_file = Config::check(written(toml, &[]).unwrap().arguments.settings).unwrap();
        assert_eq!(
            (of_file.addr.port(), of_file.audit_days, of_file.limits.connections),
            (4000, Some(30), 512)
        );
        assert!(matches!(of_file.admission, crate::admission::Admission::Only(_)));
        let flags = ["--addr", "127.0.0.1:5000", "--audit-days=7"];
        let of_flags = Config::check(written(toml, &flags).unwrap().arguments.settings).unwrap();
        assert_eq!((of_flags.addr.port(), of_flags.audit_days), (5000, Some(7)));
        // What belongs to a command stays behind it.
        assert!(written(toml, &["audit", "verify"]).unwrap().arguments.command.is_some());
    }

    #[test]
    fn what_is_wrong_in_a_file_is_named_with_what_was_meant() {
        for (toml, expected) in [
            (
                "STEWARD_ADRR = \"x\"",
                "names STEWARD_ADRR, which is no setting. Did you mean STEWARD_ADDR?",
            ),
            ("public-url = \"x\"", "Did you mean STEWARD_PUBLIC_URL?"),
            (
                "STEWARD_SECRET_KEYFILE = \"x\"",
                "Did you mean STEWARD_SECRET_KEY_FILE?",
            ),
            (
                "STEWARD_ADDR_FILE = \"x\"",
                "STEWARD_ADDR_FILE, which is no setting. Did you mean STEWARD_ADDR?",
            ),
            ("STEWARD_CONFIG = \"x\"", "STEWARD_CONFIG, which is no setting"),
            (
                "STEWARD_ADDR = \"nowhere\"",
                "STEWARD_ADDR does not fit: invalid value 'nowhere'",
            ),
            ("STEWARD_CONNECTIONS = 1", "STEWARD_CONNECTIONS does not fit: "),
            ("STEWARD_ALLOW_EMAILS = [\"a\"]", "with commas between them"),
            ("[server]\naddr = 1", "names server, which is no setting."),
            ("STEWARD_ADDR = ", "is no TOML"),
            (
                "STEWARD_SECRET_KEY = \"a\"\nSTEWARD_SECRET_KEY_FILE = \"b\"",
                "are both given",
            ),
        ] {
            let error = written(toml, &[]).unwrap_err();
            assert!(error.contains(expected), "{toml}: {error}");
        }
        let nowhere = given(Path::new("/nowhere"), &["--config", "/nowhere/steward.toml"], &[]).unwrap_err();
        assert!(nowhere.contains("/nowhere/steward.toml cannot be read"), "{nowhere}");
    }

    #[test]
    fn secrets_come_from_files_of_their_own() {
        let key = "ab".repeat(32);
        let dir = files(&[
            ("key", &format!("{key}\r\n"), 0o400),
            ("open", "hush\n", 0o644),
            ("empty", "\n", 0o600),
        ]);
        let found = given(dir.path(), &[], &[("STEWARD_SECRET_KEY_FILE", "key")]).unwrap();
        let config = Config::check(found.arguments.settings).unwrap();
        assert_eq!(
            config.secret_key.as_ref().map(secrecy::ExposeSecret::expose_secret),
            Some(key.as_str())
        );
        assert!(found.warnings.is_empty(), "{:?}", found.warnings);

        let flags = ["--supabase-client-id", "a"];
        let open = given(dir.path(), &flags, &[("SUPABASE_CLIENT_SECRET_FILE", "open")]).unwrap();
        assert!(
            open.warnings[0].contains("(mode 644)") && open.warnings.len() == 1,
            "{:?}",
            open.warnings
        );
        assert!(Config::check(open.arguments.settings).is_ok());

        for (flags, file, expected) in [
            (
                &["--secret-key", "a"][..],
                "key",
                "STEWARD_SECRET_KEY and STEWARD_SECRET_KEY_FILE are both given",
            ),
            (&[], "empty", "is empty. Write the secret into it"),
            (&[], "nowhere", "cannot be read"),
        ] {
            let error = given(dir.path(), flags, &[("STEWARD_SECRET_KEY_FILE", file)]).unwrap_err();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains(&key), "{error}");
        }
        // The environment comes before the file of settings, by whichever of the two names.
        fs::write(dir.path().join("steward.toml"), "STEWARD_SECRET_KEY = \"other\"").unwrap();
        let found = given(dir.path(), &[], &[("STEWARD_SECRET_KEY_FILE", "key")]).unwrap();
        let config = Config::check(found.arguments.settings).unwrap();
        assert_eq!(
            config.secret_key.as_ref().map(secrecy::ExposeSecret::expose_secret),
            Some(key.as_str())
        );
    }
}
