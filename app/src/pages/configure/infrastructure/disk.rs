//! The disk: how full it is, what it is like, and how it grows.

use leptos::prelude::*;
use management_api::{
    OperationId,
    billing::AddonVariant,
    projects::{Disk, DiskAutoscale},
};

use super::overview::here;
use crate::{
    components::{
        control::{Holds, control},
        operation_form::{FormState, OperationForm, ProjectRef},
        when::{To, When},
    },
    form::Form,
    server_fns::{branches::Part, infrastructure::Infrastructure},
    ui::{ButtonKind, Fact, Facts, Frame, chart::grouped},
};

const GIB: f64 = 1_073_741_824.0;
/// From so much on, in percent, a disk is nearly full.
const NEARLY: f64 = 90.0;

fn gigabytes(bytes: f64) -> String {
    format!("{:.1} GB", bytes / GIB)
}

/// The numbers that the page opens with.
pub fn figures(size: Option<&AddonVariant>, all: &Infrastructure) -> AnyView {
    let number = |name: &str| size.and_then(|size| size.meta.get(name)?.as_f64());
    let size_name = match (&all.addons, size) {
        (Err(_), _) => "Not known".to_owned(),
        (Ok(_), None) => "The plan\u{2019}s own".to_owned(),
        (Ok(_), Some(size)) => size.name.replace('_', " "),
    };
    let of = |name: &str, unit: &str| {
        number(name).map_or_else(|| "Not known".to_owned(), |value| format!("{}{unit}", grouped(value)))
    };
    let (memory, connections) = (of("memory_gb", " GB"), of("connections_direct", ""));
    let disk = match &all.room {
        Ok(room) if room.metrics.size > 0.0 => {
            let percent = (room.metrics.used / room.metrics.size * 100.0).clamp(0.0, 100.0);
            let at = room.timestamp.clone();
            view! {
                <b>{gigabytes(room.metrics.used)}</b> " of " {gigabytes(room.metrics.size)}
                {gauge(percent)}
                <span class="hint">{format!("{percent:.0}% at ")}<When at to=To::Clock/></span>
            }
            .into_any()
        }
        Ok(_) => "Not known".into_any(),
        Err(error) => view! { <span class="hint">{format!("Not known: {error}")}</span> }.into_any(),
    };
    view! {
        <dl class="figures">
            <div><dt>"Size"</dt><dd><b>{size_name}</b></dd></div>
            <div><dt>"Memory"</dt><dd><b>{memory}</b></dd></div>
            <div><dt>"Connections at most"</dt><dd><b>{connections}</b></dd></div>
            <div><dt>"Disk used"</dt><dd>{disk}</dd></div>
        </dl>
    }
    .into_any()
}

fn gauge(percent: f64) -> AnyView {
    let tone = if percent >= NEARLY { "warning" } else { "neutral" };
    view! {
        <svg class="gauge" data-tone=tone viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="4"></rect><rect class="gauge-used" width=format!("{percent:.1}") height="4"></rect>
        </svg>
    }
    .into_any()
}

/// All of what the disk is to be like, since the service wants all of it.
pub fn form(project: &str, now: &Disk) -> AnyView {
    let here = here(project);
    let disk = &now.attributes;
    let throughput = disk.throughput_mibps.map(|value| value.to_string());
    let fields: Vec<_> = [
        (
            "attributes.type",
            "Type",
            "gp3 is the general-purpose disk, io2 the fast one.",
            Some(disk.kind.clone()),
        ),
        (
            "attributes.size_gb",
            "Size, in GB",
            "A disk grows and never shrinks.",
            Some(disk.size_gb.to_string()),
        ),
        (
            "attributes.iops",
            "Operations a second",
            "Reads and writes that are kept for you. Only the larger compute sizes make use of more than 3,000.",
            Some(disk.iops.to_string()),
        ),
        (
            "attributes.throughput_mibps",
            "Throughput, in MiB a second",
            "For gp3 only: leave it empty for io2, whose throughput follows from its operations.",
            throughput,
        ),
    ]
    .into_iter()
    .filter_map(|(name, label, help, now)| field(name, label, help, now))
    .collect();
    let reference = project.to_owned();
    view! {
        <OperationForm operation=OperationId::UpdateDisk next=here.clone() back=here submit="Change the disk" kind=ButtonKind::Primary>
            <ProjectRef reference/>
            <div class="disk-fields">{fields}</div>
        </OperationForm>
    }
    .into_any()
}

fn field(name: &'static str, label: &'static str, help: &str, now: Option<String>) -> Option<AnyView> {
    let state = FormState::of(OperationId::UpdateDisk, "");
    let field = Form::of(OperationId::UpdateDisk).field(name)?;
    let was = now.as_deref().map(|now| format!(" Now {now}.")).unwrap_or_default();
    let frame = Frame {
        help: format!("{help}{was}"),
        error: state.error_of(name),
        required: field.required,
        ..Frame::new(name, label)
    };
    let holds = Holds {
        typed: Some(state.typed(name).unwrap_or_else(|| now.into_iter().collect())),
        ..Holds::default()
    };
    Some(control(field, frame, holds))
}

/// How the disk grows; the API only tells it.
pub fn growth(autoscale: &Part<DiskAutoscale>) -> AnyView {
    let autoscale = match autoscale {
        Ok(autoscale) => *autoscale,
        Err(error) => {
            return view! { <p class="hint">{format!("Not known: {error}")}</p> }.into_any();
        }
    };
    let said = |value: Option<i64>, unit: &str| {
        value.map_or_else(
            || "As Supabase has it".to_owned(),
            |value| format!("{}{unit}", grouped(value as f64)),
        )
    };
    view! {
        <Facts>
            <Fact term="Grows by">{said(autoscale.growth_percent, "%")}</Fact>
            <Fact term="At least by">{said(autoscale.min_increment_gb, " GB")}</Fact>
            <Fact term="At most to">{said(autoscale.max_size_gb, " GB")}</Fact>
        </Facts>
        <p class="hint">"When the disk is nearly full it grows by itself. The API shows how, and does not let it be changed: Supabase\u{2019}s dashboard does."</p>
    }
    .into_any()
}
