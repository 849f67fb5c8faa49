//! Compute: programs of one's own beside the database. In alpha at Supabase, and said to be so on each of these pages.

pub mod create;
pub mod detail;
pub mod list;

use leptos::prelude::*;
use management_api::{Entity, compute::ComputeInstance};

use crate::{
    page::Page,
    ui::{Badge, Empty, Icon, Tone},
};

pub const PAGES: &[&Page] = &[&list::PAGE, &create::PAGE, &detail::PAGE];

/// Beside the heading.
fn alpha() -> AnyView {
    view! { <Badge tone=Tone::Info icon=Icon::Info word="Alpha"/> }.into_any()
}

/// What is to be known before anything is built on it.
const ALPHA: &str = "A private alpha of Supabase, open to projects in us-west-2 that were let in: every part of it may change, and programs may start anew at any time.";

/// Where the service does not let the project in.
fn closed(why: String) -> AnyView {
    view! { <Empty icon=Icon::Server title="Compute is not open to this project" sentence=format!("Supabase says: {why}")/> }.into_any()
}

/// How far it is.
fn state(instance: &ComputeInstance) -> AnyView {
    let (tone, icon, word) = match instance.build_state.as_str() {
        _ if instance.deleting == Some(true) => (Tone::Info, Icon::Clock, "Being taken away".to_owned()),
        "building" => (Tone::Info, Icon::Clock, "Being built".to_owned()),
        "active" => (Tone::Success, Icon::CheckCircle, "Runs".to_owned()),
        "failed" => (Tone::Error, Icon::Error, "Failed".to_owned()),
        other => (Tone::Neutral, Icon::Question, other.to_owned()),
    };
    view! { <Badge plain=true tone icon word/> }.into_any()
}

/// "2 of 3 ready".
fn counted(instance: &ComputeInstance) -> String {
    match (instance.instances, &instance.instances_error) {
        (_, Some(error)) => format!("Not counted: {error}"),
        (Some(counts), None) => format!("{} of {} ready", counts.ready, counts.declared),
        (None, None) => "Not told".to_owned(),
    }
}

/// Whether it becomes something else by itself.
fn is_changing(instance: &Entity<ComputeInstance>) -> bool {
    instance.build_state == "building" || instance.deleting == Some(true)
}
