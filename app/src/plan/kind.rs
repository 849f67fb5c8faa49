//! What plans can be drawn up, and by which form.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use management_api::OperationId;

use super::Plan;
use crate::{backend::BackendHandle, error::ConsoleError, form::Sent};

/// Draws a plan up from what was sent. It may read, through the backend, and changes nothing.
pub type DrawUp = fn(Sent, BackendHandle) -> Pin<Box<dyn Future<Output = Result<Plan, ConsoleError>> + Send>>;

/// A form that draws a plan up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Secrets of one project's functions, several at once.
    Secrets,
    /// The same secrets in several projects.
    SecretsAcross,
    /// The same secrets in several projects, which go.
    SecretsDelete,
    /// Several functions of one project: their names, and who may call them.
    Functions,
    /// Several functions of one project, which go.
    FunctionsDelete,
    /// Functions of one project in others, too.
    FunctionsElsewhere,
    /// Files of migrations, of which a project's history lacks some.
    Migrations,
    /// A project's configuration.
    Settings,
    /// The way back from a change of one.
    Undo,
    /// Settings of another project, taken over.
    TakeOver,
    /// A document, taken over.
    Import,
    /// One setting in several projects.
    SettingsAcross,
    /// The way back to a baseline.
    Drift,
    /// A project that an organization takes over.
    Claim,
}

impl Kind {
    pub const ALL: [Self; 14] = [
        Self::Secrets,
        Self::SecretsAcross,
        Self::SecretsDelete,
        Self::Functions,
        Self::FunctionsDelete,
        Self::FunctionsElsewhere,
        Self::Migrations,
        Self::Settings,
        Self::Undo,
        Self::TakeOver,
        Self::Import,
        Self::SettingsAcross,
        Self::Drift,
        Self::Claim,
    ];

    /// Its word in the address that the form posts to.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Settings => "settings",
            Self::Undo => "undo",
            Self::TakeOver => "take-over",
            Self::Import => "import",
            Self::SettingsAcross => "settings-across",
            Self::Drift => "drift",
            Self::Claim => "claim",
            Self::SecretsAcross => "secrets-across",
            Self::SecretsDelete => "secrets-delete",
            Self::Functions => "functions",
            Self::FunctionsDelete => "functions-delete",
            Self::FunctionsElsewhere => "functions-elsewhere",
            Self::Migrations => "migrations",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The operation that its calls are of: whoever may not call it need not draw the plan up.
    pub fn operation(self) -> OperationId {
        match self {
            Self::Secrets | Self::SecretsAcross => OperationId::CreateSecrets,
            Self::SecretsDelete => OperationId::DeleteSecrets,
            Self::Functions => OperationId::BulkUpdateFunctions,
            Self::FunctionsDelete => OperationId::DeleteFunction,
            Self::FunctionsElsewhere => OperationId::DeployFunction,
            Self::Claim => OperationId::ClaimProject,
            Self::Migrations => OperationId::ApplyMigration,
            // Which it is depends on the configuration; this one stands for all.
            Self::Settings | Self::Undo | Self::TakeOver | Self::Import | Self::SettingsAcross | Self::Drift => {
                OperationId::UpdateAuthConfig
            }
        }
    }

    /// What was typed, for the form that comes back with it: no secrets.
    pub fn keeps(self, sent: &Sent) -> BTreeMap<String, Vec<String>> {
        match self {
            Self::Secrets
            | Self::Migrations
            | Self::Undo
            | Self::TakeOver
            | Self::Import
            | Self::Drift
            | Self::Claim => BTreeMap::new(),
            Self::SecretsAcross => kept(sent, |field| super::secrets_across::KEEPS.contains(&field)),
            Self::Functions | Self::FunctionsElsewhere | Self::FunctionsDelete | Self::SecretsDelete => {
                kept(sent, |_| true)
            }
            // Secrets are refused there.
            Self::SettingsAcross if super::settings_across::chosen(sent).is_ok() => kept(sent, |_| true),
            Self::SettingsAcross => BTreeMap::new(),
            Self::Settings => super::settings::keeps(sent),
        }
    }

    pub fn draw_up(self) -> DrawUp {
        match self {
            Self::Secrets => super::secrets::draw_up,
            Self::Settings => super::settings::draw_up,
            Self::Undo => super::settings::undo,
            Self::TakeOver => super::settings::take_over,
            Self::Import => super::document::draw_up,
            Self::SettingsAcross => super::settings_across::draw_up,
            Self::Drift => super::drift::draw_up,
            Self::Claim => super::claim::draw_up,
            Self::SecretsAcross => super::secrets_across::draw_up,
            Self::SecretsDelete => super::secrets_delete::draw_up,
            Self::Functions => super::functions::draw_up,
            Self::FunctionsDelete => super::functions_delete::draw_up,
            Self::FunctionsElsewhere => super::functions_elsewhere::draw_up,
            Self::Migrations => super::migrations::draw_up,
        }
    }
}

/// What was sent of the fields that may come back.
fn kept(sent: &Sent, keeps: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let mut kept: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in sent.texts.iter().filter(|(name, _)| keeps(name)) {
        kept.entry(name.clone()).or_default().push(text.clone());
    }
    kept
}
