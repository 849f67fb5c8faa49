//! A folder of migration files beside the history: what is missing is applied in order.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{FormState, ProjectRef},
        plan::{PlanForm, PlanPanel},
    },
    page::{Page, Sheet},
    pages::parameter,
    plan::{Kind, migrations::FILES},
    ui::{
        Card, Frame, Icon,
        field::{files, folder},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations/folder",
    title: "Apply a folder",
    icon: Icon::Folder,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::ListMigrations),
    sheet: Some(Sheet::Run),
    view: || view! { <MigrationFolder/> }.into_any(),
};

#[component]
pub fn MigrationFolder() -> impl IntoView {
    let project = parameter("ref");
    let state = FormState::of(Kind::Migrations.operation(), Kind::Migrations.as_str());
    let whole = Frame {
        help: "Such as supabase/migrations. Drop it here, or choose it.".to_owned(),
        error: state.error_of(FILES),
        id: "folder".to_owned(),
        alternative: true,
        ..Frame::new(FILES, "Folder")
    };
    let some = Frame {
        help: "Where your browser chooses no folders.".to_owned(),
        id: "files".to_owned(),
        alternative: true,
        ..Frame::new(FILES, "Or its files")
    };
    let (whole_field, some_field) = (folder(&whole), files(&some));
    let (whole_field, some_field) = (whole.around(whole_field), some.around(some_field));
    view! {
        <Head page=&PAGE/>
        <PlanPanel/>
        <WithMargin margin=|| view! {
            <Note term="Nothing runs yet">"The next page says which files have been applied, which are missing, and which have another text than the history. It asks before anything is sent."</Note>
            <Note term="Order">"By the files\u{2019} names. Each file is one migration, all or nothing; the first that fails stops those after it."</Note>
            <Note term="Size">"A megabyte at most, and 100 files."</Note>
        }>
            <Card title="Files">
                <PlanForm kind=Kind::Migrations submit="Review">
                    <ProjectRef reference=project/>
                    {whole_field}
                    {some_field}
                </PlanForm>
            </Card>
        </WithMargin>
    }
}
