//! Statements to begin with: Steward's own, and those that people saved in Supabase's dashboard.

use leptos::prelude::*;

use crate::{
    paths,
    server_fns::sql::{Saved, SavedRow},
    sql::ready::{READY, Ready},
    ui::{Glyph, Icon},
};

pub fn ready(project: &str) -> impl IntoView + use<> {
    let link = |one: &Ready| view! { <li><a href=paths::sql_ready(project, one.key)>{one.title}</a></li> };
    view! {
        <details class="sql-list" open>
            <summary><h2>"Ready-made"</h2></summary>
            <ul>{READY.iter().map(link).collect_view()}</ul>
        </details>
    }
}

pub fn saved(project: &str, saved: Saved) -> AnyView {
    let Saved { rows, more } = saved;
    let count = rows.len();
    let list = if rows.is_empty() {
        view! { <p class="hint">"Nothing is saved for this project in Supabase\u{2019}s dashboard, or nothing that you can see."</p> }.into_any()
    } else {
        let link = |row: SavedRow| {
            let SavedRow {
                id,
                name,
                visibility,
                owner,
                favorite,
            } = row;
            let said = [Some(seen_by(&visibility)), owner]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" \u{b7} ");
            view! {
                <li>
                    <a href=paths::sql_snippet(project, &id)>
                        <bdi>{name}</bdi>
                        {favorite.then(|| view! { <span class="visually-hidden">", a favourite"</span> <Glyph icon=Icon::Check/> })}
                    </a>
                    <small><bdi>{said}</bdi></small>
                </li>
            }
        };
        view! { <ul>{rows.into_iter().map(link).collect_view()}</ul> }.into_any()
    };
    let more = more.map(|cursor| {
        view! { <p><a class="link" href=paths::sql_saved(project, &cursor)>{format!("The next after these {count}")}</a></p> }
    });
    view! {
        <details class="sql-list" open>
            <summary><h2>"Saved in Supabase"</h2></summary>
            {list}
            {more}
        </details>
    }
    .into_any()
}

/// Who may see it, by the API's word; a newer word is shown as it is.
fn seen_by(word: &str) -> String {
    match word {
        "user" => "Only yours".to_owned(),
        "project" => "The project\u{2019}s".to_owned(),
        "org" => "The organization\u{2019}s".to_owned(),
        "public" => "Everybody\u{2019}s".to_owned(),
        other => other.to_owned(),
    }
}
