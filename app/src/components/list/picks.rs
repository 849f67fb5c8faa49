//! Rows that are ticked, and what can be done with all of them: a form that leads to the page that asks, with the rows in
//! its address. The bar with the actions is shown by the style while something is ticked, so nothing here needs JavaScript.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::List;
use crate::{
    components::operation_form::why_not,
    ui::{Glyph, Icon, capital},
};
use management_api::OperationId;

/// The choice in the address that ticks every row that is shown.
const TICKED: &str = "ticked";

/// One thing that can be done with the ticked rows.
#[derive(Clone, Debug)]
pub struct PickAction {
    /// What the button says, such as "Delete…".
    pub label: &'static str,
    pub icon: Icon,
    /// The page that asks; the keys of the rows become its query.
    pub href: String,
    /// What else its query says, by name and value.
    pub with: Option<(&'static str, String)>,
    /// What that page does in the end: who may not, is told here already.
    pub operation: OperationId,
}

pub(super) struct Picks {
    /// By which name a row's key stands in the address.
    name: &'static str,
    actions: Vec<PickAction>,
    /// Whether every row that is shown is ticked from the beginning.
    ticked: bool,
}

impl<R: 'static> List<R> {
    /// Rows can be ticked. Each comes as `name` with its key, as often as rows are ticked.
    pub fn picks(mut self, name: &'static str, actions: Vec<PickAction>) -> Self {
        let ticked = use_query_map().with_untracked(|query| query.get_str(TICKED) == Some("all"));
        self.picks = Some(Picks { name, actions, ticked });
        self
    }

    /// The id of the form that the ticks belong to.
    fn pick_form(&self) -> String {
        format!("picks-{}", self.nouns.1.replace(' ', "-"))
    }

    /// The box of a row, which is called `key`.
    pub(super) fn pick(&self, key: &str) -> Option<AnyView> {
        let picks = self.picks.as_ref()?;
        let label = view! { <span class="visually-hidden">"Select "<bdi>{key.to_owned()}</bdi></span> };
        Some(
            view! {
                <td data-kind="pick">
                    <label class="pick">
                        <input type="checkbox" form=self.pick_form() name=picks.name value=key.to_owned() checked=picks.ticked/>
                        {label}
                    </label>
                </td>
            }
            .into_any(),
        )
    }

    /// The heading over the boxes: a way to tick every row that is shown, or none.
    pub(super) fn pick_all(&self, rows: usize) -> Option<AnyView> {
        let ticked = self.picks.as_ref()?.ticked;
        let mut query = use_query_map().get_untracked();
        query.remove("notice");
        query.remove(TICKED);
        let label = if ticked {
            "Select none".to_owned()
        } else {
            format!("Select all {rows} shown")
        };
        if !ticked {
            query.insert(TICKED, "all".to_owned());
        }
        let href = format!("{}{}", self.path, query.to_query_string());
        let title = label.clone();
        Some(
            view! {
                <th scope="col" data-kind="pick">
                    <a class="pick" href=href data-ticked=ticked title=title>
                        <span class="visually-hidden">{label}</span>
                        {ticked.then(|| view! { <Glyph icon=Icon::Check/> })}
                    </a>
                </th>
            }
            .into_any(),
        )
    }

    /// What can be done with the ticked rows. It follows them, so that the style can count them.
    pub(super) fn pick_bar(&self) -> Option<AnyView> {
        let picks = self.picks.as_ref()?;
        let action = |action: &PickAction| {
            let why = why_not(action.operation);
            let PickAction {
                label,
                icon,
                href,
                with,
                ..
            } = action.clone();
            let (name, value) = with.unzip();
            view! {
                <button class="button button-ghost" type="submit" formaction=href name=name value=value disabled=why.is_some() title=why>
                    <Glyph icon/>
                    {label}
                </button>
            }
        };
        let reason = picks.actions.iter().find_map(|action| why_not(action.operation));
        let (_, many) = self.nouns;
        Some(
            view! {
                <form class="bulk" id=self.pick_form() method="get" action=self.path.clone() aria-label=format!("{} that are selected", capital(many))>
                    <span class="bulk-count"><span class="bulk-number"></span>" selected"</span>
                    <span class="bulk-rule"></span>
                    {picks.actions.iter().map(action).collect_view()}
                    <span class="bulk-rule"></span>
                    <button class="button button-ghost" type="reset">"Clear"</button>
                    {reason.map(|reason| view! { <p class="reason">{reason}</p> })}
                </form>
            }
            .into_any(),
        )
    }
}
