//! The statuses of projects and services in plain words.

use leptos::prelude::*;
use management_api::{branches::BranchStatus, projects::ProjectStatus};

use crate::ui::{Badge, Icon, Tone};

/// What a status means to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub tone: Tone,
    pub icon: Icon,
    pub word: String,
    /// One sentence: what is going on, and what follows from it. Empty where it is not known.
    pub explanation: &'static str,
}

fn meaning(tone: Tone, icon: Icon, word: &str, explanation: &'static str) -> Meaning {
    Meaning {
        tone,
        icon,
        word: word.to_owned(),
        explanation,
    }
}

/// What a project's status means. One that came after this list is shown as the API spells it.
pub fn of_project(status: &ProjectStatus) -> Meaning {
    use ProjectStatus as S;
    let busy = |word, explanation| meaning(Tone::Info, Icon::Clock, word, explanation);
    let failed = |word, explanation| meaning(Tone::Error, Icon::Error, word, explanation);
    match status {
        S::ActiveHealthy => meaning(
            Tone::Success,
            Icon::CheckCircle,
            "Healthy",
            "The project is up and answers.",
        ),
        S::ActiveUnhealthy => meaning(
            Tone::Warning,
            Icon::Warning,
            "Unhealthy",
            "The project is up, but at least one of its services is in trouble.",
        ),
        S::ComingUp => busy("Coming up", "The project is being set up. This takes a few minutes."),
        S::GoingDown => busy("Going down", "The project is being shut down."),
        S::Inactive => meaning(
            Tone::Neutral,
            Icon::Pause,
            "Paused",
            "The project is stopped and its data is kept. Restore it to use it again.",
        ),
        S::InitFailed => failed(
            "Set-up failed",
            "The project could not be set up. Delete it and create another.",
        ),
        S::PauseFailed => failed("Pause failed", "The project could not be paused. Try again."),
        S::Pausing => busy("Pausing", "The project is being stopped. Its data is kept."),
        // Supabase names it and says no more; what the word says is all that is told.
        S::Promoting => busy(
            "Promoting",
            "Supabase is promoting it, and says no more about that. It ends by itself.",
        ),
        S::Removed => meaning(Tone::Neutral, Icon::Trash, "Deleted", "The project has been deleted."),
        S::Resizing => busy(
            "Resizing",
            "The project is moving to another compute size and may be away for a moment.",
        ),
        S::Restarting => busy("Restarting", "The project is restarting and is away for a moment."),
        S::RestoreFailed => failed("Restore failed", "The project could not be restored. Try again."),
        S::Restoring => busy(
            "Restoring",
            "The project is being started again. This takes a few minutes.",
        ),
        S::Unknown => meaning(
            Tone::Neutral,
            Icon::Question,
            "Not known yet",
            "Supabase does not tell the status yet, as is usual right after a creation.",
        ),
        S::Upgrading => busy(
            "Upgrading",
            "PostgreSQL is being upgraded. The project is away until that is done.",
        ),
        S::Other(word) => meaning(Tone::Neutral, Icon::Question, word, ""),
    }
}

/// What one service's health means; `status` is the API's word.
pub fn of_service(status: &str) -> Meaning {
    match status {
        "ACTIVE_HEALTHY" => meaning(Tone::Success, Icon::CheckCircle, "Healthy", ""),
        "COMING_UP" => meaning(Tone::Info, Icon::Clock, "Coming up", ""),
        "UNHEALTHY" => meaning(Tone::Error, Icon::Error, "Unhealthy", ""),
        other => meaning(Tone::Neutral, Icon::Question, other, ""),
    }
}

/// What a branch's status means. One that came after this list is shown as the API spells it.
pub fn of_branch(status: &BranchStatus) -> Meaning {
    use BranchStatus as S;
    let busy = |word, explanation| meaning(Tone::Info, Icon::Clock, word, explanation);
    match status {
        S::CreatingProject => busy("Coming up", "The branch\u{2019}s project is being made."),
        S::RunningMigrations => busy("Migrating", "Its migrations are running."),
        S::MigrationsPassed => busy("Deploying", "Its migrations have run; what follows is its functions."),
        S::MigrationsFailed => meaning(
            Tone::Error,
            Icon::Error,
            "Migrations failed",
            "A step up to its migrations failed. The cause may lie outside of SQL: the log of its latest run tells.",
        ),
        S::FunctionsDeployed => meaning(
            Tone::Success,
            Icon::CheckCircle,
            "Ready",
            "Its migrations have run, and its functions are deployed.",
        ),
        S::FunctionsFailed => meaning(
            Tone::Warning,
            Icon::Warning,
            "Functions failed",
            "Its migrations have run, but not every function was deployed.",
        ),
        S::Other(word) => meaning(Tone::Neutral, Icon::Question, word, ""),
    }
}

/// A project's status.
#[component]
pub fn StatusBadge(
    status: ProjectStatus,
    /// Without ground, for lists and lines of text.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let meaning = of_project(&status);
    view! { <Badge plain tone=meaning.tone icon=meaning.icon word=meaning.word /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_status_has_a_word_and_an_explanation_of_its_own() {
        let mut words = std::collections::BTreeSet::new();
        for (api_word, status) in ProjectStatus::KNOWN {
            let meaning = of_project(status);
            assert_ne!(meaning.word, *api_word, "shown as the API spells it");
            assert!(meaning.explanation.ends_with('.'), "{api_word} is not explained");
            assert!(words.insert(meaning.word), "{api_word} shares its word");
        }
    }

    #[test]
    fn what_changes_by_itself_looks_busy() {
        for (word, status) in ProjectStatus::KNOWN {
            let busy = of_project(status).icon == Icon::Clock;
            assert_eq!(
                busy,
                status.is_changing() && *status != ProjectStatus::Unknown,
                "{word}"
            );
        }
    }

    #[test]
    fn every_status_of_a_branch_has_its_words() {
        for word in BranchStatus::KNOWN {
            let status = BranchStatus::from(*word);
            let meaning = of_branch(&status);
            assert_ne!(meaning.word, *word, "shown as the API spells it");
            assert!(meaning.explanation.ends_with('.'), "{word}");
            assert_eq!(meaning.icon == Icon::Clock, status.is_changing(), "{word}");
        }
        assert_eq!(of_branch(&BranchStatus::from("TELEPORTING")).word, "TELEPORTING");
    }

    #[test]
    fn an_unknown_status_is_shown_as_it_is() {
        assert_eq!(of_project(&ProjectStatus::from("TELEPORTING")).word, "TELEPORTING");
        assert_eq!(of_service("TELEPORTING").word, "TELEPORTING");
    }
}
