//! What a branch is called and follows, asking for a review of it, and its end.

use leptos::prelude::*;
use management_api::{OperationId, branches::Branch};
use serde_json::{Value, json};

use super::{own_reference, reference};
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        operation_form::{FormState, OperationForm, Thing},
        query::{ask, loaded},
        when::When,
    },
    form::{BRANCH, Form},
    page::{Page, Sheet},
    paths,
    server_fns::branches::branch_settings,
    ui::{ButtonKind, Card, Frame, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/:branch/settings",
    title: "Settings",
    icon: Icon::Settings,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::UpdateBranch),
    sheet: Some(Sheet::Build),
    view: || view! { <BranchSettings/> }.into_any(),
};

#[component]
pub fn BranchSettings() -> impl IntoView {
    let (project, branch) = (reference(), own_reference());
    let read = {
        let (project, branch) = (project.clone(), branch.clone());
        ask(move || branch_settings(project.clone(), branch.clone()))
    };
    let own = branch.clone();
    view! {
        <Head page=&PAGE actions=move || super::open(&own)/>
        {loaded("settings", read, Shape::Form, move |branch| drawn(&project, &branch))}
    }
}

fn drawn(project: &str, branch: &Branch) -> AnyView {
    let (line, edit, review) = (super::facts(branch), edit(project, branch), review(project, branch));
    let status = by_hand(project, branch);
    let end = (!branch.is_default).then(|| end(project, branch));
    view! {
        <div data-region="facts">{line}</div>
        <Card title="Branch" hint="What is left as it is, is not sent."><div data-region="edit">{edit}</div></Card>
        <Card title="Review"><div data-region="review">{review}</div></Card>
        <Card title="Status by hand" hint="For programs that run a branch\u{2019}s steps themselves. Supabase does not tell what follows from it.">
            <div data-region="status">{status}</div>
        </Card>
        {end}
    }
    .into_any()
}

/// The branch that the form is about.
fn of(branch: &Branch) -> impl IntoView + use<> {
    view! { <input type="hidden" name=BRANCH value=branch.project_ref.clone()/> }
}

/// A field that says what it shows, and is sent only where it was changed.
fn field(name: &'static str, label: &'static str, help: &str, was: Value) -> Option<AnyView> {
    let field = Form::of(OperationId::UpdateBranch).field(name)?;
    let frame = Frame {
        help: help.to_owned(),
        error: FormState::error(name),
        required: true,
        ..Frame::new(name, label)
    };
    let typed = FormState::of(OperationId::UpdateBranch, "edit").typed(name);
    Some(control(
        field,
        frame,
        Holds {
            typed,
            was: Some(was),
            ..Holds::default()
        },
    ))
}

fn edit(project: &str, branch: &Branch) -> AnyView {
    let here = paths::branch_settings(project, &branch.project_ref);
    let branch = branch.clone();
    view! {
        <OperationForm operation=OperationId::UpdateBranch id="edit" next=here.clone() back=here submit="Save" kind=ButtonKind::Primary>
            {of(&branch)}
            {field("branch_name", "Name", "", json!(branch.name))}
            {field("git_branch", "Git branch", "The branch in the repository that it follows.", json!(branch.git_branch.clone().unwrap_or_default()))}
            {field("persistent", "Persistent", "Lives on after its pull request is closed.", json!(branch.persistent))}
            {field("notify_url", "Tell this address", "Of every change of its status.", json!(branch.notify_url.clone().unwrap_or_default()))}
        </OperationForm>
    }
    .into_any()
}

fn review(project: &str, branch: &Branch) -> AnyView {
    let here = paths::branch_settings(project, &branch.project_ref);
    let asked = branch.review_requested_at.clone();
    let (submit, wanted) = if asked.is_some() {
        ("Take the request back", "false")
    } else {
        ("Ask for a review", "true")
    };
    let branch = branch.clone();
    view! {
        <p class="hint">
            {match asked {
                Some(at) => view! { "Asked for at " <When at/> ". What came of it is not known here." }.into_any(),
                None => "Nobody has asked for a review.".into_any(),
            }}
        </p>
        <OperationForm operation=OperationId::UpdateBranch id="review" next=here.clone() back=here submit>
            {of(&branch)}
            <input type="hidden" name="request_review" value=wanted/>
        </OperationForm>
    }
    .into_any()
}

fn by_hand(project: &str, branch: &Branch) -> AnyView {
    let here = paths::branch_settings(project, &branch.project_ref);
    let branch = branch.clone();
    view! {
        <OperationForm operation=OperationId::UpdateBranch id="status" next=here.clone() back=here submit="Set the status">
            {of(&branch)}
            {Form::of(OperationId::UpdateBranch).field("status").map(|field| {
                let frame = Frame { required: true, id: "status-word".to_owned(), ..Frame::new("status", "Status") };
                control(field, frame, Holds { typed: Some(vec![branch.status.as_str().to_owned()]), ..Holds::default() })
            })}
        </OperationForm>
    }
    .into_any()
}

/// Deleting it, in an hour or at once; or bringing it back, while that can be done.
fn end(project: &str, branch: &Branch) -> AnyView {
    let (here, list) = (
        paths::branch_settings(project, &branch.project_ref),
        paths::branches(project),
    );
    let (name, one) = (branch.name.clone(), branch.clone());
    if let Some(at) = branch.deletion_scheduled_at.clone() {
        return view! {
            <Card title="Bring it back" hint="It is paused, and gone for good when its hour is over.">
                <div data-region="end">
                    <p class="hint">"It is deleted at " <When at/> "."</p>
                    <OperationForm operation=OperationId::RestoreBranch next=here.clone() back=here submit="Restore branch" kind=ButtonKind::Primary>
                        {of(&one)}
                    </OperationForm>
                </div>
            </Card>
        }
        .into_any();
    }
    let thing = Thing::Named(name);
    let other = (thing.clone(), one.clone(), here.clone(), list.clone());
    view! {
        <Card title="Delete" hint="With its database, functions and files. Production is not touched." danger=true>
            <div data-region="end">
                <OperationForm operation=OperationId::DeleteBranch id="later" next=here.clone() back=here submit="Delete in an hour" kind=ButtonKind::Danger thing=Some(thing)>
                    {of(&one)}
                    <input type="hidden" name="force" value="false"/>
                </OperationForm>
                <details class="more-of">
                    <summary>"Delete it at once"</summary>
                    <OperationForm operation=OperationId::DeleteBranch id="now" next=other.3 back=other.2 submit="Delete at once" kind=ButtonKind::Danger thing=Some(other.0)>
                        {of(&other.1)}
                        <input type="hidden" name="force" value="true"/>
                    </OperationForm>
                </details>
            </div>
        </Card>
    }
    .into_any()
}
