//! What can be done with a row: an operation and its label. What is asked first is asked in a panel of its own.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        error_view::here,
        operation_form::{FormState, OperationForm, Thing},
    },
    form::Confirmation,
    ui::ButtonKind,
};

/// One action of a row.
#[derive(Clone, Debug)]
pub struct RowAction {
    pub operation: OperationId,
    /// What the button says, such as "Revoke".
    pub label: &'static str,
    /// What the row is about, for whoever is asked first.
    pub of: String,
    /// The operation's parameters.
    pub fields: Vec<(&'static str, String)>,
    /// What it is done to, where that is destroyed.
    pub thing: Option<Thing>,
}

/// The buttons of the row that `key` names.
pub(super) fn buttons(key: &str, actions: Vec<RowAction>) -> impl IntoView + use<> {
    let one = |action: RowAction| {
        let at_once = Confirmation::of(action.operation.row()) == Confirmation::None;
        // An id of the page: letters and digits.
        let key = key.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let id = format!("{}-{key}", action.operation);
        // A form that has failed is there to be seen.
        let asks = !FormState::of(action.operation, &id).was_sent();
        let form = form(&id, action.clone(), at_once);
        if at_once {
            form.into_any()
        } else {
            // The browser's own popover opens and closes without JavaScript.
            view! {
                <button class="button button-small" type="button" popovertarget=id.clone()>{action.label} "\u{2026}"</button>
                <div class="row-ask" id=id popover=asks.then_some("auto") role="dialog" aria-label=action.label>
                    <p class="strong">{action.label} ": " <bdi>{action.of}</bdi></p>
                    {form}
                </div>
            }
            .into_any()
        }
    };
    actions.into_iter().map(one).collect_view()
}

fn form(id: &str, action: RowAction, small: bool) -> impl IntoView + use<> {
    let RowAction {
        operation,
        label,
        of: _,
        fields,
        thing,
    } = action;
    let here = here();
    let kind = match Confirmation::of(operation.row()) {
        Confirmation::Project
        | Confirmation::Branch
        | Confirmation::Name(_)
        | Confirmation::Again(_)
        | Confirmation::Each(_) => ButtonKind::Danger,
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => ButtonKind::Secondary,
    };
    let field = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value/> };
    view! {
        <OperationForm operation id=id.to_owned() next=here.clone() back=here submit=label kind small thing>
            {fields.into_iter().map(field).collect_view()}
        </OperationForm>
    }
}
