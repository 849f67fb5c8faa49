//! The number of a request: in its log lines, on the page that says that it failed, and upstream.

use std::{fmt, sync::Arc};

use http::{HeaderMap, HeaderName};
use rand::Rng;

/// The header in which it comes from a proxy, goes back to the browser and on to Supabase.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// 8 to 64 letters, digits, hyphens and underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

tokio::task_local! {
    static CURRENT: RequestId;
}

impl RequestId {
    pub fn random() -> Self {
        Self(format!("{:032x}", rand::rng().random::<u128>()).into())
    }

    /// The one that a proxy gave, if it can be one.
    pub fn given(headers: &HeaderMap) -> Option<Self> {
        let mut all = headers.get_all(HEADER).iter();
        let text = all.next().filter(|_| all.next().is_none())?.to_str().ok()?;
        let fits = (8..=64).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        fits.then(|| Self(text.into()))
    }

    /// That of the request that is just being answered.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Self::clone).ok()
    }

    /// Answers a request under this number.
    pub async fn scope<F: Future>(self, answering: F) -> F::Output {
        CURRENT.scope(self, answering).await
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_number_is_taken_where_it_can_be_one() {
        let given = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(HEADER, value.parse().unwrap());
            }
            RequestId::given(&headers).map(|id| id.to_string())
        };
        let uuid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        assert_eq!(given(&[uuid]).as_deref(), Some(uuid));
        for wrong in [
            &[][..],
            &["short"],
            &[uuid, uuid],
            &["with a space in it"],
            &["<b>12345678</b>"],
        ] {
            assert_eq!(given(wrong), None, "{wrong:?}");
        }
        assert_eq!(given(&["a".repeat(65).as_str()]), None);
        assert_ne!(RequestId::random(), RequestId::random());
    }
}
