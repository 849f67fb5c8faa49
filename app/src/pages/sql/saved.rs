//! Saved: what Steward keeps under a name, what people saved in Supabase's dashboard, and Steward's own statements to begin with.

use leptos::prelude::*;

use super::side::{fits, nothing_fits};
use crate::{
    components::error_view::error_view,
    pages::choice,
    paths,
    server_fns::sql::{AllSaved, Saved, SavedRow},
    sql::{kept::Snippet, ready::READY},
    ui::{Glyph, Icon},
};

/// `find` leaves only those whose name or owner holds it.
pub fn saved(project: &str, saved: AllSaved, find: &str) -> AnyView {
    let AllSaved { mut kept, supabase } = saved;
    kept.retain(|one| fits(find, &[&one.label.name, &one.label.owner]));
    let unread = supabase.is_err();
    let (own, shared): (Vec<_>, Vec<_>) = kept.into_iter().partition(|one| one.own);
    let ready: Vec<_> = READY.iter().filter(|one| fits(find, &[one.title])).collect();
    let there = match supabase {
        Ok(found) => supabases(project, found, find),
        Err(error) => Some(error_view(error)),
    };
    if !find.is_empty() && own.is_empty() && shared.is_empty() && ready.is_empty() && there.is_none() {
        return nothing_fits(find);
    }
    view! {
        {part("Yours", kept_here(project, own), find, "What you save under the editor stands here; others see what you share with them.")}
        {part("Shared with you", kept_here(project, shared), find, match unread {
            true => "What others share is not shown: Supabase did not say whether you see the project.",
            false => "What others share with the organization stands here.",
        })}
        {there.map(|list| view! { <h2>"Saved in Supabase"</h2> {list} })}
        {part("Ready-made", ready.into_iter().map(|one| view! { <li><a href=paths::sql_ready(project, one.key)>{one.title}</a></li> }.into_any()).collect(), find, "")}
    }
    .into_any()
}

/// A list under its heading. While something is searched for, what has nothing that fits is left out.
fn part(title: &'static str, rows: Vec<AnyView>, find: &str, none: &'static str) -> Option<AnyView> {
    let list = match (rows.is_empty(), find.is_empty()) {
        (true, false) => return None,
        (true, true) => view! { <p class="hint">{none}</p> }.into_any(),
        (false, _) => view! { <ul>{rows}</ul> }.into_any(),
    };
    Some(view! { <h2>{title}</h2> {list} }.into_any())
}

/// What Steward keeps.
fn kept_here(project: &str, kept: Vec<Snippet>) -> Vec<AnyView> {
    let opened = choice("kept");
    let row = |one: Snippet| {
        let href = paths::sql_kept(project, &one.id);
        let current = (one.id == opened).then_some("true");
        view! {
            <li>
                <a href=href aria-current=current><bdi>{one.label.name.clone()}</bdi></a>
                <small><bdi>{one.seen_by()}</bdi></small>
            </li>
        }
        .into_any()
    };
    kept.into_iter().map(row).collect()
}

/// `None`: something is searched for, and none of these fits.
fn supabases(project: &str, saved: Saved, find: &str) -> Option<AnyView> {
    let Saved { mut rows, more } = saved;
    let count = rows.len();
    rows.retain(|row| fits(find, &[&row.name, row.owner.as_deref().unwrap_or_default()]));
    let list = match (rows.is_empty(), find.is_empty()) {
        (true, true) => view! { <p class="hint">"Nothing is saved for this project in Supabase\u{2019}s dashboard, or nothing that you can see."</p> }.into_any(),
        (true, false) if more.is_none() => return None,
        _ => view! { <ul>{rows.into_iter().map(|row| snippet(project, row)).collect_view()}</ul> }.into_any(),
    };
    // Supabase tells them page by page, and searches in none.
    let searched = (more.is_some() && !find.is_empty()).then(|| {
        view! { <p class="hint">{format!("Searched are the {count} on this page of Supabase\u{2019}s.")}</p> }
    });
    let more = more.map(|cursor| {
        view! { <p><a class="link" href=paths::sql_saved(project, &cursor)>{format!("The next after these {count}")}</a></p> }
    });
    Some(view! { {list} {searched} {more} }.into_any())
}

fn snippet(project: &str, row: SavedRow) -> impl IntoView + use<> {
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
