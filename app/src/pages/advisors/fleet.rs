//! What the advisors find in all projects: a project a row, a finding a column, the worst first.

use std::{cmp::Reverse, collections::BTreeMap};

use leptos::prelude::*;
use management_api::OperationId;

use super::{count, words};
use crate::{
    advice::{Finding, Level},
    components::{
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::left_out,
    paths,
    server_fns::advisors::{AdviceFleet, AdviceRow, PROJECTS, advice_everywhere},
    ui::{Badge, ButtonLink, Choice, Empty, Glyph, Icon, Shape, Tone, alphabetical},
};

/// It makes two calls for each project, [`PROJECTS`] of them at most.
pub const PAGE: Page = Page {
    route: "/advisors",
    title: "Advisors of all projects",
    icon: Icon::Shield,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: Some(Sheet::Run),
    view: || view! { <AllAdvisors/> }.into_any(),
};

/// Findings that have a column of their own, the worst of them.
const COLUMNS: usize = 12;

#[component]
pub fn AllAdvisors() -> impl IntoView {
    let all = ask(advice_everywhere);
    view! {
        <Head
            page=&PAGE
            hint="What Supabase\u{2019}s advisors find about security and speed in each project, the worst first."
            actions=move || view! { <ButtonLink href=paths::ADVISORS_CSV icon=Icon::Download>"CSV"</ButtonLink> }
        />
        {loaded("fleet", all, Shape::Rows, drawn)}
    }
}

/// A rule that something was found by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    name: String,
    title: String,
    level: Level,
}

/// The rules of all findings that are not accepted, the worst and the most frequent first.
fn rules(rows: &[AdviceRow]) -> Vec<Rule> {
    let mut found: BTreeMap<&str, (Rule, usize)> = BTreeMap::new();
    let open = rows
        .iter()
        .flat_map(|row| &row.findings)
        .filter(|finding| finding.accepted.is_none());
    for Finding { lint, .. } in open {
        let rule = || Rule {
            name: lint.name.clone(),
            title: lint.title.clone(),
            level: Level::of(&lint.level),
        };
        found.entry(&lint.name).or_insert_with(|| (rule(), 0)).1 += 1;
    }
    let mut rules: Vec<_> = found.into_values().collect();
    rules.sort_by_key(|(rule, count)| (rule.level, Reverse(*count)));
    rules.into_iter().map(|(rule, _)| rule).collect()
}

/// How much a project worries: errors, warnings and notes that are not accepted.
fn worry(row: &AdviceRow) -> [usize; 3] {
    [Level::Error, Level::Warning, Level::Note].map(|level| count(&row.findings, level))
}

fn drawn(all: AdviceFleet) -> AnyView {
    let rules = rules(&all.rows);
    let total = |level| all.rows.iter().map(|row| count(&row.findings, level)).sum::<usize>();
    let projects = |level| all.rows.iter().filter(|row| count(&row.findings, level) > 0).count();
    let figure = |label: &'static str, level: Level| {
        let (count, of) = (total(level), projects(level));
        let of = if of == 1 {
            "in 1 project".to_owned()
        } else {
            format!("in {of} projects")
        };
        view! { <div><dt>{label}</dt><dd><b>{count}</b> " " {of}</dd></div> }
    };
    let accepted = all
        .rows
        .iter()
        .flat_map(|row| &row.findings)
        .filter(|finding| finding.accepted.is_some());
    let accepted = accepted.count();
    let asked = all.rows.len();
    let whole = all.rows.iter().filter(|row| row.failed.is_empty()).count();
    let mut said = if rules.len() > COLUMNS {
        format!("{} more kinds stand under Others.", rules.len() - COLUMNS)
    } else {
        String::new()
    };
    said += &left_out(all.paused, all.beyond, PROJECTS, "two calls");
    let figures = view! {
        <dl class="figures">
            {figure("Errors", Level::Error)}
            {figure("Warnings", Level::Warning)}
            {figure("Notes", Level::Note)}
            <div><dt>"Accepted"</dt><dd><b>{accepted}</b></dd></div>
            <div><dt>"Looked at in full"</dt><dd><b>{whole}</b> {format!(" of {asked}")}</dd></div>
        </dl>
    };
    let said = said.trim().to_owned();
    let list = list(&rules).note(move || view! { <p class="hint">{said}</p> });
    view! { <div class="stack">{figures} <div>{list.draw(all.rows)}</div></div> }.into_any()
}

fn list(rules: &[Rule]) -> List<AdviceRow> {
    let list = List::new(("project", "projects"), paths::ADVISORS, |row: &AdviceRow| {
        row.reference.clone()
    })
    .segments(
        "show",
        vec![
            Segment {
                word: "errors",
                label: "With errors",
                fits: |row| count(&row.findings, Level::Error) > 0,
            },
            Segment {
                word: "new",
                label: "Something new",
                fits: |row| row.findings.iter().any(|finding| finding.new),
            },
            Segment {
                word: "unread",
                label: "Not looked at",
                fits: |row| !row.failed.is_empty(),
            },
        ],
    )
    .search("Search by project, object or finding", |row| {
        let findings = row.findings.iter();
        let texts = findings.flat_map(|one| [one.lint.title.clone(), one.object().unwrap_or_default()]);
        [row.name.clone(), row.reference.clone()]
            .into_iter()
            .chain(texts)
            .collect()
    })
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.organization, crate::backend::name_of(&row.organization))
    })
    .order("worst", "The worst first", |a, b| {
        // Of those that are alike, what was not looked at comes first.
        let key = |row: &AdviceRow| (Reverse(worry(row)), row.failed.is_empty(), row.name.to_lowercase());
        key(a).cmp(&key(b))
    })
    .order("name", "Sort by name", |a, b| alphabetical(&a.name, &b.name))
    .column("Project", |row| {
        let (href, name) = (paths::advisors(&row.reference), row.name.clone());
        view! { <a class="row-link cut" href=href title=name.clone()><bdi>{name.clone()}</bdi></a> }
    })
    .column("In all", in_all)
    .empty(|| {
        view! {
            <Empty icon=Icon::Shield title="No project runs" sentence="Only projects that run are looked at.">
                <ButtonLink href=paths::PROJECTS>"All projects"</ButtonLink>
            </Empty>
        }
    });
    let own: Vec<_> = rules.iter().take(COLUMNS).cloned().collect();
    let list = own.iter().cloned().fold(list, |list, rule| {
        let (head, one) = (rule.clone(), rule.clone());
        list.place(
            rule.title.clone(),
            move || heading(&head),
            {
                let rule = rule.clone();
                move |row| is(row, &found(row, &rule))
            },
            move |row| cell(row, &one),
        )
    });
    if rules.len() <= COLUMNS {
        return list;
    }
    let (one, other) = (own.clone(), own);
    let others = |row: &AdviceRow, own: &[Rule]| {
        let open = row.findings.iter().filter(|finding| finding.accepted.is_none());
        open.filter(|finding| own.iter().all(|rule| rule.name != finding.lint.name))
            .count()
    };
    list.place(
        "Others".to_owned(),
        || view! { <span class="m-head"><span class="m-rule">"Others"</span></span> }.into_any(),
        move |row| if others(row, &one) == 0 { "none" } else { "note" },
        move |row| match others(row, &other) {
            0 => ().into_any(),
            count => {
                let href = paths::advisors(&row.reference);
                view! { <a class="m-cell" href=href>{count}</a> }.into_any()
            }
        },
    )
}

fn in_all(row: &AdviceRow) -> AnyView {
    let unread: Vec<&str> = row.failed.iter().map(|(kind, _)| kind.word()).collect();
    let unread = (!unread.is_empty()).then(|| {
        let why = row.failed.first().map(|(_, error)| error.to_string()).unwrap_or_default();
        view! { <span title=why><Badge plain=true tone=Tone::Neutral icon=Icon::Question word=format!("{} not read", unread.join(", "))/></span> }
    });
    let worry = worry(row);
    if worry == [0; 3] && unread.is_none() {
        return view! { <Badge plain=true tone=Tone::Success icon=Icon::CheckCircle word="Nothing found"/> }.into_any();
    }
    let counts: Vec<_> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .zip(worry)
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| {
            let (tone, icon, word) = words(level);
            let said = format!(" {}", word.to_lowercase());
            view! {
                <span class="state" data-tone=tone.as_str()><Glyph icon/>{count}<span class="visually-hidden">{said}</span></span>
            }
        })
        .collect();
    view! { <span class="m-counts">{counts} {unread}</span> }.into_any()
}

fn heading(rule: &Rule) -> AnyView {
    let (_, icon, word) = words(rule.level);
    view! {
        <span class="m-head" title=rule.name.clone()>
            <span class="m-rule">{rule.title.clone()}</span>
            <span class="m-under"><span class="m-sub"><Glyph icon/>{word}</span></span>
        </span>
    }
    .into_any()
}

/// What was found by a rule in a project.
struct Found {
    open: usize,
    accepted: usize,
    level: Level,
}

fn found(row: &AdviceRow, rule: &Rule) -> Found {
    let all = row.findings.iter().filter(|finding| finding.lint.name == rule.name);
    let (accepted, open): (Vec<_>, Vec<_>) = all.partition(|finding| finding.accepted.is_some());
    Found {
        open: open.len(),
        accepted: accepted.len(),
        level: rule.level,
    }
}

fn is(row: &AdviceRow, found: &Found) -> &'static str {
    match (found.open, found.accepted) {
        // One of the two lists may hold it.
        (0, 0) if row.failed.is_empty() => "none",
        (0, 0) => "closed",
        (0, _) => "accepted",
        _ => found.level.as_str(),
    }
}

fn cell(row: &AdviceRow, rule: &Rule) -> AnyView {
    let found = found(row, rule);
    let (icon, count) = match (found.open, found.accepted) {
        (0, 0) if row.failed.is_empty() => {
            return view! { <span class="m-cell"><span class="visually-hidden">"None"</span></span> }.into_any();
        }
        (0, 0) => {
            return view! { <span class="m-cell"><Glyph icon=Icon::Question/><span class="visually-hidden">"Not known"</span></span> }
                .into_any();
        }
        (0, accepted) => (Icon::Check, accepted),
        (open, _) => (words(found.level).1, open),
    };
    let accepted = (found.open == 0).then(|| view! { <span class="visually-hidden">" accepted"</span> });
    let href = paths::findings_of(&row.reference, &rule.name);
    let of = format!(" of {}", row.name);
    view! {
        <a class="m-cell" href=href><Glyph icon/>{count}{accepted}<span class="visually-hidden">{of}</span></a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        advice::{Acceptance, Known, tests::lint},
        error::ConsoleError,
        server_fns::advisors::Kind,
    };

    fn row(findings: &[(&str, &str, &str)], accepted: &[&str]) -> AdviceRow {
        let acceptance = Acceptance {
            reason: String::new(),
            by: String::new(),
            at: 0,
            until: 0,
        };
        let known = Known {
            accepted: accepted
                .iter()
                .map(|key| ((*key).to_owned(), acceptance.clone()))
                .collect(),
            ..Known::default()
        };
        let finding = |(name, level, table): &(&str, &str, &str)| Finding::of(lint(name, level, table), &known, 0);
        AdviceRow {
            findings: findings.iter().map(finding).collect(),
            ..AdviceRow::default()
        }
    }

    #[test]
    fn the_worst_and_the_most_frequent_rules_come_first() {
        let rows = [
            row(&[("a", "INFO", "t"), ("b", "WARN", "t"), ("b", "WARN", "u")], &[]),
            row(
                &[("c", "WARN", "t"), ("d", "ERROR", "t"), ("e", "ERROR", "t")],
                &["e_t"],
            ),
        ];
        let order: Vec<String> = rules(&rows).into_iter().map(|rule| rule.name).collect();
        assert_eq!(order, ["d", "b", "c", "a"], "what is accepted has no column");
        assert!(worry(&rows[1]) > worry(&rows[0]));
    }

    #[test]
    fn what_was_not_looked_at_is_never_none() {
        let rule = |name: &str| Rule {
            name: name.to_owned(),
            title: String::new(),
            level: Level::Error,
        };
        let of = |row: &AdviceRow, name: &str| is(row, &found(row, &rule(name)));
        let fine = row(&[("a", "ERROR", "t"), ("b", "ERROR", "t")], &["b_t"]);
        assert_eq!(
            [of(&fine, "a"), of(&fine, "b"), of(&fine, "c")],
            ["error", "accepted", "none"]
        );
        let unread = AdviceRow {
            failed: vec![(Kind::Performance, ConsoleError::Busy)],
            ..fine
        };
        assert_eq!([of(&unread, "a"), of(&unread, "c")], ["error", "closed"]);
    }
}
