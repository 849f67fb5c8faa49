//! What an organization's plan allows, feature by feature.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{Allowance, Entitlement, GetOrganizationEntitlements},
};

use super::slug;
use crate::{
    components::{
        head::Head,
        list::List,
        query::{loaded, query},
    },
    page::{Group, Page},
    pages::metrics::bytes,
    paths,
    ui::{Badge, Choice, Empty, Icon, Shape, Tone, capital, chart::grouped},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/entitlements",
    title: "Entitlements",
    icon: Icon::Entitlement,
    group: Some(Group::Organization),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::GetOrganizationEntitlements),
    sheet: None,
    view: || view! { <Entitlements/> }.into_any(),
};

#[component]
pub fn Entitlements() -> impl IntoView {
    let slug = slug();
    let entitlements = query(GetOrganizationEntitlements { slug: slug.clone() });
    view! {
        <Head page=&PAGE hint="What the organization\u{2019}s plan allows."/>
        {loaded("entitlements", entitlements, Shape::Rows, move |answer| list(&slug).draw(answer.entitlements))}
    }
}

/// The word of the address, and ours, for whether the plan has it.
fn included(entitlement: &Entitlement) -> Choice {
    if entitlement.has_access {
        Choice::new("yes", "Included")
    } else {
        Choice::new("no", "Not included")
    }
}

fn list(slug: &str) -> List<Entitlement> {
    let path = paths::organization_entitlements(slug);
    List::new(("feature", "features"), path, |one: &Entitlement| one.feature.key.clone())
        .search("Search features", |one| vec![one.feature.key.clone(), title(&one.feature.key)])
        .filter("included", "Inclusion", included)
        .order("name", "Sort by name", |a, b| a.feature.key.cmp(&b.feature.key))
        .column("Feature", |one| view! { {title(&one.feature.key)} " " <code class="quiet">{one.feature.key.clone()}</code> })
        .column("Included", |one| {
            let icon = if one.has_access { Icon::Check } else { Icon::Close };
            view! { <Badge plain=true tone=Tone::Neutral icon word=included(one).label/> }
        })
        .column("Allowance", |one| allowance(one.config.as_ref()).unwrap_or_else(|| "\u{2014}".to_owned()))
        .empty(|| view! {
            <Empty icon=Icon::Entitlement title="Nothing is told" sentence="Supabase names no feature of this organization\u{2019}s plan."/>
        })
}

/// `storage.max_file_size` as `Storage: max file size`.
pub(super) fn title(key: &str) -> String {
    let words = |part: &str| part.split('_').map(spelt).collect::<Vec<_>>().join(" ");
    let said = match key.split_once('.') {
        Some((area, rest)) => {
            let rest: Vec<_> = rest.split('.').map(words).collect();
            format!("{}: {}", words(area), rest.join(" "))
        }
        None => words(key),
    };
    capital(&said)
}

/// A word of a key as people write it.
fn spelt(word: &str) -> &str {
    match word {
        "api" => "API",
        "ipv4" => "IPv4",
        "iso27001" => "ISO 27001",
        "mb" => "MB",
        "mfa" => "MFA",
        "pitr" => "PITR",
        "saml" => "SAML",
        "soc2" => "SOC 2",
        "sso" => "SSO",
        other => other,
    }
}

/// How much of it; `None`: there is nothing to be measured.
pub(super) fn allowance(config: Option<&Allowance>) -> Option<String> {
    let config = config?;
    if config.unlimited == Some(true) {
        return Some("Unlimited".to_owned());
    }
    match (config.value, &config.set) {
        (Some(value), _) => Some(match config.unit.as_deref() {
            Some("byte" | "bytes") => bytes(value),
            unit => format!("{} {}", grouped(value), unit.unwrap_or_default())
                .trim()
                .to_owned(),
        }),
        (None, Some(set)) if !set.is_empty() => Some(set.join(", ")),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_titles() {
        assert_eq!(title("storage.max_file_size"), "Storage: max file size");
        assert_eq!(title("custom_domain"), "Custom domain");
        assert_eq!(title("auth.saml_2"), "Auth: SAML 2");
        assert_eq!(title("ipv4"), "IPv4");
        assert_eq!(title("function.size_limit_mb"), "Function: size limit MB");
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
        let told = |config: &Allowance| allowance(Some(config)).unwrap_or_default();
        assert_eq!(told(&number), "50.0 MB");
        let unlimited = Allowance {
            unlimited: Some(true),
            ..number
        };
        assert_eq!(told(&unlimited), "Unlimited");
        let set = Allowance {
            set: Some(vec!["ci_micro".into(), "ci_small".into()]),
            ..Allowance::default()
        };
        assert_eq!(told(&set), "ci_micro, ci_small");
        assert_eq!(allowance(Some(&Allowance::default())), None);
        assert_eq!(allowance(None), None);
    }
}
