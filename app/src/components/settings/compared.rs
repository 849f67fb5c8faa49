//! Two projects' configurations side by side, as one form: what differs, and what of it is to be taken over.

use leptos::prelude::*;

use super::rows::named;
use crate::{
    backend::name_of,
    components::{
        error_view::{here, problem},
        operation_form::FormState,
    },
    form::BACK,
    paths,
    plan::{
        Kind,
        settings::{PROJECT, TAKE, WITH},
    },
    server_fns::settings::AreaPair,
    settings::{Area, Setting, current::Current, words::words},
    ui::{Button, ButtonKind, Empty, Glyph, Icon, problem_notice},
};

pub fn differences(project: &str, with: &str, pairs: Vec<AreaPair>) -> AnyView {
    let state = FormState::of(Kind::TakeOver.operation(), Kind::TakeOver.as_str());
    let problem = state.problem().map(problem_notice);
    let (here_named, there_named) = (name_of(project), name_of(with));
    let (same, other): (Vec<AreaPair>, Vec<AreaPair>) = pairs.into_iter().partition(AreaPair::is_same);
    let same: Vec<String> = same
        .iter()
        .filter_map(|pair| Some(equal(Area::of(&pair.area)?)))
        .collect();
    let same = (!same.is_empty()).then(|| format!("Nothing differs in {}.", same.join(", ")));
    if other.is_empty() {
        return view! { <Empty icon=Icon::Same title="Nothing differs" sentence=same.unwrap_or_default()/> }.into_any();
    }
    let areas: Vec<_> = other
        .into_iter()
        .filter_map(|pair| area(pair, &here_named, &there_named))
        .collect();
    view! {
        <form class="compare" method="post" enctype="multipart/form-data" action=paths::draw_up(Kind::TakeOver)>
            <input type="hidden" name=BACK value=here()/>
            <input type="hidden" name=PROJECT value=project.to_owned()/>
            <input type="hidden" name=WITH value=with.to_owned()/>
            {problem}
            {areas}
            {same.map(|same| view! { <p class="hint compare-same">{same}</p> })}
            <div class="dock" role="region" aria-label="Take over">
                <Glyph icon=Icon::Edit/>
                <p class="dock-what"><b>{format!("From {there_named} to {here_named}")}</b><span class="dock-names">"Tick what is to be taken over. The next page shows it before anything is sent."</span></p>
                <div class="actions"><Button kind=ButtonKind::Primary submit=true>"Review"</Button></div>
            </div>
        </form>
    }
    .into_any()
}

/// A configuration that is the same on both sides.
fn equal(area: &Area) -> String {
    match area.settings().count() {
        1 => format!("{} (1 setting)", area.title),
        count => format!("{} ({count} settings)", area.title),
    }
}

/// One configuration: what differs, how much is the same, or why it is not known.
fn area(pair: AreaPair, here_named: &str, there_named: &str) -> Option<AnyView> {
    let area = Area::of(&pair.area)?;
    let (mine, theirs) = match (pair.here, pair.there) {
        (Ok(mine), Ok(theirs)) => (mine, theirs),
        (Err(error), _) | (_, Err(error)) => {
            let why = problem(&error).text;
            return Some(
                view! { <section class="settings-part"><h2>{area.title}</h2><p class="hint">{format!("Could not be compared: {why}")}</p></section> }
                    .into_any(),
            );
        }
    };
    let differing = area.differing(&mine, &theirs);
    let same = area.settings().count() - differing.len();
    let (secrets, values): (Vec<_>, Vec<_>) = differing
        .into_iter()
        .partition(|setting| mine.secrets.contains_key(setting.name));
    let row = |setting: &'static Setting, pick: Option<AnyView>, here: String, there: String| {
        view! {
            <tr>
                <td data-kind="pick">{pick}</td>
                {named(setting)}
                <td data-label="Here"><bdi>{here}</bdi></td>
                <td data-label="There"><bdi>{there}</bdi></td>
            </tr>
        }
        .into_any()
    };
    let value = |setting: &'static Setting| {
        let taken = format!("{}/{}", area.key, setting.name);
        let label = format!("Take over {}", setting.label);
        let pick = view! { <input type="checkbox" name=TAKE value=taken aria-label=label/> }.into_any();
        let said = |of: &Current| words(setting, of.value(setting.name));
        row(setting, Some(pick), said(&mine), said(&theirs))
    };
    let secret = |setting: &'static Setting| {
        let said = |of: &Current| match of.secrets.get(setting.name) {
            Some(true) => "Set".to_owned(),
            Some(false) | None => "Not set".to_owned(),
        };
        row(setting, None, said(&mine), said(&theirs))
    };
    let rows: Vec<_> = values
        .into_iter()
        .map(value)
        .chain(secrets.into_iter().map(secret))
        .collect();
    let equal = match same {
        1 => "1 setting is the same.".to_owned(),
        same => format!("{same} settings are the same."),
    };
    let (here_named, there_named) = (here_named.to_owned(), there_named.to_owned());
    Some(
        view! {
            <section class="settings-part">
                <h2>{area.title}</h2>
                <div class="delta-box">
                    <table class="table delta" data-kind="compare">
                        <caption class="visually-hidden">{format!("What differs in {}", area.title)}</caption>
                        <thead>
                            <tr>
                                <th scope="col"><span class="visually-hidden">"Take over"</span></th>
                                <th scope="col">"Setting"</th>
                                <th scope="col"><bdi>{here_named}</bdi></th>
                                <th scope="col"><bdi>{there_named}</bdi></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="hint compare-same">{equal}</p>
            </section>
        }
        .into_any(),
    )
}
