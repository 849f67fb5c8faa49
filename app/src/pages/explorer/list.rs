//! All operations by area: searched, and filtered by what they do.

use leptos::prelude::*;
use management_api::{Area, OperationId};

use super::{EffectBadge, MethodBadge, StabilityBadge, path, prose};
use crate::{
    components::{head::Head, list::List},
    explorer::title,
    form::Form,
    page::{Group, Page, Sheet},
    paths,
    ui::{Choice, Icon},
};

pub const PAGE: Page = Page {
    route: "/explorer",
    title: "API explorer",
    icon: Icon::Terminal,
    group: Some(Group::Tools),
    parent: None,
    operation: None,
    sheet: Some(Sheet::Explorer),
    view: || view! { <OperationList/> }.into_any(),
};

#[component]
pub fn OperationList() -> impl IntoView {
    view! {
        <Head
            page=&PAGE
            hint="Every operation of Supabase\u{2019}s Management API, run as you and with your rights. What is run is written into the audit."
        />
        {list().draw(by_area())}
    }
}

/// All operations, those of an area together.
fn by_area() -> Vec<OperationId> {
    let mut all = OperationId::ALL.to_vec();
    all.sort_by_key(|id| Area::ALL.iter().position(|area| *area == id.row().area));
    all
}

fn list() -> List<OperationId> {
    List::new(("operation", "operations"), paths::EXPLORER, |id: &OperationId| {
        id.to_string()
    })
    .search("Search operations", |id| texts(*id))
    .filter("area", "Area", |id| {
        Choice::new(id.row().area.as_str(), id.row().area.title())
    })
    .filter("effect", "Effect", |id| {
        Choice::new(id.row().effect.as_str(), id.row().effect.title())
    })
    .group(|id| id.row().area.title().to_owned())
    .column("Method", |id| view! { <MethodBadge method=id.row().method/> })
    .column("Operation", |id| {
        view! {
            <div>
                <a class="row-link" href=paths::explorer_operation(*id)>{title(*id)}</a>
                <p class="hint">{prose(Form::of(*id).summary())}</p>
            </div>
        }
    })
    .column("Path", |id| path(id.row().path))
    .column("Effect", |id| {
        view! {
            <div class="operation-marks">
                <EffectBadge effect=id.row().effect plain=true/>
                <StabilityBadge stability=id.row().stability plain=true/>
            </div>
        }
    })
}

/// What is searched: whatever people know an operation by.
fn texts(id: OperationId) -> Vec<String> {
    let row = id.row();
    [
        row.name,
        row.method.as_str(),
        row.path,
        row.area.title(),
        row.scope.unwrap_or_default(),
        row.stability.as_str(),
        &row.permissions.names().join(" "),
        &title(id),
        &Form::of(id).about,
    ]
    .map(str::to_owned)
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos_router::params::ParamsMap;

    fn shown(query: &[(&str, &str)]) -> Vec<OperationId> {
        let query: ParamsMap = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        list().shown_for(by_area(), &query)
    }

    #[test]
    fn everything_is_shown_until_something_is_chosen() {
        assert_eq!(shown(&[]).len(), OperationId::ALL.len());
        assert!(shown(&[("search", "nothing-like-this")]).is_empty());
    }

    #[test]
    fn words_are_sought_in_name_path_permission_and_scope() {
        for search in ["v1-delete hostname", "DELETE custom-hostname", "delete domains"] {
            assert!(
                shown(&[("search", search)]).contains(&OperationId::DeleteHostnameConfig),
                "{search}"
            );
        }
        let permission = shown(&[("search", "analytics_logs_read")]);
        assert_eq!(
            permission,
            [
                OperationId::QueryLogs,
                OperationId::ScrapeMetrics,
                OperationId::QueryLogsBefore
            ]
        );
        assert!(shown(&[("search", "analytics:read")]).contains(&OperationId::QueryLogs));
    }

    #[test]
    fn choices_narrow_together() {
        let costly = shown(&[("area", "billing"), ("effect", "costly")]);
        assert_eq!(costly, [OperationId::ApplyAddon]);
    }
}
