//! Any of several choices, as boxes to be ticked.

use leptos::prelude::*;

use super::Frame;

/// The whole field. A hidden companion tells "none of them" from a field that is closed. What is chosen without being a choice, such as a word that is newer than we are, stays one.
pub fn several(frame: Frame, choices: &[String], chosen: &[String]) -> AnyView {
    // An empty one says that the field was there.
    let unknown = chosen.iter().filter(|word| !word.is_empty() && !choices.contains(word));
    let boxes: Vec<_> = choices
        .iter()
        .chain(unknown)
        .enumerate()
        .map(|(at, word)| {
            // The first is the one that a complaint leads to.
            let id = if at == 0 {
                frame.id()
            } else {
                format!("{}-{at}", frame.id())
            };
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        id=id
                        name=frame.name.clone()
                        value=word.clone()
                        checked=chosen.contains(word)
                        aria-invalid=frame.invalid()
                    />
                    <span class="mono">{word.clone()}</span>
                </label>
            }
        })
        .collect();
    let none = frame.name.clone();
    frame.around_group(view! {
        <input type="hidden" name=none value=""/>
        <div class="ticks">{boxes}</div>
    })
}
