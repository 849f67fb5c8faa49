//! One finding: what it is, why it matters, how it is mended, and whether it may stand.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    at,
    fixes::{Fix, fix, matters},
    words,
};
use crate::{
    advice::{Acceptance, DAYS, FORM, Finding, KEY, LONGEST, Level, REASON, UNTIL},
    components::{
        head::Head,
        operation_form::{FormState, why_not},
        query::{ask, loaded},
        when::When,
    },
    islands::copy::CopyButton,
    page::{Page, Sheet},
    pages::{choice, migrations::shown, parameter},
    paths,
    server_fns::advisors::{Advice, Kind, advice_of},
    ui::{
        Badge, Button, ButtonKind, ButtonLink, Card, Choice, Empty, Fact, Facts, Icon, SelectField, Shape, TextField,
        problem_notice,
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/advisors/finding",
    title: "Finding",
    icon: Icon::Shield,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetSecurityAdvisors),
    sheet: Some(Sheet::Run),
    view: || view! { <FindingPage/> }.into_any(),
};

#[component]
pub fn FindingPage() -> impl IntoView {
    let (project, key) = (parameter("ref"), choice("key"));
    let read = {
        let project = project.clone();
        ask(move || advice_of(project.clone()))
    };
    view! {
        <Head page=&PAGE name="Finding"/>
        {loaded("finding", read, Shape::Facts, move |advice| drawn(&project, &key, &advice))}
    }
}

fn drawn(project: &str, key: &str, advice: &Advice) -> AnyView {
    let Some(finding) = advice.findings.iter().find(|finding| finding.lint.cache_key == key) else {
        let sentence = match advice.failed.is_empty() {
            true => "The advisors do not find it any more: it is mended, or what it was about is gone.",
            false => "It is not among what could be read; not everything could be.",
        };
        let href = paths::advisors(project);
        return view! {
            <Empty icon=Icon::CheckCircle title="Not found any more" sentence>
                <ButtonLink href>"All findings"</ButtonLink>
            </Empty>
        }
        .into_any();
    };
    let (what, mend) = (what(project, finding), mend(project, finding));
    let stands = match &finding.accepted {
        Some(accepted) => accepted_card(project, key, accepted),
        None if Kind::Health.finds(finding) => ().into_any(),
        None => accept(project, key),
    };
    view! { <div class="stack">{what} {mend} {stands}</div> }.into_any()
}

fn what(project: &str, finding: &Finding) -> AnyView {
    let (lint, title) = (finding.lint.clone(), finding.lint.title.clone());
    let (tone, icon, word) = words(Level::of(&lint.level));
    let categories = lint.categories.join(", ").to_lowercase();
    let same = paths::findings_of(project, &lint.name);
    let object = finding.object().map(|object| {
        let kind = lint
            .metadata
            .as_ref()
            .and_then(|told| told.kind.clone())
            .unwrap_or_default();
        view! { <Fact term="Object"><code class="wrap">{object}</code> " " <span class="quiet">{kind}</span></Fact> }
    });
    let since = finding
        .since
        .map(|since| view! { <Fact term="Seen first"><When at=at(since)/> " by Steward"</Fact> });
    let observed = lint
        .observed_at
        .clone()
        .map(|at| view! { <Fact term="Measured"><When at/></Fact> });
    let matters = Some(matters(&lint.name)).filter(|text| !text.is_empty());
    let matters = matters.map(|text| view! { <p><b>"Why it matters: "</b> {text}</p> });
    let guide = Some(lint.remediation.clone()).filter(|href| href.starts_with("https://"));
    let guide =
        guide.map(|href| view! { <ButtonLink href external=true small=true>"Supabase\u{2019}s guide"</ButtonLink> });
    view! {
        <Card title>
            <p><Badge tone icon word/> " " <span class="quiet">{categories} " \u{b7} " <code>{lint.name.clone()}</code></span></p>
            <p><bdi>{lint.detail.clone()}</bdi></p>
            <p class="hint"><bdi>{lint.description.clone()}</bdi></p>
            {matters}
            <Facts>{object} {since} {observed}</Facts>
            <div class="actions"><ButtonLink href=same small=true>"All of this kind"</ButtonLink> {guide}</div>
        </Card>
    }
    .into_any()
}

fn mend(project: &str, finding: &Finding) -> AnyView {
    let body = match fix(project, &finding.lint) {
        Fix::Sql { sql, heed } => {
            let migration = paths::migration_of_sql(project, &format!("mend {}", finding.lint.name.replace('_', " ")), &sql);
            view! {
                {shown("The statements that mend it", &sql)}
                <p class="hint">{heed}</p>
                <div class="actions">
                    <ButtonLink href=paths::sql_of(project, &sql) icon=Icon::Terminal>"Open in SQL"</ButtonLink>
                    <CopyButton value=sql what="SQL".to_owned()/>
                    <ButtonLink href=migration icon=Icon::Layers>"As a migration"</ButtonLink>
                </div>
            }
            .into_any()
        }
        Fix::Look { sql, then } => view! {
            {shown("What to ask the database", &sql)}
            <p class="hint">"It only reads. " {then}</p>
            <div class="actions">
                <ButtonLink href=paths::sql_of(project, &sql) icon=Icon::Terminal>"Open in SQL"</ButtonLink>
                <CopyButton value=sql what="SQL".to_owned()/>
            </div>
        }
        .into_any(),
        Fix::Page { href, label } => view! {
            <p>"It is a setting of the project."</p>
            <div class="actions"><ButtonLink href kind=ButtonKind::Primary>{label}</ButtonLink></div>
        }
        .into_any(),
        Fix::Guide => view! { <p class="hint">"Steward has no statement for this one. Supabase\u{2019}s guide says what to do."</p> }.into_any(),
    };
    view! { <Card title="How it is mended">{body}</Card> }.into_any()
}

/// Whoever could mend it may let it stand.
fn closed() -> Option<String> {
    why_not(OperationId::ApplyMigration)
}

fn accept(project: &str, key: &str) -> AnyView {
    let state = FormState::of(OperationId::ApplyMigration, FORM);
    let typed = |name: &str| {
        let typed = state.typed(name).and_then(|typed| typed.into_iter().next());
        typed.unwrap_or_default()
    };
    let (reason, ends, wrong, problem) = (typed(REASON), typed(UNTIL), state.error_of(REASON), state.problem());
    let choice = |days: &u32| {
        let label = match days {
            7 => "In a week".to_owned(),
            365 => "In a year".to_owned(),
            days => format!("In {days} days"),
        };
        Choice::new(days.to_string(), label)
    };
    let days: Vec<Choice> = DAYS.iter().map(choice).collect();
    let (action, key) = (paths::finding_act(project, "accept"), key.to_owned());
    view! {
        <Card title="Accept it" hint="It stays in the list as accepted, for all who see the project, and is a finding again when the time is over.">
            <form class="form" method="post" action=action>
                {problem.map(problem_notice)}
                <input type="hidden" name=KEY value=key/>
                <TextField
                    name=REASON
                    label="Reason"
                    hint="Everybody who sees the project can read it."
                    value=reason
                    error=wrong
                    maxlength=LONGEST as u64
                    required=true
                />
                <SelectField name=UNTIL label="Ends" choices=days value=ends/>
                <div class="form-actions"><Button submit=true disabled_because=closed()>"Accept the finding"</Button></div>
            </form>
        </Card>
    }
    .into_any()
}

fn accepted_card(project: &str, key: &str, accepted: &Acceptance) -> AnyView {
    let problem = FormState::of(OperationId::ApplyMigration, FORM).problem();
    let accepted = accepted.clone();
    let (action, key) = (paths::finding_act(project, "reopen"), key.to_owned());
    view! {
        <Card title="Accepted">
            <p><bdi>{accepted.reason.clone()}</bdi></p>
            <Facts>
                <Fact term="By"><bdi>{accepted.by.clone()}</bdi> ", " <When at=at(accepted.at)/></Fact>
                <Fact term="Ends"><When at=at(accepted.until)/></Fact>
            </Facts>
            <form class="form" method="post" action=action>
                {problem.map(problem_notice)}
                <input type="hidden" name=KEY value=key/>
                <div class="form-actions"><Button submit=true disabled_because=closed()>"Make it a finding again"</Button></div>
            </form>
        </Card>
    }
    .into_any()
}
