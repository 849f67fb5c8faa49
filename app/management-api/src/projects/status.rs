//! The statuses of a project.

use serde::{Deserialize, Deserializer, Serialize};

/// Where a project is in its life. A status that came after this list is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ProjectStatus {
    ActiveHealthy,
    ActiveUnhealthy,
    ComingUp,
    GoingDown,
    Inactive,
    InitFailed,
    PauseFailed,
    Pausing,
    /// Since November 2026, and explained nowhere.
    Promoting,
    Removed,
    Resizing,
    Restarting,
    RestoreFailed,
    Restoring,
    Unknown,
    Upgrading,
    Other(String),
}

impl ProjectStatus {
    /// The statuses the API document names.
    pub const KNOWN: &'static [(&'static str, ProjectStatus)] = &[
        ("ACTIVE_HEALTHY", Self::ActiveHealthy),
        ("ACTIVE_UNHEALTHY", Self::ActiveUnhealthy),
        ("COMING_UP", Self::ComingUp),
        ("GOING_DOWN", Self::GoingDown),
        ("INACTIVE", Self::Inactive),
        ("INIT_FAILED", Self::InitFailed),
        ("PAUSE_FAILED", Self::PauseFailed),
        ("PAUSING", Self::Pausing),
        ("PROMOTING", Self::Promoting),
        ("REMOVED", Self::Removed),
        ("RESIZING", Self::Resizing),
        ("RESTARTING", Self::Restarting),
        ("RESTORE_FAILED", Self::RestoreFailed),
        ("RESTORING", Self::Restoring),
        ("UNKNOWN", Self::Unknown),
        ("UPGRADING", Self::Upgrading),
    ];

    /// The API's own word.
    pub fn as_str(&self) -> &str {
        if let Self::Other(word) = self {
            return word;
        }
        Self::KNOWN
            .iter()
            .find(|(_, status)| status == self)
            .map_or("UNKNOWN", |(word, _)| word)
    }

    /// Whether the status is going to change by itself, so that it is worth watching.
    /// A project answers `UNKNOWN` right after its creation.
    pub fn is_changing(&self) -> bool {
        match self {
            Self::ComingUp
            | Self::GoingDown
            | Self::Pausing
            | Self::Promoting
            | Self::Resizing
            | Self::Restarting
            | Self::Restoring
            | Self::Unknown
            | Self::Upgrading => true,
            Self::ActiveHealthy
            | Self::ActiveUnhealthy
            | Self::Inactive
            | Self::InitFailed
            | Self::PauseFailed
            | Self::Removed
            | Self::RestoreFailed
            | Self::Other(_) => false,
        }
    }
}

impl From<&str> for ProjectStatus {
    fn from(word: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|(known, _)| *known == word)
            .map_or_else(|| Self::Other(word.to_owned()), |(_, status)| status.clone())
    }
}

impl Serialize for ProjectStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProjectStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|word| Self::from(word.as_str()))
    }
}
