//! The account menu: who is signed in and how, the theme, and the way out. All of it works without JavaScript.

use leptos::prelude::*;

use crate::{
    backend::{SignInMethod, Theme},
    components::{context::Context, error_view::here},
    paths,
    ui::{Glyph, Icon, Menu},
};

fn theme_button(theme: Theme, chosen: Theme) -> impl IntoView {
    let (icon, word, label) = match theme {
        Theme::System => (Icon::Monitor, "System", "System theme"),
        Theme::Light => (Icon::Sun, "Light", "Light theme"),
        Theme::Dark => (Icon::Moon, "Dark", "Dark theme"),
    };
    view! {
        <button
            class="button button-ghost"
            name="theme"
            value=theme.as_str()
            aria-label=label
            aria-pressed=if theme == chosen { "true" } else { "false" }
        >
            <Glyph icon />
            {word}
        </button>
    }
}

#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let (viewer, theme) = Context::current().with(|page| (page.viewer.clone(), page.theme));
    let here = here();
    let (name, method) = viewer.map_or((None, ""), |viewer| {
        let method = match viewer.signed_in_with {
            SignInMethod::Oauth => "Signed in through Supabase",
            SignInMethod::PersonalAccessToken => "Signed in with a personal access token",
        };
        (viewer.email.or(viewer.username), method)
    });
    let name = name.unwrap_or_else(|| "Account".to_owned());
    let shown = name.clone();
    let trigger = move || {
        view! {
            <Glyph icon=Icon::User />
            <span class="account-name">{shown}</span>
        }
    };
    view! {
        <div class="account">
            <Menu id="account-menu" label="Account" end=true trigger>
                <div class="menu-head">
                    <p>{name}</p>
                    <p class="hint">{method}</p>
                </div>
                <form class="themes" method="post" action=paths::THEME>
                    <input type="hidden" name="return_to" value=here />
                    {Theme::ALL.map(|one| theme_button(one, theme))}
                </form>
                <ul class="menu-list">
                    <li>
                        <a href=paths::SESSIONS>
                            <Glyph icon=Icon::Key />
                            "Sign-ins"
                        </a>
                    </li>
                    <li>
                        <a href=paths::AUDIT>
                            <Glyph icon=Icon::Audit />
                            "Audit"
                        </a>
                    </li>
                </ul>
                <form class="menu-list" method="post" action=paths::SIGN_OUT>
                    <button type="submit">
                        <Glyph icon=Icon::SignOut />
                        "Sign out"
                    </button>
                </form>
            </Menu>
        </div>
    }
}
