//! Kept: a question to the logs under a name, as the end of the address that asks it, so that it works in every project.

use crate::paths;

/// Fields of the form that keeps one: the end of the address, and the id of one that is kept already.
pub const ASKED: &str = "_asked";
pub const ID: &str = "_id";
/// The form's id.
pub const FORM: &str = "log-question";

/// Bytes of the end of an address, at most: longer ones no browser and no proxy is sure to carry.
const LONGEST: usize = 8 * 1024;

/// What follows a project's logs in the address of a page of theirs.
pub fn end_of(project: &str, address: &str) -> String {
    let end = address.strip_prefix(&paths::logs_of(project));
    end.unwrap_or_default().to_owned()
}

/// The page that asks it in a project.
pub fn address(project: &str, end: &str) -> String {
    format!("{}{end}", paths::logs_of(project))
}

/// Whether it is the query of one of the two pages that ask, written as addresses are.
pub fn is_question(end: &str) -> bool {
    let query = end.strip_prefix("/query").unwrap_or(end);
    let written = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
    query.starts_with('?') && query.len() > 1 && end.len() <= LONGEST && end.bytes().all(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_a_page_of_logs_is_kept() {
        let here = "/projects/abc/logs/query?range=1h&sql=select%201";
        let end = end_of("abc", here);
        assert_eq!(end, "/query?range=1h&sql=select%201");
        assert_eq!(address("xyz", &end), here.replace("abc", "xyz"));
        assert!(is_question(&end) && is_question("?range=3h&level=error"));
        let long = format!("?q={}", "a".repeat(LONGEST));
        for end in [
            "",
            "?",
            "/query",
            "/../settings?a=b",
            "//elsewhere?a",
            "?a=b#c",
            "?q=a b",
            &long,
        ] {
            assert!(!is_question(end), "{end}");
        }
    }
}
