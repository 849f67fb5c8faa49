//! The shell around every page: bar with switchers and account, side menu, toasts.

use leptos::{prelude::*, tachys::html::InertElement};

use super::{command::CommandMenu, layout_account::AccountMenu};
use crate::{
    components::{context::Context, error_view::here},
    islands::toast::Toast,
    page::Group,
    paths,
    ui::{Badge, Glyph, Icon, Menu, SearchField, Tone, written::Written},
};

/// What a switcher shows now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    pub label: String,
    /// The slug or ref that stands here until the name is known.
    pub key: Option<String>,
}

/// One entry of the side menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    pub label: &'static str,
    pub href: String,
    pub icon: Icon,
    pub group: Group,
    /// Whether it leads to the page that is shown, or to one above it.
    pub current: bool,
    /// Why the person will see nothing there, where that is known.
    pub closed: Option<String>,
    /// How many things there want attention, where some are known to.
    pub wants: Option<u32>,
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
    let sandbox = Context::current().with(|page| page.sandbox);
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
    current: Current,
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

/// Search for anything; on narrow screens a link to the same page.
#[component]
fn Find() -> impl IntoView {
    view! {
        <form class="bar-find" role="search" aria-label="Everything" method="get" action=paths::FIND>
            <SearchField name="q" label="Search or jump to" keys="Control+K Meta+K" />
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </form>
        <a class="button button-ghost bar-find-link" href=paths::FIND aria-label="Search or jump to">
            <Glyph icon=Icon::Search />
        </a>
    }
}

/// Says that something wants attention.
fn mark(count: u32) -> InertElement {
    let (shown, wants) = (count.to_string(), if count == 1 { "wants" } else { "want" });
    let mut mark = Written::new("<span class=\"side-mark\"><span aria-hidden=\"true\">");
    mark.text(&shown)
        .markup("</span><span class=\"visually-hidden\">, ")
        .text(&shown)
        .markup(" ")
        .markup(wants)
        .markup(" attention</span></span>");
    mark.element()
}

/// Every page has all of them.
fn menu_entry(entry: &MenuEntry, list: &mut Written) {
    list.markup("<li><a")
        .attribute("href", Some(&entry.href))
        .attribute("aria-current", entry.current.then_some("page"))
        .markup(">")
        .markup(entry.icon.svg())
        .markup("<span class=\"side-word\">")
        .text(entry.label)
        .markup("</span>");
    if let Some(why) = &entry.closed {
        list.markup("<span class=\"side-closed\"")
            .attribute("title", Some(why))
            .markup(">")
            .markup(Icon::Lock.svg())
            .markup("</span><span class=\"visually-hidden\">. ")
            .text(why)
            .markup("</span>");
    }
    if let Some(count) = entry.wants {
        list.view(mark(count).into_any());
    }
    list.markup("</a></li>");
}

/// The groups of the menu, which fold. The first stands on top without a heading.
fn side_menu(entries: &[MenuEntry], folded: &[Group]) -> impl IntoView + use<> {
    let group = |entries: &[MenuEntry]| {
        let of = entries.first().map_or(Group::Top, |entry| entry.group);
        let title = of.title();
        // Where somebody is, is seen.
        let kept = folded.contains(&of);
        let open = !kept || entries.iter().any(|entry| entry.current);
        let mut list = Written::new("<ul class=\"side-list\"");
        list.attribute("aria-label", Some(title).filter(|title| !title.is_empty()))
            .markup(">");
        entries.iter().for_each(|entry| menu_entry(entry, &mut list));
        list.markup("</ul>");
        let list = list.element();
        // A folded group adds up what is in it.
        let wants: u32 = entries.iter().filter_map(|entry| entry.wants).sum();
        if title.is_empty() {
            list.into_any()
        } else {
            view! {
                <details class="side-fold" data-group=of.word() data-folded=kept.then_some("") open=open>
                    <summary>
                        {title}
                        {(wants > 0).then(|| mark(wants))}
                        <span class="side-chevron"><Glyph icon=Icon::ChevronRight /></span>
                    </summary>
                    {list}
                </details>
            }
            .into_any()
        }
    };
    entries
        .chunk_by(|one, next| one.group == next.group)
        .map(group)
        .collect_view()
}

/// The shell of every page of a signed-in person. The page's own `h1` comes with its children.
#[component]
pub fn Layout(
    menu: Vec<MenuEntry>,
    /// [`Switcher`]s.
    #[prop(optional, into)]
    switchers: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let (narrow, folded) = Context::current().with(|page| (page.narrow_menu, page.folded.clone()));
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
            <Find />
            <SandboxBadge />
            <AccountMenu />
        </header>
        <CommandMenu />
        <div class="toasts" role="status" data-region="toasts">{done()}</div>
        <div class="frame">
            // On narrow screens a popover; on wide ones its style keeps it open.
            <nav class="side" id="side-menu" popover="auto" aria-label="Main">
                <div class="side-scroll">{side_menu(&menu, &folded)}</div>
                {menu_width(narrow)}
            </nav>
            <main id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
    .into_any()
}

/// Makes the menu narrow, or wide again; in the browser at once, see [`crate::frame`].
fn menu_width(narrow: bool) -> impl IntoView {
    view! {
        <form class="side-foot" id="menu-width" method="post" action=paths::MENU>
            <input type="hidden" name="return_to" value=here() />
            <input type="hidden" name="menu" value=if narrow { "wide" } else { "narrow" } />
            <button
                class="side-toggle"
                type="submit"
                aria-keyshortcuts="["
                aria-pressed=if narrow { "true" } else { "false" }
            >
                <Glyph icon=Icon::Panel />
                <span class="side-word">"Narrow menu"</span>
                <kbd aria-hidden="true">"["</kbd>
            </button>
        </form>
    }
}

/// What was just done, if anything.
fn done() -> Option<AnyView> {
    let text = Context::current().with(|page| page.flash.clone())?.text;
    (!text.is_empty()).then(|| view! { <Toast tone=Tone::Success text/> }.into_any())
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
