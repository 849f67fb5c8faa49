//! Read-only mode: a database whose disk is nearly full takes no writes, but for a quarter of an hour when somebody asks.

use leptos::prelude::*;
use management_api::OperationId;
use time::OffsetDateTime;

use crate::{
    components::{
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{OperationForm, ProjectRef},
        query::{ask, loaded},
        when::{To, When, read},
    },
    islands::countdown::Countdown,
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::access::{Writes, writes_of},
    ui::{Badge, ButtonKind, Card, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/read-only",
    title: "Read-only mode",
    icon: Icon::Edit,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetReadonlyMode),
    sheet: Some(Sheet::Configure),
    view: || view! { <ReadOnly/> }.into_any(),
};

#[component]
pub fn ReadOnly() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || writes_of(project.clone()))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("writes", read, Shape::Facts, move |writes| drawn(&project, &writes))}
    }
}

/// Seconds until writes are refused again; `None` where they are not let through for now.
fn left(writes: &Writes, now: OffsetDateTime) -> Option<u32> {
    let until = writes.mode.override_active_until.as_deref().and_then(read)?;
    let left = u32::try_from((until - now).whole_seconds()).ok()?;
    writes.mode.override_enabled.then_some(left).filter(|left| *left > 0)
}

fn drawn(project: &str, writes: &Writes) -> AnyView {
    let left = left(writes, OffsetDateTime::now_utc());
    let full = match &writes.room {
        Ok(room) if room.metrics.size > 0.0 => {
            format!("{:.0}% full.", room.metrics.used / room.metrics.size * 100.0)
        }
        Ok(_) => "Not told.".to_owned(),
        Err(error) => format!("Not known: {error}"),
    };
    let (tone, icon, word, says) = match (writes.mode.enabled, writes.mode.override_enabled) {
        (_, true) => (
            Tone::Warning,
            Icon::Clock,
            "Writes are let through for now",
            "The disk is nearly full, and somebody has asked for time to make room. Delete what is not needed, or make the disk larger.",
        ),
        (true, false) => (
            Tone::Error,
            Icon::Lock,
            "Read-only",
            "The disk is nearly full, so the database takes no writes: apps can read and change nothing. Make the disk larger, or let writes through for a while and delete what is not needed.",
        ),
        (false, false) => (
            Tone::Success,
            Icon::CheckCircle,
            "Writes are taken",
            "Supabase turns the mode on by itself when the disk is nearly full, and off when there is room again.",
        ),
    };
    let until = writes.mode.override_active_until.clone().filter(|_| left.is_some());
    let counting = left.map(|seconds| {
        view! {
            <div class="counting">
                <p>"Read-only again at " {until.map(|at| view! { <When at to=To::Clock/> })} ", unless there is room by then."</p>
                <Countdown seconds/>
            </div>
        }
    });
    let here = paths::settings(project, "read-only");
    let (submit, closed) = match (writes.mode.enabled, left) {
        (_, Some(_)) => ("Let writes through for 15 minutes more", None),
        (true, None) => ("Let writes through for 15 minutes", None),
        (false, None) => (
            "Let writes through for 15 minutes",
            Some("Writes are taken already.".to_owned()),
        ),
    };
    let (reference, disk) = (project.to_owned(), paths::settings(project, "infrastructure"));
    view! {
        <WithMargin margin=move || view! {
            <Note term="Disk">{full} " " <a href=disk>"Compute and disk"</a></Note>
            <Note term="What is let through">"Everything that writes, from every client. Nothing is restarted."</Note>
        }>
            <Card title="Now">
                <div data-region="now">
                    <p><Badge plain=true tone icon word/></p>
                    <p class="hint">{says}</p>
                    {counting}
                    <OperationForm
                        operation=OperationId::DisableReadonlyMode
                        next=here.clone()
                        back=here
                        submit
                        kind=ButtonKind::Primary
                        disabled_because=closed
                    >
                        <ProjectRef reference/>
                    </OperationForm>
                </div>
            </Card>
        </WithMargin>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use management_api::database::ReadonlyMode;
    use time::Duration;

    use super::*;
    use crate::error::ConsoleError;

    #[test]
    fn only_an_override_that_lasts_counts_down() {
        let now = read("2026-11-27T14:00:00Z").unwrap();
        let of = |on: bool, until: Option<&str>| Writes {
            mode: ReadonlyMode {
                enabled: false,
                override_enabled: on,
                override_active_until: until.map(str::to_owned),
            },
            room: Err(ConsoleError::Busy),
        };
        assert_eq!(left(&of(true, Some("2026-11-27T14:15:00Z")), now), Some(900));
        assert_eq!(
            left(&of(true, Some("2026-11-27T14:15:00Z")), now + Duration::hours(1)),
            None
        );
        assert_eq!(left(&of(false, Some("2026-11-27T14:15:00Z")), now), None);
        assert_eq!(left(&of(true, Some("")), now), None);
        assert_eq!(left(&of(true, None), now), None);
    }
}
