//! The shell around every page: header with switchers and account, side menu, breadcrumbs, toasts.

use leptos::prelude::*;

use super::layout_account::AccountMenu;
use crate::{
    components::page::Page,
    islands::toast::Toast,
    paths,
    ui::{Badge, Glyph, Icon, Menu, Tone},
};

/// One step of the way to a page. The last one is the page itself and has no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
    /// The slug or ref that stands here until the name is known.
    pub key: Option<String>,
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

/// A menu that changes what the page is about, such as the organization.
///
/// Children: `<ul class="menu-list"><li><a href>…</a></li></ul>`.
#[component]
pub fn Switcher(
    /// Unique on the page.
    id: &'static str,
    /// What is switched, such as "Organization".
    label: &'static str,
    /// The one shown now.
    current: Crumb,
    children: Children,
) -> impl IntoView {
    let trigger = move || {
        view! {
            <bdi class="switcher" data-name-of=current.key>{current.label}</bdi>
            <Glyph icon=Icon::ChevronsUpDown />
        }
    };
    view! {
        <Menu id label trigger>
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
                <bdi data-name-of=crumb.key>{crumb.label}</bdi>
            </a>
        </li>
    }
}

/// The shell of every page of a signed-in person. The page's own `h1` comes with its children.
#[component]
pub fn Layout(
    crumbs: Vec<Crumb>,
    menu: Vec<NavItem>,
    /// [`Switcher`]s.
    #[prop(optional, into)]
    switchers: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">
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
        <div class="toasts" role="status" data-region="toasts">{done()}</div>
        <div class="frame">
            // On narrow screens a popover; on wide ones its style keeps it open.
            <nav class="side" id="side-menu" popover="auto" aria-label="Main">
                {side_menu(&menu)}
            </nav>
            <main id="main" tabindex="-1">
                <nav class="crumbs" aria-label="Breadcrumbs">
                    <ol>{crumbs.into_iter().map(crumb).collect_view()}</ol>
                </nav>
                {children()}
            </main>
        </div>
    }
    .into_any()
}

/// What was just done, if anything.
fn done() -> Option<AnyView> {
    let text = Page::current().with(|page| page.flash.clone())?.outcome.ok()?;
    Some(view! { <Toast tone=Tone::Success text/> }.into_any())
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
