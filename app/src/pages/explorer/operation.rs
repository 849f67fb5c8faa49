//! One operation: what it does and needs, its form, and the answer.

use leptos::prelude::*;
use management_api::{
    Area, OperationId, Permissions, Row,
    organizations::{ListOrganizations, Organization},
    projects::{ListProjects, Project},
};

use super::{
    super::parameter,
    EffectBadge, MethodBadge, StabilityBadge, answer,
    form::{self, ORGANIZATIONS, PROJECTS, proposals},
    path, prose,
};
use crate::{
    call::call,
    components::head::Head,
    components::{context::Context, copyable::Copyable},
    explorer::title,
    form::Form,
    page::{Page, Sheet},
    paths,
    ui::{ButtonLink, Card, Empty, Fact, Facts, Icon, Notice, Tone},
};

pub const PAGE: Page = Page {
    route: "/explorer/:operation",
    title: "Operation",
    icon: Icon::Terminal,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: None,
    sheet: Some(Sheet::Explorer),
    view: || view! { <OperationPage/> }.into_any(),
};

#[component]
pub fn OperationPage() -> AnyView {
    let Ok(id) = parameter("operation").parse::<OperationId>() else {
        return unknown().into_any();
    };
    let run = Context::current()
        .with(|page| page.run.clone())
        .filter(|run| run.operation == id);
    // A page that answers a run has been filled in already.
    let known = (run.is_none() && id.row().area != Area::Oauth).then(|| seen(id));
    let row = id.row();
    view! {
        <Head
            page=&PAGE
            name=title(id)
            badges=move || {
                view! {
                    <StabilityBadge stability=row.stability/>
                    <EffectBadge effect=row.effect/>
                }
            }
        />
        <p class="about">{prose(&Form::of(id).about)}</p>
        <p class="endpoint"><MethodBadge method=row.method/> {path(row.path)}</p>
        {facts(row)}
        {if row.area == Area::Oauth {
            sign_in().into_any()
        } else {
            let answer = answer::answer(run.as_deref());
            view! {
                <div class="run">
                    <Card title="Request">{form::form(id)}</Card>
                    {answer}
                </div>
            }
            .into_any()
        }}
        {known}
    }
    .into_any()
}

fn unknown() -> impl IntoView {
    crate::backend::set_status(404);
    view! {
        <Head page=&PAGE/>
        <Empty icon=Icon::Search title="No such operation" sentence="The catalogue holds no operation of this name.">
            <ButtonLink href=paths::EXPLORER>"All operations"</ButtonLink>
        </Empty>
    }
}

fn facts(row: &'static Row) -> impl IntoView {
    let needed = match row.permissions {
        Permissions::None => "None is named".to_owned(),
        Permissions::Any(names) => names.join(" or "),
        Permissions::All(names) => names.join(" and "),
    };
    let limit = row.limit.title();
    let risks = row.risks.iter().map(|risk| risk.title());
    let effect = std::iter::once(row.effect.title())
        .chain(risks)
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <div class="operation-facts">
            <Facts>
                <Fact term="Permission"><code>{needed}</code></Fact>
                <Fact term="OAuth scope">
                    {match row.scope {
                        Some(scope) => view! { <code>{scope}</code> }.into_any(),
                        None => "None is declared; a personal access token works".into_any(),
                    }}
                </Fact>
                <Fact term="Effect">{effect}</Fact>
            </Facts>
            <Facts>
                <Fact term="Rate limit">{limit}</Fact>
                <Fact term="Stability">{row.stability.as_str()}</Fact>
                <Fact term="Operation"><Copyable value=row.name what="operation id"/></Fact>
            </Facts>
        </div>
    }
}

fn sign_in() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="This belongs to the sign-in">
            <p>
                "It cannot be run from here: it needs the secret of the OAuth app, or leads a browser to Supabase\u{2019}s consent page. "
                "Steward calls these operations itself when somebody signs in, when a token is renewed, and when somebody signs out."
            </p>
        </Notice>
    }
}

/// What the person can see, proposed for `ref` and slugs. It stands last, so that nothing waits for it; without it the
/// fields are typed.
fn seen(id: OperationId) -> impl IntoView {
    let wanted = |list: &str| Form::of(id).fields.iter().any(|field| proposals(field) == Some(list));
    let projects = wanted(PROJECTS).then(|| {
        let projects = Resource::new(|| (), |()| async { call(ListProjects {}).await.unwrap_or_default() });
        view! {
            <Suspense>
                {Suspend::new(async move { list(PROJECTS, projects.await.into_iter().map(project).collect()) })}
            </Suspense>
        }
    });
    let organizations = wanted(ORGANIZATIONS).then(|| {
        let organizations = Resource::new(|| (), |()| async { call(ListOrganizations {}).await.unwrap_or_default() });
        view! {
            <Suspense>
                {Suspend::new(async move { list(ORGANIZATIONS, organizations.await.into_iter().map(organization).collect()) })}
            </Suspense>
        }
    });
    view! { {projects} {organizations} }
}

fn project(project: Project) -> (String, String) {
    (project.reference, project.name)
}

fn organization(organization: Organization) -> (String, String) {
    (organization.slug, organization.name)
}

fn list(id: &'static str, proposals: Vec<(String, String)>) -> impl IntoView {
    let option = |(value, name): (String, String)| view! { <option value=value>{name}</option> };
    view! { <datalist id=id>{proposals.into_iter().map(option).collect_view()}</datalist> }
}
