//! The form: the statement, what it may do, the values that it takes, and what must be said yes to first.

use leptos::prelude::*;
use management_api::OperationId;

use super::{keep::keep, query::Shared, side::SIDE};
use crate::{
    components::operation_form::{FormState, confirmation, why_not},
    pages::choice,
    paths,
    sql::format::FORMAT,
    sql::kept::Snippet,
    sql::run::{AS, Explain, MODE, Mode, NULL, PARAMETER, QUERY, SELECTION, parameters},
    ui::{
        Frame, Glyph, Icon, Notice, Tone,
        field::{Area, area},
    },
};

/// The form's id, for what stands outside of it.
const FORM: &str = "sql";

/// What the editor begins with.
pub struct Text {
    pub text: String,
    /// Whether the address holds it, which anybody may have written.
    pub linked: bool,
    /// What it is, where Steward keeps it under a name.
    pub kept: Option<Snippet>,
}

impl Text {
    pub fn of(text: String) -> Self {
        Self {
            text,
            linked: false,
            kept: None,
        }
    }
}

/// What stands at the page's head: what the run may do, and the buttons.
pub fn actions(mode: Mode) -> impl IntoView {
    let why_not = why_not(OperationId::RunQuery);
    let choice = |one: Mode, tone: &'static str, icon: Icon, label: &'static str, disabled: bool| {
        view! {
            <label data-tone=tone>
                <input type="radio" form=FORM name=MODE value=one.as_str() checked=one == mode disabled=disabled/>
                <span><Glyph icon/> {label}</span>
            </label>
        }
    };
    let closed = why_not.is_some();
    view! {
        <fieldset class="segmented mode">
            <legend class="visually-hidden">"What the run may do"</legend>
            {choice(Mode::Read, "success", Icon::Lock, "Read-only", false)}
            {choice(Mode::Write, "warning", Icon::Edit, "Can write", closed)}
        </fieldset>
        {why_not.map(|why| view! { <span class="reason">{why}</span> })}
        <button class="button" type="submit" form=FORM name=AS value=Explain::Plan.as_str()>
            <Glyph icon=Icon::Layers/>
            "Explain"
        </button>
        <button class="button" type="submit" form=FORM name=AS value=FORMAT>
            <Glyph icon=Icon::List/>
            "Format"
        </button>
        <button class="button button-primary" type="submit" form=FORM aria-keyshortcuts="Control+ENTER Meta+ENTER">
            <Glyph icon=Icon::Play/>
            "Run"
            <kbd class="needs-js" aria-hidden="true">"Ctrl \u{21b5}"</kbd>
        </button>
    }
}

pub fn form(project: &str, begin: Text, ran: Shared) -> impl IntoView + use<> {
    let Text { text, linked, kept } = begin;
    let state = FormState::of(ran.map(|ran| ran.mode).unwrap_or_default().operation(), "");
    let asked = confirmation(OperationId::RunQuery, FORM, None, None, &state).filter(|_| state.question().is_some());
    let frame = Frame {
        name: QUERY.to_owned(),
        ..Frame::default()
    };
    let lines = text.lines().count();
    let written = area(
        &frame,
        Area {
            rows: lines.clamp(8, 20),
            placeholder: "select \u{2026}".to_owned(),
            mono: true,
            text: text.clone(),
            ..Area::default()
        },
    );
    let values = ran.map(|ran| (parameters(&ran.sql), ran.parameters.clone()));
    let (count, given) = values.unwrap_or_else(|| (parameters(&text), Vec::new()));
    view! {
        // Without scripts the page comes back at its answer.
        <form
            class="sql-form"
            id=FORM
            method="post"
            enctype="multipart/form-data"
            action=format!("{}#answer", paths::sql_beside(project, &choice(SIDE), &[]))
            data-in-place=""
        >
            <code-editor data-path="query.sql" data-columns=project.to_owned()>
                <label class="visually-hidden" for=QUERY>"SQL"</label>
                {written}
            </code-editor>
            <input type="hidden" name=SELECTION value=""/>
            <p class="editor-status">
                <span data-of="read"><Glyph icon=Icon::Lock/> <b>"Read-only"</b> " Runs as a role that may only read. Nothing can change."</span>
                <span data-of="write"><Glyph icon=Icon::Edit/> <b>"Can write"</b> " Runs as postgres. What loses rows or gives access is asked about first."</span>
            </p>
            {keep(project, kept, &state)}
            <div class="sql-linked" hidden=!linked>
                <Notice tone=Tone::Warning title="A link wrote this">
                    "Read it before you run it: it is run in your name, with your rights."
                </Notice>
            </div>
            <div class="sql-values" data-region="values">{(count > 0).then(|| fields(count, &given))}</div>
            <div class="question" data-region="question">{asked}</div>
            <div class="form-problem" role="status"></div>
        </form>
    }
}

/// A field for each of `$1`, `$2` and so on.
fn fields(count: usize, given: &[Option<String>]) -> impl IntoView + use<> {
    let field = |at: usize| {
        let (number, id) = (at + 1, format!("value-{at}"));
        let given = given.get(at);
        let null = matches!(given, Some(None));
        view! {
            <div class="field">
                <label for=id.clone()>{format!("${number}")}</label>
                <input class="input" id=id name=PARAMETER value=given.cloned().flatten() autocomplete="off" spellcheck="false"/>
                <label class="tick"><input type="checkbox" name=NULL value=number checked=null/> <span>"null"</span></label>
            </div>
        }
    };
    view! {
        <fieldset class="values">
            <legend>"Values"</legend>
            {(0..count).map(field).collect_view()}
        </fieldset>
    }
}
