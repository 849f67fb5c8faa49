//! Custom hostnames and vanity subdomains.

pub mod hostname;
pub mod vanity;

use serde::{Deserialize, Serialize};

/// The domain that projects' own hosts lie under. The service's own would lead people, and their passwords, off this
/// machine to projects of others; this one is this machine itself (RFC 6761).
pub const DOMAIN: &str = "supabase.localhost";

/// Domains that no custom hostname may lie under: the projects' own, and the service's.
const TAKEN: [&str; 2] = [DOMAIN, "supabase.co"];

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    hostname: Option<hostname::Hostname>,
    /// The part before the domain.
    vanity: Option<String>,
}

/// Whether a text can be one part of a host name.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
