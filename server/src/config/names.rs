//! The names under which settings are given, and which of them was meant by one that is none.

use clap::{Arg, Command, CommandFactory};

use super::settings::{Arguments, CONFIG};

/// What is added to the name of a secret's variable where it names a file that holds the secret.
pub(super) const FILE: &str = "_FILE";
/// How like a name must be to be the one that was meant; 1 is the name itself.
const ALIKE: f64 = 0.75;

/// The settings with their variables. Where the others are read from is not one of them.
pub(super) fn settings(command: &Command) -> impl Iterator<Item = (&Arg, &str)> {
    command
        .get_arguments()
        .filter_map(|arg| Some((arg, arg.get_env()?.to_str()?)))
        .filter(|(_, variable)| *variable != CONFIG)
}

/// All names under which settings are given, those of secrets' files among them.
pub(super) fn names(command: &Command) -> Vec<String> {
    let of = |(arg, variable): (&Arg, &str)| {
        let file = is_secret(arg).then(|| format!("{variable}{FILE}"));
        std::iter::once(variable.to_owned()).chain(file)
    };
    settings(command).flat_map(of).collect()
}

pub(super) fn is_secret(arg: &Arg) -> bool {
    arg.is_hide_env_values_set()
}

/// Which setting was meant, as a sentence behind another one; nothing where none is like it.
pub(super) fn meant<'a>(name: &str, names: impl IntoIterator<Item = &'a String>) -> String {
    let wanted = name.to_uppercase();
    let alike = names.into_iter().map(|known| {
        // A flag's name and a variable's differ by the prefix alone.
        let bare = known.trim_start_matches("STEWARD_");
        let whole = strsim::jaro_winkler(&wanted, known);
        (whole.max(strsim::jaro_winkler(&wanted.replace('-', "_"), bare)), known)
    });
    match alike.max_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((likeness, known)) if likeness >= ALIKE => format!(" Did you mean {known}?"),
        Some(_) | None => String::new(),
    }
}

/// Variables that look like settings and are none, each with which was meant, in sentences.
pub fn strangers(variables: impl Iterator<Item = String>) -> Vec<String> {
    let mut names = names(&Arguments::command());
    names.push(CONFIG.to_owned());
    variables
        .filter(|name| name.starts_with("STEWARD_") && !names.contains(name))
        .map(|name| format!("{name} is no setting.{}", meant(&name, &names)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_names_every_setting_and_no_other() {
        let readme = include_str!("../../../README.md");
        let table = readme.split("| variable | default | meaning |").nth(1).unwrap();
        let table = table.split("\n\n").next().unwrap();
        let mut told: Vec<&str> = table
            .lines()
            .filter_map(|line| line.split('|').nth(1))
            .flat_map(|cell| cell.split('`').skip(1).step_by(2))
            .collect();
        let command = Arguments::command();
        let mut known: Vec<&str> = settings(&command)
            .map(|(_, variable)| variable)
            .chain([CONFIG])
            .collect();
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known);
    }

    #[test]
    fn a_variable_that_is_no_setting_is_told() {
        let names = [
            "STEWARD_ADDR",
            "STEWARD_CONFIG",
            "STEWARD_SECRET_KEY_FILE",
            "PATH",
            "STEWARD_TRUSTED_PROXY",
        ];
        assert_eq!(
            strangers(names.into_iter().map(str::to_owned)),
            ["STEWARD_TRUSTED_PROXY is no setting. Did you mean STEWARD_TRUSTED_PROXY_HEADER?"]
        );
    }
}
