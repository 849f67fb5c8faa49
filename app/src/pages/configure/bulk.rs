//! One setting in several projects: which, what it is to be, and where; then what would become of each, and what did.

use leptos::prelude::*;
use management_api::{Scope, projects::ListProjects};
use serde_json::Value;

use crate::{
    components::{
        head::Head,
        module::Module,
        operation_form::{FormState, why_not_in},
        plan::{PlanForm, gone, named, planned},
        query::{loaded, query},
        settings::{Typed, across, row::row},
    },
    islands::filter::FilterForm,
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    plan::{
        Kind,
        secrets_across::TO,
        settings::AREA,
        settings_across::{HALT, SETTING},
    },
    server_fns::secrets::PROJECTS,
    settings::{Area, Setting, current::Current},
    ui::{Choice, Empty, Frame, Icon, SelectField, Shape, field::tick},
};

pub const PAGE: Page = Page {
    route: "/bulk-change",
    title: "Bulk change",
    icon: Icon::Layers,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <Bulk/> }.into_any(),
};

#[component]
pub fn Bulk() -> impl IntoView {
    let content = match named() {
        Some(id) => loaded("plan", planned(id.clone()), Shape::Form, move |plan| match plan {
            None => view! { {gone()} {choose()} }.into_any(),
            Some(plan) => across::across(&id, &plan),
        }),
        None => choose(),
    };
    view! {
        <Head page=&PAGE hint="One setting, changed in several projects. The next page shows what becomes of each before anything is sent."/>
        {content}
        <Module name="settings"/>
    }
}

fn choose() -> AnyView {
    let area = Area::of(&choice("area"));
    let setting = area.and_then(|area| area.setting(&choice("setting")));
    let areas = Area::ALL.into_iter().map(|area| Choice::new(area.key, area.title));
    let areas = std::iter::once(Choice::new("", "Choose\u{2026}"))
        .chain(areas)
        .collect();
    let settings = area.map(|area| {
        let value = setting.map(|setting| setting.name).unwrap_or_default();
        view! { <SelectField name="setting" label="Which setting" choices=settings(area) value/> }
    });
    let form = match (area, setting) {
        (Some(area), Some(setting)) => form(area, setting),
        _ => view! { <Empty icon=Icon::Layers title="Choose a setting" sentence="Secrets are not among them: they are set on the page of each project."/> }
            .into_any(),
    };
    view! {
        <div data-region="bulk">
            <FilterForm action=paths::BULK.to_owned()>
                <SelectField name="area" label="Which configuration" choices=areas value=area.map(|area| area.key).unwrap_or_default()/>
                {settings}
            </FilterForm>
            {form}
        </div>
    }
    .into_any()
}

/// Those of an area that are no secrets, by group.
fn settings(area: &'static Area) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "Choose\u{2026}")];
    for group in area.groups {
        for section in group.sections {
            let open = |setting: &&Setting| area.field(setting).is_some_and(|field| !field.secret);
            choices.extend(section.settings.iter().filter(open).map(|setting| {
                let label = match section.title {
                    "" => setting.label.to_owned(),
                    title => format!("{title}: {}", setting.label),
                };
                Choice::new(setting.name, label).in_group(group.title)
            }));
        }
    }
    choices
}

fn form(area: &'static Area, setting: &'static Setting) -> AnyView {
    let now = Current {
        values: [(setting.name.to_owned(), Value::Null)].into(),
        ..Current::default()
    };
    let typed = Typed::again(Kind::SettingsAcross);
    let value = row(area, setting, &now, &typed, false);
    let places = loaded("places", query(ListProjects {}), Shape::Rows, move |all| {
        let mut all: Vec<_> = all.into_iter().map(|one| (one.reference, one.name)).collect();
        all.sort_by_cached_key(|(_, name)| name.to_lowercase());
        places(area, &all)
    });
    let halt = tick(Frame::new(HALT, "Stop at the first project that fails"), true);
    view! {
        <div class="across-form">
            <PlanForm kind=Kind::SettingsAcross submit="Review">
                <input type="hidden" name=AREA value=area.key/>
                <input type="hidden" name=SETTING value=setting.name/>
                <div class="settings-list">{value}</div>
                {places}
                {halt}
            </PlanForm>
        </div>
    }
    .into_any()
}

fn places(area: &'static Area, all: &[(String, String)]) -> AnyView {
    let kept = FormState::values(TO).unwrap_or_default();
    let one = |(reference, name): &(String, String)| {
        let closed = why_not_in(area.write, &Scope::Project(reference.clone()));
        let (id, off) = (format!("{TO}-{reference}"), closed.is_some());
        let note = format!("{id}-note");
        view! {
            <div class="where-one">
                <label class="tick">
                    <input type="checkbox" id=id name=TO value=reference.clone() checked=kept.contains(reference) && !off disabled=off aria-describedby=off.then(|| note.clone())/>
                    <span><bdi>{name.clone()}</bdi></span>
                </label>
                {closed.map(|why| view! { <p class="reason" id=note>{why}</p> })}
            </div>
        }
    };
    let frame = Frame {
        required: true,
        error: FormState::error(TO),
        help: format!("{PROJECTS} at most, since each is a call of its own."),
        ..Frame::new(TO, "Where")
    };
    frame.around_group(view! { <div class="where">{all.iter().map(one).collect_view()}</div> })
}
