//! Stages: a way that is gone once, step by step. What is done is one line, the step in hand is open, and what is to come
//! says what it will do.

use leptos::prelude::*;

use crate::ui::{Glyph, Icon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Done,
    Now,
    Next,
}

impl Is {
    /// The value of `data-is`, and what is read out.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Done => ("done", "Done"),
            Self::Now => ("now", "Current step"),
            Self::Next => ("next", "To come"),
        }
    }
}

/// One step.
pub struct Stage {
    pub title: &'static str,
    pub is: Is,
    /// Beside the title: what came of it, or how it stands.
    pub sum: AnyView,
    pub body: AnyView,
}

pub fn stages(stages: Vec<Stage>) -> AnyView {
    let one = |(at, stage): (usize, Stage)| {
        let (word, read) = stage.is.words();
        let mark = match stage.is {
            Is::Done => view! { <Glyph icon=Icon::Check/> }.into_any(),
            Is::Now | Is::Next => (at + 1).into_any(),
        };
        view! {
            <li class="stage" data-is=word>
                <span class="stage-mark">{mark}<span class="visually-hidden">{read}</span></span>
                <div class="stage-body">
                    <div class="stage-head"><h2>{stage.title}</h2> {stage.sum}</div>
                    {stage.body}
                </div>
            </li>
        }
    };
    let steps: Vec<_> = stages.into_iter().enumerate().map(one).collect();
    view! { <ol class="stages">{steps}</ol> }.into_any()
}
