//! The compute sizes: what comes with each, what it costs, and how much more or less that is than now.

use leptos::prelude::*;
use management_api::{
    OperationId,
    billing::{AddonVariant, Addons},
};

use super::overview::here;
use crate::{
    components::{
        list::List,
        operation_form::{FormState, OperationForm, ProjectRef},
    },
    server_fns::infrastructure::{COMPUTE, difference, dollars, monthly, selected},
    ui::{Badge, ButtonKind, Empty, Icon, chart::grouped},
};

/// Sizes that are shown at once; the larger ones are folded away, unless the project has one of them.
const SHOWN: usize = 6;

/// A size as it is listed.
struct Size {
    variant: AddonVariant,
    now: bool,
    chosen: bool,
    /// Dollars a month against the present one; `None` where that is not known.
    against: Option<f64>,
}

impl Size {
    fn number(&self, name: &str) -> Option<String> {
        self.variant.meta.get(name)?.as_f64().map(grouped)
    }
}

pub fn table(project: &str, addons: &Addons) -> AnyView {
    let mut kinds = addons.available.iter();
    let Some(kind) = kinds
        .find(|one| one.kind == COMPUTE)
        .filter(|kind| !kind.variants.is_empty())
    else {
        return view! {
            <Empty icon=Icon::Server title="No other sizes" sentence="Supabase offers no compute sizes for this project. Its plan may be why."/>
        }
        .into_any();
    };
    let now = selected(addons, COMPUTE);
    let paid = now.map(|variant| monthly(&variant.price));
    let typed = FormState::of(OperationId::ApplyAddon, "compute").typed("addon_variant");
    let size = |variant: &AddonVariant| Size {
        now: now.is_some_and(|now| now.id == variant.id),
        chosen: typed.iter().flatten().any(|typed| *typed == variant.id),
        // Nano, with which a project without any of them runs, costs nothing.
        against: Some(monthly(&variant.price) - paid.unwrap_or_default()),
        variant: variant.clone(),
    };
    let sizes: Vec<Size> = kind.variants.iter().map(size).collect();
    let least = sizes
        .iter()
        .rposition(|size| size.now || size.chosen)
        .map_or(0, |at| at + 1);
    let shown = SHOWN.max(least).min(sizes.len());
    let mut sizes = sizes;
    let larger = sizes.split_off(shown);
    let count = larger.len();
    let here = here(project);
    let none = now
        .is_none()
        .then(|| view! { <p class="hint">"The project runs on the plan\u{2019}s own size, which is no add-on."</p> });
    let (reference, of) = (project.to_owned(), project.to_owned());
    view! {
        {none}
        <OperationForm
            operation=OperationId::ApplyAddon
            id="compute"
            next=here.clone()
            back=here
            submit="Change the size"
            kind=ButtonKind::Primary
        >
            <ProjectRef reference/>
            <input type="hidden" name="addon_type" value=COMPUTE/>
            <div class="sizes" role="radiogroup" aria-labelledby="compute">
                {list(&of, ("size", "sizes")).draw(sizes)}
                {(count > 0).then(|| view! {
                    <details class="sizes-more">
                        <summary>{format!("{count} larger sizes")}</summary>
                        {list(&of, ("larger size", "larger sizes")).draw(larger)}
                    </details>
                })}
            </div>
        </OperationForm>
    }
    .into_any()
}

fn list(project: &str, nouns: (&'static str, &'static str)) -> List<Size> {
    let unknown = || "\u{2014}".to_owned();
    List::new(nouns, here(project), |size: &Size| size.variant.id.clone())
        .column("Size", |size| {
            let (id, name) = (size.variant.id.clone(), size.variant.name.replace('_', " "));
            view! {
                <label class="size">
                    <input type="radio" name="addon_variant" value=id disabled=size.now checked=size.chosen required=true/>
                    <span>{name}</span>
                    {size.now.then(|| view! { <Badge plain=true icon=Icon::Check word="Now"/> })}
                </label>
            }
        })
        .column("Processor", move |size| match (size.number("cpu_cores"), size.variant.meta.get("cpu_dedicated")) {
            (Some(cores), Some(dedicated)) if dedicated == false => format!("{cores} shared"),
            (Some(cores), _) => cores,
            (None, _) => unknown(),
        })
        .column("Memory", move |size| {
            size.number("memory_gb").filter(|memory| memory != "0").map_or_else(unknown, |memory| format!("{memory} GB"))
        })
        .column("Connections, pooled", move |size| {
            let of = |name| size.number(name).unwrap_or_else(unknown);
            format!("{}, {}", of("connections_direct"), of("connections_pooler"))
        })
        .number("Price", |size| dollars(monthly(&size.variant.price)))
        .number("Against now", move |size| size.against.map_or_else(unknown, difference))
}
