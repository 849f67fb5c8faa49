//! A new webhook: where it is, what it is told of, and the secret that its reports are signed with.

use leptos::prelude::*;
use rand::{Rng, distr::Alphanumeric};

use super::Place;
use crate::{
    components::{
        head::Head,
        operation_form::{Described, FormState, OperationForm, fields},
    },
    islands::copy::CopyButton,
    page::Page,
    paths,
    ui::{ButtonKind, Card, Frame, TextField, field::tick},
};

const FIELDS: [Described<'static>; 4] = [
    (
        "url",
        "Address",
        "HTTPS, with a name that everybody can look up: it is told by Supabase, not by your browser.",
    ),
    ("description", "What it is for", "At most 512 characters."),
    (
        "event_types",
        "What it is told of",
        "The star stands for every event, and for those that come later.",
    ),
    (
        "custom_headers",
        "Headers that are sent along",
        "One a line, such as X-Team=ops. Names have letters, digits and hyphens.",
    ),
];

/// Length of the secret that is proposed: about 190 bits.
const SECRET: usize = 32;

/// 32 letters and digits; kept nowhere.
fn new_secret() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(SECRET)
        .map(char::from)
        .collect()
}

pub(super) fn made(page: &'static Page) -> impl IntoView {
    let place = Place::here();
    let (here, next) = (
        paths::new_webhook(&place.scope),
        format!("{}/{{id}}", paths::webhooks(&place.scope)),
    );
    let field = place.field();
    let create = place.deeds.create;
    view! {
        <Head page narrow=true/>
        <div class="form-page">
            <Card title="Webhook">
                <OperationForm operation=create next back=here submit="Add the webhook" kind=ButtonKind::Primary>
                    {field}
                    {fields(create, "", &FIELDS, None)}
                    <TextField
                        name="signing_secret"
                        label="Signing secret"
                        hint="Made for you and shown only here; 8 to 64 characters if you type your own. Copy it now: neither Steward nor Supabase can show it again. If this page has to be sent once more, it proposes another one."
                        value=new_secret()
                        error=FormState::error("signing_secret")
                        required=true
                        minlength=8
                        maxlength=64
                        mono=true
                        after=|| view! { <CopyButton what="signing secret".to_owned() from="signing_secret".to_owned()/> }
                    />
                    {tick(Frame { help: "A test can be sent only while it is on.".to_owned(), ..Frame::new("enabled", "Tell it at once") }, FormState::value("enabled", "true") == "true")}
                </OperationForm>
            </Card>
            <aside class="form-aside">
                <h2>"What happens then"</h2>
                <p>"Each report carries a signature after the Standard Webhooks. Whoever takes it checks that with the secret, and so knows that Supabase sent it."</p>
                <p>"What the address answered stands on the webhook\u{2019}s page, and can be sent once more from there."</p>
            </aside>
        </div>
    }
}
