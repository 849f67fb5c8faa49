//! The form of a configuration: one for all of its settings, so that one review covers them.

use leptos::prelude::*;

use super::{Typed, closed, ranges::lockout, row::row};
use crate::{
    components::{context::Context, copyable::Copyable, error_view::here},
    form::BACK,
    paths,
    plan::{
        Kind,
        settings::{AREA, PROJECT},
    },
    settings::{Area, Group, Section, current::Current},
    ui::{Button, ButtonKind, Fact, Facts, Glyph, Icon, SearchField, later, problem_notice},
};

pub fn form(area: &'static Area, project: &str, now: &Current, typed: &Typed) -> AnyView {
    let closed = closed(area);
    let problem = typed.state.problem().map(problem_notice);
    let whole = problem.is_some() || typed.edited.is_some();
    let groups: Vec<_> = area
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let called = called_back(area, group, project);
            let drawn = shown(area, group, (now, typed), called, closed.is_some());
            if at == 0 || whole { drawn } else { later(drawn) }
        })
        .collect();
    let (other, lockout) = (other(now), lockout(area, now, typed));
    let other = if whole || area.groups.len() == 1 {
        other
    } else {
        other.map(later)
    };
    let disabled_because = closed.clone();
    view! {
        <form class="settings-form" id="settings" method="post" enctype="multipart/form-data" action=paths::draw_up(Kind::Settings)>
            <input type="hidden" name=BACK value=here()/>
            <input type="hidden" name=AREA value=area.key/>
            <input type="hidden" name=PROJECT value=project.to_owned()/>
            <settings-form class="settings" data-single=area.groups.len() == 1>
                {menu(area)}
                <div class="settings-body">
                    {problem}
                    {lockout}
                    <p class="found-line" hidden=true role="status"></p>
                    {groups}
                    {other}
                    <div class="dock" role="region" aria-label="What is changed">
                        <Glyph icon=Icon::Edit/>
                        <p class="dock-what"><b data-count="">"Change what you like"</b><span class="dock-names">"Nothing is sent before you have seen it."</span></p>
                        <div class="actions">
                            <button class="button button-ghost" type="button" data-only="" hidden=true aria-pressed="false">"Only changed"</button>
                            <button class="button button-ghost" type="reset">"Discard"</button>
                            <Button kind=ButtonKind::Primary submit=true disabled_because>"Review"</Button>
                        </div>
                    </div>
                </div>
                <aside class="margin" aria-label="About this page">
                    <dl>
                        <div><dt>"Takes effect"</dt><dd>{area.takes_effect}</dd></div>
                        <div><dt>"In several projects"</dt><dd><a class="link" href=paths::bulk(area.key, "")>"Change one setting in many"</a></dd></div>
                        <div><dt>"Read from Supabase"</dt><dd>{match area.settings().count() { 1 => "1 setting".to_owned(), count => format!("{count} settings") }} ", by "<code>{area.read.as_str()}</code></dd></div>
                    </dl>
                </aside>
            </settings-form>
        </form>
    }
    .into_any()
}

/// What a group's heading is found by.
fn id(group: &Group) -> String {
    group
        .title
        .to_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// The page's own menu; nothing where it would have one entry.
fn menu(area: &'static Area) -> Option<AnyView> {
    let entry = |group: &'static Group| {
        view! {
            <li><a href=format!("#{}", id(group))><span class="clip">{group.title}</span><span class="groups-changed" hidden=true></span></a></li>
        }
    };
    let many = area.groups.len() > 1;
    many.then(|| {
        view! {
            <nav class="groups" aria-label="Groups of settings">
                <div class="groups-search"><SearchField name="_search" label="Find a setting" keys="/"/></div>
                <ul>{area.groups.iter().map(entry).collect_view()}</ul>
            </nav>
        }
        .into_any()
    })
}

/// What has to be entered at those who send people back, above their group.
fn called_back(area: &Area, group: &Group, project: &str) -> Option<AnyView> {
    let host = Context::current().project_host(project);
    let address = format!("https://{host}/auth/v1/callback");
    let hostname = paths::settings(project, "hostname");
    (area.called_back == Some(group.title)).then(|| {
        view! {
            <div class="called-back">
                <Facts><Fact term="Callback address"><Copyable value=address what="callback address"/></Fact></Facts>
                <p class="hint">"Enter it at each provider; with a "<a class="link" href=hostname>"custom hostname"</a>" also the one under that name. What a provider gives out in return, its client id and secret, goes in here."</p>
            </div>
        }
        .into_any()
    })
}

fn shown(
    area: &'static Area,
    group: &'static Group,
    (now, typed): (&Current, &Typed),
    called_back: Option<AnyView>,
    closed: bool,
) -> AnyView {
    let section = |section: &'static Section| {
        let rows: Vec<_> = section
            .settings
            .iter()
            .map(|setting| row(area, setting, now, typed, closed))
            .collect();
        view! {
            <section class="setting-group" aria-label=if section.title.is_empty() { group.title } else { section.title }>
                {(!section.title.is_empty()).then(|| view! { <h3>{section.title}</h3> })}
                <div class="settings-list">{rows}</div>
            </section>
        }
    };
    // A page of one group that is called as the page is.
    let repeats = area.groups.len() == 1 && area.title.contains(group.title);
    view! {
        <div class="settings-part" id=id(group)>
            <h2 class:visually-hidden=repeats>{group.title}</h2>
            {called_back}
            {group.sections.iter().map(section).collect_view()}
        </div>
    }
    .into_any()
}

/// What the answer holds that no setting stands for: nothing that the API tells is hidden.
fn other(now: &Current) -> Option<AnyView> {
    let row = |(name, value): &(String, Option<String>)| {
        let value = value.clone();
        view! {
            <div><dt><code>{name.clone()}</code></dt><dd>{match value {
                Some(value) if value == "null" => "Not set".into_any(),
                Some(value) => view! { <code><bdi>{value}</bdi></code> }.into_any(),
                None => "Not shown: it may be secret.".into_any(),
            }}</dd></div>
        }
    };
    (!now.other.is_empty()).then(|| {
        view! {
            <div class="settings-part">
                <h2>"Other"</h2>
                <p class="hint">"Supabase tells these as well. They stand here as they came, and cannot be changed on this page."</p>
                <dl class="settings-other">{now.other.iter().map(row).collect_view()}</dl>
            </div>
        }
        .into_any()
    })
}
