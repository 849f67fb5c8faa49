//! A secret: it is typed, and never shown.

use leptos::prelude::*;

use super::{Frame, Line, line};
use crate::ui::icon::{Glyph, Icon};

/// What is known of one that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    #[default]
    Unknown,
    NotSet,
    Set,
}

/// `clear` is the name of the box that takes a set one away, where that can be done.
pub fn secret(frame: &Frame, kept: Kept, clear: Option<String>) -> AnyView {
    let input = line(
        frame,
        Line {
            kind: "password",
            mono: true,
            // Browsers propose what they know everywhere else.
            autocomplete: "new-password",
            ..Line::default()
        },
    );
    let state = |icon, word: &'static str| view! { <span class="secret-state"><Glyph icon/> {word}</span> };
    match kept {
        Kept::Unknown => input,
        Kept::NotSet => view! { <div class="secret-new">{state(Icon::Key, "Not set")} {input}</div> }.into_any(),
        // Closed: the one that is there has its word.
        Kept::Set if frame.disabled() => state(Icon::Key, "Set").into_any(),
        Kept::Set => view! {
            <details class="secret">
                <summary>
                    {state(Icon::Key, "Set")}
                    <span class="secret-replace">"Replace"<span class="visually-hidden">": " {frame.label.clone()}</span></span>
                </summary>
                <div class="secret-new">
                    {input}
                    {clear
                        .map(|name| {
                            view! {
                                <label class="tick">
                                    <input type="checkbox" name=name value="true"/>
                                    <span>"Clear it, so that none is set"</span>
                                </label>
                            }
                        })}
                </div>
            </details>
        }
        .into_any(),
    }
}
