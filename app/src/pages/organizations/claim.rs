//! A project is taken over from another organization, by the token that its owner has made for it.

use leptos::prelude::*;
use management_api::OperationId;

use super::slug;
use crate::{
    components::{
        context::Context,
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{FormState, why_not},
        plan::{PlanForm, PlanPanel},
    },
    connections::CLAIM,
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    plan::{
        Kind,
        claim::{SLUG, TOKEN},
    },
    ui::{
        Button, Card, Frame, Icon, TextField,
        field::{Kept, secret},
    },
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/claim",
    title: "Claim a project",
    icon: Icon::Moved,
    group: Some(Group::Organization),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::ClaimProject),
    sheet: Some(Sheet::Configure),
    view: || view! { <Claim/> }.into_any(),
};

const REF_SAYS: &str = "A project\u{2019}s ref is 20 small letters, such as abcdefghijklmnopqrst. It stands in the project\u{2019}s address.";

#[component]
fn Claim() -> impl IntoView {
    let slug = slug();
    let consent = Context::current()
        .with(|page| page.oauth_sign_in)
        .then(|| consent(&slug));
    view! {
        <Head page=&PAGE/>
        <PlanPanel/>
        <WithMargin margin=margin>
            <div class="stack">
            <Card title="By its claim token" hint="The next page shows what comes with the project and what stands in the way. Nothing is taken over before you say so.">
                <PlanForm kind=Kind::Claim submit="Look at it">
                    <input type="hidden" name=SLUG value=slug/>
                    {token()}
                </PlanForm>
            </Card>
            {consent}
            </div>
        </WithMargin>
    }
}

fn margin() -> AnyView {
    view! {
        <Note term="Where the token comes from">"The project\u{2019}s owner makes it, in Steward on the project\u{2019}s page \u{201c}Claim token\u{201d}. It holds for a day, and once."</Note>
        <Note term="What comes along">"Database, functions, keys and settings stay as they are. The organization pays from then on, and its members reach it."</Note>
        <Note term="Between your own organizations">"A project\u{2019}s settings give it away without a token."</Note>
    }
    .into_any()
}

fn token() -> AnyView {
    let frame = Frame {
        help: "It never comes back to the browser, and is in no address.".to_owned(),
        error: FormState::error(TOKEN),
        required: true,
        ..Frame::new(TOKEN, "Claim token")
    };
    let input = secret(&frame, Kept::Unknown, None);
    frame.around(input)
}

/// Supabase's own page for it, which asks a person who may not be signed in here.
fn consent(slug: &str) -> AnyView {
    let (back, closed) = (paths::claim_project(slug), why_not(OperationId::ClaimProject));
    let typed = choice(CLAIM);
    let fits = typed.len() == 20 && typed.bytes().all(|byte| byte.is_ascii_lowercase());
    let error = (!fits && !typed.is_empty()).then(|| REF_SAYS.to_owned());
    view! {
        <Card title="On Supabase\u{2019}s own page" hint="Where there is a claim token, but you were told only which project it is. Supabase asks you to sign in, which organization takes the project over, and whether Steward may act there.">
            <form class="form" method="post" action=paths::CONNECT>
                <input type="hidden" name="return_to" value=back/>
                <TextField name=CLAIM label="Project ref" hint="20 letters, from the project\u{2019}s address." value=typed error required=true maxlength=20 minlength=20 pattern="[a-z]{20}" pattern_says=REF_SAYS mono=true/>
                <div class="form-actions"><Button submit=true icon=Icon::External disabled_because=closed>"Go to Supabase"</Button></div>
            </form>
        </Card>
    }
    .into_any()
}
