//! Ways to connect to the database, its password, roles for tools, and webhooks.

use leptos::prelude::*;
use management_api::OperationId;

use super::ways::{Way, direct, pooled};
use crate::{
    backend::name_of,
    components::{
        context::Context,
        copyable::Copyable,
        effects::{effect, effects},
        error_view::problem,
        head::Head,
        module::Module,
        operation_form::{FormState, OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
        reveal::{Source, TellOnce},
    },
    islands::copy::CopyButton,
    page::{Group, Page, Sheet},
    pages::{
        choice, parameter,
        projects::{self, create::new_password},
    },
    paths,
    server_fns::database::{WaysIn, ways_of},
    ui::{Button, ButtonKind, ButtonLink, Card, Icon, Notice, Shape, TextField, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database",
    title: "Database tools",
    icon: Icon::Database,
    group: Some(Group::Build),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetPoolerConfig),
    sheet: Some(Sheet::Run),
    view: || view! { <DatabaseTools/> }.into_any(),
};

/// In the address: whether a password is proposed.
const PROPOSE: &str = "propose";

#[component]
pub fn DatabaseTools() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || ways_of(project.clone()))
    };
    view! {
        <Head page=&PAGE/>
        <div class="stack">
            <section class="part" aria-labelledby="ways">
                <div class="part-head"><h2 id="ways">"Ways to connect"</h2><p class="hint">"With the password left out: Supabase does not tell it, and it is not kept here"</p></div>
                {loaded("ways", read, Shape::Rows, |all| ways(&all))}
            </section>
            {temporary(&project)}
            {password(&project)}
            {login_roles(&project)}
            {webhooks(&project)}
        </div>
        <Module name="reveal"/>
    }
}

fn ways(all: &WaysIn) -> AnyView {
    let mut ways: Vec<Way> = direct(&all.project).into_iter().collect();
    let unknown = match &all.poolers {
        Ok(poolers) => {
            ways.extend(pooled(poolers));
            None
        }
        Err(error) => {
            let why = problem(error).text;
            Some(
                view! { <Notice tone=Tone::Warning title="How the pooler is reached could not be read">{why}</Notice> },
            )
        }
    };
    let ways: Vec<_> = ways.into_iter().map(way).collect();
    view! { {unknown} <ul class="findings">{ways}</ul> }.into_any()
}

fn way(way: Way) -> AnyView {
    let snippets = way.snippets().into_iter().map(|(language, text)| {
        let what = format!("line for {language}");
        view! {
            <div><dt>{language}</dt><dd class="finding-sql"><code class="wrap">{text.clone()}</code><CopyButton value=text what/></dd></div>
        }
    });
    let snippets: Vec<_> = snippets.collect();
    let uri = way.uri();
    view! {
        <li>
            <h3>{way.title}</h3>
            <p>{way.purpose}</p>
            <Copyable value=uri what="connection string"/>
            <details class="more-of"><summary>"In your language"</summary><dl class="facts">{snippets}</dl></details>
        </li>
    }
    .into_any()
}

/// Access of the person's own, which needs no password of the database: whether it is there is asked on its own page.
fn temporary(project: &str) -> AnyView {
    let page = paths::settings(project, "jit");
    let closed = why_not(OperationId::AuthorizeJitAccess);
    let address = Context::current().with(|page| page.address);
    let address = address.map(|address| address.to_string()).unwrap_or_default();
    view! {
        <Card title="For yourself, for a while" hint="Temporary access lets you connect as a role for as long as it was given to you, without the password of the database.">
            <form class="check check-line" method="get" action=page>
                <TextField name="role" label="Role" value="postgres" required=true mono=true/>
                <TextField name="from" label="From the address" value=address required=true mono=true/>
                <div class="form-actions"><Button submit=true icon=Icon::Search disabled_because=closed>"See whether you get in"</Button></div>
            </form>
        </Card>
    }
    .into_any()
}

fn password(project: &str) -> AnyView {
    let state = FormState::of(OperationId::UpdateDatabasePassword, "");
    let proposed = (!choice(PROPOSE).is_empty()).then(new_password);
    let here = paths::database(project);
    let propose = format!("{here}?{PROPOSE}=yes#password");
    let kind = if proposed.is_some() { "text" } else { "password" };
    let hint = match &proposed {
        Some(_) => "Keep it where you keep such things before you send it: it cannot be read again.",
        None => "Ten characters at least, better many more. It cannot be read again.",
    };
    let does = effects(vec![effect(
        Tone::Error,
        Icon::Lock,
        "Locks out.",
        "Whatever connects with the old one as postgres, directly or through a pooler: servers, jobs, tools, people. API keys, the Data API, Auth and Edge Functions with Supabase\u{2019}s own variables go on.",
    )]);
    let thing = Thing::Project {
        name: name_of(project),
        reference: project.to_owned(),
    };
    let reference = project.to_owned();
    view! {
        <div id="password">
            <Card title="Database password" danger=true>
                {does}
                <OperationForm
                    operation=OperationId::UpdateDatabasePassword
                    next=here.clone()
                    back=here
                    submit="Change the password"
                    kind=ButtonKind::Danger
                    thing=Some(thing)
                >
                    <ProjectRef reference/>
                    <TextField
                        name="password"
                        label="New password"
                        kind
                        value=proposed.unwrap_or_default()
                        hint
                        error=state.error_of("password")
                        required=true
                        mono=true
                        pattern=".{10,}"
                        pattern_says="Ten characters at least"
                        after=move || view! { <ButtonLink href=propose>"Propose one"</ButtonLink> }
                    />
                </OperationForm>
            </Card>
        </div>
    }
    .into_any()
}

fn login_roles(project: &str) -> AnyView {
    let source = |read_only: &str| Source {
        operation: OperationId::CreateLoginRole,
        field: "password",
        parameters: vec![("ref", project.to_owned()), ("read_only", read_only.to_owned())],
        of: None,
    };
    let (reads, writes) = (source("true"), source("false"));
    let (here, reference) = (paths::database(project), project.to_owned());
    view! {
        <Card title="Roles for tools" hint="A role with a password that lasts some minutes, so that a tool can connect and the real password stays where it is. Supabase names the role by what it may do: cli_login_ and postgres, or the role that only reads.">
            <div class="columns">
                <div><h3>"For reading"</h3><TellOnce id="reads" what="password of the role that reads" submit="Make a role that reads" source=reads/></div>
                <div><h3>"For everything"</h3><TellOnce id="writes" what="password of the role" submit="Make a role" source=writes/></div>
            </div>
            <details class="more-of">
                <summary>"End them before their time"</summary>
                <OperationForm operation=OperationId::DeleteLoginRoles next=here.clone() back=here submit="Delete all of them">
                    <ProjectRef reference/>
                </OperationForm>
            </details>
        </Card>
    }
    .into_any()
}

fn webhooks(project: &str) -> AnyView {
    let (here, reference) = (paths::database(project), project.to_owned());
    view! {
        <Card title="Webhooks of the database" hint="Triggers that call an address when rows change. This makes the schema supabase_functions, which they need; the API does not tell whether it is there, and doing it again changes nothing.">
            <OperationForm operation=OperationId::EnableDatabaseWebhooks next=here.clone() back=here submit="Enable webhooks">
                <ProjectRef reference/>
            </OperationForm>
        </Card>
    }
    .into_any()
}
