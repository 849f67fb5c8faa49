//! The envelope of v2: `{"data": {"type", "id"?, "attributes"}}`, or a list of those with links to the pages around it.

use std::ops::Deref;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::tolerant;

/// A thing with what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entity<T> {
    /// Empty for what has none, such as a role. Some are numbers: those come as text, too.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub id: String,
    pub attributes: T,
}

impl<T> Deref for Entity<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.attributes
    }
}

/// One thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct One<T> {
    pub data: Entity<T>,
}

/// Some things of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    #[serde(default = "Vec::new")]
    pub data: Vec<Entity<T>>,
    /// The pages around this one; a list without pages has none.
    #[serde(default)]
    pub links: Links,
}

/// Addresses of the pages before and after, each a path with a query. Cursors are the service's own: they are taken out
/// of these, never made up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    #[serde(default)]
    pub prev: Option<String>,
    #[serde(default)]
    pub next: Option<String>,
}

impl Links {
    /// The cursor of the page after this one, to be sent as `page[after]`.
    pub fn after(&self) -> Option<String> {
        cursor(self.next.as_deref()?, "page[after]")
    }

    /// The cursor of the page before this one, to be sent as `page[before]`.
    pub fn before(&self) -> Option<String> {
        cursor(self.prev.as_deref()?, "page[before]")
    }

    /// Where the page after this one begins, in lists that count instead.
    pub fn offset(&self) -> Option<String> {
        cursor(self.next.as_deref()?, "page[offset]")
    }
}

fn cursor(link: &str, name: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| decoded(key) == name)
        .map(|(_, value)| decoded(value))
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::mend::{Gaps, mend};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Named {
        name: String,
    }

    fn read(body: Value) -> (Page<Named>, Gaps) {
        mend(body, 100).unwrap()
    }

    #[test]
    fn a_row_that_cannot_be_read_spoils_no_other() {
        let (page, gaps) = read(json!({
            "data": [
                { "type": "x", "id": 7, "attributes": { "name": "one", "new": [] } },
                { "type": "x", "id": "b" },
                null,
                { "type": "x", "id": null, "attributes": { "name": "two" } },
            ],
            "links": { "first": null, "prev": null, "next": "/v2/x?page%5Bafter%5D=a%2Bb&page[size]=2" },
        }));
        let names: Vec<_> = page
            .data
            .iter()
            .map(|row| (row.id.as_str(), row.name.as_str()))
            .collect();
        assert_eq!(names, [("7", "one"), ("", "two")]);
        assert_eq!(gaps.rows, 2);
        assert_eq!(page.links.after().as_deref(), Some("a+b"));
        assert_eq!(page.links.before(), None);
    }

    #[test]
    fn a_list_of_nothing_is_no_error() {
        for body in [json!({}), json!({ "data": null, "links": null }), json!({ "data": [] })] {
            let (page, gaps) = read(body);
            assert_eq!(
                (page.data.len(), gaps, page.links),
                (0, Gaps::default(), Links::default())
            );
        }
    }
}
