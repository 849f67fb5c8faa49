//! How long it takes to hold the catalogue against the API document, and to read the recorded answers into their types;
//! each as a multiple of what serde_json needs for the same text in the same run.

#![allow(clippy::unwrap_used)]

#[path = "../tests/api/catalogue.rs"]
mod catalogue;
#[path = "../tests/api/document.rs"]
#[allow(dead_code)]
mod document;
#[path = "../tests/api/recordings.rs"]
mod recordings;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use document::{Document, shared};
use serde_json::Value;

const ROUNDS: usize = 51;

/// The median of so many rounds.
fn median(mut act: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            act();
            began.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn print(what: &str, took: Duration, plain: Duration, beside: &str) {
    let ratio = took.as_secs_f64() / plain.as_secs_f64();
    println!("{what:<34}  {took:.2?}, {ratio:.2} times {beside} ({plain:.2?})");
}

fn main() {
    let (Some(document), Some(text), Some(lines)) =
        (Document::open(), shared("openapi-now.json"), shared("recordings.jsonl"))
    else {
        return;
    };
    let parsed = median(|| {
        black_box(&serde_json::from_str::<Value>(&text).unwrap());
    });
    let agreed = median(|| {
        black_box(catalogue::agree(&document));
    });
    print("catalogue against the document", agreed, parsed, "reading the document");

    let plain = median(|| {
        for line in lines.lines() {
            black_box(&serde_json::from_str::<Value>(line).unwrap());
        }
    });
    let typed = median(|| {
        black_box(recordings::all_decode(&lines));
    });
    let what = format!("{} recorded answers into their types", lines.lines().count());
    print(&what, typed, plain, "reading them as plain JSON");
}
