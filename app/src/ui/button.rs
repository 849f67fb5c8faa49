//! Buttons, and links that look like them. What may not be done says why instead of vanishing.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing a page is for.
    Primary,
    #[default]
    Secondary,
    /// Takes something away.
    Danger,
    /// Quiet, in toolbars and rows.
    Ghost,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Danger => "button button-danger",
            Self::Ghost => "button button-ghost",
        }
    }
}

/// A button. A disabled one stays reachable by keyboard, does nothing, and tells its reason.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] small: bool,
    /// As wide as what it stands in.
    #[prop(optional)]
    wide: bool,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Why it cannot be pressed, where it cannot.
    #[prop(optional_no_strip, into)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    let disabled = disabled_because.is_some();
    view! {
        <button
            class=kind.class()
            class:button-small=small
            class:button-wide=wide
            // Without JavaScript nothing else would keep a disabled button from sending its form.
            type=if submit && !disabled { "submit" } else { "button" }
            aria-disabled=disabled.then_some("true")
            aria-description=disabled_because.clone()
        >
            {icon.map(|icon| view! { <Glyph icon /> })}
            {children()}
        </button>
        {reason(disabled_because)}
    }
}

/// The reason beside a disabled control. The control carries it as its description too.
fn reason(because: Option<String>) -> impl IntoView {
    because.map(|because| view! { <span class="reason">{because}</span> })
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] small: bool,
    /// Leads out of the console, into a new tab.
    #[prop(optional)]
    external: bool,
    /// Why it leads nowhere, where it does not.
    #[prop(optional_no_strip, into)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    let disabled = disabled_because.is_some();
    view! {
        <a
            class=kind.class()
            class:button-small=small
            href=(!disabled).then_some(href)
            role=disabled.then_some("link")
            tabindex=disabled.then_some("0")
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
            aria-disabled=disabled.then_some("true")
            aria-description=disabled_because.clone()
        >
            {icon.map(|icon| view! { <Glyph icon /> })}
            {children()}
            {external
                .then(|| {
                    view! {
                        <Glyph icon=Icon::External />
                        <span class="visually-hidden">" (opens in a new tab)"</span>
                    }
                })}
        </a>
        {reason(disabled_because)}
    }
}
