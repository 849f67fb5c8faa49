//! The HTML document around the application, drawn on the server only.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::{
    App,
    backend::{Assets, BackendHandle, page_context},
    page::Page,
};

/// The whole document. Names the built files by their hashed names and allows their script by a nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let assets = use_context::<BackendHandle>()
        .map(|backend| backend.assets())
        .unwrap_or_default();
    let page = page_context();
    let (theme, side) = (page.theme.as_str(), page.narrow_menu.then_some("narrow"));
    let nonce = use_nonce();
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), &nonce) {
        set_policy(&response, nonce);
    }
    let loader = format!(
        "import start, * as islands from {:?};\n{}",
        assets.js,
        include_str!("loader.js")
    );
    // Modules run when the whole page has come; what fails is told from the beginning. The WASM is asked for and compiled
    // meanwhile, and only where there is JavaScript; who waits for it hears of it if that fails.
    let first = format!(
        "{}const wasm = WebAssembly.compileStreaming(fetch({:?})); wasm.catch(() => {{}});",
        include_str!("faults.js"),
        assets.wasm
    );
    // Pages are not hydrated, only their islands: nothing needs to be written down for them.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme data-side=side>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                {own_sheet(&assets).map(|href| view! { <link rel="stylesheet" href=href/> })}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="modulepreload" href=assets.js nonce=nonce.clone()/>
                <script nonce=nonce.clone() inner_html=first></script>
                <script type="module" nonce=nonce inner_html=loader></script>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The style sheet that the page needs beside the one of all pages.
fn own_sheet(assets: &Assets) -> Option<String> {
    let (page, _) = with_context::<http::request::Parts, _>(|parts| Page::at(parts.uri.path()))??;
    assets.sheets.get(page.sheet?.name()).cloned()
}

/// Scripts only with this answer's nonce, WASM, and nothing from anywhere else.
fn set_policy(response: &ResponseOptions, nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'{}",
        form_targets()
    );
    if let Ok(policy) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The sign-in form is redirected to Supabase, which Chromium counts as a form target.
fn form_targets() -> String {
    use_context::<BackendHandle>()
        .map(|backend| format!(" {}", backend.sign_in_origin()))
        .unwrap_or_default()
}
