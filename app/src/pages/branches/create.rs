//! A new branch: what it is called, what it follows, what it is made of, and where it is told of.

use leptos::prelude::*;
use management_api::OperationId;

use super::reference;
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{ask, loaded},
    },
    form::{Form, NAMED, VALUED},
    page::{Page, Sheet},
    pages::{projects::create::SIZES, secrets::row},
    paths,
    server_fns::branches::{Offer, branch_offer},
    ui::{ButtonKind, Card, Choice, Frame, Icon, SelectField, Shape, TextField},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/new",
    title: "New branch",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateBranch),
    sheet: Some(Sheet::Build),
    view: || view! { <CreateBranch/> }.into_any(),
};

#[component]
pub fn CreateBranch() -> impl IntoView {
    let project = reference();
    let sized = paths::new_sized_branch(&project);
    let offer = {
        let project = project.clone();
        ask(move || branch_offer(project.clone()))
    };
    view! {
        <Head page=&PAGE hint="A project of its own with production\u{2019}s schema, keys and addresses of its own." narrow=true/>
        <div class="form-page">
            <Card title="Branch">
                <OperationForm
                    operation=OperationId::CreateBranch
                    next=format!("{}/{{project_ref}}", paths::branches(&project))
                    back=paths::new_branch(&project)
                    submit="Create branch"
                    kind=ButtonKind::Primary
                >
                    <ProjectRef reference=project.clone()/>
                    <TextField
                        name="branch_name"
                        label="Name"
                        hint="Unlike the names of the project\u{2019}s other branches."
                        value=FormState::value("branch_name", "")
                        error=FormState::error("branch_name")
                        required=true
                        maxlength=255
                    />
                    <TextField
                        name="git_branch"
                        label="Git branch"
                        hint="The branch in the repository that it follows."
                        value=FormState::value("git_branch", "")
                        error=FormState::error("git_branch")
                        mono=true
                    />
                    {tick("persistent", "Persistent: it lives on after its pull request is closed")}
                    {tick("with_data", "With data: production\u{2019}s rows are copied, too, and whoever reaches the branch reads them")}
                    {loaded("place", offer, Shape::Line, place)}
                    <SelectField
                        name="desired_instance_size"
                        label="Size"
                        hint="Charged by the hour while the branch runs."
                        choices=sizes()
                        value=FormState::value("desired_instance_size", "")
                        error=FormState::error("desired_instance_size")
                    />
                    {secrets()}
                    <TextField
                        name="notify_url"
                        label="Tell this address of every change of its status"
                        kind="url"
                        value=FormState::value("notify_url", "")
                        error=FormState::error("notify_url")
                    />
                </OperationForm>
            </Card>
            <aside class="form-aside">
                <h2>"What happens then"</h2>
                <p>"Supabase makes the project, brings production\u{2019}s schema into it, and runs the migrations and functions of the Git branch. Its page shows how far that is."</p>
                <p>"A branch is charged by the hour for its compute, to the organization, until it is deleted. Supabase\u{2019}s price list names $0.01344 an hour for the smallest size."</p>
                <p><a class="link" href=sized>"New branch with a disk of its own size"</a></p>
            </aside>
        </div>
    }
}

/// A box that says nothing where it is not ticked: the API has a default of its own.
pub(super) fn tick(name: &'static str, label: &'static str) -> AnyView {
    let frame = Frame {
        error: FormState::error(name),
        ..Frame::new(name, label)
    };
    crate::ui::field::tick(frame, FormState::value(name, "") == "true")
}

fn sizes() -> Vec<Choice> {
    let sizes = SIZES.iter().map(|(word, label)| Choice::new(*word, *label));
    std::iter::once(Choice::new("", "The smallest")).chain(sizes).collect()
}

/// Where it can stand; where that could not be read, where production does.
fn place(offer: Offer) -> AnyView {
    let production = Choice::new("", format!("Where production stands ({})", offer.production.region));
    let others = offer.regions.into_iter().flat_map(|regions| regions.all.specific);
    let others =
        others.map(|region| Choice::new(region.code.clone(), format!("{} \u{b7} {}", region.name, region.code)));
    let choices = std::iter::once(production).chain(others).collect();
    view! {
        <SelectField
            name="region"
            label="Region"
            choices
            value=FormState::value("region", "")
            error=FormState::error("region")
        />
    }
    .into_any()
}

/// Rows for single secrets.
const ROWS: usize = 4;

/// From a file's text or row by row. They are not kept where the form comes back: secrets never are.
fn secrets() -> Option<AnyView> {
    let field = Form::of(OperationId::CreateBranch).field("secrets")?;
    let frame = Frame {
        help: "One NAME=value a line, as in a .env file: quotes, export, comments and values on several lines are understood."
            .to_owned(),
        error: FormState::error("secrets"),
        ..Frame::new("secrets", "Secrets")
    };
    let rows: Vec<_> = (0..ROWS)
        .map(|at| row((&format!("{NAMED}secrets"), &format!("{VALUED}secrets")), at, None))
        .collect();
    Some(
        view! {
            {control(field, frame, Holds::default())}
            <details class="env-way">
                <summary>"Secrets row by row"</summary>
                {rows}
            </details>
            <p class="hint">"Secrets are for the branch\u{2019}s Edge Functions; production\u{2019}s are not copied. They are not kept if the form comes back."</p>
        }
        .into_any(),
    )
}
