//! The name of the organization or project that the page is about, told to the frame.
//!
//! The frame is drawn before Supabase has answered, with the slug or ref; the name takes its place once it is known.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// Shows `name` wherever the frame shows `key`: in elements marked `data-name-of`, and in the title.
#[island]
pub fn PlaceName(key: String, name: String) -> impl IntoView {
    Effect::new(move |_| {
        let document = document();
        document.set_title(&document.title().replace(&key, &name));
        let Ok(places) = document.query_selector_all("[data-name-of]") else {
            return;
        };
        for at in 0..places.length() {
            let place = places
                .item(at)
                .and_then(|place| place.dyn_into::<web_sys::Element>().ok());
            if let Some(place) = place.filter(|place| place.get_attribute("data-name-of").as_ref() == Some(&key)) {
                place.set_text_content(Some(&name));
            }
        }
    });
}
