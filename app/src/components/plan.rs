//! Plans on a page: the form that draws one up, and the plan itself with what is asked, how far it is and what came of it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{Effect, OperationId};

use super::{
    context::Context,
    error_view::{here, problem},
    operation_form::{FormState, Thing, confirmation, why_not},
    query::{Query, ask, loaded},
};
use crate::{
    backend,
    form::{BACK, Confirmation},
    islands::live::Live,
    paths,
    plan::{Kind, PLAN, Phase, Plan, PlanRow, State, Step},
    ui::{
        Button, ButtonKind, ButtonLink, Card, Column, Mark, MarkBadge, Notice, Shape, Table, Tone, problem_notice,
        sure_box,
    },
};

/// A form that draws a plan up; nothing is sent to Supabase by it. It takes files, too.
#[component]
pub fn PlanForm(
    kind: Kind,
    /// What the button says, such as "Review".
    #[prop(into)]
    submit: String,
    children: Children,
) -> impl IntoView {
    let state = FormState::of(kind.operation(), kind.as_str());
    let problem = state.problem();
    let disabled_because = why_not(kind.operation());
    provide_context(state);
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=paths::draw_up(kind)>
            <input type="hidden" name=BACK value=here()/>
            {problem.map(problem_notice)}
            {children()}
            <div class="form-actions">
                <Button kind=ButtonKind::Primary submit=true disabled_because>{submit}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// The plan that the page's address names.
pub(crate) fn named() -> Option<String> {
    use_query_map()
        .with_untracked(|query| query.get(PLAN))
        .filter(|id| !id.is_empty())
}

/// The plan that the page's address names; nothing where it names none.
#[component]
pub fn PlanPanel() -> impl IntoView {
    let id = named()?;
    let plan = planned(id.clone());
    let draw = move |plan: Option<Plan>| match plan {
        Some(plan) => drawn(&id, plan),
        None => gone(),
    };
    Some(loaded("plan", plan, Shape::Rows, draw))
}

/// The person's own plan.
pub(crate) fn planned(id: String) -> Query<Option<Plan>> {
    ask(move || {
        let id = id.clone();
        async move { backend::handle()?.plan(&id).await }
    })
}

/// Says that there is no such plan any more.
pub(crate) fn gone() -> AnyView {
    view! {
        <Notice title="This plan is no longer there">
            "A plan is kept for 15 minutes, and a day once it was carried out. Draw it up again; what was sent of it stands in the audit."
        </Notice>
    }
    .into_any()
}

/// What would come of a form that is being filled in: drawn anew by a script while somebody types, see
/// `frontend/editor/env.js`. `first` says what will stand there.
#[component]
pub fn PlanPreview(kind: Kind, #[prop(into)] first: String) -> impl IntoView {
    let preview = Context::current().with(|page| page.preview.clone());
    let drawn = match preview.as_deref() {
        Some(Ok(plan)) => {
            let sums = sums(&plan.rows);
            view! {
                <div class="env-head"><h2>"What will be sent"</h2><span class="env-sums">{sums}</span></div>
                {rows(plan.clone())}
            }
            .into_any()
        }
        Some(Err(error)) => {
            let problem = problem(error);
            view! { <Notice tone=Tone::Warning title=problem.title>{problem.text}</Notice> }.into_any()
        }
        None => view! {
            <div class="env-head"><h2>"What will be sent"</h2></div>
            <p class="env-hint">{first}</p>
        }
        .into_any(),
    };
    view! { <div data-region="preview" data-preview=paths::preview(kind) aria-live="polite">{drawn}</div> }
}

fn drawn(id: &str, plan: Plan) -> AnyView {
    let (title, hint) = told(&plan);
    let sums = sums(&plan.rows);
    let foot = foot(id, &plan);
    let live = (plan.phase == Phase::Running).then(|| view! { <Live/> });
    let failures: Vec<_> = plan.steps.iter().filter_map(failure).collect();
    view! {
        <div class="plan-panel">
            <Card title hint actions=move || sums>
                {live}
                {failures}
                {rows(plan)}
                {foot}
            </Card>
        </div>
    }
    .into_any()
}

/// What the plan goes by, and how far it is.
fn told(plan: &Plan) -> (&'static str, String) {
    let all = plan.steps.len();
    let done = plan.steps.iter().filter(|step| step.state == State::Done).count();
    let of = format!("{done} of {all} {}", if all == 1 { "call" } else { "calls" });
    match plan.phase {
        Phase::Drawn => ("What will be done", "Nothing has been sent to Supabase yet.".to_owned()),
        Phase::Running => ("Under way", format!("{of} made. It goes on if you leave this page.")),
        Phase::Ended if done == all => ("Done", format!("{of} made.")),
        Phase::Ended => (
            "Not all of it was done",
            format!("{of} made. What is below says what is not done."),
        ),
    }
}

/// How many things of each mark there are.
fn sums(rows: &[PlanRow]) -> AnyView {
    let of = |mark: Mark| rows.iter().filter(|row| row.mark == mark).count();
    [
        Mark::Refused,
        Mark::Removed,
        Mark::Changed,
        Mark::Added,
        Mark::Moved,
        Mark::Same,
    ]
    .into_iter()
    .map(|mark| (mark, of(mark)))
    .filter(|(_, count)| *count > 0)
    .map(|(mark, count)| view! { <MarkBadge mark word=format!("{count} {}", mark.word().to_lowercase())/> })
    .collect_view()
    .into_any()
}

/// A call that failed: why, and what to do.
pub(super) fn failure(step: &Step) -> Option<AnyView> {
    let (title, text) = match &step.state {
        State::Failed(error) => {
            let problem = problem(error);
            (format!("{}: {}", step.label, problem.title), problem.text)
        }
        State::Unknown => (
            format!("{}: not known", step.label),
            "Steward ended while this was under way, so it may have been done or not. Look before you try it again."
                .to_owned(),
        ),
        State::Waiting | State::Sending | State::Done => return None,
    };
    let tone = if step.is_uncertain() {
        Tone::Warning
    } else {
        Tone::Error
    };
    Some(view! { <Notice tone title>{text}</Notice> }.into_any())
}

const SHOWN: &[Column] = &[Column::text("What"), Column::text("Name"), Column::text("Why")];
const PLACED: &[Column] = &[
    Column::text("What"),
    Column::text("Name"),
    Column::text("Project"),
    Column::text("Why"),
];
const MADE: &[Column] = &[
    Column::text("What"),
    Column::text("Name"),
    Column::text("Why"),
    Column::text("Outcome"),
];
const PLACED_MADE: &[Column] = &[
    Column::text("What"),
    Column::text("Name"),
    Column::text("Project"),
    Column::text("Why"),
    Column::text("Outcome"),
];

fn rows(plan: Plan) -> AnyView {
    let (placed, made) = (
        plan.rows.iter().any(|row| row.place.is_some()),
        plan.phase != Phase::Drawn,
    );
    let columns = match (placed, made) {
        (false, false) => SHOWN,
        (true, false) => PLACED,
        (false, true) => MADE,
        (true, true) => PLACED_MADE,
    };
    let Plan { rows, steps, phase, .. } = plan;
    let row = move |row: PlanRow| {
        let outcome = made.then(|| outcome(phase, row.step.and_then(|at| steps.get(at))));
        let place = placed.then(|| view! { <td data-label="Project"><bdi>{row.place}</bdi></td> });
        view! {
            <tr data-mark=row.mark.as_str()>
                <td data-label="What"><MarkBadge mark=row.mark/></td>
                <td data-label="Name"><code><bdi>{row.name}</bdi></code></td>
                {place}
                <td data-label="Why">{row.remark}</td>
                {outcome.map(|outcome| view! { <td data-label="Outcome">{outcome}</td> })}
            </tr>
        }
    };
    view! { <Table caption="What becomes of each" columns>{rows.into_iter().map(row).collect_view()}</Table> }
        .into_any()
}

fn outcome(phase: Phase, step: Option<&Step>) -> &'static str {
    if step.is_some_and(Step::is_uncertain) {
        return "Not known";
    }
    match (step.map(|step| &step.state), phase) {
        (None, _) => "Nothing to do",
        (Some(State::Waiting), Phase::Ended) => "Not sent",
        (Some(State::Waiting), Phase::Drawn | Phase::Running) => "Waiting",
        (Some(State::Sending), _) => "Sending",
        (Some(State::Done), _) => "Done",
        (Some(State::Failed(_)), _) => "Failed",
        (Some(State::Unknown), _) => "Not known",
    }
}

/// What can be done with the plan: carried out, given up, or tried again.
fn foot(id: &str, plan: &Plan) -> Option<AnyView> {
    let left = plan.steps.iter().any(Step::is_left);
    let act = match plan.phase {
        Phase::Running => return None,
        Phase::Ended if left => "Try the rest again".to_owned(),
        Phase::Drawn if left => plan.act.clone(),
        Phase::Drawn | Phase::Ended => {
            return Some(
                view! { <div class="form-actions"><ButtonLink href=plan.page.clone()>"Close"</ButtonLink></div> }
                    .into_any(),
            );
        }
    };
    let typed: Vec<_> = plan
        .operations()
        .into_iter()
        .map(|operation| typed(plan, operation, id))
        .collect();
    let asked = asked(plan, id);
    let operations = plan.operations();
    let destroys = operations.iter().any(|one| one.row().effect == Effect::Destructive);
    let kind = if destroys {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    let disabled_because = operations.into_iter().find_map(why_not);
    let discard = paths::discard(id);
    Some(
        view! {
            <form class="form plan-form" method="post" action=paths::apply(id)>
                {typed}
                {asked}
                <div class="form-actions">
                    <Button kind submit=true disabled_because>{act}</Button>
                    <button class="button" type="submit" formaction=discard formnovalidate>"Discard"</button>
                </div>
            </form>
        }
        .into_any(),
    )
}

/// What is wrong with the answer to what calls of `operation` ask, and what is to be typed before they are made.
pub(super) fn typed(plan: &Plan, operation: OperationId, id: &str) -> AnyView {
    let state = FormState::of(operation, id);
    let is_left = |row: &&PlanRow| {
        let step = row.step.and_then(|at| plan.steps.get(at));
        step.is_some_and(|step| step.operation == operation && step.is_left())
    };
    let names = || plan.rows.iter().filter(is_left).map(|row| row.name.clone()).collect();
    let typed = match Confirmation::of(operation.row()) {
        Confirmation::Project | Confirmation::Branch | Confirmation::Name(_) => {
            confirmation(operation, id, None, None, &state)
        }
        Confirmation::Again(_) | Confirmation::Each(_) => {
            confirmation(operation, id, Some(Thing::Each(names())), None, &state)
        }
        // One box for all of them does.
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => None,
    };
    view! { {state.problem().map(problem_notice)} {typed} }.into_any()
}

/// The box for all that is left. What the server has asked since stands before what was known when the plan was drawn up.
pub(super) fn asked(plan: &Plan, id: &str) -> Option<AnyView> {
    let mut operations = plan.operations().into_iter();
    let told = operations.find_map(|operation| FormState::of(operation, id).question());
    let first = told
        .is_some()
        .then(|| "Nothing was sent yet: tick this box first.".to_owned());
    let question = told.or_else(|| plan.question())?;
    Some(sure_box(question, &format!("sure-{id}"), first).into_any())
}
