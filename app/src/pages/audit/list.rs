//! Every call that the person may see, the newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{Area, Effect};

use super::{filter::toolbar, left, moment, outcome, sentence, through, took};
use crate::{
    audit::{AuditCall, AuditFilter, AuditPage, Cursor},
    backend::handle,
    components::{
        query::{ask, loaded},
        title::Title,
        when::second,
    },
    paths,
    ui::{ButtonLink, Column, Empty, Icon, Notice, PageHeader, Pagination, Shape, Table, Tone},
};

const COLUMNS: &[Column] = &[
    Column::text("What"),
    Column::text("Outcome"),
    Column::text("Time (UTC)"),
    Column::text("Through"),
    Column::number("Took"),
    Column::number("Calls left"),
];

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
    view! {
        <Title text="Audit"/>
        <PageHeader
            title="Audit"
            hint="Every call that was made: yours, and those of others in organizations and projects that you can see."
        />
        {loaded("audit", page, Shape::Rows, move |page| {
            // The toolbar stays as it is while somebody types into it, and the list under it follows.
            view! {
                {toolbar(&filter, &page.places)}
                <div data-region="calls">{shown(&filter, page)}</div>
            }
            .into_any()
        })}
    }
}

fn shown(filter: &AuditFilter, page: AuditPage) -> AnyView {
    let missing = page.own_only.clone().map(|why| {
        view! {
            <Notice tone=Tone::Warning title="Calls of others may be missing">
                {format!("Which projects and organizations you can see could not be asked. {why}")}
            </Notice>
        }
    });
    if page.calls.is_empty() {
        return view! { {missing} {none(filter)} }.into_any();
    }
    let (export, pages) = (export(filter), pages(filter, &page));
    view! {
        {missing}
        {export}
        <Table caption="Calls" columns=COLUMNS>{page.calls.into_iter().map(row).collect_view()}</Table>
        {pages}
    }
    .into_any()
}

fn row(call: AuditCall) -> impl IntoView {
    let kind = format!("{} \u{b7} {}", area(&call.area), effect(&call.effect));
    let refused = call.status.filter(|status| *status >= 300);
    view! {
        <tr>
            <td data-label="What">
                <a class="row-link audit-sentence" href=paths::audit_call(call.id)>{sentence(&call.told())}</a>
                <span class="hint audit-kind">{kind}</span>
            </td>
            <td data-label="Outcome">
                <span>{outcome(&call)} {refused.map(|status| view! { " " <span class="hint">{status}</span> })}</span>
            </td>
            <td data-label="Time (UTC)">{moment(&call.at)}</td>
            <td data-label="Through">{through(&call.through)}</td>
            <td data-label="Took" data-kind="number">{took(&call)}</td>
            <td data-label="Calls left" data-kind="number">{left(&call)}</td>
        </tr>
    }
}

/// The area's name; a word that is no area any more stands as it is.
pub(super) fn area(word: &str) -> String {
    let area = Area::ALL.iter().find(|area| area.as_str() == word);
    area.map_or(word, |area| area.title()).to_owned()
}

pub(super) fn effect(word: &str) -> String {
    let effect = Effect::ALL.iter().find(|effect| effect.as_str() == word);
    effect.map_or(word, |effect| effect.title()).to_owned()
}

fn export(filter: &AuditFilter) -> impl IntoView + use<> {
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

fn none(filter: &AuditFilter) -> AnyView {
    if filter.narrows() {
        return view! {
            <Empty icon=Icon::Search title="No call fits" sentence="No call that you may see fits these choices.">
                <ButtonLink href=paths::AUDIT>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty icon=Icon::Audit title="No call yet" sentence="Whatever is read or changed through Steward from now on stands here.">
            <ButtonLink href=paths::PROJECTS>"Your projects"</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn pages(filter: &AuditFilter, page: &AuditPage) -> AnyView {
    let (Some(first), Some(last)) = (page.calls.first(), page.calls.last()) else {
        return ().into_any();
    };
    let previous = page.newer.then(|| paths::audit_at(filter, Cursor::After(first.id)));
    let next = page.older.then(|| paths::audit_at(filter, Cursor::Before(last.id)));
    let summary = format!("{} back to {} (UTC)", second(&first.at), second(&last.at));
    view! { <Pagination summary previous next/> }.into_any()
}
