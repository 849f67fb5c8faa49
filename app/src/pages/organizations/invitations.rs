//! Invitations that were sent from here: until when they are good, withdrawn, and sent anew. Supabase lists none, so these are
//! what Steward's own audit knows.

use leptos::prelude::*;
use management_api::OperationId;

use super::roles;
use crate::{
    components::{
        list::{List, RowAction},
        when::When,
    },
    members::{Sent, State},
    paths,
    ui::{Badge, ButtonLink, Icon, Tone},
};

/// Nothing where none was sent.
pub fn invitations(slug: &str, all: Vec<Sent>) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="part" aria-labelledby="invitations">
            <div class="part-head"><h2 id="invitations">"Invitations sent from here"</h2></div>
            <p class="hint">"Of the last week, as Steward\u{2019}s own audit knows them. Supabase lists none, and not those that were sent elsewhere."</p>
            {list(slug).draw(all)}
        </section>
    }
    .into_any()
}

fn state(sent: &Sent) -> AnyView {
    let (tone, icon, word) = match sent.state {
        State::Open => (Tone::Info, Icon::Clock, "Open"),
        State::Accepted => (Tone::Success, Icon::CheckCircle, "Accepted"),
        State::Withdrawn => (Tone::Neutral, Icon::Removed, "Withdrawn"),
        State::Ended => (Tone::Warning, Icon::Warning, "Ended"),
    };
    view! { <Badge plain=true tone icon word/> }.into_any()
}

fn list(slug: &str) -> List<Sent> {
    let (of, again) = (slug.to_owned(), slug.to_owned());
    List::new(
        ("invitation", "invitations"),
        paths::organization_members(slug),
        |sent: &Sent| sent.invitation.email.clone(),
    )
    .column("To", |sent| view! { <bdi>{sent.invitation.email.clone()}</bdi> })
    .column("As", |sent| {
        let role = roles::said(&sent.invitation.role);
        match sent.invitation.projects.len() {
            0 => role,
            1 => format!("{role} in one project"),
            some => format!("{role} in {some} projects"),
        }
    })
    .column("State", state)
    .column("Good until", |sent| view! { <When at=sent.until.clone()/> })
    .column("Sent by", |sent| view! { <bdi>{sent.by.clone()}</bdi> })
    .buttons("Anew", move |sent| {
        let anew = matches!(sent.state, State::Ended | State::Withdrawn);
        anew.then(|| {
            let (href, of) = (
                paths::invite_again(&again, &sent.invitation),
                format!(": {}", sent.invitation.email),
            );
            view! { <ButtonLink href small=true>"Send anew"<span class="visually-hidden">{of}</span></ButtonLink> }
        })
    })
    .actions(move |sent| match sent.state {
        State::Open => vec![RowAction {
            operation: OperationId::WithdrawInvitations,
            label: "Withdraw",
            of: sent.invitation.email.clone(),
            fields: vec![("slug", of.clone()), ("emails", sent.invitation.email.clone())],
            thing: None,
        }],
        State::Accepted | State::Withdrawn | State::Ended => Vec::new(),
    })
}
