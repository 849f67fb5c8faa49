//! How often an operation may be called.

/// The class of rate limit an operation belongs to. Supabase counts per identity, project or organization, and endpoint;
/// the `x-ratelimit-*` headers of its answers have the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    Usual,
    /// Logs and usage counts.
    Usage,
    /// The database's metadata.
    Metadata,
    /// Custom hostnames and vanity subdomains.
    Domains,
    /// Tests of webhooks, and deliveries sent once more.
    Webhooks,
}

impl Limit {
    /// Calls a minute.
    pub fn per_minute(self) -> u32 {
        match self {
            Self::Usual => 120,
            Self::Usage => 30,
            Self::Metadata | Self::Domains | Self::Webhooks => 10,
        }
    }

    /// Calls a second, where the minute is not the only limit.
    pub fn per_second(self) -> Option<u32> {
        match self {
            Self::Metadata => Some(1),
            Self::Usual | Self::Usage | Self::Domains | Self::Webhooks => None,
        }
    }

    /// The limit for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Usual => "120 a minute",
            Self::Usage => "30 a minute",
            Self::Metadata => "10 a minute, 1 a second",
            Self::Domains | Self::Webhooks => "10 a minute",
        }
    }
}
