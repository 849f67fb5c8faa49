//! Own paths: where a person may be sent on to, which is never another site.

use std::sync::LazyLock;

use http::{HeaderMap, header::REFERER};
use url::{Position, Url};

const LONGEST: usize = 2000;

/// Paths are resolved against this, as a browser would against our own address.
static HERE: LazyLock<Option<Url>> = LazyLock::new(|| Url::parse("http://steward.invalid/").ok());

/// `text` as a path with query that stays on this site, encoded for a `Location` header; `None` if it might lead away.
pub fn own_path(text: &str) -> Option<String> {
    let harmless = text.len() <= LONGEST && !text.chars().any(|c| c == '\\' || c.is_control());
    if !harmless || !stays(text) {
        return None;
    }
    let here = HERE.as_ref()?;
    let url = here.join(text).ok().filter(|url| url.origin() == here.origin())?;
    let path = &url[Position::BeforePath..];
    // Again, because `/.//elsewhere` only now has become `//elsewhere`.
    stays(path).then(|| path.to_owned())
}

/// Where a person goes after signing in: `text`, or the start page. Never back to the sign-in.
pub fn after_sign_in(text: Option<&str>) -> String {
    text.and_then(own_path)
        .filter(|path| !path.starts_with(app::paths::SIGN_IN) && !path.starts_with(app::paths::SIGN_OUT))
        .unwrap_or_else(|| app::paths::HOME.to_owned())
}

/// `path` with the query parameter `name` set to `value`, in place of an earlier one.
pub fn with_parameter(path: &str, name: &str, value: &str) -> String {
    let Some(mut url) = HERE.as_ref().and_then(|here| here.join(path).ok()) else {
        return path.to_owned();
    };
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| key != name)
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair(name, value);
    url[Position::BeforePath..].to_owned()
}

/// The page that a form was posted from. The policy of our pages sends the Referer to ourselves only.
pub fn referer_path(headers: &HeaderMap) -> Option<String> {
    let url = Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    own_path(&url[Position::BeforePath..])
}

fn stays(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_paths_stay_what_they_are() {
        for path in ["/", "/projects/abc?tab=1&x=%20", "/a/b#c", "/projects//abc"] {
            assert_eq!(own_path(path).as_deref(), Some(path));
        }
        assert_eq!(own_path("/projekt \u{e4}").as_deref(), Some("/projekt%20%C3%A4"));
        assert_eq!(own_path("/a/../b").as_deref(), Some("/b"));
    }

    #[test]
    fn nothing_leads_to_another_site() {
        for path in [
            "",
            "projects",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "/%2e//evil.example",
            "https://evil.example",
            "http:evil.example",
            "javascript:alert(1)",
            " /projects",
            "/a\r\nSet-Cookie: x=y",
            "/a\0",
        ] {
            assert_eq!(own_path(path), None, "{path:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn the_sign_in_is_never_where_a_sign_in_leads() {
        for path in [
            None,
            Some("/sign-in?problem=revoked"),
            Some("/sign-out"),
            Some("//evil.example"),
        ] {
            assert_eq!(after_sign_in(path), "/");
        }
        assert_eq!(after_sign_in(Some("/projects?q=1")), "/projects?q=1");
    }

    #[test]
    fn a_parameter_takes_the_place_of_an_earlier_one() {
        assert_eq!(with_parameter("/projects", "notice", "2"), "/projects?notice=2");
        assert_eq!(
            with_parameter("/projects?notice=1&q=a%20b#x", "notice", "2"),
            "/projects?q=a+b&notice=2#x"
        );
    }
}
