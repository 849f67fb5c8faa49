//! Ahead: what nearly every page wants to know of somebody and what hardly changes, asked as soon as they have signed in:
//! which projects there are and whose, what the person is in their organizations, and what the plans leave out. Without it
//! the first page of a project would wait for one answer to know what to ask for next.

use futures::future::{join, join_all};
use management_api::{Scope, projects::ListProjects};
use tokio::time::timeout;

use crate::{calls, identity::SignedIn, may, state::Shared};

/// Organizations that are asked about at most, two calls each; of others it is asked when a page of theirs is opened.
const ORGANIZATIONS: usize = 5;

/// Asks, and waits for the answers no longer than a page would. What they tell is learned on their way through the stack.
pub async fn ask(shared: &Shared, me: &SignedIn, organizations: &[String]) {
    let scopes = organizations.iter().cloned().map(Scope::Organization);
    let knowing = scopes.take(ORGANIZATIONS).map(async |scope| {
        may::know(shared, me, &scope, may::FRAME).await;
    });
    let projects = {
        let (shared, me) = (shared.clone(), me.clone());
        tokio::spawn(async move { calls::read(&shared, &me, &ListProjects {}).await })
    };
    // ok: what is not known in time is known later, and what is refused stays unknown.
    let _ = join(join_all(knowing), timeout(may::FRAME, projects)).await;
}
