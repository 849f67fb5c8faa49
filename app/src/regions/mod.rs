//! Drawing parts of a page anew, in place.
//!
//! A region is an element with `data-region`, a name that is unique on its page; regions may stand in one another. The
//! server draws them, the browser takes over what has changed. Without JavaScript there are only whole pages.
//!
//! **What is asked for.** A refresh names the regions that it wants. The header [`HEADER`] tells the server which it has to
//! draw for that: those, the ones around and the ones inside. Any other that waits for a call is left out: it is an empty
//! element with [`LEFT_OUT`], and its call is never made (`components::query`). Without the header all of the page is
//! drawn.
//!
//! **What is taken over.** Regions meet by name; nothing outside of those that are wanted is touched, so what somebody
//! types elsewhere stays. Where a wanted one is new or gone, the nearest region around it that stands on both sides is
//! wanted instead, and where there is none, the whole page. Of a region only what the server now draws in another way is
//! exchanged, down to the regions inside of it and to rows with `data-key`, which meet by their keys: see [`exchange`].
//! A region in which a dialog or a menu is open waits for the next time.
//!
//! Each region remembers the last refresh that asked for it, so that an older answer never covers a newer one.

mod address;
mod exchange;

use std::cell::Cell;

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Document, DomParser, Element, SupportedType},
};

pub use self::address::{fields, forget_parameter, here, replace_address, visit};
pub use self::exchange::awake;

/// Names what the server has to draw, separated by commas.
pub const HEADER: &str = "steward-regions";
/// The attribute of a region that it has left out.
pub const LEFT_OUT: &str = "data-left-out";
/// The event that tells of something new in its target, such as islands to wake.
pub const AWAKE: &str = "steward:awake";

const REGION: &str = "data-region";
/// Of a `noscript` whose content is for everybody: see [`crate::ui::later`].
pub const LATER: &str = "data-later";
/// Names another region that changes when this one does.
const WITH: &str = "data-with";
const ANY: &str = "[data-region]";
/// The property of a region that holds the number of the last refresh that asked for it.
const ASKED: &str = "asked";

thread_local! {
    static REFRESHES: Cell<u32> = const { Cell::new(0) };
}

/// Remembers how the server drew each region. Called before the islands wake.
pub fn remember() {
    drop_noscript(&document());
    all(&document()).iter().for_each(exchange::remember);
}

/// Takes out what is there for readers without scripts. In a page that was fetched it would be alive, not text; and what
/// only waits in one has come in such a page.
fn drop_noscript(page: &Document) {
    let Some(root) = page.document_element() else {
        return;
    };
    let others = elements(&root, &format!("noscript:not([{LATER}])"));
    others.iter().for_each(Element::remove);
    come(&root);
}

/// Takes what waits in `root` out of where it waits, where that was read without scripts: there it is alive already.
fn come(root: &Element) {
    for waiting in elements(root, &format!("noscript[{LATER}]")) {
        if waiting.first_element_child().is_none() {
            continue;
        }
        while let (Some(parent), Some(child)) = (waiting.parent_node(), waiting.first_child()) {
            // ok: what it holds can stand where it stands.
            let _ = parent.insert_before(&child, Some(&waiting));
        }
        waiting.remove();
    }
}

/// The region that `inside` stands in, and the one that changes with it; nothing where it stands in none.
pub fn around(inside: &Element) -> Vec<String> {
    let Ok(Some(region)) = inside.closest(ANY) else {
        return Vec::new();
    };
    name(&region).into_iter().chain(region.get_attribute(WITH)).collect()
}

/// The regions of the page itself, without those of the frame around it.
pub fn of_the_page() -> Vec<String> {
    let main = document().query_selector("main").ok().flatten();
    main.iter()
        .flat_map(inside)
        .filter_map(|region| name(&region))
        .collect()
}

/// Fetches the page at `address` and takes over what has changed in the regions that are `wanted`; in all of them
/// where none is.
///
/// # Errors
/// The server could not be reached or did not answer with a page; the regions are as they were.
pub async fn refresh(address: &str, wanted: &[String]) -> Result<(), gloo_net::Error> {
    if !ask(address, wanted).await? {
        ask(address, &[]).await?;
    }
    Ok(())
}

/// The same where the page at `address` is another one, of which only these regions are wanted: whatever else is shown
/// stays, even where they cannot be exchanged.
///
/// # Errors
/// Like [`refresh`]'s.
pub async fn refresh_only(address: &str, wanted: &[String]) -> Result<(), gloo_net::Error> {
    ask(address, wanted).await.map(drop)
}

/// The same; `false` where the page has another shape now, so that all of it is needed.
async fn ask(address: &str, wanted: &[String]) -> Result<bool, gloo_net::Error> {
    let mut request = gloo_net::http::Request::get(address).header("Accept", "text/html");
    let needed = needed(wanted);
    let number = number(&needed);
    if !wanted.is_empty() {
        let names: Vec<String> = needed.iter().filter_map(name).collect();
        request = request.header(HEADER, &names.join(","));
    }
    let answer = request.send().await?;
    if answer.redirected() {
        // Signed out, most likely: the page that says so is where the redirect leads.
        visit(&answer.url());
        return Ok(true);
    }
    let text = answer.text().await?;
    take_over(&text, wanted, number).map_err(|_| gloo_net::Error::GlooError("the answer was no page".to_owned()))
}

/// Takes over what has changed on the page `text`, which answers a form.
///
/// # Errors
/// It is no page; the regions are as they were.
pub fn take_over_all(text: &str) -> Result<(), JsValue> {
    let number = number(&needed(&[]));
    take_over(text, &[], number).map(drop)
}

/// The regions that must be drawn: those that are wanted, with what is around and inside; all where none is.
fn needed(wanted: &[String]) -> Vec<Element> {
    let all = all(&document());
    if wanted.is_empty() {
        return all;
    }
    let targets: Vec<Element> = all
        .iter()
        .filter(|region| name(region).is_some_and(|name| wanted.contains(&name)))
        .cloned()
        .collect();
    let touches = |region: &Element, target: &Element| region.contains(Some(target)) || target.contains(Some(region));
    all.into_iter()
        .filter(|region| targets.iter().any(|target| touches(region, target)))
        .collect()
}

/// A new refresh of `regions`.
fn number(regions: &[Element]) -> u32 {
    let number = REFRESHES.get().wrapping_add(1);
    REFRESHES.set(number);
    for region in regions {
        // ok: elements take properties; if one did not, it would only not be drawn anew.
        let _ = js_sys::Reflect::set(region, &ASKED.into(), &number.into());
    }
    number
}

/// Whether no later refresh has asked for `region`.
fn is_latest(region: &Element, number: u32) -> bool {
    js_sys::Reflect::get(region, &ASKED.into()).is_ok_and(|asked| asked.as_f64() == Some(f64::from(number)))
}

fn take_over(text: &str, wanted: &[String], number: u32) -> Result<bool, JsValue> {
    let fresh = DomParser::new()?.parse_from_string(text, SupportedType::TextHtml)?;
    drop_noscript(&fresh);
    if wanted.is_empty() {
        return whole(&fresh, number).map(|()| true);
    }
    let mut complete = true;
    for name in wanted {
        complete &= match on_both(&fresh, name) {
            Some((old, new)) if is_latest(&old, number) => exchange::meet(&old, &new, number)?,
            Some(_) => true,
            None => false,
        };
    }
    Ok(complete)
}

/// The region of this name on both sides, or the nearest around it that stands on both.
fn on_both(fresh: &Document, wanted: &str) -> Option<(Element, Element)> {
    let mut wanted = wanted.to_owned();
    loop {
        let (old, new) = (find(&document(), &wanted), find(fresh, &wanted));
        let outer = match (old, new) {
            (Some(old), Some(new)) => return Some((old, new)),
            (Some(one), None) | (None, Some(one)) => one.parent_element(),
            (None, None) => None,
        };
        wanted = name(&outer?.closest(ANY).ok()??)?;
    }
}

fn whole(fresh: &Document, number: u32) -> Result<(), JsValue> {
    let (old, new) = (outermost(&document()), outermost(fresh));
    let named = |regions: &[Element], one: &Element| regions.iter().any(|region| name(region) == name(one));
    let same = old.iter().all(|one| named(&new, one)) && new.iter().all(|one| named(&old, one));
    let mains = (document().query_selector("main")?, fresh.query_selector("main")?);
    if let ((Some(old), Some(new)), false) = (mains, same) {
        // The page has another shape now.
        exchange::replace_inside(&old, &new)?;
    }
    for region in outermost(&document()) {
        let fresh = new.iter().find(|new| name(new) == name(&region) && new.is_connected());
        if let Some(fresh) = fresh.filter(|_| is_latest(&region, number)) {
            exchange::meet(&region, fresh, number)?;
        }
    }
    Ok(())
}

fn name(region: &Element) -> Option<String> {
    region.get_attribute(REGION)
}

fn find(document: &Document, wanted: &str) -> Option<Element> {
    all(document)
        .into_iter()
        .find(|region| name(region).as_deref() == Some(wanted))
}

/// All regions, in the order of the page.
fn all(document: &Document) -> Vec<Element> {
    document
        .document_element()
        .map(|root| inside(&root))
        .unwrap_or_default()
}

/// The regions in `root`, outer ones first.
fn inside(root: &Element) -> Vec<Element> {
    elements(root, ANY)
}

/// What in `root` fits the selector, in the page's order.
pub fn elements(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(all) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<Element>().ok())
        .collect()
}

/// The regions that stand in no other.
fn outermost(document: &Document) -> Vec<Element> {
    let mut all = all(document);
    all.retain(|region| {
        let outer = region.parent_element().map(|outer| outer.closest(ANY));
        !matches!(outer, Some(Ok(Some(_))))
    });
    all
}
