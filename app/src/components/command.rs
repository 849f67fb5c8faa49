//! The command menu: everything one can go to, from the keyboard. The bar's field opens it where there is JavaScript, and
//! leads to the page of the same finds where there is none. Its list is a region, drawn here and exchanged by
//! [`crate::frame`] as one types.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::query::{ask, is_asked_for, loaded};
use crate::{
    frame::command::REGION,
    page::Page,
    paths,
    server_fns::find::{Hit, Kind, find},
    ui::{Glyph, Icon, Shape},
};

/// Of each kind, at most: the list is read at a glance.
const MOST: usize = 5;

impl Kind {
    pub fn title(self) -> &'static str {
        match self {
            Self::Recent => "Recent",
            Self::Project => "Projects",
            Self::Organization => "Organizations",
            Self::Branch => "Branches",
            Self::Function => "Edge Functions",
            Self::Secret => "Secrets",
            Self::Setting => "Settings",
            Self::Page => "Pages",
            Self::Operation => "Operations of the API",
        }
    }

    fn icon(self, href: &str) -> Icon {
        match self {
            Self::Recent | Self::Page => Page::at(href).map_or(Icon::Search, |(page, _)| page.icon),
            Self::Project => Icon::Project,
            Self::Organization => Icon::Organization,
            Self::Branch => Icon::Branch,
            Self::Function => Icon::Terminal,
            Self::Secret => Icon::Lock,
            Self::Setting => Icon::Settings,
            Self::Operation => Icon::Terminal,
        }
    }
}

#[component]
pub fn CommandMenu() -> impl IntoView {
    view! {
        <dialog class="command" id="command" aria-label="Search or jump to">
            <form class="command-field" method="get" action=paths::FIND>
                <Glyph icon=Icon::Search/>
                <input
                    type="text"
                    name="q"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="command-list"
                    aria-label="Search or jump to"
                    placeholder="Search or jump to"
                    autocomplete="off"
                    spellcheck="false"
                />
                <kbd aria-hidden="true">"esc"</kbd>
            </form>
            <div class="command-list" id="command-list" role="listbox" aria-label="Finds">{finds()}</div>
            <p class="command-foot" aria-hidden="true">
                <span><kbd>"\u{2191}"</kbd><kbd>"\u{2193}"</kbd> "move"</span>
                <span><kbd>"\u{21b5}"</kbd> "open"</span>
                <span><kbd>"Ctrl \u{21b5}"</kbd> "in a new tab"</span>
            </p>
        </dialog>
    }
    .into_any()
}

/// Only drawn when it is asked for: no page waits for what may never be opened.
fn finds() -> AnyView {
    if !is_asked_for(REGION) {
        return view! { <div data-region=REGION></div> }.into_any();
    }
    let typed = |name: &str| use_query_map().with_untracked(|query| query.get(name).unwrap_or_default());
    let (words, here) = (typed("q"), typed("here"));
    let nothing = words.clone();
    let hits = ask(move || find(words.clone(), here.clone(), MOST));
    loaded(REGION, hits, Shape::Line, move |hits| options(&nothing, hits))
}

fn options(words: &str, hits: Vec<Hit>) -> AnyView {
    if hits.is_empty() {
        return view! { <p class="command-none" role="status">"Nothing is called \u{201c}" <bdi>{words.to_owned()}</bdi> "\u{201d}."</p> }.into_any();
    }
    let mut at = 0;
    let groups: Vec<_> = hits
        .chunk_by(|one, next| one.kind == next.kind)
        .map(|hits| {
            let kind = hits.first().map_or(Kind::Page, |hit| hit.kind);
            let options = hits.iter().map(|hit| {
                at += 1;
                option(at, hit)
            });
            let options = options.collect_view();
            view! {
                <div role="group" aria-label=kind.title()>
                    <p class="command-group" aria-hidden="true">{kind.title()}</p>
                    {options}
                </div>
            }
        })
        .collect();
    groups.into_any()
}

fn option(at: usize, hit: &Hit) -> impl IntoView + use<> {
    let side = (!hit.side.is_empty()).then(|| view! { <bdi class="command-side">{hit.side.clone()}</bdi> });
    view! {
        <a role="option" id=format!("command-{at}") href=hit.href.clone() tabindex="-1" aria-selected=if at == 1 { "true" } else { "false" }>
            <Glyph icon=hit.kind.icon(&hit.href)/>
            <span class="command-text">
                <bdi>{marked(&hit.title, &hit.marks)}</bdi>
                {side}
            </span>
        </a>
    }
}

/// The text with its fitting letters marked.
pub fn marked(text: &str, marks: &[u32]) -> AnyView {
    let fits = |at: usize| u32::try_from(at).is_ok_and(|at| marks.contains(&at));
    let letters: Vec<(bool, char)> = text
        .chars()
        .enumerate()
        .map(|(at, letter)| (fits(at), letter))
        .collect();
    letters
        .chunk_by(|one, next| one.0 == next.0)
        .map(|part| {
            let text: String = part.iter().map(|(_, letter)| *letter).collect();
            match part.first() {
                Some((true, _)) => view! { <mark>{text}</mark> }.into_any(),
                Some((false, _)) | None => text.into_any(),
            }
        })
        .collect_view()
        .into_any()
}
