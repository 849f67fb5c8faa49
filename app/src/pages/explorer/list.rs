//! All operations by area: searched, and filtered by what they do.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{Area, Effect, OperationId};

use super::{EffectBadge, MethodBadge, StabilityBadge, filter::Filter, path, prose};
use crate::{
    components::title::Title,
    explorer::title,
    form::Form,
    islands::filter::FilterForm,
    paths,
    ui::{ButtonLink, Choice, Empty, Icon, PageHeader, SearchField, SelectField},
};

#[component]
pub fn OperationList() -> impl IntoView {
    let filter = use_query_map().with_untracked(Filter::read);
    let areas = Area::ALL.iter().map(|area| Choice::new(area.as_str(), area.title()));
    let areas = std::iter::once(Choice::new("", "Any area")).chain(areas).collect();
    let effects = Effect::ALL
        .iter()
        .map(|effect| Choice::new(effect.as_str(), effect.title()));
    let effects = std::iter::once(Choice::new("", "Any effect")).chain(effects).collect();
    let Filter { search, area, effect } = filter.clone();
    view! {
        <Title text="API explorer"/>
        <PageHeader
            title="API explorer"
            hint="Every operation of Supabase\u{2019}s Management API, run as you and with your rights. What is run is written into the audit."
        />
        <FilterForm action=paths::EXPLORER.to_owned()>
            <SearchField name="search" label="Search operations" value=search/>
            <SelectField name="area" label="Area" choices=areas value=area.map_or("", Area::as_str)/>
            <SelectField name="effect" label="Effect" choices=effects value=effect.map_or("", Effect::as_str)/>
        </FilterForm>
        <div data-region="list">{shown(&filter)}</div>
    }
}

fn shown(filter: &Filter) -> AnyView {
    let areas = filter.apply();
    let (count, all) = (
        areas.iter().map(|(_, ids)| ids.len()).sum::<usize>(),
        OperationId::ALL.len(),
    );
    if count == 0 {
        return view! {
            <Empty icon=Icon::Search title="No operation fits" sentence="Words are sought in the name, the path, the permission and the description.">
                <ButtonLink href=paths::EXPLORER>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let summary = if filter.narrows() {
        format!("{count} of {all} operations")
    } else {
        format!("{all} operations")
    };
    view! {
        <p class="list-summary" role="status">{summary}</p>
        {areas.into_iter().map(group).collect_view()}
    }
    .into_any()
}

fn group((area, ids): (Area, Vec<OperationId>)) -> impl IntoView {
    let id = format!("area-{}", area.as_str());
    let labelled = id.clone();
    let count = ids.len();
    view! {
        <section class="operations" aria-labelledby=labelled>
            <h2 id=id>{area.title()} " " <span class="quiet">{count}</span></h2>
            <ul>{ids.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

fn row(id: OperationId) -> impl IntoView {
    let row = id.row();
    view! {
        <li class="operation">
            <MethodBadge method=row.method/>
            <div>
                <a class="row-link" href=paths::explorer_operation(id)>{title(id)}</a>
                <p class="hint">{prose(Form::of(id).summary())}</p>
                {path(row.path)}
            </div>
            <div class="operation-marks">
                <StabilityBadge stability=row.stability/>
                <EffectBadge effect=row.effect/>
            </div>
        </li>
    }
}
