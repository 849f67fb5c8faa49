//! How large files may be, what Storage can do, and the buckets that there are.

use leptos::prelude::*;
use management_api::{
    OperationId,
    storage::{Bucket, ListBuckets},
};

use super::{AREA, of_area};
use crate::{
    components::{
        list::List,
        query::{loaded, query},
        when::{To, When},
    },
    page::Page,
    pages::parameter,
    paths, settings,
    ui::{Badge, Card, Empty, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/storage",
    title: "Storage",
    icon: Icon::Archive,
    operation: Some(OperationId::GetStorageConfig),
    view: || view! { <Storage/> }.into_any(),
    ..AREA
};

#[component]
fn Storage() -> impl IntoView {
    let project = parameter("ref");
    let buckets = query(ListBuckets {
        project: project.clone(),
    });
    view! {
        {of_area(&settings::storage::AREA, &PAGE)}
        <div class="beside-settings stack">
            <Card title="Buckets" hint="Made, changed and emptied by the project\u{2019}s own apps, or in Supabase\u{2019}s dashboard.">
                {loaded("buckets", buckets, Shape::Rows, move |buckets| list(&project).draw(buckets))}
            </Card>
        </div>
    }
}

fn list(project: &str) -> List<Bucket> {
    let path = paths::settings(project, "storage");
    List::new(("bucket", "buckets"), path, |bucket: &Bucket| bucket.id.clone())
        .column("Bucket", |bucket| view! { <code><bdi>{bucket.name.clone()}</bdi></code> })
        .column("Who reads its files", |bucket| match bucket.public {
            true => view! { <Badge plain=true tone=Tone::Warning icon=Icon::Globe word="Everybody"/> }.into_any(),
            false => view! { <Badge plain=true tone=Tone::Neutral icon=Icon::Lock word="Whom its policies let"/> }.into_any(),
        })
        .column("Made", |bucket| view! { <When at=bucket.created_at.clone() to=To::Day/> })
        .empty(|| view! {
            <Empty icon=Icon::Archive title="No bucket yet" sentence="Files are kept in buckets, which the project\u{2019}s apps or Supabase\u{2019}s dashboard make."/>
        })
}
