//! The claim token: with it another organization takes the project over. It is told once, when it is made.

use leptos::prelude::*;
use management_api::{OperationId, projects::ClaimToken};

use crate::{
    components::{
        head::Head,
        margin::{Note, WithMargin},
        module::Module,
        operation_form::{OperationForm, ProjectRef},
        query::{ask, loaded},
        reveal::{Source, TellOnce},
        when::When,
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::access::claim_token_of,
    ui::{ButtonKind, Card, Empty, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/claim-token",
    title: "Claim token",
    icon: Icon::Moved,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetClaimToken),
    sheet: Some(Sheet::Configure),
    view: || view! { <ProjectClaimToken/> }.into_any(),
};

#[component]
pub fn ProjectClaimToken() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || claim_token_of(project.clone()))
    };
    let of = project.clone();
    let source = Source {
        operation: OperationId::CreateClaimToken,
        field: "token",
        parameters: vec![("ref", project)],
        of: None,
    };
    view! {
        <Head page=&PAGE/>
        <WithMargin margin=margin>
            {loaded("claim-token", read, Shape::Facts, move |token| now(&of, token))}
            <Card title="Make one" hint="An earlier token ends with it.">
                <TellOnce id="claim-token" what="claim token" submit="Make a claim token" source/>
            </Card>
        </WithMargin>
        <Module name="reveal"/>
    }
}

fn margin() -> AnyView {
    view! {
        <Note term="What it is for">"Handing a project over to an organization that you do not belong to, as agencies do."</Note>
        <Note term="Who can use it">"Whoever holds it and is an administrator of any organization, in Steward on the organization\u{2019}s page \u{201c}Claim a project\u{201d}. Give it to nobody else."</Note>
        <Note term="Between your own organizations">"The project\u{2019}s general settings give it away without a token."</Note>
    }
    .into_any()
}

fn now(project: &str, token: Option<ClaimToken>) -> AnyView {
    let Some(token) = token else {
        return view! {
            <Empty icon=Icon::Moved title="No claim token" sentence="Nobody can take the project over by one."/>
        }
        .into_any();
    };
    let here = paths::settings(project, "claim-token");
    let reference = project.to_owned();
    view! {
        <Card title="There is one" hint="Whoever holds it can take the project over until it ends.">
            <Facts>
                <Fact term="Token"><code><bdi>{token.token_alias}</bdi></code></Fact>
                <Fact term="Made"><When at=token.created_at/></Fact>
                <Fact term="Made by"><code><bdi>{token.created_by}</bdi></code></Fact>
                <Fact term="Ends"><When at=token.expires_at/></Fact>
            </Facts>
            <OperationForm operation=OperationId::DeleteClaimToken next=here.clone() back=here submit="Revoke it" kind=ButtonKind::Danger>
                <ProjectRef reference/>
            </OperationForm>
        </Card>
    }
    .into_any()
}
