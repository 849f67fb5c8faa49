//! The form in which a personal token is given.

use leptos::prelude::*;

use crate::{
    components::context::Context,
    connections::Connection,
    paths,
    ui::{
        button::{Button, ButtonLink},
        card::Card,
        field::TextField,
    },
};

/// Where a token is given: one more, or one in the place of `replaced`.
pub fn token_form(replaced: Option<&Connection>) -> impl IntoView + use<> {
    let token = Context::current().with(|page| page.token_sign_in);
    let (title, hint, submit) = match replaced {
        Some(one) => (
            format!("Replace {}", one.mark.as_deref().unwrap_or(&one.name)),
            "The new token takes the place of the older one once Supabase has accepted it. Its access cannot be changed, \
             so this is how it is given more, or less.",
            "Replace the token",
        ),
        None => (
            "Add a personal token".to_owned(),
            "For what no grant covers, such as creating an organization.",
            "Add the token",
        ),
    };
    let projects = replaced.map(|one| one.projects.join(" ")).unwrap_or_default();
    let id = replaced.map(|one| one.id.clone());
    let back = id
        .is_some()
        .then(|| view! { <ButtonLink href=paths::CONNECTIONS>"Keep the older one"</ButtonLink> });
    token.then(|| {
        view! {
            <Card title hint>
                <form class="form" method="post" action=paths::CONNECT_TOKEN>
                    {id.map(|id| view! { <input type="hidden" name="replaces" value=id/> })}
                    <TextField
                        name="token"
                        label="Personal access token"
                        hint="It is kept encrypted on the server and never shown again."
                        kind="password"
                        required=true
                        autocomplete="off"
                    />
                    <TextField
                        name="projects"
                        label="Refs of its projects"
                        hint="Only for a scoped token that may not list projects; with spaces between."
                        value=projects
                        mono=true
                    />
                    <TextField
                        name="ends"
                        label="The day it ends"
                        hint="As Supabase\u{2019}s dashboard shows it there. Supabase tells it to nobody else, so Steward can only warn you if you say it."
                        kind="date"
                    />
                    <div class="form-actions">{back}<Button submit=true>{submit}</Button></div>
                </form>
            </Card>
        }
    })
}
