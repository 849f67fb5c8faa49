//! What a browser has sent of a form.

use management_api::Upload;

/// What a browser has sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// By field; one that was left alone may be missing, and one of several choices comes several times.
    pub texts: Vec<(String, String)>,
    pub files: Vec<(String, Upload)>,
}

impl From<Vec<(String, String)>> for Sent {
    /// A form without files.
    fn from(texts: Vec<(String, String)>) -> Self {
        Self {
            texts,
            files: Vec::new(),
        }
    }
}

/// What a browser sends of these fields.
#[cfg(test)]
pub(crate) fn sent(pairs: &[(&str, &str)]) -> Sent {
    let pairs = pairs.iter();
    Sent {
        texts: pairs
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        files: Vec::new(),
    }
}

impl Sent {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, text)| text.as_str())
    }

    /// Every text that was sent for this field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, text)| text.as_str())
    }
}
