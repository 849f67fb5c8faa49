//! Every call that the person may see, the newest first, day by day; one of them in the panel beside the list.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::Effect;

use super::{
    super::choice,
    detail::panel,
    filter::choices,
    fold::{Told, folded},
    outcome, refusal, through, took,
};
use crate::{
    audit::{AuditCall, AuditFilter, AuditPage, Cursor},
    backend::handle,
    components::{
        head::Head,
        list::{List, Pages},
        query::{ask, loaded},
        sentence::sentence,
        when::{To, When, date, second},
    },
    page::{Group, Page, Sheet},
    paths,
    ui::{Badge, ButtonLink, Empty, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/audit",
    title: "Audit",
    icon: Icon::Audit,
    group: Some(Group::Top),
    parent: None,
    operation: None,
    sheet: Some(Sheet::Audit),
    view: || view! { <Audit/> }.into_any(),
};

#[component]
pub fn Audit() -> impl IntoView {
    let (filter, cursor) = use_query_map().with_untracked(|query| {
        let get = |name: &str| query.get(name);
        (AuditFilter::read(get), Cursor::read(get))
    });
    let page = {
        let filter = filter.clone();
        ask(move || {
            let filter = filter.clone();
            async move { handle()?.audit(filter, cursor).await }
        })
    };
    let open = choice("call").parse::<i64>().ok();
    let back = paths::audit_at(&filter, cursor);
    view! {
        <div class="with-panel" data-panel=open.map(|_| "open")>
            <div>
                <Head
                    page=&PAGE
                    hint="Every call that was made: yours, and those of others in organizations and projects that you can see."
                />
                {loaded("audit", page, Shape::Rows, move |page| {
                    let shown = list(&filter, cursor, &page);
                    shown.draw(folded(page.calls))
                })}
            </div>
            {open.map(|id| panel(id, back))}
        </div>
    }
}

fn list(filter: &AuditFilter, cursor: Cursor, page: &AuditPage) -> List<Told> {
    let (missing, files) = (missing(page), (!page.calls.is_empty()).then(|| files(filter)));
    let link = {
        let filter = filter.clone();
        move |id| paths::audit_beside(&filter, cursor, id)
    };
    let list = List::new(("call", "calls"), paths::AUDIT, |told: &Told| told.call.id.to_string());
    choices(list, filter, &page.places)
        .note(move || view! { {missing} {files} })
        .group(|told| date(&told.call.at))
        .column("Time", {
            let link = link.clone();
            move |told: &Told| view! { <a class="row-cover" href=link(told.call.id)><When at=told.call.at.clone() to=To::Clock/></a> }
        })
        .column("Who did what", move |told| what(told, &link))
        .column("Outcome", |told| came(&told.call))
        .column("Through", |told| through(&told.call.through))
        .number("Took", |told| took(&told.call))
        .pages(pages(filter, page))
        .empty(|| view! {
            <Empty icon=Icon::Audit title="No call yet" sentence="Whatever is read or changed through Steward from now on stands here.">
                <ButtonLink href=paths::PROJECTS>"Your projects"</ButtonLink>
            </Empty>
        })
}

/// The and the calls like it right before.
fn what(told: &Told, link: &dyn Fn(i64) -> String) -> AnyView {
    let Told { call, earlier } = told;
    let earlier = (!earlier.is_empty()).then(|| {
        let since = earlier.last().map(|call| call.at.clone()).unwrap_or_default();
        let one = |call: &AuditCall| {
            view! { <li><a class="link" href=link(call.id)><When at=call.at.clone() to=To::Clock/></a></li> }
        };
        let each = earlier.iter().map(one).collect_view();
        view! {
            <details class="audit-times">
                <summary>{format!("{} times since ", told.earlier.len() + 1)} <When at=since to=To::Clock/></summary>
                <ul>{each}</ul>
            </details>
        }
    });
    let destroys = (call.effect == Effect::Destructive.as_str())
        .then(|| view! { <Badge plain=true tone=Tone::Warning icon=Icon::Trash word="Destroys"/> });
    view! {
        <div class="audit-what">
            <span class="avatar" aria-hidden="true">{call.person.chars().next().map(|letter| letter.to_uppercase().to_string())}</span>
            <div>
                <p class="audit-sentence">{sentence(call)} " " {destroys}</p>
                {earlier}
            </div>
        </div>
    }
    .into_any()
}

fn came(call: &AuditCall) -> impl IntoView + use<> {
    let why = refusal(call);
    view! { {outcome(call, true)} {why.map(|why| view! { <span class="audit-why">{why}</span> })} }
}

fn missing(page: &AuditPage) -> Option<AnyView> {
    let why = page.own_only.clone()?;
    Some(
        view! {
            <Notice tone=Tone::Warning title="Calls of others may be missing">
                {format!("Which projects and organizations you can see could not be asked. {why}")}
            </Notice>
        }
        .into_any(),
    )
}

fn files(filter: &AuditFilter) -> impl IntoView + use<> {
    let (csv, lines) = (
        paths::audit_file(paths::AUDIT_CSV, filter),
        paths::audit_file(paths::AUDIT_JSON_LINES, filter),
    );
    view! {
        <div class="audit-export">
            <span class="hint">"All of these calls as a file:"</span>
            <ButtonLink href=csv small=true>"CSV"</ButtonLink>
            <ButtonLink href=lines small=true>"JSON lines"</ButtonLink>
        </div>
    }
}

fn pages(filter: &AuditFilter, page: &AuditPage) -> Pages {
    let (Some(first), Some(last)) = (page.calls.first(), page.calls.last()) else {
        return Pages::default();
    };
    Pages {
        summary: format!("{} back to {} (UTC)", second(&first.at), second(&last.at)),
        previous: page.newer.then(|| paths::audit_at(filter, Cursor::After(first.id))),
        next: page.older.then(|| paths::audit_at(filter, Cursor::Before(last.id))),
    }
}
