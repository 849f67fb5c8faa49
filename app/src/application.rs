//! The application: contexts and routes.

use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::provide_meta_context;
use leptos_router::{
    NestedRoute, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{Redirect, Route, Router, Routes},
    path,
};

use crate::{
    components::{console::Console, context::Context},
    page,
    pages::{self, not_found::NotFound, sign_in::SignIn},
    paths,
};

/// Pages stream in order, so that the frame can be read while Supabase is still being asked, JavaScript or not.
const STREAM: SsrMode = SsrMode::InOrder;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Context::provide();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=SignIn ssr=STREAM/>
                <Route path=path!("/") view=|| view! { <Redirect path=paths::PROJECTS/> } ssr=STREAM/>
                <ConsolePages/>
            </Routes>
        </Router>
    }
}

/// The console's pages, each under its own `PAGE`, in the frame that they share.
#[component(transparent)]
fn ConsolePages() -> AnyNestedRoute {
    let route = |page| {
        NestedRoute::new(page::Route(page), page.view)
            .ssr_mode(STREAM)
            .into_any_nested_route()
    };
    let pages: Vec<_> = pages::all().map(route).collect();
    NestedRoute::new(path!(""), Console)
        .ssr_mode(STREAM)
        .child(StaticVec::from(pages))
        .into_any_nested_route()
}
