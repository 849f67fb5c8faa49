//! Who else vouches for people: identity providers of companies (SSO), and issuers of tokens (third-party auth).

pub mod issuer;
pub mod issuers;
mod mapping;
pub mod provider;
pub mod provider_new;
pub mod providers;
