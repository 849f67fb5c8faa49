//! A secret that stays at Supabase until a person asks to see it: masked, with a button. The form goes to
//! `/reveal/<operation-id>`, which writes down who asks before it asks Supabase, and is answered by the page it stands on.
//! There the secret is shown for half a minute: the style hides it, and without scripts the page then comes back without it.
//! With them (`frontend/reveal/reveal.js`) the box alone is exchanged, and exchanged back. It is never part of an island,
//! since those keep what they are given.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use management_api::OperationId;

use super::{
    context::Context,
    copyable::Copyable,
    error_view::{here, problem},
    operation_form::{FormState, confirmation, why_not},
    when::{To, When},
};
use crate::{
    form::{BACK, FORM, OF, REVEAL},
    paths,
    revealed::Revealed,
    ui::{Button, ButtonKind, ButtonLink, Glyph, Icon},
};

/// Seconds for which a secret is shown; the script and the style know it, too.
const SHOWN: u32 = 30;
/// Masked values end in so many dots, whatever their length.
const DOTS: usize = 20;

/// Where a secret is found.
#[derive(Clone, Debug)]
pub struct Source {
    /// The read whose answer holds it.
    pub operation: OperationId,
    /// The field of the answer.
    pub field: &'static str,
    pub parameters: Vec<(&'static str, String)>,
    /// Where the answer is a list: the id of the one that is meant.
    pub of: Option<String>,
}

#[component]
pub fn Reveal(
    /// Tells the boxes of a page apart.
    #[prop(into)]
    id: String,
    /// Names what is shown, such as "secret key default".
    #[prop(into)]
    what: String,
    /// Its beginning, as far as anybody may see it.
    #[prop(optional, into)]
    beginning: String,
    source: Source,
) -> impl IntoView {
    let id = format!("reveal-{id}");
    let asked = Context::current().with(|page| page.revealed.clone());
    let asked = asked.filter(|asked| asked.form == id);
    let content = match asked.as_deref() {
        Some(Revealed {
            secret: Ok(secret), at, ..
        }) => shown(secret.expose(), at.clone(), &what),
        Some(Revealed { secret: Err(error), .. }) => {
            let problem = problem(error);
            let why = view! {
                <p class="reveal-why" role="alert"><b>{problem.title} ": "</b> {problem.text}</p>
            };
            view! { {masked(&id, &what, beginning, source)} {why} }.into_any()
        }
        None => masked(&id, &what, beginning, source),
    };
    view! { <div class="reveal" id=id>{content}</div> }
}

fn masked(id: &str, what: &str, beginning: String, source: Source) -> AnyView {
    let disabled_because = why_not(source.operation);
    let action = format!("{}#{id}", paths::reveal(source.operation));
    let field = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value/> };
    let what = format!(" {what}");
    view! {
        <code class="reveal-masked">{beginning}<span aria-hidden="true">{"\u{2022}".repeat(DOTS)}</span></code>
        <form method="post" action=action data-reveal>
            <input type="hidden" name=BACK value=here()/>
            <input type="hidden" name=FORM value=id.to_owned()/>
            <input type="hidden" name=REVEAL value=source.field/>
            {source.of.map(|of| field((OF, of)))}
            {source.parameters.into_iter().map(field).collect_view()}
            <Button small=true submit=true kind=ButtonKind::Secondary icon=Icon::Eye disabled_because>
                "Reveal"<span class="visually-hidden">{what}</span>
            </Button>
        </form>
    }
    .into_any()
}

fn shown(secret: &str, at: String, what: &str) -> AnyView {
    let back = use_location().pathname.get_untracked();
    // As text, since with scripts the box is exchanged. The path of a page needs no escaping.
    let reload = format!("<meta http-equiv=\"refresh\" content=\"{SHOWN};url={back}\">");
    let copy = format!("Copy {what}");
    let words = format!("Shown for {SHOWN} s.");
    view! {
        <noscript inner_html=reload></noscript>
        <div class="reveal-value">
            <code>{secret.to_owned()}</code>
            <span class="copy needs-js">
                <button class="button button-ghost button-small" type="button" data-copy aria-label=copy><Glyph icon=Icon::Copy/></button>
                <span class="copy-said" role="status"></span>
            </span>
        </div>
        <p class="reveal-told">
            <span class="reveal-left" aria-hidden="true">
                <svg viewBox="0 0 16 16" width="16" height="16"><circle cx="8" cy="8" r="6"></circle><circle cx="8" cy="8" r="6" pathLength="30"></circle></svg>
            </span>
            <span class="visually-hidden" role="status">{words}</span>
            <a class="button button-ghost button-small" href=back><Glyph icon=Icon::EyeOff/>"Hide now"</a>
            <span>"Written to the audit at " <When at to=To::Clock/> ", before it was shown"</span>
        </p>
    }
    .into_any()
}

/// A secret that is told once, by the write that makes it: asked about first, and shown until the page is left.
#[component]
pub fn TellOnce(
    /// Tells the boxes of a page apart.
    #[prop(into)]
    id: String,
    /// Names what is made, such as "claim token".
    #[prop(into)]
    what: String,
    /// What the button says.
    submit: &'static str,
    /// The write whose answer holds it.
    source: Source,
    /// It is an address, which can be opened.
    #[prop(optional)]
    opens: bool,
) -> impl IntoView {
    let id = format!("reveal-{id}");
    let asked = Context::current().with(|page| page.revealed.clone());
    let asked = asked.filter(|asked| asked.form == id);
    let told = match asked.as_deref() {
        Some(Revealed {
            secret: Ok(secret), id, ..
        }) => {
            let copy = format!("Copy {what}");
            let secret = secret.expose().to_owned();
            let open = Some(secret.clone()).filter(|address| opens && address.starts_with("https://"));
            let open =
                open.map(|href| view! { <ButtonLink href external=true icon=Icon::Download>"Open it"</ButtonLink> });
            let id = id.clone().map(
                |id| view! { <p class="hint">"Its id: " <Copyable value=id what=format!("id of the {what}")/></p> },
            );
            Some(
                view! {
                    <div class="reveal-value" data-once>
                        <code>{secret}</code>
                        <span class="copy needs-js">
                            <button class="button button-ghost button-small" type="button" data-copy aria-label=copy><Glyph icon=Icon::Copy/></button>
                            <span class="copy-said" role="status"></span>
                        </span>
                    </div>
                    {open}
                    {id}
                    <p class="reveal-why" role="status">"Keep it now: it is not told again. Loading this page anew would make another one."</p>
                }
                .into_any(),
            )
        }
        Some(Revealed { secret: Err(error), .. }) => {
            let problem = problem(error);
            Some(view! { <p class="reveal-why" role="alert"><b>{problem.title} ": "</b> {problem.text}</p> }.into_any())
        }
        None => None,
    };
    let disabled_because = why_not(source.operation);
    let action = format!("{}#{id}", paths::reveal(source.operation));
    let field = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value/> };
    let question = confirmation(source.operation, "", None, None, &FormState::default());
    view! {
        <div class="reveal" id=id.clone()>{told}</div>
        <form class="form" method="post" action=action>
            <input type="hidden" name=BACK value=here()/>
            <input type="hidden" name=FORM value=id/>
            <input type="hidden" name=REVEAL value=source.field/>
            {source.parameters.into_iter().map(field).collect_view()}
            {question}
            <div class="form-actions"><Button submit=true kind=ButtonKind::Primary disabled_because>{submit}</Button></div>
        </form>
    }
    .into_any()
}
