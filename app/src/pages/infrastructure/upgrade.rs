//! The upgrade of Postgres: what it can go to, what stands in the way, what changes with it, and its steps while it runs.

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{UpgradeEligibility, UpgradeFinding, UpgradeTarget},
};
use time::OffsetDateTime;

use super::{
    bare,
    findings::{Told, obstacle, warning},
    lives::Life,
    progress,
};
use crate::{
    backend::name_of,
    components::{
        effects::{effect, effects},
        error_view::{error_view, problem},
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{FormState, OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        when::When,
    },
    islands::copy::CopyButton,
    page::{Page, Sheet},
    pages::{backups::newest, parameter},
    paths,
    server_fns::upgrades::{Upgradable, upgrade_of},
    ui::{ButtonKind, ButtonLink, Card, Choice, Icon, Notice, SelectField, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/infrastructure/upgrade",
    title: "Postgres upgrade",
    icon: Icon::Upload,
    group: None,
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::GetUpgradeEligibility),
    sheet: Some(Sheet::Run),
    view: || view! { <PostgresUpgrade/> }.into_any(),
};

#[component]
pub fn PostgresUpgrade() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || upgrade_of(project.clone()))
    };
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=paths::VERSIONS icon=Icon::Server>"Versions of all projects"</ButtonLink> }
        />
        {loaded("upgrade", read, Shape::Facts, move |all| drawn(&project, &all))}
    }
}

fn drawn(project: &str, all: &Upgradable) -> AnyView {
    let now = OffsetDateTime::now_utc();
    let latest = match &all.latest {
        Ok(Some(upgrade)) if progress::runs(upgrade) => {
            return view! { <div class="stack">{progress::under_way(upgrade, now)}</div> }.into_any();
        }
        Ok(Some(upgrade)) => Some(progress::outcome(upgrade)),
        Ok(None) => None,
        Err(error) => {
            let why = problem(error).text;
            Some(
                view! { <Notice tone=Tone::Warning title="Whether an upgrade runs could not be read">{why}</Notice> }
                    .into_any(),
            )
        }
    };
    let body = match &all.eligibility {
        Ok(eligibility) => eligible(project, eligibility, all, now),
        Err(error) => error_view(error.clone()),
    };
    view! { <div class="stack">{latest} {body}</div> }.into_any()
}

fn eligible(project: &str, eligibility: &UpgradeEligibility, all: &Upgradable, now: OffsetDateTime) -> AnyView {
    let current = bare(&eligibility.current_app_version).to_owned();
    let (blocked, changes) = (in_the_way(eligibility), what_changes(eligibility));
    let form = form(project, eligibility);
    let life = Life::of(&current, now);
    let support = life.map(|life| {
        let says = life.says();
        match life {
            Life::Over(_) => view! { <b>"Over"</b> " " {says} }.into_any(),
            Life::EndsSoon(_) => view! { <b>"Ends within a year"</b> " " {says} }.into_any(),
            Life::Lives(_) => view! { <b>"Looked after"</b> " " {says} }.into_any(),
        }
    });
    let support = support.map(|support| view! { <div><dt>"Community support"</dt><dd>{support}</dd></div> });
    let (newest_image, channel) = (
        bare(&eligibility.latest_app_version).to_owned(),
        eligibility.current_app_version_release_channel.clone(),
    );
    let facts = view! {
        <dl class="figures">
            <div><dt>"Runs"</dt><dd><b>{current}</b> " " {channel}</dd></div>
            <div><dt>"Newest"</dt><dd><b>{newest_image}</b></dd></div>
            {support}
            <div><dt>"In the way"</dt><dd><b>{eligibility.validation_errors.len()}</b></dd></div>
        </dl>
    };
    let backup = backup(project, all);
    let hours = lasts(eligibility.duration_estimate_hours);
    view! {
        {facts}
        <WithMargin margin=move || view! {
            <Note term="How long">{hours}</Note>
            <Note term="Newest backup">{backup}</Note>
            <Note term="The way back">"While it runs, an upgrade that fails goes back by itself. Afterwards only a restore leads back."</Note>
            <Note term="Not known here">"Whether your clients want a certain version."</Note>
        }>
            <div class="stack">{blocked} {changes} {form}</div>
        </WithMargin>
    }
    .into_any()
}

fn lasts(hours: f64) -> String {
    if hours <= 0.0 {
        return "Supabase does not tell.".to_owned();
    }
    let minutes = (hours * 60.0).round();
    let about = if minutes < 90.0 {
        format!("{minutes} minutes")
    } else {
        format!("{hours:.1} hours").replace(".0", "")
    };
    format!("About {about} by Supabase\u{2019}s estimate. The project answers nobody meanwhile.")
}

fn backup(project: &str, all: &Upgradable) -> AnyView {
    let href = paths::backups(project);
    let said = match &all.backups {
        Ok(backups) if backups.pitr_enabled => "Every second can be gone back to.".into_any(),
        Ok(backups) => match newest(&backups.backups) {
            Some(backup) => {
                let at = backup.inserted_at.clone();
                view! { "Begun " <When at/> "." }.into_any()
            }
            None => "There is none: nothing to go back to if the upgraded database turns out wrong.".into_any(),
        },
        Err(error) => format!("Not known: {error}").into_any(),
    };
    view! { {said} " " <a class="link" href=href>"Backups"</a> }.into_any()
}

fn in_the_way(eligibility: &UpgradeEligibility) -> Option<AnyView> {
    let mut told: Vec<Told> = eligibility.validation_errors.iter().map(obstacle).collect();
    if !eligibility.legacy_auth_custom_roles.is_empty() {
        told.push(Told {
            title: "Roles keep their passwords in an old way".to_owned(),
            names: eligibility.legacy_auth_custom_roles.clone(),
            means: "They could not sign in after the upgrade: the newer version knows only scram-sha-256.",
            cure: "Set a new password for each of them.".to_owned(),
            sql: None,
        });
    }
    let count = told.len();
    (count > 0).then(|| {
        findings(
            "in-the-way",
            "In the way",
            count,
            "Supabase refuses until these are gone",
            "error",
            told,
        )
    })
}

fn what_changes(eligibility: &UpgradeEligibility) -> Option<AnyView> {
    let told: Vec<Told> = eligibility
        .warnings
        .iter()
        .map(|finding: &UpgradeFinding| warning(finding))
        .collect();
    let count = told.len();
    (count > 0).then(|| {
        findings(
            "changes",
            "What changes with it",
            count,
            "By Supabase\u{2019}s answer",
            "warning",
            told,
        )
    })
}

fn findings(
    id: &'static str,
    title: &'static str,
    count: usize,
    hint: &'static str,
    tone: &'static str,
    told: Vec<Told>,
) -> AnyView {
    let rows: Vec<_> = told.into_iter().map(finding).collect();
    view! {
        <section class="part" aria-labelledby=id>
            <div class="part-head"><h2 id=id>{title} " " <span class="count">{count}</span></h2><p class="hint">{hint}</p></div>
            <ul class="findings" data-tone=tone>{rows}</ul>
        </section>
    }
    .into_any()
}

fn finding(told: Told) -> AnyView {
    let names: Vec<_> = told
        .names
        .into_iter()
        .map(|name| view! { <li><code>{name}</code></li> })
        .collect();
    let names = (!names.is_empty()).then(|| view! { <ul class="finding-names">{names}</ul> });
    let sql = told.sql.map(|sql| {
        view! { <div class="finding-sql"><pre class="code"><code>{sql.clone()}</code></pre><CopyButton value=sql what="SQL".to_owned()/></div> }
    });
    view! {
        <li>
            <h3>{told.title}</h3>
            {names}
            <p>{told.means}</p>
            <p><b>"Way out: "</b> {told.cure}</p>
            {sql}
        </li>
    }
    .into_any()
}

/// As it is shown in the choice.
fn label(target: &UpgradeTarget) -> String {
    let channel = match target.release_channel.as_str() {
        "" | "ga" => String::new(),
        other => format!(", {other}"),
    };
    format!("{}{channel}", bare(&target.app_version))
}

fn form(project: &str, eligibility: &UpgradeEligibility) -> AnyView {
    let targets = &eligibility.target_upgrade_versions;
    if targets.is_empty() {
        return view! {
            <Notice tone=Tone::Success title="The newest version runs">"There is nothing to upgrade to."</Notice>
        }
        .into_any();
    }
    let choices = targets
        .iter()
        .rev()
        .map(|target| Choice::new(bare(&target.app_version), label(target)))
        .collect();
    let state = FormState::of(OperationId::UpgradePostgres, "");
    let chosen = state
        .typed("target_version")
        .and_then(|typed| typed.into_iter().next())
        .unwrap_or_default();
    let closed = match (eligibility.eligible, eligibility.validation_errors.len()) {
        (true, _) => None,
        (false, 0) => Some(
            "Supabase says that the project cannot be upgraded now, and not why. Only a healthy project can be."
                .to_owned(),
        ),
        (false, 1) => Some("One thing is in the way.".to_owned()),
        (false, count) => Some(format!("{count} things are in the way.")),
    };
    let does = effects(vec![
        effect(
            Tone::Error,
            Icon::Pause,
            "Stops the project.",
            "Database, APIs and functions answer nobody until it is over.",
        ),
        effect(
            Tone::Warning,
            Icon::Undo,
            "No way back.",
            "The older version does not read the upgraded data: only a restore leads back.",
        ),
        effect(
            Tone::Neutral,
            Icon::Clock,
            "Slower at first.",
            "Queries may be slow until the database has counted its rows anew (ANALYZE).",
        ),
    ]);
    let here = paths::upgrade(project);
    let thing = Thing::Project {
        name: name_of(project),
        reference: project.to_owned(),
    };
    let reference = project.to_owned();
    view! {
        <Card title="Upgrade" danger=true>
            {does}
            <OperationForm
                operation=OperationId::UpgradePostgres
                next=here.clone()
                back=here
                submit="Stop the project and upgrade"
                kind=ButtonKind::Danger
                thing=Some(thing)
                disabled_because=closed
            >
                <ProjectRef reference/>
                <SelectField name="target_version" label="To" choices value=chosen/>
            </OperationForm>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_are_told_in_minutes_and_then_in_hours() {
        assert!(lasts(0.25).starts_with("About 15 minutes"));
        assert!(lasts(1.0).starts_with("About 60 minutes"));
        assert!(lasts(2.0).starts_with("About 2 hours"));
        assert!(lasts(2.5).starts_with("About 2.5 hours"));
        assert_eq!(lasts(0.0), "Supabase does not tell.");
    }
}
