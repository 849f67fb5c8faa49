//! What differs between a branch and production, by object, and the ways from one to the other.

use leptos::prelude::*;
use management_api::OperationId;

use super::{super::choice, merge, own_reference, reference};
use crate::{
    components::{
        error_view::error_view,
        head::Head,
        query::{Query, ask, loaded},
        settings::differing::differing,
    },
    error::ConsoleError,
    islands::{copy::CopyButton, live::Live},
    page::{Page, Sheet},
    paths,
    server_fns::{
        branches::{Differences, FunctionPair, branch_changes},
        settings::{AreaPair, compared},
    },
    settings::Area,
    sql::{Changed, Object, Statement, paint},
    ui::{
        ChangeCard, Empty, Icon, Mark, MarkBadge, Notice, Shape, TextField, Tone, capital,
        lines::{Code, Ink, Line, Part, Row, Sign, lines},
        sentence,
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/:branch/changes",
    title: "Changes",
    icon: Icon::Changed,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::DiffBranch),
    sheet: Some(Sheet::Build),
    view: || view! { <BranchChanges/> }.into_any(),
};

/// The groups, in the order of the page: which kinds of objects they hold.
const GROUPS: &[(&str, &[&str])] = &[
    ("Tables", &["table", "foreign table"]),
    ("Views", &["view", "materialized view"]),
    ("Functions", &["function"]),
    ("Policies", &["policy"]),
    ("Triggers", &["trigger", "event trigger", "rule"]),
    ("Types and indexes", &["type", "domain", "index", "sequence"]),
];
const OTHERS: &str = "Others";

#[component]
pub fn BranchChanges() -> impl IntoView {
    let (project, branch, schemas) = (reference(), own_reference(), choice("schemas"));
    let settings = (choice(SETTINGS) == "compared").then(|| {
        let (project, branch) = (project.clone(), branch.clone());
        ask(move || compared(project.clone(), branch.clone()))
    });
    let read = {
        let (project, branch, schemas) = (project.clone(), branch.clone(), schemas.clone());
        ask(move || branch_changes(project.clone(), branch.clone(), schemas.clone()))
    };
    let own = branch.clone();
    view! {
        <Head page=&PAGE actions=move || super::open(&own)/>
        {loaded("changes", read, Shape::Rows, move |read| drawn(&project, &schemas, settings, read))}
    }
}

/// The parameter of the address that asks for the settings as well.
const SETTINGS: &str = "settings";

fn drawn(project: &str, schemas: &str, settings: Option<Query<Vec<AreaPair>>>, read: Differences) -> AnyView {
    let line = super::facts(&read.branch);
    if read.branch.is_default {
        return view! {
            <div data-region="facts">{line}</div>
            <Empty icon=Icon::Branch title="This is production" sentence="Branches are compared with it; it is compared with nothing."/>
        }
        .into_any();
    }
    let here = paths::branch_changes(project, &read.branch.project_ref);
    // A database that is being made answers nothing yet, which is no error.
    let coming_up = read.shown.is_err() && read.branch.status.is_changing();
    if coming_up {
        return view! {
            <div data-region="facts">{line}</div>
            <div data-region="schema">
                <Live/>
                <Empty icon=Icon::Clock title="Not to be compared yet" sentence="The branch is being made. What differs is shown here as soon as its database answers."/>
            </div>
        }
        .into_any();
    }
    let panel = merge::panel(project, &read);
    let functions = functions(read.functions);
    let schema = schema(read.shown);
    let settings = compare_settings((project, &read.branch.project_ref), settings);
    view! {
        <div data-region="facts">{line}</div>
        <div class="with-doing">
            <div>
                {chosen(here, schemas)}
                <div data-region="schema">{schema}</div>
                <div data-region="functions">{functions}</div>
                {settings}
            </div>
            {panel}
        </div>
    }
    .into_any()
}

/// Which schemas are compared: a form whose choice stands in the address.
fn chosen(here: String, schemas: &str) -> AnyView {
    let all = (!schemas.is_empty()).then(|| here.clone());
    view! {
        <form class="changes-form" method="get" action=here role="search">
            <TextField
                name="schemas"
                label="Schemas"
                hint="Joined by commas; left empty, all that are not Supabase\u{2019}s own. A merge carries over all of them."
                value=schemas.to_owned()
                mono=true
            />
            <button class="button" type="submit">"Compare"</button>
            {all.map(|all| view! { <a class="link" href=all>"All schemas"</a> })}
        </form>
    }
    .into_any()
}

fn schema(shown: Result<(Vec<Object>, String), ConsoleError>) -> AnyView {
    let (objects, sql) = match shown {
        Ok(shown) => shown,
        Err(error) => return view! { <h2>"The schema could not be compared"</h2> {error_view(error)} }.into_any(),
    };
    if objects.is_empty() {
        return view! {
            <Empty icon=Icon::Same title="No schema differs" sentence="Tables, functions, policies and types are the same on both sides."/>
        }
        .into_any();
    }
    let count = |wanted: &[Changed]| objects.iter().filter(|object| wanted.contains(&object.changed)).count();
    let (added, removed) = (count(&[Changed::Added]), count(&[Changed::Removed]));
    let changed = count(&[Changed::Altered, Changed::Replaced]);
    let nouns = if objects.len() == 1 {
        "object differs"
    } else {
        "objects differ"
    };
    let warning = losing(&objects);
    let groups: Vec<_> = GROUPS
        .iter()
        .map(|(title, kinds)| {
            (
                *title,
                objects
                    .iter()
                    .filter(|one| kinds.contains(&&*one.kind))
                    .collect::<Vec<_>>(),
            )
        })
        .chain([(
            OTHERS,
            objects
                .iter()
                .filter(|one| GROUPS.iter().all(|(_, kinds)| !kinds.contains(&&*one.kind)))
                .collect(),
        )])
        .filter(|(_, objects)| !objects.is_empty())
        .map(|(title, objects)| group(title, &objects))
        .collect();
    view! {
        <div class="toolbar changes-bar">
            <p class="changes-sum">
                <b>{format!("{} {nouns}", objects.len())}</b>
                <MarkBadge mark=Mark::Added word=format!("{added} added")/>
                <MarkBadge mark=Mark::Changed word=format!("{changed} changed")/>
                <MarkBadge mark=Mark::Removed word=format!("{removed} removed")/>
            </p>
            <CopyButton value=sql what="SQL of all that is shown".to_owned()/>
        </div>
        {warning}
        {groups}
    }
    .into_any()
}

/// The statements that lose rows, each a way to its place.
fn losing(objects: &[Object]) -> Option<AnyView> {
    let all: usize = objects.iter().map(|object| object.statements.len()).sum();
    let found: Vec<(String, String)> = objects
        .iter()
        .flat_map(|object| {
            object
                .statements
                .iter()
                .filter(|one| one.loses())
                .map(|one| (id(object), one.text.clone()))
        })
        .collect();
    let title = match found.len() {
        0 => return None,
        1 => format!("1 of {all} statements loses data on production"),
        count => format!("{count} of {all} statements lose data on production"),
    };
    let item = |(id, text): (String, String)| view! { <li><a href=format!("#{id}")><code>{text}</code></a></li> };
    let items: Vec<_> = found.into_iter().map(item).collect();
    Some(view! { <Notice tone=Tone::Error title><ul class="danger-list">{items}</ul></Notice> }.into_any())
}

fn group(title: &'static str, objects: &[&Object]) -> AnyView {
    let count = objects.len();
    let cards: Vec<_> = objects.iter().map(|object| card(object)).collect();
    view! { <h2 class="change-group">{title} " " <span class="quiet">{count}</span></h2> {cards} }.into_any()
}

/// Of what is long only what loses something stands open.
const OPEN: usize = 30;

fn card(object: &Object) -> AnyView {
    let (rows, adds, dels) = rows(&object.statements);
    let (mark, word) = match object.changed {
        Changed::Added => (Mark::Added, ""),
        Changed::Altered => (Mark::Changed, ""),
        Changed::Removed => (Mark::Removed, ""),
        Changed::Replaced => (Mark::Changed, "New or changed"),
    };
    let danger = object.loses().then(|| "Loses data".to_owned());
    let open = object.loses() || adds + dels <= OPEN;
    let label = format!("Statements on {}", object.name);
    view! {
        <ChangeCard id=id(object) mark word name=object.name.clone() kind=object.kind.clone() danger delta=(adds, dels) open>
            {lines(Code::Sql, &label, rows)}
        </ChangeCard>
    }
    .into_any()
}

/// A place on the page: letters and digits.
fn id(object: &Object) -> String {
    let name: String = object
        .name
        .chars()
        .map(|one| if one.is_alphanumeric() { one } else { '-' })
        .collect();
    format!("{}-{name}", object.kind.replace(' ', "-"))
}

/// The statements in lines, what each does below it, and how many lines come and go.
fn rows(statements: &[Statement]) -> (Vec<Row>, usize, usize) {
    let (mut rows, mut number, mut adds, mut dels) = (Vec::new(), 0, 0, 0);
    for statement in statements {
        let sign = if statement.drops() { Sign::Del } else { Sign::Add };
        let mut painted = paint(&statement.text);
        if let Some(last) = painted.last_mut() {
            last.push(Part::new(Ink::Plain, ";"));
        }
        for parts in painted {
            number += 1;
            match sign {
                Sign::Del => dels += 1,
                Sign::Add | Sign::Same | Sign::Mod => adds += 1,
            }
            let line = Line {
                numbers: (Some(number), None),
                sign,
                danger: statement.loses(),
                parts,
                ..Line::default()
            };
            rows.push(Row::Line(line));
        }
        for deed in &statement.deeds {
            let tone = if deed.loses { Tone::Error } else { Tone::Warning };
            let text = if deed.loses {
                format!("{} Only a backup brings it back.", sentence(&deed.does))
            } else {
                sentence(&deed.does)
            };
            rows.push(Row::Note { tone, text });
        }
    }
    (rows, adds, dels)
}

fn functions(pairs: Result<Vec<FunctionPair>, ConsoleError>) -> AnyView {
    let pairs = match pairs {
        Ok(pairs) => pairs,
        Err(error) => {
            return view! { <h2 class="change-group">"Edge Functions could not be compared"</h2> {error_view(error)} }
                .into_any();
        }
    };
    if pairs.is_empty() {
        return view! { <h2 class="change-group">"Edge Functions"</h2> <p class="hint">"None differs."</p> }.into_any();
    }
    let count = pairs.len();
    let rows: Vec<_> = pairs.iter().map(function).collect();
    view! {
        <h2 class="change-group">"Edge Functions" " " <span class="quiet">{count}</span></h2>
        <ul class="function-pairs" aria-label="Edge Functions that differ">{rows}</ul>
    }
    .into_any()
}

fn function(pair: &FunctionPair) -> AnyView {
    let side = |one: &Option<management_api::functions::Function>| match one {
        Some(one) => {
            let digest = one
                .ezbr_sha256
                .as_deref()
                .map(|digest| digest.chars().take(8).collect::<String>());
            format!("v{} {}", one.version, digest.unwrap_or_default())
        }
        None => "\u{2014}".to_owned(),
    };
    let (mark, differs) = match (&pair.production, &pair.branch) {
        (None, _) => (Mark::Added, vec!["Only on the branch"]),
        (_, None) => (Mark::Removed, vec!["Only on production; a merge leaves it there"]),
        (Some(there), Some(here)) => {
            let parts = [
                (there.ezbr_sha256 != here.ezbr_sha256, "source"),
                (there.verify_jwt != here.verify_jwt, "JWT check"),
                (there.name != here.name, "name"),
            ];
            (
                Mark::Changed,
                parts
                    .into_iter()
                    .filter(|(differs, _)| *differs)
                    .map(|(_, word)| word)
                    .collect(),
            )
        }
    };
    view! {
        <li>
            <MarkBadge mark/>
            <code>{pair.slug.clone()}</code>
            <span><span class="quiet">"Production "</span><code>{side(&pair.production)}</code></span>
            <span><span class="quiet">"Branch "</span><code>{side(&pair.branch)}</code></span>
            <span class="quiet">{capital(&differs.join(", "))}</span>
        </li>
    }
    .into_any()
}

/// The settings that differ, where they were asked for, else the way to them.
fn compare_settings((project, branch): (&str, &str), settings: Option<Query<Vec<AreaPair>>>) -> AnyView {
    let (project, branch) = (project.to_owned(), branch.to_owned());
    let Some(settings) = settings else {
        let here = paths::branch_changes(&project, &branch);
        let calls = 2 * Area::ALL.len();
        return view! {
            <h2 class="change-group">"Settings"</h2>
            <p class="hint">
                "A merge leaves them alone. " <a class="link" href=format!("{here}?{SETTINGS}=compared")>"Compare the settings"</a>
                {format!(" of both, by {calls} calls.")}
            </p>
        }
        .into_any();
    };
    loaded("settings", settings, Shape::Rows, move |pairs| {
        differing(&paths::compare(&project, &branch), pairs)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::changes;

    #[test]
    fn what_is_lost_is_said_below_its_line() {
        let sql = "alter table a add column b int;\nalter table a drop column c;\ngrant select on a to anon";
        let objects = changes(sql);
        let [object] = objects.as_slice() else {
            panic!("{objects:?}")
        };
        let (rows, adds, dels) = rows(&object.statements);
        assert_eq!((adds, dels), (2, 1));
        let notes = rows.iter().filter_map(|row| match row {
            Row::Note { tone, text } => Some((*tone, text.as_str())),
            Row::Line(_) | Row::Gap(_) => None,
        });
        let notes: Vec<_> = notes.collect();
        assert_eq!(
            notes,
            [
                (Tone::Error, "Drops the column c of a. Only a backup brings it back."),
                (Tone::Warning, "Gives rights to anon."),
            ]
        );
    }
}
