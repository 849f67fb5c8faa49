//! The nineteen parts of the API.

/// The part of the API an operation belongs to; also the name of its module, pages, styles and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    Advisors,
    Analytics,
    Auth,
    Billing,
    Branches,
    Compute,
    Database,
    Domains,
    Functions,
    Notebooks,
    Oauth,
    Organizations,
    Profile,
    Projects,
    Realtime,
    Rest,
    Secrets,
    Storage,
    Webhooks,
}

impl Area {
    /// All areas, in alphabetical order.
    pub const ALL: &'static [Self] = &[
        Self::Advisors,
        Self::Analytics,
        Self::Auth,
        Self::Billing,
        Self::Branches,
        Self::Compute,
        Self::Database,
        Self::Domains,
        Self::Functions,
        Self::Notebooks,
        Self::Oauth,
        Self::Organizations,
        Self::Profile,
        Self::Projects,
        Self::Realtime,
        Self::Rest,
        Self::Secrets,
        Self::Storage,
        Self::Webhooks,
    ];

    /// The area's one word, as it stands in links, module names and the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advisors => "advisors",
            Self::Analytics => "analytics",
            Self::Auth => "auth",
            Self::Billing => "billing",
            Self::Branches => "branches",
            Self::Compute => "compute",
            Self::Database => "database",
            Self::Domains => "domains",
            Self::Functions => "functions",
            Self::Notebooks => "notebooks",
            Self::Oauth => "oauth",
            Self::Organizations => "organizations",
            Self::Profile => "profile",
            Self::Projects => "projects",
            Self::Realtime => "realtime",
            Self::Rest => "rest",
            Self::Secrets => "secrets",
            Self::Storage => "storage",
            Self::Webhooks => "webhooks",
        }
    }

    /// The area's name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Advisors => "Advisors",
            Self::Analytics => "Logs and usage",
            Self::Auth => "Auth",
            Self::Billing => "Add-ons",
            Self::Branches => "Branches",
            Self::Compute => "Compute",
            Self::Database => "Database",
            Self::Domains => "Domains",
            Self::Functions => "Edge Functions",
            Self::Notebooks => "Notebooks",
            Self::Oauth => "Sign-in",
            Self::Organizations => "Organizations",
            Self::Profile => "Profile",
            Self::Projects => "Projects",
            Self::Realtime => "Realtime",
            Self::Rest => "Data API",
            Self::Secrets => "Keys and secrets",
            Self::Storage => "Storage",
            Self::Webhooks => "Webhooks",
        }
    }
}
