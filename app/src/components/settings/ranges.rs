//! A list of address ranges: a line each, with what it holds, whether it comes or goes, and what is wrong with it; and
//! whom the lists would lock out.

use std::net::IpAddr;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde_json::Value;

use super::Typed;
use crate::{
    components::context::Context,
    form::spelled,
    pages::choice,
    settings::{
        Area, Said, Setting,
        convert::entries,
        current::Current,
        ranges::{Family, Range, is_public},
    },
    ui::{
        Glyph, Icon,
        field::{Frame, Line as Input, line},
    },
};

/// Lines to be filled; each shows once the one before it is filled.
const SPARE: usize = 8;
/// In the address: whose address is to be added.
const ADD: &str = "add";
const MINE: &str = "mine";

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Same,
    New,
    Goes,
}

/// One range, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    text: String,
    way: Way,
    /// How many addresses it holds; empty where it is none.
    size: String,
    wrong: Option<String>,
    /// That another line holds it already.
    note: Option<String>,
}

fn lines(was: &[String], typed: &[String], family: Family) -> Vec<Line> {
    let one = |(at, text): (usize, &String)| {
        let way = if was.contains(text) { Way::Same } else { Way::New };
        let range = Range::lenient(text, family);
        let fault = (way == Way::New).then(|| Range::read(text, family).err()).flatten();
        let others = typed.iter().enumerate().filter(|(other, _)| *other != at);
        let covering = range.and_then(|range| {
            others
                .filter_map(|(other, text)| Some((other, Range::lenient(text, family)?)))
                // Of two that are the same the first stays.
                .find(|(other, by)| by.covers(range) && (*by != range || *other < at))
        });
        Line {
            text: text.clone(),
            way,
            size: range.map(Range::size).unwrap_or_default(),
            wrong: fault.map(|fault| fault.sentence(text)),
            note: covering.map(|(_, by)| format!("{by} holds it already.")),
        }
    };
    let gone = was.iter().filter(|text| !typed.contains(text)).map(|text| Line {
        text: text.clone(),
        way: Way::Goes,
        size: Range::lenient(text, family).map(Range::size).unwrap_or_default(),
        wrong: None,
        note: None,
    });
    typed.iter().enumerate().map(one).chain(gone).collect()
}

/// The entries of a list.
fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(spelled).collect()
}

/// What stands in the lines: what was typed, else what is; and the person's own address, where that is to be added.
fn filled(setting: &Setting, family: Family, now: &Current, typed: &Typed) -> Vec<String> {
    let texts = typed.get(setting.name);
    let mut filled = match texts {
        Some(texts) => texts.iter().flat_map(|text| entries(text)).collect(),
        None => list(now.value(setting.name)),
    };
    if choice(ADD) == MINE
        && let Some(mine) = viewer().filter(|mine| Family::of(*mine) == family).map(Range::one)
        && !filled.contains(&mine.to_string())
    {
        filled.push(mine.to_string());
    }
    filled
}

/// Where the person comes from, where that is an address of the internet.
fn viewer() -> Option<IpAddr> {
    Context::current()
        .with(|page| page.address)
        .filter(|address| is_public(*address))
}

/// The page with the person's own address among the lines.
fn add_mine() -> String {
    format!("{}?{ADD}={MINE}", use_location().pathname.get_untracked())
}

pub fn ranges(setting: &Setting, family: Family, frame: &Frame, now: &Current, typed: &Typed) -> AnyView {
    let was = list(now.value(setting.name));
    let filled = filled(setting, family, now, typed);
    let lines = lines(&was, &filled, family);
    let mine = viewer().filter(|mine| Family::of(*mine) == family && !filled.contains(&Range::one(*mine).to_string()));
    let closed = frame.disabled();
    let spare = if closed { 0 } else { SPARE };
    let drawn = lines.len();
    let spares = (0..spare).map(|at| input(frame, drawn + at, String::new(), family, at > 0));
    let shown: Vec<_> = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| match line.way {
            Way::Goes => going(line),
            Way::Same | Way::New => row(frame, at, line, family),
        })
        .chain(spares)
        .collect();
    let mine = mine.filter(|_| !closed).map(|mine| {
        let range = Range::one(mine).to_string();
        view! {
            <p class="range-mine">
                <a class="button button-small" href=add_mine() data-fill=range><Glyph icon=Icon::User/>"Add my address, "<code>{mine.to_string()}</code></a>
                <span class="hint">"As Steward sees you. Behind a VPN it may be another one."</span>
            </p>
        }
    });
    view! { <ul class="ranges" data-family=family.title()>{shown}</ul> {mine} }.into_any()
}

fn input(frame: &Frame, at: usize, text: String, family: Family, more: bool) -> AnyView {
    let of = Frame {
        id: if at == 0 {
            frame.id()
        } else {
            format!("{}-{at}", frame.id())
        },
        ..frame.clone()
    };
    let label = (at > 0).then(|| {
        view! { <label class="visually-hidden" for=of.id()>{format!("{}, line {}", frame.label, at + 1)}</label> }
    });
    let control = line(
        &of,
        Input {
            value: Some(text),
            maxlength: Some(64),
            placeholder: Some(family.example()),
            mono: true,
            ..Input::default()
        },
    );
    view! { <li class="range" data-more=more>{label} {control}</li> }.into_any()
}

fn row(frame: &Frame, at: usize, line: Line, family: Family) -> AnyView {
    let of = Frame {
        error: line.wrong.clone(),
        ..frame.clone()
    };
    let id = if at == 0 {
        frame.id()
    } else {
        format!("{}-{at}", frame.id())
    };
    let label = (at > 0).then(|| {
        view! { <label class="visually-hidden" for=id.clone()>{format!("{}, line {}", frame.label, at + 1)}</label> }
    });
    let control = self::line(
        &Frame { id, ..of },
        Input {
            value: Some(line.text),
            maxlength: Some(64),
            placeholder: Some(family.example()),
            mono: true,
            ..Input::default()
        },
    );
    let new = line.way == Way::New;
    let says = line.wrong.clone().or(line.note);
    view! {
        <li class="range" data-way=new.then_some("new") data-error=line.wrong.is_some()>
            {label}
            {control}
            <span class="range-size">{line.size}</span>
            {new.then(|| view! { <span class="range-mark">"New"</span> })}
            {says.map(|says| view! { <p class="range-note">{says}</p> })}
        </li>
    }
    .into_any()
}

fn going(line: Line) -> AnyView {
    view! {
        <li class="range" data-way="goes">
            <del class="range-gone">{line.text}</del>
            <span class="range-size">{line.size}</span>
            <span class="range-mark">"Goes"</span>
        </li>
    }
    .into_any()
}

/// Whether the person who looks is let in by what stands in the lines, and what to do where not; hidden where they are, for
/// what is typed later. Nothing for a configuration without ranges.
pub fn lockout(area: &Area, now: &Current, typed: &Typed) -> Option<AnyView> {
    let lists: Vec<(&Setting, Family)> = area
        .settings()
        .filter_map(|setting| match setting.said {
            Said::Ranges(family) => Some((setting, family)),
            _ => None,
        })
        .collect();
    if lists.is_empty() {
        return None;
    }
    let Some(mine) = viewer() else {
        let seen = Context::current().with(|page| page.address);
        let seen = match seen {
            Some(address) => format!("Steward sees you at {address}, which is no address of the internet"),
            None => "Steward does not see where you come from".to_owned(),
        };
        let says = format!("{seen}, so it cannot tell whether you would be locked out.");
        return Some(view! { <p class="hint lockout-unknown">{says}</p> }.into_any());
    };
    let holds = |texts: Vec<String>, family| {
        texts
            .iter()
            .filter_map(|text| Range::lenient(text, family))
            .any(|range| range.holds(mine))
    };
    let after = lists
        .iter()
        .any(|(setting, family)| holds(filled(setting, *family, now, typed), *family));
    let before = lists
        .iter()
        .any(|(setting, family)| holds(list(now.value(setting.name)), *family));
    let title = if before {
        "You would lock yourself out."
    } else {
        "You are locked out."
    };
    let range = Range::one(mine).to_string();
    Some(
        view! {
            <div class="lockout" role="status" hidden=after data-address=mine.to_string()>
                <Glyph icon=Icon::Lock/>
                <p>
                    <b>{title}</b> " You come from "<code>{mine.to_string()}</code>", which no range holds: programs on your machine cannot reach the database. Steward can undo it all the same, since it speaks to Supabase\u{2019}s API."
                </p>
                <a class="button button-small" href=add_mine() data-fill=range><Glyph icon=Icon::Plus/>"Add my address"</a>
            </div>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn each_line_says_what_becomes_of_it() {
        let was = texts(&["0.0.0.0/0", "10.0.0.5/24"]);
        let typed = texts(&[
            "10.0.0.5/24",
            "203.0.113.7/24",
            "192.0.2.0/25",
            "192.0.2.64/32",
            "192.0.2.0/25",
        ]);
        let lines = lines(&was, &typed, Family::V4);
        let ways: Vec<Way> = lines.iter().map(|line| line.way).collect();
        assert_eq!(ways, [Way::Same, Way::New, Way::New, Way::New, Way::New, Way::Goes]);
        // What was there is none of the person's doing.
        assert_eq!(lines[0].wrong, None);
        assert!(lines[1].wrong.as_deref().unwrap().contains("use 203.0.113.0/24"));
        assert_eq!(lines[2].note, None);
        assert_eq!(lines[3].note.as_deref(), Some("192.0.2.0/25 holds it already."));
        assert_eq!(lines[4].note.as_deref(), Some("192.0.2.0/25 holds it already."));
        assert_eq!(
            (lines[5].text.as_str(), lines[5].size.as_str()),
            ("0.0.0.0/0", "All of IPv4")
        );
    }
}
