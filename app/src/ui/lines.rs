//! Lines: one table for differences, statements, files and logs, with their numbers, signs and times, and with remarks below
//! the line that they are about. Signs are real text, so that a difference is read without colours.

use leptos::prelude::*;

use super::{badge::Tone, icon::Glyph};

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Two numbers, before and after, and a sign.
    Diff,
    /// A number and a sign.
    Sql,
    /// A number.
    Plain,
    /// A number and a time.
    Log,
}

impl Code {
    fn word(self) -> &'static str {
        match self {
            Self::Diff => "diff",
            Self::Sql => "sql",
            Self::Plain => "code",
            Self::Log => "log",
        }
    }

    /// Columns before the text, and it.
    fn columns(self) -> usize {
        match self {
            Self::Diff => 4,
            Self::Sql | Self::Log => 3,
            Self::Plain => 2,
        }
    }
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    #[default]
    Same,
    Add,
    Del,
    /// Changed in its place.
    Mod,
}

impl Sign {
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Same => None,
            Self::Add => Some("add"),
            Self::Del => Some("del"),
            Self::Mod => Some("mod"),
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Add => "+",
            Self::Del => "\u{2212}",
            Self::Mod => "~",
        }
    }
}

/// The colour of a part of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    #[default]
    Plain,
    Key,
    Text,
    Number,
    Note,
    /// Words that came or went within a line that stays.
    Ins,
    Del,
    /// What was searched for.
    Found,
    /// A word that says how bad a line of a log is.
    Level,
}

/// A part of a line in one colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub ink: Ink,
    pub text: String,
}

impl Part {
    pub fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self { ink, text: text.into() }
    }
}

/// A line of code, difference or log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What leads here, where something does.
    pub id: Option<String>,
    /// The number, or the two of a difference.
    pub numbers: (Option<usize>, Option<usize>),
    pub time: String,
    pub sign: Sign,
    /// Cannot be undone.
    pub danger: bool,
    /// How bad a line of a log is.
    pub tone: Option<Tone>,
    pub parts: Vec<Part>,
}

impl Line {
    /// A line that is as it is.
    pub fn plain(number: usize, text: impl Into<String>) -> Self {
        Self {
            numbers: (Some(number), None),
            parts: vec![Part::new(Ink::Plain, text)],
            ..Self::default()
        }
    }
}

/// What stands in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Line(Line),
    /// A remark on the line above.
    Note {
        tone: Tone,
        text: String,
    },
    /// So many lines are left out.
    Gap(usize),
}

/// The lines; `label` says what they are. Without a caption or another hidden first child: browsers then spread fixed
/// columns evenly.
pub fn lines(code: Code, label: &str, rows: Vec<Row>) -> AnyView {
    let row = |row: Row| match row {
        Row::Line(one) => line(code, one),
        Row::Note { tone, text } => view! {
            <tr class="line-note" data-tone=tone.as_str()>
                <td colspan=code.columns()><p><Glyph icon=tone.icon()/><span>{text}</span></p></td>
            </tr>
        }
        .into_any(),
        Row::Gap(count) => {
            let lines = if count == 1 { "line" } else { "lines" };
            view! { <tr class="line-gap"><td colspan=code.columns()>{format!("{count} {lines} left out")}</td></tr> }
                .into_any()
        }
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! { <table class="lines" data-kind=code.word() aria-label=label.to_owned()><tbody>{rows}</tbody></table> }
        .into_any()
}

fn line(code: Code, line: Line) -> AnyView {
    let Line {
        id,
        numbers,
        time,
        sign,
        danger,
        tone,
        parts,
    } = line;
    // Shown by the style, so that they are not copied with the lines.
    let number = |number: Option<usize>| view! { <td class="line-no"><span data-no=number></span></td> };
    let two = (code == Code::Diff).then(|| number(numbers.1));
    let signed = matches!(code, Code::Diff | Code::Sql).then(|| view! { <td class="line-sign">{sign.sign()}</td> });
    let timed = (code == Code::Log).then(|| view! { <td class="log-time">{time}</td> });
    let parts: Vec<_> = parts.into_iter().map(part).collect();
    view! {
        <tr id=id data-line=sign.word() data-danger=danger.then_some("") data-tone=tone.map(Tone::as_str)>
            {number(numbers.0)} {two} {signed} {timed}
            <td class="line-code"><code>{parts}</code></td>
        </tr>
    }
    .into_any()
}

/// A part in its colour, wherever it stands.
pub fn part(Part { ink, text }: Part) -> AnyView {
    let class = match ink {
        Ink::Plain => return text.into_any(),
        Ink::Ins => return view! { <ins>{text}</ins> }.into_any(),
        Ink::Del => return view! { <del>{text}</del> }.into_any(),
        Ink::Found => return view! { <mark>{text}</mark> }.into_any(),
        Ink::Key => "code-key",
        Ink::Text => "code-text",
        Ink::Number => "code-number",
        Ink::Note => "code-note",
        Ink::Level => "log-word",
    };
    view! { <span class=class>{text}</span> }.into_any()
}
