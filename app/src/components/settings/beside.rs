//! What two projects have beside their settings: secrets and functions by digest, and keys. To be read only: what is to be
//! the same is made so on its own page.

use leptos::prelude::*;

use crate::{
    backend::name_of,
    components::error_view::problem,
    server_fns::settings::PartPair,
    settings::parts::{Mark, Marks, Part, differing},
};

pub fn beside(project: &str, with: &str, pairs: Vec<PartPair>) -> AnyView {
    let named = (name_of(project), name_of(with));
    let parts: Vec<_> = pairs
        .into_iter()
        .filter_map(|pair| part(project, &named, pair))
        .collect();
    view! { <div class="compare">{parts}</div> }.into_any()
}

/// One part: what differs, how much is the same, or why it is not known.
fn part(project: &str, (here_named, there_named): &(String, String), pair: PartPair) -> Option<AnyView> {
    let part = Part::of(&pair.part)?;
    let (here, there) = match (pair.here, pair.there) {
        (Ok(here), Ok(there)) => (here, there),
        (Err(error), _) | (_, Err(error)) => {
            let why = problem(&error).text;
            let says = format!("Could not be compared: {why}");
            return Some(
                view! { <section class="settings-part"><h2>{part.title}</h2><p class="hint">{says}</p></section> }
                    .into_any(),
            );
        }
    };
    let names = differing(&here, &there, Mark::is_alike);
    let (one, several) = part.things;
    let equal = match here.keys().filter(|name| !names.contains(name)).count() {
        1 => format!("1 {one} is the same."),
        same => format!("{same} {several} are the same."),
    };
    if names.is_empty() {
        return Some(view! { <p class="hint compare-same">{part.title} ": nothing differs. " {equal}</p> }.into_any());
    }
    let rows: Vec<_> = names.into_iter().map(|name| row(name, &here, &there)).collect();
    let (href, here_named, there_named) = ((part.page)(project), here_named.clone(), there_named.clone());
    Some(
        view! {
            <section class="settings-part">
                <h2>{part.title}</h2>
                <div class="delta-box">
                    <table class="table delta">
                        <caption class="visually-hidden">{format!("What differs in {}", part.title)}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th>
                                <th scope="col"><bdi>{here_named}</bdi></th>
                                <th scope="col"><bdi>{there_named}</bdi></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="hint compare-same">{equal} " " <a class="link" href=href>"Change them on their page"</a></p>
            </section>
        }
        .into_any(),
    )
}

fn row(name: String, here: &Marks, there: &Marks) -> AnyView {
    let said = |of: &Marks| match of.get(&name) {
        // What tells two of one project apart says nothing between two.
        Some(mark) => {
            let words = Mark {
                id: String::new(),
                ..mark.clone()
            }
            .words();
            let words = if words.is_empty() { "There".to_owned() } else { words };
            view! { <code><bdi>{words}</bdi></code> }.into_any()
        }
        None => view! { <span class="quiet">"Not there"</span> }.into_any(),
    };
    let (here, there) = (said(here), said(there));
    view! {
        <tr>
            <td data-label="Name"><code><bdi>{name}</bdi></code></td>
            <td data-label="Here">{here}</td>
            <td data-label="There">{there}</td>
        </tr>
    }
    .into_any()
}
