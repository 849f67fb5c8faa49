//! Toasts: short news of something just done, gone after six seconds unless someone is reading them.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

pub use super::badge::Tone;

const SHOWN: Duration = Duration::from_secs(6);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    number: usize,
    tone: Tone,
    text: String,
}

/// The toasts of this browser tab, in Leptos' context.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    pushed: StoredValue<usize>,
    /// True while the pointer or the keyboard is on them.
    held: RwSignal<bool>,
}

impl Toasts {
    /// Puts the toasts into the context, for the whole app.
    pub fn provide() -> Self {
        let toasts = Self {
            list: RwSignal::default(),
            pushed: StoredValue::new(0),
            held: RwSignal::new(false),
        };
        provide_context(toasts);
        toasts
    }

    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Shows `text`. Call it in the browser only: on the server there is nobody to take it away again.
    pub fn push(self, tone: Tone, text: impl Into<String>) {
        let number = self.pushed.get_value();
        self.pushed.set_value(number + 1);
        self.list.update(|list| {
            list.push(Toast {
                number,
                tone,
                text: text.into(),
            })
        });
        self.expire(number);
    }

    fn expire(self, number: usize) {
        set_timeout(
            move || {
                if self.held.get_untracked() {
                    self.expire(number);
                } else {
                    self.dismiss(number);
                }
            },
            SHOWN,
        );
    }

    fn dismiss(self, number: usize) {
        self.list.update(|list| list.retain(|toast| toast.number != number));
        // The toast under the pointer is gone without a mouseleave.
        if self.list.with_untracked(Vec::is_empty) {
            self.held.set(false);
        }
    }
}

/// Where toasts appear; read out politely.
#[component]
pub fn ToastOutlet() -> impl IntoView {
    let toasts = Toasts::current();
    let hold = move |held| toasts.held.set(held);
    view! {
        <div
            class="toasts"
            role="status"
            on:mouseenter=move |_| hold(true)
            on:mouseleave=move |_| hold(false)
            on:focusin=move |_| hold(true)
            on:focusout=move |_| hold(false)
        >
            <For each=move || toasts.list.get() key=|toast| toast.number let(toast)>
                <div class="toast" data-tone=toast.tone.as_str()>
                    <Glyph icon=toast.tone.icon() />
                    <p>{toast.text}</p>
                    <button
                        class="button button-ghost button-small"
                        type="button"
                        aria-label="Close"
                        on:click=move |_| toasts.dismiss(toast.number)
                    >
                        <Glyph icon=Icon::Close />
                    </button>
                </div>
            </For>
        </div>
    }
}
