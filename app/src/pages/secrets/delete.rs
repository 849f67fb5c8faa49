//! Asks before secrets are deleted: which they are, and how many.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::OperationId;

use super::{list, parts::digest, reference};
use crate::{
    components::{
        error_view::here,
        head::Head,
        list::List,
        operation_form::{OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        when::When,
    },
    form::EACH,
    page::{Page, Sheet},
    paths,
    server_fns::secrets::{SecretRow, Secrets, secrets_of},
    ui::{ButtonKind, ButtonLink, Empty, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/secrets/delete",
    title: "Delete secrets",
    icon: Icon::Trash,
    group: None,
    parent: Some(&list::PAGE),
    operation: Some(OperationId::DeleteSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <DeleteSecrets/> }.into_any(),
};

#[component]
pub fn DeleteSecrets() -> impl IntoView {
    let project = reference();
    let of = project.clone();
    let all = ask(move || secrets_of(of.clone()));
    let names = use_query_map().with_untracked(|query| query.get_all("name").unwrap_or_default());
    view! {
        <Head page=&PAGE narrow=true hint="A function that reads one of them finds nothing in its place from its next start on."/>
        {loaded("secrets", all, Shape::Form, move |all| asked(&project, all, &names))}
    }
}

/// The form, for those of `names` that are there.
fn asked(project: &str, all: Secrets, names: &[String]) -> AnyView {
    let rows: Vec<SecretRow> = all.own.into_iter().filter(|row| names.contains(&row.name)).collect();
    let back = paths::secrets(project);
    if rows.is_empty() {
        return view! {
            <Empty icon=Icon::Lock title="No secret is selected" sentence="Tick the secrets that are to go in the list of them. Those that Supabase sets stay.">
                <ButtonLink href=back>"All secrets"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let gone = names
        .iter()
        .filter(|name| !rows.iter().any(|row| row.name == **name))
        .count();
    let going: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let submit = match going.len() {
        1 => "Delete 1 secret".to_owned(),
        count => format!("Delete {count} secrets"),
    };
    let field = |name: String| view! { <input type="hidden" name="names" value=name/> };
    let fields = going.iter().cloned().map(field).collect_view();
    let list = table(project).draw(rows);
    let project = project.to_owned();
    let here = here();
    view! {
        {(gone > 0).then(|| view! { <Notice tone=Tone::Info title=format!("{gone} of the selected secrets cannot be deleted, or are gone already")/> })}
        <div class="stack">
        {list}
        <OperationForm operation=OperationId::DeleteSecrets next=back back=here submit kind=ButtonKind::Danger thing=Some(Thing::Each(going))>
            <ProjectRef reference=project/>
            <input type="hidden" name=EACH value="names"/>
            {fields}
        </OperationForm>
        </div>
    }
    .into_any()
}

fn table(project: &str) -> List<SecretRow> {
    List::new(("secret", "secrets"), paths::secrets(project), |secret: &SecretRow| {
        secret.name.clone()
    })
    .column(
        "Name",
        |secret| view! { <code class="secret-name">{secret.name.clone()}</code> },
    )
    .column("Digest", |secret| digest(&secret.digest))
    .column("Changed", |secret| match secret.updated_at.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Not known".into_any(),
    })
}
