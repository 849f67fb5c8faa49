//! Settings that differ between a branch and production, to be read only: the way to take them over is another page.

use leptos::prelude::*;

use crate::{
    components::error_view::problem,
    server_fns::settings::AreaPair,
    settings::{Area, Setting, current::Current, words::words},
    ui::{Column, Notice, Table, Tone},
};

const COLUMNS: &[Column] = &[
    Column::text("Setting"),
    Column::text("Production"),
    Column::text("Branch"),
];

/// `pairs` have production's first.
pub fn differing(take_over: &str, pairs: Vec<AreaPair>) -> AnyView {
    let (mut failures, mut rows) = (Vec::new(), Vec::new());
    for pair in pairs {
        let Some(area) = Area::of(&pair.area) else { continue };
        match (pair.here, pair.there) {
            (Ok(production), Ok(branch)) => rows.extend(differing_settings(area, &production, &branch)),
            (Err(error), _) | (_, Err(error)) => failures.push(view! {
                <Notice tone=Tone::Warning title=format!("{} could not be compared", area.title)>{problem(&error).text}</Notice>
            }),
        }
    }
    let count = rows.len();
    let table = (count > 0).then(|| {
        view! {
            <div class="diff"><Table caption="Settings that differ" columns=COLUMNS>{rows}</Table></div>
            <p class="hint diff-foot"><a class="link" href=take_over.to_owned()>"Take settings over"</a>" from one to the other, one by one."</p>
        }
    });
    let none = (count == 0).then(|| view! { <p class="hint">"None differs of those that could be read."</p> });
    view! {
        <h2 class="change-group">"Settings" " " <span class="quiet">{format!("{count} differ, and a merge leaves them alone")}</span></h2>
        {failures}
        {none}
        {table}
    }
    .into_any()
}

/// A row for each setting that is not the same. Of a secret it is only known whether there is one.
fn differing_settings(area: &'static Area, production: &Current, branch: &Current) -> Vec<AnyView> {
    let secret = |of: &Current, name: &str| match of.secrets.get(name) {
        Some(true) => "A secret is set".to_owned(),
        Some(false) | None => "No secret is set".to_owned(),
    };
    let row = |setting: &'static Setting, there: String, here: String| {
        view! {
            <tr>
                <td data-label="Setting">{setting.label} " " <span class="quiet">{area.title}</span></td>
                <td data-label="Production"><del>{there}</del></td>
                <td data-label="Branch"><ins>{here}</ins></td>
            </tr>
        }
        .into_any()
    };
    let each = area.differing(production, branch).into_iter().map(|setting| {
        let said = |of: &Current| {
            if of.secrets.contains_key(setting.name) {
                secret(of, setting.name)
            } else {
                words(setting, of.value(setting.name))
            }
        };
        row(setting, said(production), said(branch))
    });
    each.collect()
}
