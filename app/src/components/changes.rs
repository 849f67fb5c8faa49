//! The latest changes of one place, from Steward's own audit.

use leptos::prelude::*;
use management_api::Scope;

use super::{
    query::{Query, ask, loaded},
    sentence::sentence,
    when::When,
};
use crate::{
    audit::{AuditCall, AuditFilter, AuditPage, Cursor, EffectChoice, Outcome},
    backend::handle,
    paths,
    ui::{Card, Glyph, Icon, Shape},
};

/// Changes at once.
const SHOWN: usize = 6;

/// The latest changes of a place, on their way: asked for at the top of a page, beside its calls.
pub struct Latest {
    changes: Query<AuditPage>,
    /// What the whole list is called, and where it is.
    all: (&'static str, String),
}

/// Asks for the changes that were made, or tried, in `scope`.
pub fn latest(scope: Scope) -> Latest {
    let (of, place) = match scope {
        Scope::Account => ("Audit", String::new()),
        Scope::Organization(slug) => ("Audit of this organization", slug),
        Scope::Project(reference) => ("Audit of this project", reference),
    };
    let filter = AuditFilter {
        place,
        effect: EffectChoice::Changes,
        ..AuditFilter::default()
    };
    let all = (of, paths::audit_at(&filter, Cursor::Newest));
    let changes = ask(move || {
        let filter = filter.clone();
        async move { handle()?.audit(filter, Cursor::Newest).await }
    });
    Latest { changes, all }
}

/// A card of them.
#[component]
pub fn Changes(latest: Latest) -> impl IntoView {
    let Latest {
        changes,
        all: (of, href),
    } = latest;
    view! {
        <Card title="Latest changes" actions=move || view! { <a class="more" href=href>{of}</a> }>
            {loaded("changes", changes, Shape::Rows, shown)}
        </Card>
    }
}

fn shown(page: AuditPage) -> AnyView {
    if page.calls.is_empty() {
        return view! {
            <p class="nothing"><Glyph icon=Icon::Audit/> "Nothing was changed through Steward yet."</p>
        }
        .into_any();
    }
    view! { <ul class="rows changes">{page.calls.into_iter().take(SHOWN).map(row).collect_view()}</ul> }.into_any()
}

fn row(call: AuditCall) -> impl IntoView {
    let icon = match (call.outcome, call.effect.as_str()) {
        (Outcome::Done, "destructive") => Icon::Trash,
        (Outcome::Done, _) => Icon::Edit,
        (Outcome::Started, _) => Icon::Clock,
        (Outcome::Refused, _) => Icon::Error,
        (Outcome::Unanswered | Outcome::Unknown, _) => Icon::Question,
    };
    view! {
        <li>
            <Glyph icon/>
            <p class="row-main">{sentence(&call)}"."</p>
            <a class="row-side" href=paths::audit_call(call.id)><When at=call.at/></a>
        </li>
    }
}
