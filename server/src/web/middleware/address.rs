//! Addresses of our own pages: whatever stands in the place of a ref or slug must look like one.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::Uri;

use crate::{render, state::Shared};

/// An address that no page answers to.
const NOWHERE: &str = "/nowhere";
/// Characters of a ref, slug or other name in our own addresses, at most.
const LONGEST: usize = 64;

/// Answers with the page of an address that leads nowhere before anything is made of the text: nobody is sent links with
/// text of somebody else's choice in headings, titles and menus.
pub async fn check(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    if well_formed(request.uri().path()) {
        return next.run(request).await;
    }
    // The app draws the page of the address that it is given.
    *request.uri_mut() = Uri::from_static(NOWHERE);
    render::not_found(shared, request).await
}

/// Whether every name below `/projects` and `/organizations` could be one.
pub fn well_formed(path: &str) -> bool {
    let mut segments = path.split('/').skip(1);
    match segments.next() {
        Some("projects" | "organizations") => segments.all(|name| name.is_empty() || is_name(name)),
        Some(_) | None => true,
    }
}

/// `[A-Za-z0-9_-]{1,64}`. Refs and slugs need no encoding, so a percent sign is none of theirs either.
fn is_name(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_refs_and_slugs_and_nothing_else() {
        for path in [
            "/",
            "/projects",
            "/projects/",
            "/projects/abcdefghijklmnopqrst",
            "/projects/new",
            "/organizations/acme-1_B/members",
            "/explorer/v1-run-a-query",
            "/audit/7",
        ] {
            assert!(well_formed(path), "{path}");
        }
        for path in [
            "/projects/%3C%2Ftitle%3E",
            "/projects/a%20b",
            "/projects/a.b/settings",
            "/organizations/\u{e4}",
            "/organizations/acme/mem%62ers",
        ] {
            assert!(!well_formed(path), "{path}");
        }
        assert!(!well_formed(&format!("/projects/{}", "a".repeat(LONGEST + 1))));
    }
}
