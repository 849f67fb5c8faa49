//! The application: contexts and routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{
    components::{console::Console, page::Page},
    pages::{audit, explorer, not_found::NotFound, organizations, projects, sessions::SessionList, sign_in::SignIn},
    paths,
};

/// Pages stream in order, so that the frame can be read while Supabase is still being asked, JavaScript or not.
const STREAM: SsrMode = SsrMode::InOrder;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Page::provide();
    view! {
        <Router>
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
                    <Route path=path!("/explorer") view=explorer::list::OperationList ssr=STREAM/>
                    <Route path=path!("/explorer/:operation") view=explorer::operation::OperationPage ssr=STREAM/>
                    <Route path=path!("/sessions") view=SessionList ssr=STREAM/>
                    <Route path=path!("/audit") view=audit::list::Audit ssr=STREAM/>
                    <Route path=path!("/audit/:id") view=audit::detail::AuditedCall ssr=STREAM/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
