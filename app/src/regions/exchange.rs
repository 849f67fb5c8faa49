//! Exchanging what has changed in a region.
//!
//! Each region remembers how the server drew it, for islands and people change the elements themselves: two drawings of
//! the server's are compared, and the page follows where they differ. Regions inside count as empty there, since each is
//! remembered by itself.
//!
//! What differs is drawn anew, down from the smallest part that has a name: an element is gone into only where regions or
//! keyed rows stand in it. So a row's focus, its open parts and what is typed in it stay until the row itself changes, and
//! nothing of one row ever becomes another's.

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{self, Element, Node},
};

use super::{AWAKE, LEFT_OUT, REGION, come, inside, is_latest, name};

/// The property that keeps a region as the server drew it.
const DRAWN: &str = "drawn";
/// What has a name of its own.
const NAMED: &str = "[data-region], [data-key]";

/// Keeps the region as it stands.
pub(super) fn remember(region: &Element) {
    if let Ok(shell) = shell(region) {
        keep(region, &shell.inner_html());
    }
}

/// Brings `old`, on the page, to what `new` is. `false` where something would be needed that was left out.
pub(super) fn meet(old: &Element, new: &Element, number: u32) -> Result<bool, JsValue> {
    if new.has_attribute(LEFT_OUT) || is_open(old) || !is_latest(old, number) {
        return Ok(true);
    }
    if old.tag_name() != new.tag_name() || old.class_name() != new.class_name() {
        return put(old, new);
    }
    let shell = shell(new)?;
    let drawing = shell.inner_html();
    let drawn = drawn(old).unwrap_or_default();
    if drawing != drawn {
        // By a document without scripts, as the new one was read.
        let page = new.owner_document().unwrap_or_else(document);
        let before = page.create_element(&new.tag_name())?;
        before.set_inner_html(&drawn);
        come(&before);
        follow(old, &before, &shell)?;
        keep(old, &drawing);
    }
    let mut complete = true;
    let there = nearest(old);
    for inner in nearest(new) {
        complete &= match there.iter().find(|one| name(one) == name(&inner)) {
            // What has just been put in is empty.
            Some(one) if self::drawn(one).is_none() => put(one, &inner)?,
            Some(one) => meet(one, &inner, number)?,
            None => true,
        };
    }
    Ok(complete)
}

/// Puts `new` in the place of `old`.
fn put(old: &Element, new: &Element) -> Result<bool, JsValue> {
    let complete = !new.has_attribute(LEFT_OUT) && new.query_selector(&format!("[{LEFT_OUT}]"))?.is_none();
    if complete {
        old.replace_with_with_node_1(new)?;
        inside(new).iter().for_each(remember);
        remember(new);
        awake(new)?;
    }
    Ok(complete)
}

/// Puts all that is in `new` in the place of all that is in `old`.
pub(super) fn replace_inside(old: &Element, new: &Element) -> Result<(), JsValue> {
    if !is_open(old) {
        old.set_inner_html(&new.inner_html());
        inside(old).iter().for_each(remember);
        awake(old)?;
    }
    Ok(())
}

/// Whether somebody has opened a dialog or a menu in it.
fn is_open(element: &Element) -> bool {
    ["dialog[open]", ":popover-open"]
        .iter()
        .any(|open| matches!(element.query_selector(open), Ok(Some(_))))
}

/// Brings the children of `live`, which the server drew as `old`, to those of `new`.
fn follow(live: &Element, old: &Element, new: &Element) -> Result<(), JsValue> {
    let (lives, olds, news) = (children(live), children(old), children(new));
    if lives.len() != olds.len() {
        // Something else has changed it.
        return redraw(live, new);
    }
    let mut free = vec![true; olds.len()];
    let mut order = Vec::new();
    for new in news {
        let fits = |fit: &dyn Fn(&Node) -> bool| (0..olds.len()).find(|at| free[*at] && fit(&olds[*at]));
        let same = fits(&|old| old.is_equal_node(Some(&new)));
        let found = same.or_else(|| fits(&|old| has_parts_of(old, &new)));
        order.push(match found {
            Some(at) => {
                free[at] = false;
                if same.is_none() {
                    go_into(&lives[at], &olds[at], &new)?;
                }
                lives[at].clone()
            }
            None => new,
        });
    }
    for (gone, _) in lives.iter().zip(&free).filter(|(_, free)| **free) {
        live.remove_child(gone)?;
    }
    let mut next = live.first_child();
    for node in order {
        if next.as_ref() == Some(&node) {
            next = node.next_sibling();
            continue;
        }
        let fresh = !node.is_connected();
        live.insert_before(&node, next.as_ref())?;
        if let (true, Some(element)) = (fresh, node.dyn_ref()) {
            awake(element)?;
        }
    }
    Ok(())
}

/// Whether `new` is `old` with other rows or regions in it.
fn has_parts_of(old: &Node, new: &Node) -> bool {
    let (Some(old), Some(new)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
        return false;
    };
    let has_parts = |element: &Element| matches!(element.query_selector(NAMED), Ok(Some(_)));
    old.tag_name() == new.tag_name()
        // An island is drawn from what it was given.
        && old.local_name() != "leptos-island"
        && old.get_attribute("data-key") == new.get_attribute("data-key")
        && has_parts(old)
        && has_parts(new)
}

fn go_into(live: &Node, old: &Node, new: &Node) -> Result<(), JsValue> {
    let (Some(live), Some(old), Some(new)) = (live.dyn_ref::<Element>(), old.dyn_ref::<Element>(), new.dyn_ref())
    else {
        return Ok(());
    };
    let new: &Element = new;
    for name in old.get_attribute_names().iter().chain(new.get_attribute_names().iter()) {
        let name = name.as_string().unwrap_or_default();
        match new.get_attribute(&name) {
            Some(value) if old.get_attribute(&name).as_ref() != Some(&value) => live.set_attribute(&name, &value)?,
            Some(_) => {}
            None => live.remove_attribute(&name)?,
        }
    }
    follow(live, old, new)
}

/// Draws all of it anew but the regions inside.
fn redraw(live: &Element, new: &Element) -> Result<(), JsValue> {
    let kept = nearest(live);
    live.set_inner_html(&new.inner_html());
    awake(live)?;
    for place in nearest(live) {
        if let Some(region) = kept.iter().find(|region| name(region) == name(&place)) {
            place.replace_with_with_node_1(region)?;
        }
    }
    Ok(())
}

/// A copy in which the regions inside are empty elements with their names.
fn shell(region: &Element) -> Result<Element, JsValue> {
    let copy: Element = region.clone_node_with_deep(true)?.unchecked_into();
    for inner in nearest(&copy) {
        inner.set_inner_html("");
        for attribute in inner.get_attribute_names().iter() {
            let attribute = attribute.as_string().unwrap_or_default();
            if attribute != REGION {
                inner.remove_attribute(&attribute)?;
            }
        }
    }
    Ok(copy)
}

/// The regions in `region` that stand in no other of them.
fn nearest(region: &Element) -> Vec<Element> {
    let all = inside(region);
    let within = |one: &Element| all.iter().any(|other| other != one && other.contains(Some(one)));
    all.iter().filter(|one| !within(one)).cloned().collect()
}

fn children(element: &Element) -> Vec<Node> {
    let nodes = element.child_nodes();
    (0..nodes.length()).filter_map(|at| nodes.item(at)).collect()
}

fn drawn(region: &Element) -> Option<String> {
    js_sys::Reflect::get(region, &DRAWN.into()).ok()?.as_string()
}

fn keep(region: &Element, drawing: &str) {
    // ok: elements take properties; if one did not, the region would only be drawn once more than needed.
    let _ = js_sys::Reflect::set(region, &DRAWN.into(), &drawing.into());
}

/// Tells of something new in `root`.
pub fn awake(root: &Element) -> Result<(), JsValue> {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    root.dispatch_event(&web_sys::Event::new_with_event_init_dict(AWAKE, &options)?)?;
    Ok(())
}
