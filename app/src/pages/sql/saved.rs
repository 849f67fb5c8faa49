//! Statements to begin with: Steward's own, and those that people saved in Supabase's dashboard.

use leptos::prelude::*;

use crate::{
    components::error_view::error_view,
    paths,
    server_fns::sql::{AllSaved, Saved, SavedRow},
    sql::{
        kept::Snippet,
        ready::{READY, Ready},
    },
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

pub fn saved(project: &str, saved: AllSaved) -> AnyView {
    let AllSaved { kept, supabase } = saved;
    let unread = supabase.is_err();
    let there = match supabase {
        Ok(found) => supabases(project, found),
        Err(error) => error_view(error),
    };
    view! {
        {here(project, kept, unread)}
        <details class="sql-list" open>
            <summary><h2>"Saved in Supabase"</h2></summary>
            {there}
        </details>
    }
    .into_any()
}

/// What Steward keeps: the person's own, and what others share.
fn here(project: &str, kept: Vec<Snippet>, unread: bool) -> impl IntoView + use<> {
    let link = |one: &Snippet| {
        view! {
            <li>
                <a href=paths::sql_kept(project, &one.id)><bdi>{one.label.name.clone()}</bdi></a>
                <small><bdi>{one.seen_by()}</bdi></small>
            </li>
        }
    };
    let none = kept.is_empty().then(|| {
        view! { <p class="hint">"What you save under the editor stands here; others see what you share with them."</p> }
    });
    let unread = unread.then(|| {
        view! { <p class="hint">"What others share is not shown: Supabase did not say whether you see the project."</p> }
    });
    view! {
        <details class="sql-list" open>
            <summary><h2>"Saved"</h2></summary>
            <ul>{kept.iter().map(link).collect_view()}</ul>
            {none}
            {unread}
        </details>
    }
}

fn supabases(project: &str, saved: Saved) -> AnyView {
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
    view! { {list} {more} }.into_any()
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
