//! Context: what is settled of a request before the first byte of its answer.

use std::{net::IpAddr, sync::Arc};

use app::{
    backend::{Flash, Theme},
    error::ConsoleError,
    explorer::Run,
    form::Attempt,
    page::Group,
    plan::Plan,
    revealed::Revealed,
    sql::run::Ran,
};

use crate::identity::SignedIn;

/// An extension of the request.
#[derive(Clone, Default)]
pub struct RequestContext {
    pub signed_in: Option<SignedIn>,
    pub flash: Option<Flash>,
    /// The form that this request has sent, for the page that answers it.
    pub attempt: Option<Arc<Attempt>>,
    /// What came of the explorer's form, if this request has sent it.
    pub run: Option<Arc<Run>>,
    /// What came of the SQL that this request has sent, for the page that answers it.
    pub sql: Option<Arc<Ran>>,
    /// SHA-256 of a value that this request asks about, for the page that answers it.
    pub typed_digest: Option<String>,
    /// What came of asking for a secret, for the page that answers it.
    pub revealed: Option<Arc<Revealed>>,
    /// What would come of the form that this request has sent, for the page that answers it.
    pub preview: Option<Arc<Result<Plan, ConsoleError>>>,
    /// Where the request comes from, as far as that is known.
    pub address: Option<IpAddr>,
    pub theme: Theme,
    /// Whether the side menu is narrow.
    pub narrow_menu: bool,
    /// Groups of the side menu that are folded.
    pub folded: Vec<Group>,
}
