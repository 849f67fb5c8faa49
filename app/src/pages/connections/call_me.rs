//! The form in which people say how they are to be called.

use leptos::prelude::*;

use crate::{
    components::context::Context,
    paths,
    ui::{button::Button, card::Card, field::TextField},
};

/// Where Supabase does not tell who somebody is, they say how they are to be called. It is a name and no proof.
pub fn call_me() -> impl IntoView {
    let viewer = Context::current().with(|page| page.viewer.clone());
    viewer.filter(|viewer| viewer.email.is_none()).map(|viewer| {
        view! {
            <Card title="What you are called" hint="Supabase does not tell who you are with this access. The audit names you so, and the mark of your sign-in stays beside it.">
                <form class="form" method="post" action=paths::CALL_ME>
                    <TextField name="name" label="Name" value=viewer.username.unwrap_or_default() maxlength=80 required=true/>
                    <div class="form-actions"><Button submit=true>"Save"</Button></div>
                </form>
            </Card>
        }
    })
}
