//! Who may join Realtime, its limits, and how everybody is cut off at once.

use leptos::prelude::*;
use management_api::OperationId;

use super::{AREA, of_area, thing};
use crate::{
    components::{
        effects::{effect, effects},
        operation_form::{OperationForm, ProjectRef},
    },
    page::Page,
    pages::parameter,
    paths, settings,
    ui::{ButtonKind, Card, Icon, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/realtime",
    title: "Realtime",
    icon: Icon::Activity,
    operation: Some(OperationId::GetRealtimeConfig),
    view: || view! { <Realtime/> }.into_any(),
    ..AREA
};

#[component]
fn Realtime() -> impl IntoView {
    let end = end(&parameter("ref"));
    view! {
        {of_area(&settings::realtime::AREA, &PAGE)}
        <div class="beside-settings stack">
            <Card title="Disconnect everybody" hint="Once, and now. To keep clients out, turn Realtime off above." danger=true>
                {end}
            </Card>
        </div>
    }
}

fn end(project: &str) -> AnyView {
    let here = paths::settings(project, "realtime");
    let ends = effects(vec![
        effect(
            Tone::Error,
            Icon::Activity,
            "Every client is cut off.",
            "Broadcasts and changes of tables that are on their way are lost, and so is who is present in which channel.",
        ),
        effect(
            Tone::Info,
            Icon::Refresh,
            "They may come back.",
            "Supabase\u{2019}s client libraries connect again by themselves, with the settings as they are by then. No data and no setting is lost.",
        ),
    ]);
    let (thing, reference) = (thing(project), project.to_owned());
    view! {
        {ends}
        <OperationForm operation=OperationId::ShutdownRealtime next=here.clone() back=here submit="Disconnect every client" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
        </OperationForm>
    }
    .into_any()
}
