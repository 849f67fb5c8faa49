//! A new branch whose machine and disk have a size of their own from the start.

use leptos::prelude::*;
use management_api::OperationId;

use super::reference;
use crate::{
    components::{
        head::Head,
        operation_form::{Described, OperationForm, ProjectRef, fields},
    },
    page::{Page, Sheet},
    paths,
    ui::{ButtonKind, Card, Icon},
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

const FIELDS: [Described<'static>; 6] = [
    ("name", "Name", ""),
    ("git_branch", "Git branch", ""),
    ("desired_instance_size", "Size", ""),
    ("desired_disk_size_gb", "Disk in GB", ""),
    ("persistent", "Persistent", ""),
    ("with_data", "With data", ""),
];

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
    let fields = fields(operation, "", &FIELDS, None);
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
