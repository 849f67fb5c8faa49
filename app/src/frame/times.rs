//! Moments in the reader's own zone, with UTC at hand. The server has written them out in UTC.

use std::time::Duration;

use js_sys::Date;
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
    web_sys,
};

use crate::regions::AWAKE;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;
/// How often "4 min ago" is told anew.
const PACE: Duration = Duration::from_secs(30);

pub fn tell() {
    tell_all();
    // What is drawn anew has the server's words again.
    let _ = window_event_listener_untyped(AWAKE, |_| tell_all());
    let _ = set_interval_with_handle(tell_all, PACE);
}

fn tell_all() {
    let Ok(all) = document().query_selector_all("time[data-to]") else {
        return;
    };
    for at in 0..all.length() {
        if let Some(time) = all.item(at).and_then(|time| time.dyn_into::<web_sys::Element>().ok()) {
            tell_one(&time);
        }
    }
}

fn tell_one(time: &web_sys::Element) {
    let (moment, to) = (
        time.get_attribute("datetime").unwrap_or_default(),
        time.get_attribute("data-to").unwrap_or_default(),
    );
    let date = Date::new(&JsValue::from_str(&moment));
    if date.get_time().is_nan() {
        return;
    }
    if !time.has_attribute("title") && to != "day" {
        // ok: a known attribute. The server's own words.
        let _ = time.set_attribute("title", &time.text_content().unwrap_or_default());
    }
    let text = said(&date, &to, Date::now());
    if time.text_content().as_ref() != Some(&text) {
        time.set_text_content(Some(&text));
    }
}

fn said(date: &Date, to: &str, now: f64) -> String {
    let day = || {
        let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
        format!("{} {month}", date.get_date())
    };
    let clock = || format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    // Clocks differ a little: only what is more than a minute ahead is still to come.
    let ago = now - date.get_time();
    match to {
        "day" => format!("{} {}", day(), date.get_full_year()),
        "clock" => format!("{}:{:02}", clock(), date.get_seconds()),
        "second" => format!(
            "{} {}, {}:{:02}",
            day(),
            date.get_full_year(),
            clock(),
            date.get_seconds()
        ),
        _ if ago < -60_000.0 => format!("{}, {}", day(), clock()),
        _ if ago < 60_000.0 => "just now".to_owned(),
        _ if ago < 3_600_000.0 => format!("{} min ago", (ago / 60_000.0) as u32),
        _ if ago < DAY => format!("{} h ago", (ago / 3_600_000.0) as u32),
        _ => format!("{}, {}", day(), clock()),
    }
}
