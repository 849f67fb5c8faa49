//! The frame of the sandbox's few HTML pages: no scripts, one inline style, a policy that allows nothing else.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use html_escape::encode_text as text;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, empty},
    settings::Settings,
    world::World,
};

const STYLE: &str = include_str!("page.css");

/// A whole page. `body` is HTML, all else text; `form_target` is an origin that the page's form may lead to.
pub fn page(status: StatusCode, title: &str, body: &str, form_target: Option<&str>) -> Answer {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
        text(title)
    );
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self' {}; base-uri 'none'; \
         frame-ancestors 'none'",
        form_target.unwrap_or_default()
    );
    let mut answer = empty(status).map(|_| html.into_bytes());
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        insert(&mut answer, name, value);
    }
    answer
}

fn insert(answer: &mut Answer, name: HeaderName, value: &str) {
    // ok: the only foreign part is an origin, serialized as ASCII.
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// What the sandbox shows at `/`: what it is, and the demo's people with their tokens.
pub fn front(settings: &Settings, demo: &World) -> Answer {
    let people: String = demo
        .people
        .iter()
        .map(|person| {
            let [name, email, pat] = [&person.name, &person.email, &person.pat].map(|part| text(part));
            format!("<dt>{name} <span class=\"email\">{email}</span></dt>\n<dd><code>{pat}</code></dd>\n")
        })
        .collect();
    let body = format!(
        "<h1>Steward\u{2019}s sandbox</h1>\n\
         <p>This stands in for api.supabase.com at <code>{address}</code>. Nothing here is real, and nothing leaves \
         this machine.</p>\n\
         <h2>The people of the demo</h2>\n\
         <p>With one of these personal access tokens you can sign in to Steward without the consent page.</p>\n\
         <dl>\n{people}</dl>",
        address = text(&settings.public_url),
    );
    page(StatusCode::OK, "Steward\u{2019}s sandbox", &body, None)
}
