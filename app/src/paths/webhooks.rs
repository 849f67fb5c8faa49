//! Links to webhooks and their deliveries.

use management_api::Scope;

use super::{encoded, scope, with_choices};

/// The webhooks of an organization or a project.
pub fn webhooks(of: &Scope) -> String {
    format!("{}/webhooks", scope(of).unwrap_or_default())
}

pub fn new_webhook(of: &Scope) -> String {
    format!("{}/new", webhooks(of))
}

pub fn webhook(of: &Scope, id: &str) -> String {
    format!("{}/{}", webhooks(of), encoded(id))
}

/// The same with the page of its deliveries that lies behind or before a cursor.
pub fn deliveries_at(of: &Scope, id: &str, cursor: (&str, &str)) -> String {
    with_choices(&webhook(of, id), &[cursor])
}

/// The same with one of its deliveries opened.
pub fn delivery(of: &Scope, webhook_id: &str, id: &str) -> String {
    with_choices(&webhook(of, webhook_id), &[("delivery", id)])
}
