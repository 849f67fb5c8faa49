//! The lines: time, level, source, what happened, how it ended. Each opens with its attributes, by which one can filter.

use leptos::prelude::*;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{filters::FORM, look::Look};
use crate::{
    components::when::{To, When},
    logs::{
        line::Line,
        question::{IS, LINES, NOT, Question, source_name},
        span::Span,
    },
    ui::{ButtonLink, Empty, Glyph, Icon, chart::grouped, later},
};

pub fn lines(look: &Look, lines: Vec<Line>) -> AnyView {
    if lines.is_empty() {
        let everything = (!look.question.is_open()).then(|| look.address(&Question::default(), &look.span));
        return view! {
            <Empty icon=Icon::List title="No line fits" sentence="Nothing was logged in this time that fits. Choose a longer time, or leave something out of the filters.">
                {everything.map(|href| view! { <ButtonLink href>"Show everything of this time"</ButtonLink> })}
            </Empty>
        }
        .into_any();
    }
    let count = lines.len();
    let older = (count == LINES).then(|| older(look, lines.last())).flatten();
    let said = match &older {
        Some(_) => format!("The newest {count} lines that fit. The files have up to 1,000."),
        None => format!("{} lines fit, the newest first.", grouped(count as f64)),
    };
    let rows: Vec<_> = lines.into_iter().map(|line| row(look, line)).collect();
    view! {
        <ol class="log-lines" aria-label="Lines, the newest first">{rows}</ol>
        <p class="logs-foot"><span>{said}</span> {older.map(|href| view! { <a class="link" href=href>"Older lines"</a> })}</p>
    }
    .into_any()
}

fn moment(line: &Line) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&line.at, &Rfc3339).ok()
}

/// The same up to the last line; nothing where that is no shorter.
fn older(look: &Look, last: Option<&Line>) -> Option<String> {
    let end = Span::around(moment(last?)?, 0).end;
    let span = Span {
        end,
        range: None,
        ..look.span
    };
    (end < look.span.end).then(|| look.address(&look.question, &span))
}

fn row(look: &Look, line: Line) -> impl IntoView + use<> {
    let level = line.level();
    let (method, title) = line.title();
    let around = moment(&line).map(|at| look.address(&Question::default(), &Span::around(at, 5)));
    let code = line.code().map(str::to_owned);
    let took = line.took().map(|took| format!("{} ms", grouped(took.round())));
    let attributes = line
        .attributes
        .iter()
        .map(|(name, value)| attribute(name, value))
        .collect_view();
    view! {
        <li class="log" data-level=level.as_str() data-key=line.id.clone()>
            <details>
                <summary>
                    <span class="log-time"><When at=line.at.clone() to=To::Second/></span>
                    <span class="level" data-level=level.as_str()><Glyph icon=level.icon()/> {level.label()}</span>
                    <span class="log-source">{source_name(&line.source).to_owned()}</span>
                    <span class="log-message">{(!method.is_empty()).then(|| view! { <b>{method}</b> " " })} <bdi>{title}</bdi></span>
                    <span class="log-end">{code.map(|code| view! { <b>{code}</b> })} " " {took}</span>
                </summary>
                {later(view! { <div class="log-open">
                    <pre class="log-whole"><bdi>{line.message.clone()}</bdi></pre>
                    <div class="log-tools">
                        {around.map(|href| view! { <ButtonLink href icon=Icon::Clock small=true>"Around this moment"</ButtonLink> })}
                        <span class="quiet">"Id " <code>{line.id.clone()}</code></span>
                    </div>
                    <dl class="attributes">{attributes}</dl>
                </div> }.into_any())}
            </details>
        </li>
    }
}

/// An attribute with its value: only those lines, or all but those. Long values are no filter.
fn attribute(name: &str, value: &str) -> impl IntoView + use<> {
    let pair = format!("{name}={value}");
    let tools = (value.len() <= 500).then(|| {
        let (only, without) = (format!("Only {name} {value}"), format!("Without {name} {value}"));
        view! {
            <button class="button button-ghost button-small" type="submit" form=FORM name=IS value=pair.clone() aria-label=only>"Only"</button>
            <button class="button button-ghost button-small" type="submit" form=FORM name=NOT value=pair aria-label=without>"Without"</button>
        }
    });
    view! {
        <div>
            <dt>{name.to_owned()}</dt>
            <dd><bdi>{value.to_owned()}</bdi> <span class="attribute-tools">{tools}</span></dd>
        </div>
    }
}
