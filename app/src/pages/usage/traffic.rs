//! How requests were answered, and which functions were called.

use leptos::prelude::*;

use super::super::functions::duration;
use crate::{
    components::{list::List, when::minute},
    paths,
    server_fns::usage::{Answers, Called, Traffic, sum},
    ui::{Card, Empty, Icon, Notice, Series, StackedBars, Tone, chart::grouped, meters::bar},
};

/// `longer`: whether a longer time was asked for than the logs are told of.
pub fn traffic(project: &str, longer: bool, told: Traffic) -> AnyView {
    let cut = told.cut.then(|| {
        view! {
            <Notice tone=Tone::Warning title="The oldest requests are missing">
                "The logs gave no more rows in one go. Choose a shorter time to see all of them."
            </Notice>
        }
    });
    let hint = if longer {
        "Of the last 24 hours: the logs tell no more in one go."
    } else {
        ""
    };
    let labels: Vec<_> = told.begins.iter().map(|at| minute(at)).collect();
    let gateway = chart("Requests by answer (UTC)", labels.clone(), &told.gateway);
    let functions = chart("Calls of functions by answer (UTC)", labels, &told.functions);
    let list = called(project, &told.interval).draw(told.called);
    view! {
        {cut}
        <div class="split">
            <Card title="Requests by answer" hint>{gateway}</Card>
            <Card title="Calls of functions" hint>{functions}</Card>
        </div>
        <section class="part" aria-labelledby="called">
            <div class="part-head"><h2 id="called">"Functions"</h2></div>
            {list}
        </section>
    }
    .into_any()
}

fn chart(title: &'static str, labels: Vec<String>, answers: &[Answers]) -> AnyView {
    if sum(answers).count() <= 0.0 {
        return view! { <p class="hint">"None in this time."</p> }.into_any();
    }
    let series = |name, read: fn(&Answers) -> f64| Series {
        name,
        values: answers.iter().map(read).collect(),
    };
    let series = vec![
        series("Succeeded", |one| one.succeeded),
        series("Redirected", |one| one.redirected),
        series("Refused (4xx)", |one| one.refused),
        series("Failed (5xx)", |one| one.failed),
    ];
    view! { <StackedBars title labels series/> }.into_any()
}

fn called(project: &str, interval: &str) -> List<Called> {
    let (links, here) = (project.to_owned(), paths::usage(project, ""));
    let sentence = format!("No function was called in the last {interval}.");
    List::new(("function", "functions"), here, |one: &Called| one.id.clone())
        .column("Function", move |one| match &one.slug {
            Some(slug) => {
                let href = paths::function(&links, slug);
                view! { <a class="row-link mono" href=href><bdi>{slug.clone()}</bdi></a> }.into_any()
            }
            None => view! { <span class="quiet">"Not there any more: "<code>{one.id.clone()}</code></span> }.into_any(),
        })
        .number("Calls", |one| grouped(one.answers.count()))
        .number("Failed (5xx)", |one| grouped(one.answers.failed))
        .number("Mean time", |one| match one.answers.count() {
            count if count > 0.0 => duration(one.answers.time / count),
            _ => "\u{2014}".to_owned(),
        })
        .column("Failed of all", |one| {
            let share = one.answers.failed / one.answers.count();
            view! { <span class="meter-cell">{bar(share)}</span> }
        })
        .empty(move || view! { <Empty icon=Icon::Function title="Nobody called a function" sentence/> })
}
