//! The shell around every page: header with switchers and account, side menu, breadcrumbs, toasts.

use leptos::prelude::*;

use super::layout_account::AccountMenu;
use crate::{
    components::page::Page,
    paths,
    ui::{Badge, Glyph, Icon, Menu, ToastOutlet, Tone, close_on_link},
};

/// One step of the way to a page. The last one is the page itself and has no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

/// One entry of the side menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    pub label: &'static str,
    pub href: String,
    pub icon: Icon,
    /// Whether it leads to the page that is shown, or to one above it.
    pub current: bool,
    /// Neighbours of the same group stand under its name; empty for none.
    pub group: &'static str,
}

/// The mark: a ring with a key on it, which is also a compass.
#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=paths::HOME>
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <circle cx="10" cy="10" r="7.5"></circle>
                <path d="M14.2 5.8 11.4 11.4 5.8 14.2 8.6 8.6z"></path>
            </svg>
            <span>"Steward"</span>
        </a>
    }
}

/// Says that this is the sandbox, where it is.
#[component]
fn SandboxBadge() -> impl IntoView {
    let sandbox = Page::current().with(|page| page.sandbox);
    sandbox.then(|| {
        view! {
            <span class="sandbox" title="Demo data. Nothing here reaches Supabase.">
                <Badge tone=Tone::Warning icon=Icon::Info word="Sandbox" />
            </span>
        }
    })
}

/// A menu that changes what the page is about, such as the organization. `current` is the one shown now.
///
/// Children: `<ul class="menu-list"><li><a href aria-current="true">…</a></li></ul>`, or a `pending` box with it.
#[component]
pub fn Switcher(
    /// Unique on the page.
    id: &'static str,
    /// What is switched, such as "Organization".
    label: &'static str,
    #[prop(into)] current: Signal<String>,
    children: Children,
) -> impl IntoView {
    let named = Signal::derive(move || format!("{label}: {}", current.get()));
    let trigger = move || {
        view! {
            <bdi class="switcher">{move || current.get()}</bdi>
            <Glyph icon=Icon::ChevronsUpDown />
        }
    };
    view! {
        <Menu id label=named trigger>
            {children()}
        </Menu>
    }
}

fn side_menu(items: &[NavItem]) -> impl IntoView + use<> {
    let entry = |item: &NavItem| {
        view! {
            <li>
                <a href=item.href.clone() aria-current=item.current.then_some("page")>
                    <Glyph icon=item.icon />
                    {item.label}
                </a>
            </li>
        }
    };
    items
        .chunk_by(|one, next| one.group == next.group)
        .map(|group| {
            let name = group.first().map_or("", |item| item.group);
            view! {
                {(!name.is_empty()).then(|| view! { <span class="side-group">{name}</span> })}
                <ul aria-label=(!name.is_empty()).then_some(name)>{group.iter().map(entry).collect_view()}</ul>
            }
        })
        .collect_view()
}

fn crumb(crumb: Crumb) -> impl IntoView {
    let current = crumb.href.is_none().then_some("page");
    view! {
        <li>
            <a href=crumb.href aria-current=current>
                <bdi>{crumb.label}</bdi>
            </a>
        </li>
    }
}

/// The shell of every page of a signed-in person. The page's own `h1` comes with its children.
#[component]
pub fn Layout(
    #[prop(into)] crumbs: Signal<Vec<Crumb>>,
    #[prop(into)] menu: Signal<Vec<NavItem>>,
    /// [`Switcher`]s.
    #[prop(optional, into)]
    switchers: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        // The router would change the address but not move the focus.
        <a class="skip-link" href="#main" rel="external">
            "Skip to content"
        </a>
        <header class="bar">
            <button class="button button-ghost bar-menu" type="button" popovertarget="side-menu">
                <Glyph icon=Icon::Menu />
                <span>"Menu"</span>
            </button>
            <Brand />
            <div class="switchers">{switchers.run()}</div>
            <SandboxBadge />
            <AccountMenu />
        </header>
        <div class="frame">
            // On narrow screens a popover; on wide ones its style keeps it open.
            <nav class="side" id="side-menu" popover="auto" aria-label="Main" on:click=close_on_link>
                {move || menu.with(|items| side_menu(items))}
            </nav>
            <main id="main" tabindex="-1">
                <nav class="crumbs" aria-label="Breadcrumbs">
                    <ol>{move || crumbs.get().into_iter().map(crumb).collect_view()}</ol>
                </nav>
                {children()}
            </main>
        </div>
        <ToastOutlet />
    }
    .into_any()
}

/// The frame of pages without a menu: signing in, and errors before it. The page's own `h1` comes with its children.
#[component]
pub fn BareLayout(children: Children) -> impl IntoView {
    view! {
        <main class="bare" id="main" tabindex="-1">
            <div class="bare-brand">
                <Brand />
                <SandboxBadge />
            </div>
            <div class="bare-card">{children()}</div>
        </main>
    }
    .into_any()
}
