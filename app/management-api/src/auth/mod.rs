//! Auth of a project: its settings, the keys its tokens are signed with, single sign-on, and issuers it trusts.

mod config;
mod setting;
mod settings;
mod signing_keys;
mod sso;
mod third_party;

pub use self::{
    config::{GetAuthConfig, UpdateAuthConfig},
    setting::{Form, Group, Kind, Setting},
    settings::{AUTH_SETTINGS, AuthChanges, AuthConfig},
    signing_keys::*,
    sso::*,
    third_party::*,
};
