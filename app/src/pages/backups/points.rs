//! Restore points: the newest, or one that is asked for by name, since the API lists none; a new one; and the way back to it.

use leptos::prelude::*;
use management_api::{OperationId, database::RestorePoint};

use super::project::thing;
use crate::{
    components::{
        error_view::problem,
        operation_form::{FormState, OperationForm, ProjectRef},
        when::When,
    },
    islands::live::Live,
    pages::choice,
    paths,
    server_fns::backups::Recovery,
    ui::{Badge, Button, ButtonKind, Card, Icon, Notice, TextField, Tone},
};

/// In the address: the restore point to look at.
pub(super) const POINT: &str = "point";

/// Letters of a restore point's name.
const LONGEST: u64 = 20;

pub(super) fn card(project: &str, recovery: &Recovery) -> AnyView {
    let asked = choice(POINT);
    let found = match &recovery.point {
        Ok(Some(point)) => shown(project, point),
        Ok(None) if asked.is_empty() => view! { <p class="hint">"None was set yet."</p> }.into_any(),
        Ok(None) => {
            view! { <p class="hint">"There is no restore point " <bdi>{asked.clone()}</bdi> "."</p> }.into_any()
        }
        Err(error) => {
            let why = problem(error).text;
            view! { <Notice tone=Tone::Warning title="The restore point could not be read">{why}</Notice> }.into_any()
        }
    };
    let state = FormState::of(OperationId::CreateRestorePoint, "");
    let typed = state
        .typed("name")
        .and_then(|typed| typed.into_iter().next())
        .unwrap_or_default();
    let (here, reference, action) = (paths::backups(project), project.to_owned(), paths::backups(project));
    view! {
        <Card title="Restore points" hint="A restore point names the present moment. Supabase shows the newest, and others by their names, but lists none.">
            {found}
            <form class="check check-line" method="get" action=action>
                <TextField name=POINT label="Look at another one, by its name" value=asked maxlength=LONGEST required=true mono=true/>
                <div class="form-actions"><Button submit=true icon=Icon::Search>"Look"</Button></div>
            </form>
            <OperationForm operation=OperationId::CreateRestorePoint next=here.clone() back=here submit="Set a restore point now">
                <ProjectRef reference/>
                <TextField
                    name="name"
                    label="Name of a new one"
                    value=typed
                    error=state.error_of("name")
                    hint="At most 20 characters, such as before-price-import."
                    maxlength=LONGEST
                    required=true
                    mono=true
                />
            </OperationForm>
        </Card>
    }
    .into_any()
}

fn shown(project: &str, point: &RestorePoint) -> AnyView {
    let (tone, icon, word) = match point.status.as_str() {
        "AVAILABLE" => (Tone::Success, Icon::CheckCircle, "Can be gone back to".to_owned()),
        "PENDING" => (Tone::Info, Icon::Clock, "Being made".to_owned()),
        "REMOVED" => (Tone::Neutral, Icon::Trash, "Removed".to_owned()),
        "FAILED" => (Tone::Error, Icon::Error, "Failed".to_owned()),
        other => (Tone::Neutral, Icon::Question, other.to_owned()),
    };
    let at = point.completed_on.clone().map(|at| view! { " set " <When at/> });
    let live = (point.status == "PENDING").then(|| view! { <Live/> });
    let (here, reference, name) = (paths::backups(project), project.to_owned(), point.name.clone());
    let back = (point.status == "AVAILABLE").then(|| {
        view! {
            <details class="more-of">
                <summary>"Go back to it"</summary>
                <p class="hint">
                    "What was written since is lost, later restore points with it. Database, APIs and functions answer nobody until it is over, and settings, functions and secrets stay as they are."
                </p>
                <OperationForm
                    operation=OperationId::UndoToRestorePoint
                    next=here.clone()
                    back=here
                    submit=format!("Go back to {}", point.name)
                    kind=ButtonKind::Danger
                    thing=Some(thing(project))
                >
                    <ProjectRef reference/>
                    <input type="hidden" name="name" value=name/>
                </OperationForm>
            </details>
        }
    });
    view! {
        <div data-region="point">
            {live}
            <p><code>{point.name.clone()}</code> " " <Badge plain=true tone icon word/> {at}</p>
            {back}
        </div>
    }
    .into_any()
}
