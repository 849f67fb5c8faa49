//! A new notebook, without cells: they are written on its own page.

use leptos::prelude::*;
use management_api::OperationId;

use super::ABOUT;
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, fields},
    },
    page::{Page, Sheet},
    pages::parameter,
    paths,
    ui::{ButtonKind, Card, Icon},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/notebooks/new",
    title: "New notebook",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateNotebook),
    sheet: Some(Sheet::Build),
    view: || view! { <NewNotebook/> }.into_any(),
};

/// The body's part that cannot be left out.
const NO_CELLS: &str = r#"{"cells":[]}"#;

#[component]
fn NewNotebook() -> impl IntoView {
    let reference = parameter("ref");
    let operation = OperationId::CreateNotebook;
    let (back, next) = (
        paths::new_notebook(&reference),
        format!("{}/{{id}}/edit", paths::notebooks(&reference)),
    );
    view! {
        <Head page=&PAGE narrow=true/>
        <div class="stack key-page">
            <Card title="Notebook" hint="What stands in it is written next.">
                <OperationForm operation next back submit="Create the notebook" kind=ButtonKind::Primary>
                    <ProjectRef reference/>
                    <input type="hidden" name="content" value=NO_CELLS/>
                    {fields(operation, "", &ABOUT, None)}
                </OperationForm>
            </Card>
        </div>
    }
}
