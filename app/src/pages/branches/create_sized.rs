//! A new branch whose machine and disk have a size of their own from the start.

use leptos::prelude::*;
use management_api::OperationId;

use super::reference;
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef},
    },
    form::Form,
    page::{Page, Sheet},
    paths,
    ui::{ButtonKind, Card, Frame, Icon},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/new-sized",
    title: "New branch with a disk of its own size",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateSizedBranch),
    sheet: Some(Sheet::Build),
    view: || view! { <CreateSizedBranch/> }.into_any(),
};

#[component]
fn CreateSizedBranch() -> impl IntoView {
    let form = form(&reference());
    view! {
        <Head page=&PAGE hint="It takes no secrets and stands where production does." narrow=true/>
        <div class="form-page"><Card title="Branch">{form}</Card></div>
    }
}

fn form(project: &str) -> AnyView {
    let operation = OperationId::CreateSizedBranch;
    let state = FormState::of(operation, "");
    let field = |(name, label): (&'static str, &'static str)| {
        let frame = Frame {
            error: state.error_of(name),
            ..Frame::new(name, label)
        };
        let holds = Holds {
            typed: state.typed(name),
            ..Holds::default()
        };
        Some(control(Form::of(operation).field(name)?, frame, holds))
    };
    let fields: Vec<_> = [
        ("name", "Name"),
        ("git_branch", "Git branch"),
        ("desired_instance_size", "Size"),
        ("desired_disk_size_gb", "Disk in GB"),
        ("persistent", "Persistent"),
        ("with_data", "With data"),
    ]
    .into_iter()
    .filter_map(field)
    .collect();
    let (reference, next, back) = (
        project.to_owned(),
        paths::branches(project),
        paths::new_sized_branch(project),
    );
    view! {
        <OperationForm operation next back submit="Create branch" kind=ButtonKind::Primary>
            <ProjectRef reference/>
            {fields}
        </OperationForm>
    }
    .into_any()
}
