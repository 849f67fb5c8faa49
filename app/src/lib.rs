//! The console: one application, compiled for the server (`ssr`) and for the browser (`hydrate`).

pub mod backend;
pub mod call;
pub mod components;
#[cfg(feature = "ssr")]
mod document;
pub mod error;
pub mod navigation;
pub mod pages;
pub mod paths;
pub mod ui;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Redirect, Route, Router, Routes},
    hooks::use_location,
    path,
};

#[cfg(feature = "ssr")]
pub use document::shell;

use components::{console::Console, page::Page, query::Revision};
use pages::{not_found::NotFound, organizations, projects, sign_in::SignIn};
use ui::toast::Toasts;

/// The whole application: contexts, routes, and the mark that says it has been hydrated.
///
/// Pages stream in order, so that the frame can be read while Supabase is still being asked, JavaScript or not.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Page::provide();
    Revision::provide();
    Toasts::provide();
    mark_hydrated();

    const STREAM: SsrMode = SsrMode::InOrder;
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Steward".to_owned() } else { format!("{title} \u{b7} Steward") }/>
        <Router>
            <ForgetNotice/>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=SignIn ssr=STREAM/>
                <ParentRoute path=path!("") view=Console ssr=STREAM>
                    <Route path=path!("/") view=|| view! { <Redirect path=paths::PROJECTS/> } ssr=STREAM/>
                    <Route path=path!("/projects") view=projects::list::ProjectList ssr=STREAM/>
                    <Route path=path!("/projects/new") view=projects::create::CreateProject ssr=STREAM/>
                    <Route path=path!("/projects/:ref") view=projects::overview::ProjectOverview ssr=STREAM/>
                    <Route path=path!("/projects/:ref/settings") view=projects::settings::ProjectSettings ssr=STREAM/>
                    <Route path=path!("/organizations") view=organizations::list::OrganizationList ssr=STREAM/>
                    <Route path=path!("/organizations/new") view=organizations::create::CreateOrganization ssr=STREAM/>
                    <Route path=path!("/organizations/:slug") view=organizations::overview::OrganizationOverview ssr=STREAM/>
                    <Route path=path!("/organizations/:slug/projects") view=organizations::projects::OrganizationProjects ssr=STREAM/>
                    <Route path=path!("/organizations/:slug/members") view=organizations::members::Members ssr=STREAM/>
                    <Route path=path!("/organizations/:slug/entitlements") view=organizations::entitlements::Entitlements ssr=STREAM/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Sets `<html data-hydrated>` once everything answers to clicks; styles and tests wait for it.
fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            // ok: the attribute's name is a valid one, so setting it cannot fail.
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}

/// Drops the message of the last form when the person goes to another page.
#[component]
fn ForgetNotice() -> impl IntoView {
    let (page, path) = (Page::current(), use_location().pathname);
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            page.clear_notice();
        }
        path
    });
}
