//! Add-ons of a project.

mod catalogue;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub use self::catalogue::compute;
use self::catalogue::{KINDS, Variant, variant};
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    organizations::Plan,
    projects::Project,
};

/// What a project has of this. The compute size stands with the project itself.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Kind of add-on to the variant, and since when the project has that kind.
    selected: BTreeMap<String, (String, OffsetDateTime)>,
    /// The compute size before the last change.
    previous_size: Option<String>,
}

impl State {
    /// Whether the project has an add-on of this kind, other than a compute size.
    pub fn has(&self, kind: &str) -> bool {
        self.selected.contains_key(kind)
    }

    /// Ends the add-on of this kind, if the project has it.
    pub fn end(&mut self, kind: &str) {
        self.selected.remove(kind);
    }

    /// Days that point-in-time recovery reaches back, and since when it is on; `None` where it is off.
    pub fn recovery(&self) -> Option<(u16, OffsetDateTime)> {
        let (id, since) = self.selected.get("pitr")?;
        Some((id.strip_prefix("pitr_")?.parse().ok()?, *since))
    }
}

fn of_size(size: &str) -> String {
    format!("ci_{size}")
}

fn selected(project: &Project) -> Vec<Value> {
    let compute = variant(&of_size(&project.size));
    let others = project.parts.billing.selected.values();
    let others = others.filter_map(|(id, _)| variant(id));
    compute
        .into_iter()
        .chain(others)
        .map(|(kind, variant)| json!({ "type": kind, "variant": variant.shown() }))
        .collect()
}

/// v1-list-project-addons
pub fn list(call: &mut Call<'_>) -> Answered {
    let available: Vec<_> = KINDS
        .iter()
        .map(|(kind, name)| {
            let variants: Vec<_> = Variant::of(kind).map(|variant| variant.shown()).collect();
            json!({ "type": kind, "name": name, "variants": variants })
        })
        .collect();
    let addons = json!({ "selected_addons": selected(call.project()?), "available_addons": available });
    Ok(answer(StatusCode::OK, &addons))
}

#[derive(Deserialize)]
struct Wanted {
    addon_variant: String,
    addon_type: String,
}

/// v1-apply-project-addon
pub fn apply(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let wanted: Wanted = call.request.json()?;
    let found = variant(&wanted.addon_variant).filter(|(_, variant)| variant.can_be_applied());
    let (kind, variant) =
        found.ok_or_else(|| Refusal::Invalid("addon_variant: there is no such variant to apply.".to_owned()))?;
    if kind != wanted.addon_type {
        return Err(Refusal::Invalid(format!(
            "addon_type: {} is a variant of {kind}.",
            wanted.addon_variant
        )));
    }
    if call.plan()? == Plan::Free {
        return Err(Refusal::PlanLimit("The free plan has no add-ons.".to_owned()));
    }
    let (now, lasting) = (call.now, call.world.rules.coming_up / 2);
    let project = call.running()?;
    match variant {
        Variant::Compute(compute) => {
            compute.check_region(&project.region)?;
            resize(project, compute.size, now)?;
            project.busy(ProjectStatus::Resizing, now, lasting);
        }
        Variant::Pitr(_) if is_below_small(&project.size) => {
            return Err(Refusal::Invalid(
                "Point-in-time recovery needs at least the compute size small.".to_owned(),
            ));
        }
        Variant::Pitr(_) | Variant::Fixed { .. } | Variant::Usage { .. } => {
            let selected = &mut project.parts.billing.selected;
            selected.entry(kind.to_owned()).or_insert((String::new(), now)).0 = wanted.addon_variant;
        }
    }
    Ok(empty(StatusCode::OK))
}

/// Sizes too small for point-in-time recovery and for replicas.
pub fn is_below_small(size: &str) -> bool {
    matches!(size, "nano" | "micro")
}

/// Changes the compute size, if what the project has beside it can go on with it.
fn resize(project: &mut Project, size: &str, now: OffsetDateTime) -> Result<(), Refusal> {
    if project.size == size {
        return Err(Refusal::Invalid(format!(
            "The project\u{2019}s compute size is {size} already."
        )));
    }
    if is_below_small(size) && project.parts.billing.has("pitr") {
        return Err(Refusal::Invalid(
            "Point-in-time recovery needs at least the compute size small. Remove it first.".to_owned(),
        ));
    }
    if is_below_small(size) && project.parts.database.replicas.any(now) {
        return Err(Refusal::Invalid(
            "Read replicas need at least the compute size small. Remove them first.".to_owned(),
        ));
    }
    project.parts.billing.previous_size = Some(std::mem::replace(&mut project.size, size.to_owned()));
    Ok(())
}

/// v1-remove-project-addon
pub fn remove(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let id = call.request.path("addon_variant").to_owned();
    let (kind, _) =
        variant(&id).ok_or_else(|| Refusal::Invalid("addon_variant: there is no such variant.".to_owned()))?;
    let plan = call.plan()?;
    let (now, lasting) = (call.now, call.world.rules.coming_up / 2);
    let project = call.running()?;
    if kind == "compute_instance" {
        if of_size(&project.size) != id {
            return Err(Refusal::NotFound("Add-on"));
        }
        let usual = if plan == Plan::Free { "nano" } else { "micro" };
        // ok: a size that follows another one is what it goes back to; otherwise the plan's own.
        let size = project.parts.billing.previous_size.take();
        let size = size.filter(|size| *size != project.size);
        resize(project, size.as_deref().unwrap_or(usual), now)?;
        project.parts.billing.previous_size = None;
        project.busy(ProjectStatus::Resizing, now, lasting);
        return Ok(empty(StatusCode::OK));
    }
    let selected = &mut project.parts.billing.selected;
    if selected.get(kind).is_none_or(|(selected, _)| *selected != id) {
        return Err(Refusal::NotFound("Add-on"));
    }
    selected.remove(kind);
    Ok(empty(StatusCode::OK))
}
