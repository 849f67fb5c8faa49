//! OAuth 2 as api.supabase.com speaks it: consent, token exchange, revocation.

pub mod authorize;
pub mod client;
pub mod consent;
pub mod exchange;
pub mod revoke;

use crate::{request::Request, settings::Settings, world::World};

/// A request of the sign-in, which no access token comes with.
pub struct SignIn<'a> {
    pub settings: &'a Settings,
    pub world: &'a mut World,
    pub request: &'a Request,
}
