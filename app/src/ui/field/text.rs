//! A line of text.

use leptos::prelude::*;

use super::Frame;

/// What is in it, and what the browser holds it to.
#[derive(Clone, Debug)]
pub struct Line {
    /// The input's type.
    pub kind: &'static str,
    pub value: Option<String>,
    pub minlength: Option<u64>,
    pub maxlength: Option<u64>,
    pub pattern: Option<String>,
    /// What the browser says when the pattern does not fit.
    pub pattern_says: Option<&'static str>,
    pub autocomplete: &'static str,
    pub placeholder: Option<&'static str>,
    /// For refs, tokens and other text that is compared letter by letter.
    pub mono: bool,
    /// How exactly moments are told, in seconds.
    pub step: Option<&'static str>,
    /// Id of a list of proposals.
    pub list: Option<&'static str>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            kind: "text",
            value: None,
            minlength: None,
            maxlength: None,
            pattern: None,
            pattern_says: None,
            autocomplete: "off",
            placeholder: None,
            mono: false,
            step: None,
            list: None,
        }
    }
}

pub fn line(frame: &Frame, line: Line) -> AnyView {
    view! {
        <input
            class="input"
            data-mono=line.mono
            id=frame.id()
            name=frame.name.clone()
            type=line.kind
            value=line.value
            required=frame.required
            disabled=frame.disabled()
            minlength=line.minlength
            maxlength=line.maxlength
            pattern=line.pattern
            title=line.pattern_says
            step=line.step
            list=line.list
            autocomplete=line.autocomplete
            autocapitalize=line.mono.then_some("off")
            placeholder=line.placeholder
            spellcheck="false"
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        />
    }
    .into_any()
}

/// A line of text with its label. `error` is what the server or the browser found wrong with it.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional_no_strip, into)] disabled_because: Option<String>,
    #[prop(optional)] minlength: Option<u64>,
    #[prop(optional)] maxlength: Option<u64>,
    #[prop(optional, into)] pattern: Option<String>,
    /// What the browser says when the pattern does not fit.
    #[prop(optional)]
    pattern_says: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// For refs, tokens and other text that is compared letter by letter.
    #[prop(optional)]
    mono: bool,
    /// How exactly moments are told, in seconds.
    #[prop(optional)]
    step: Option<&'static str>,
    /// Stands beside the input, such as a copy button.
    #[prop(optional, into)]
    after: ViewFnOnce,
    /// Needed where the page holds two fields of one name.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let frame = Frame {
        help: hint,
        error,
        required,
        disabled_because,
        id,
        ..Frame::new(name, label)
    };
    let input = Line {
        kind,
        value: Some(value),
        minlength,
        maxlength,
        pattern,
        pattern_says,
        autocomplete,
        placeholder,
        mono,
        step,
        list: None,
    };
    let control = view! { <div class="input-group">{line(&frame, input)} {after.run()}</div> };
    frame.around(control)
}
