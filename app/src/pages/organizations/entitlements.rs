//! What an organization's plan allows, feature by feature.

use leptos::prelude::*;
use management_api::organizations::{Allowance, Entitlement, GetOrganizationEntitlements};

use super::{super::choice, slug};
use crate::{
    backend::name_of,
    components::query::{loaded, query},
    components::title::Title,
    islands::filter::FilterForm,
    paths,
    ui::{Badge, Column, Empty, Icon, PageHeader, SearchField, Shape, Table, Tone, chart::grouped},
};

const COLUMNS: &[Column] = &[
    Column::text("Feature"),
    Column::text("Included"),
    Column::text("Allowance"),
];

#[component]
pub fn Entitlements() -> impl IntoView {
    let slug = slug();
    let entitlements = query(GetOrganizationEntitlements { slug: slug.clone() });
    let search = choice("search");
    let words = search.to_lowercase();

    view! {
        <Title text=format!("Entitlements \u{b7} {}", name_of(&slug))/>
        <PageHeader title="Entitlements" hint="What the organization\u{2019}s plan allows."/>
        <FilterForm action=paths::organization_entitlements(&slug)>
            <SearchField name="search" label="Search features" value=search/>
        </FilterForm>
        {loaded("entitlements", entitlements, Shape::Rows, move |mut answer| {
            answer.entitlements.retain(|entitlement| fits(entitlement, &words));
            answer.entitlements.sort_by(|a, b| a.feature.key.cmp(&b.feature.key));
            if answer.entitlements.is_empty() {
                return view! {
                    <Empty icon=Icon::Entitlement title="No feature fits" sentence="No feature\u{2019}s name holds these words."/>
                }
                .into_any();
            }
            let rows: Vec<_> = answer.entitlements.into_iter().map(row).collect();
            view! { <Table caption="Entitlements" columns=COLUMNS>{rows}</Table> }.into_any()
        })}
    }
}

fn fits(entitlement: &Entitlement, words: &str) -> bool {
    let name = format!("{} {}", entitlement.feature.key, title(&entitlement.feature.key)).to_lowercase();
    words.split_whitespace().all(|word| name.contains(word))
}

fn row(entitlement: Entitlement) -> impl IntoView {
    let key = entitlement.feature.key;
    let (tone, icon, word) = if entitlement.has_access {
        (Tone::Success, Icon::Check, "Included")
    } else {
        (Tone::Neutral, Icon::Close, "Not included")
    };
    view! {
        <tr>
            <td data-label="Feature">{title(&key)} " " <code class="quiet">{key.clone()}</code></td>
            <td data-label="Included"><Badge tone icon word/></td>
            <td data-label="Allowance">{allowance(entitlement.config.as_ref())}</td>
        </tr>
    }
}

/// `storage.max_file_size` as `Storage: max file size`.
fn title(key: &str) -> String {
    let text = key.replace('_', " ").replacen('.', ": ", 1).replace('.', " ");
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn allowance(config: Option<&Allowance>) -> String {
    const NONE: &str = "\u{2014}";
    let Some(config) = config else { return NONE.to_owned() };
    if config.unlimited == Some(true) {
        return "Unlimited".to_owned();
    }
    match (config.value, &config.set) {
        (Some(value), _) => format!("{} {}", grouped(value), config.unit.as_deref().unwrap_or_default())
            .trim()
            .to_owned(),
        (None, Some(set)) if !set.is_empty() => set.join(", "),
        (None, _) => NONE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_titles() {
        assert_eq!(title("storage.max_file_size"), "Storage: max file size");
        assert_eq!(title("custom_domain"), "Custom domain");
        assert_eq!(
            title("storage.max_file_size.configurable"),
            "Storage: max file size configurable"
        );
        assert_eq!(title(""), "");
    }

    #[test]
    fn allowances_of_every_shape() {
        let number = Allowance {
            value: Some(52_428_800.0),
            unit: Some("bytes".into()),
            ..Allowance::default()
        };
        assert_eq!(allowance(Some(&number)), "52,428,800 bytes");
        assert_eq!(
            allowance(Some(&Allowance {
                unlimited: Some(true),
                ..number
            })),
            "Unlimited"
        );
        let set = Allowance {
            set: Some(vec!["ci_micro".into(), "ci_small".into()]),
            ..Allowance::default()
        };
        assert_eq!(allowance(Some(&set)), "ci_micro, ci_small");
        assert_eq!(allowance(None), "\u{2014}");
    }
}
