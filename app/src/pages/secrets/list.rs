//! The secrets that the functions of one project find in their environment.

use leptos::prelude::*;
use management_api::OperationId;

use super::{parts::digest, reference};
use crate::{
    components::{
        context::Context,
        head::Head,
        list::{List, PickAction, RowAction},
        operation_form::{Thing, why_not},
        plan::PlanPanel,
        query::{ask, loaded},
        when::When,
    },
    form::EACH,
    page::{Group, Page, Sheet},
    paths,
    plan::secrets_across::FROM,
    server_fns::secrets::{SecretRow, Secrets, secrets_of},
    ui::{
        Button, ButtonKind, ButtonLink, Empty, Frame, Glyph, Icon, Notice, Shape, Tone,
        field::{Area, area},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/secrets",
    title: "Secrets",
    icon: Icon::Lock,
    group: Some(Group::Build),
    parent: Some(&crate::pages::projects::overview::PAGE),
    operation: Some(OperationId::ListSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <ProjectSecrets/> }.into_any(),
};

#[component]
pub fn ProjectSecrets() -> impl IntoView {
    let project = reference();
    let of = project.clone();
    let all = ask(move || secrets_of(of.clone()));
    let typed = Context::current().with(|page| page.typed_digest.clone());
    let (actions, asks) = (actions(&project), is_it_this(&project));
    view! {
        <Head
            page=&PAGE
            hint="Edge Functions read them as environment variables. Values are never shown again: the digest is the SHA\u{2011}256 of a value."
            actions=move || actions
        />
        {asks}
        <PlanPanel/>
        {loaded("secrets", all, Shape::Rows, move |all| view! {
            {typed.map(|typed| found(&all, &typed))}
            {list(project).draw(all.own)}
            {reserved(all.reserved)}
        }.into_any())}
    }
}

fn actions(project: &str) -> AnyView {
    let (file, add) = (paths::secrets_file(project), paths::add_secrets(project, ""));
    let across = paths::SECRETS;
    let closed = why_not(OperationId::CreateSecrets);
    view! {
        <button class="button" type="button" popovertarget=COMPARE><Glyph icon=Icon::Question/>"Is it this value?"</button>
        <ButtonLink href=file>"Export names"</ButtonLink>
        <ButtonLink href=across icon=Icon::Layers>"Across projects"</ButtonLink>
        <ButtonLink href=add kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Add or change"</ButtonLink>
    }
    .into_any()
}

fn list(project: String) -> List<SecretRow> {
    let (of, project_of) = (project.clone(), project.clone());
    List::new(("secret", "secrets"), paths::secrets(&project), |secret: &SecretRow| secret.name.clone())
        .search("Search secrets", |secret| vec![secret.name.clone(), secret.digest.clone()])
        .order("name", "Sort by name", |a, b| a.name.cmp(&b.name))
        .order("changed", "Changed last first", |a, b| b.updated_at.cmp(&a.updated_at))
        .order("unchanged", "Changed longest ago first", |a, b| a.updated_at.cmp(&b.updated_at))
        .column("Name", |secret| view! { <code class="secret-name">{secret.name.clone()}</code> })
        .column("Digest", |secret| digest(&secret.digest))
        .column("Changed", |secret| match secret.updated_at.clone() {
            Some(at) => view! { <When at/> }.into_any(),
            None => "Not known".into_any(),
        })
        .buttons("Change", move |secret| {
            let name = || view! { <span class="visually-hidden">" "{secret.name.clone()}</span> };
            let (change, compare) = (paths::add_secrets(&project_of, &secret.name), paths::secrets_named(&secret.name));
            let (of_change, of_compare) = (name(), name());
            view! {
                <ButtonLink href=change small=true>"Change"{of_change}</ButtonLink>
                <ButtonLink href=compare small=true>"Compare"{of_compare}</ButtonLink>
            }
        })
        .picks("name", vec![
            PickAction {
                label: "Copy to projects\u{2026}",
                icon: Icon::Layers,
                href: paths::CHANGE_SECRETS.to_owned(),
                with: Some((FROM, project.clone())),
                operation: OperationId::CreateSecrets,
            },
            PickAction {
                label: "Delete\u{2026}",
                icon: Icon::Trash,
                href: paths::delete_secrets(&project),
                with: None,
                operation: OperationId::DeleteSecrets,
            },
        ])
        .actions(move |secret| vec![deletion(&of, &secret.name)])
        .empty(|| view! {
            <Empty icon=Icon::Lock title="No secrets yet" sentence="What an Edge Function must know and nobody may read in its code is a secret: keys of other services, above all."/>
        })
}

fn deletion(project: &str, name: &str) -> RowAction {
    RowAction {
        operation: OperationId::DeleteSecrets,
        label: "Delete",
        of: name.to_owned(),
        fields: vec![
            ("ref", project.to_owned()),
            (EACH, "names".to_owned()),
            ("names", name.to_owned()),
        ],
        thing: Some(Thing::Each(vec![name.to_owned()])),
    }
}

fn reserved(reserved: Vec<SecretRow>) -> Option<AnyView> {
    let count = reserved.len();
    let one = |row: SecretRow| view! { <li><code>{row.name}</code> {digest(&row.digest)}</li> };
    (count > 0).then(|| {
        view! {
            <details class="reserved">
                <summary>{format!("{count} more are set by Supabase and cannot be changed")}</summary>
                <ul>{reserved.into_iter().map(one).collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

/// The id of the panel that asks for a value to be compared.
const COMPARE: &str = "compare";

/// A form of its own: what is typed is compared on the server, and neither sent on nor kept.
fn is_it_this(project: &str) -> impl IntoView + use<> {
    let mut frame = Frame::new("value", "Value");
    frame.required = true;
    frame.id = "compare-value".to_owned();
    frame.help = "Steward compares its SHA-256 with the digests. It is sent to nobody and kept nowhere.".to_owned();
    let text = area(
        &frame,
        Area {
            rows: 2,
            mono: true,
            masked: true,
            ..Area::default()
        },
    );
    view! {
        <div class="row-ask" id=COMPARE popover="auto" role="dialog" aria-label="Is it this value?">
            <p class="strong">"Is it this value?"</p>
            <form class="form" method="post" action=paths::secrets(project)>
                {frame.around(text)}
                <div class="form-actions"><Button kind=ButtonKind::Primary submit=true>"Compare"</Button></div>
            </form>
        </div>
    }
}

/// What has the value whose digest is `typed`.
fn found(all: &Secrets, typed: &str) -> AnyView {
    let same = |row: &&SecretRow| row.digest.eq_ignore_ascii_case(typed);
    let names: Vec<String> = all
        .own
        .iter()
        .chain(&all.reserved)
        .filter(same)
        .map(|row| row.name.clone())
        .collect();
    let count = all.own.len() + all.reserved.len();
    if names.is_empty() {
        let title = format!("None of the {count} secrets has this value");
        return view! { <Notice tone=Tone::Warning title>"A space or a line\u{2019}s end more makes another value."</Notice> }.into_any();
    }
    let title = if names.len() == 1 {
        "One secret has this value"
    } else {
        "Several secrets have this value"
    };
    let name = |name: String| view! { <li><code>{name}</code></li> };
    let names = names.into_iter().map(name).collect_view();
    view! { <Notice tone=Tone::Success title><ul class="plain">{names}</ul></Notice> }.into_any()
}
