//! What narrows the lines down: one form, whose fields stand in the address.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{look::Look, span_fields};
use crate::{
    logs::{
        level::Level,
        line::Count,
        question::{IS, LEVELS, NOT, Pair, Question, SOURCE, SOURCES, WORDS, source_name},
        span::Span,
    },
    paths,
    ui::{Glyph, Icon, SearchField, chart::grouped},
};

/// The form's id, for what stands outside of it.
pub const FORM: &str = "look";

pub fn form(project: &str, question: &Question, span: Option<&Span>) -> impl IntoView + use<> {
    let chips = question.is.iter().map(|pair| chip(project, question, span, pair, IS));
    let chips: Vec<_> = chips
        .chain(question.not.iter().map(|pair| chip(project, question, span, pair, NOT)))
        .collect();
    let clear = (!question.is_open()).then(|| {
        let all = span.map(|span| paths::logs(project, &Question::default(), span));
        view! { <a class="link" href=all.unwrap_or_else(|| paths::logs_of(project))>"Show everything"</a> }
    });
    view! {
        <form class="toolbar logs-form" id=FORM role="search" method="get" action=paths::logs_of(project)>
            {span_fields(span, true)}
            <SearchField name=WORDS label="Words of the message" value=question.words.clone() keys="/"/>
            <button class="button button-primary" type="submit">"Show"</button>
            {(!chips.is_empty()).then(|| view! { <ul class="chips" aria-label="Attributes">{chips}</ul> })}
            {clear}
        </form>
    }
}

/// A filter by an attribute, with the way to drop it.
fn chip(
    project: &str,
    question: &Question,
    span: Option<&Span>,
    pair: &Pair,
    kind: &'static str,
) -> impl IntoView + use<> {
    let mut without = question.clone();
    let (list, word) = if kind == IS {
        (&mut without.is, "is")
    } else {
        (&mut without.not, "is not")
    };
    list.retain(|one| one != pair);
    let href = span.map_or_else(|| paths::logs_of(project), |span| paths::logs(project, &without, span));
    let label = format!("Drop: {} {word} {}", pair.name, pair.value);
    view! {
        <li class="chip">
            <input type="hidden" name=kind value=pair.written()/>
            <bdi>{pair.name.clone()}</bdi> " " {word} " " <b><bdi>{pair.value.clone()}</bdi></b>
            <a href=href aria-label=label><Glyph icon=Icon::Close/></a>
        </li>
    }
}

/// Sources and levels with how many lines each has, whichever are chosen.
pub fn facets(look: &Look, counts: &[Count]) -> AnyView {
    let (mut sources, mut levels) = (BTreeMap::<&str, u64>::new(), BTreeMap::<Level, u64>::new());
    for count in counts {
        *sources.entry(&count.source).or_default() += count.lines;
        *levels
            .entry(Level::read(&count.level).unwrap_or(Level::Info))
            .or_default() += count.lines;
    }
    let known = SOURCES.iter().map(|(word, _)| *word);
    // Newer ones that have lines, and what is chosen, are offered as well.
    let others = sources
        .keys()
        .copied()
        .chain(look.question.sources.iter().map(String::as_str));
    let others: Vec<&str> = others
        .filter(|word| SOURCES.iter().all(|(one, _)| one != word))
        .collect();
    let mut all: Vec<&str> = known.chain(others).collect();
    all.sort_by_key(|word| std::cmp::Reverse(sources.get(word).copied().unwrap_or_default()));
    all.dedup();
    let most = sources.values().copied().max().unwrap_or(1).max(1);
    let source = |word: &&str| {
        let count = sources.get(word).copied().unwrap_or_default();
        let checked = look.question.sources.iter().any(|one| one == word);
        let name = source_name(word).to_owned();
        facet(
            SOURCE,
            word,
            view! { <bdi>{name}</bdi> }.into_any(),
            count,
            most,
            checked,
        )
    };
    let most_level = levels.values().copied().max().unwrap_or(1).max(1);
    let level = |level: Level| {
        let count = levels.get(&level).copied().unwrap_or_default();
        let name =
            view! { <span class="level" data-level=level.as_str()><Glyph icon=level.icon()/> {level.label()}</span> };
        facet(
            LEVELS,
            level.as_str(),
            name.into_any(),
            count,
            most_level,
            look.question.levels.contains(&level),
        )
    };
    // On narrow screens it is folded, and says what it does to the lines all the same.
    let title = match look.question.sources.len() + look.question.levels.len() {
        0 => "Sources and levels".to_owned(),
        chosen => format!("Sources and levels, {chosen} chosen"),
    };
    view! {
        <details class="facets">
            <summary>{title}</summary>
            <fieldset class="facet">
                <legend>"Source"</legend>
                {all.iter().map(source).collect_view()}
            </fieldset>
            <fieldset class="facet">
                <legend>"Level"</legend>
                {Level::ALL.map(level).collect_view()}
            </fieldset>
            <button class="button button-small" type="submit" form=FORM>"Show the ticked"</button>
            <p class="hint">"Counted over the whole time, whatever is ticked. Nothing ticked shows all."</p>
        </details>
    }
    .into_any()
}

fn facet(
    name: &'static str,
    value: &str,
    label: AnyView,
    count: u64,
    most: u64,
    checked: bool,
) -> impl IntoView + use<> {
    view! {
        <label class="facet-row">
            <input type="checkbox" form=FORM name=name value=value.to_owned() checked=checked/>
            <span class="facet-name">{label}</span>
            <span class="facet-count">{grouped(count as f64)}</span>
            <meter min="0" max=most value=count aria-hidden="true"></meter>
        </label>
    }
}
