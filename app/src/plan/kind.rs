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
    /// A project's configuration.
    Settings,
    /// The way back from a change of one.
    Undo,
    /// Settings of another project, taken over.
    TakeOver,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Secrets, Self::Settings, Self::Undo, Self::TakeOver];

    /// Its word in the address that the form posts to.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Settings => "settings",
            Self::Undo => "undo",
            Self::TakeOver => "take-over",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The operation that its calls are of: whoever may not call it need not draw the plan up.
    pub fn operation(self) -> OperationId {
        match self {
            Self::Secrets => OperationId::CreateSecrets,
            // Which it is depends on the configuration; this one stands for all.
            Self::Settings | Self::Undo | Self::TakeOver => OperationId::UpdateAuthConfig,
        }
    }

    /// What was typed, for the form that comes back with it: no secrets.
    pub fn keeps(self, sent: &Sent) -> BTreeMap<String, Vec<String>> {
        match self {
            Self::Secrets | Self::Undo | Self::TakeOver => BTreeMap::new(),
            Self::Settings => super::settings::keeps(sent),
        }
    }

    pub fn draw_up(self) -> DrawUp {
        match self {
            Self::Secrets => super::secrets::draw_up,
            Self::Settings => super::settings::draw_up,
            Self::Undo => super::settings::undo,
            Self::TakeOver => super::settings::take_over,
        }
    }
}
