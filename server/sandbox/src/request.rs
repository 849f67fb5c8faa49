//! A request as the operations read it: path, query, headers and the whole body.

use std::collections::HashMap;

use axum::{
    RequestExt,
    body::Bytes,
    extract::{FromRequest, RawPathParams, RawQuery},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;

use crate::{answer::Refusal, checked::checked};

pub struct Request {
    path: HashMap<String, String>,
    /// The path as it was asked for.
    pub place: String,
    /// Query parameters in order, decoded; a name may come several times.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Request {
    type Rejection = Refusal;

    async fn from_request(mut request: axum::extract::Request, _: &S) -> Result<Self, Refusal> {
        let line = request_line(&request);
        let place = request.uri().path().to_owned();
        let params = request
            .extract_parts::<RawPathParams>()
            .await
            .map_err(|_| Refusal::NoSuchPath(line))?;
        let path = params
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let RawQuery(query) = request.extract_parts().await.unwrap_or_else(|never| match never {});
        let headers = request.headers().clone();
        let body = request.extract::<Bytes, _>().await.map_err(|_| Refusal::TooLarge)?;
        Ok(Self {
            path,
            place,
            query: pairs(query.unwrap_or_default().as_bytes()),
            headers,
            body,
        })
    }
}

/// Method and path, for messages.
pub fn request_line(request: &axum::extract::Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

/// Name and value of each field of a query or form.
pub fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

/// The first value of a field.
pub fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

impl Request {
    /// A placeholder of the path; empty where the path has no such placeholder.
    pub fn path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// What the rate limit counts apart: the project or the organization, if the path names one.
    pub fn scope(&self) -> Option<&str> {
        self.path
            .get("ref")
            .or_else(|| self.path.get("slug"))
            .or_else(|| self.path.get("branch_id_or_ref"))
            .map(String::as_str)
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// A whole number of the query within `range`, or `default` where it is missing.
    pub fn number(&self, name: &str, range: std::ops::RangeInclusive<usize>, default: usize) -> Result<usize, Refusal> {
        let Some(text) = self.query(name) else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                Refusal::Invalid(format!(
                    "{name}: expected a whole number from {} to {}.",
                    range.start(),
                    range.end()
                ))
            })
    }

    /// A placeholder of the path that is a UUID.
    pub fn uuid(&self, name: &str) -> Result<&str, Refusal> {
        let id = self.path(name);
        let fits = id.len() == 36
            && id.bytes().enumerate().all(|(place, byte)| match place {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if fits {
            Ok(id)
        } else {
            Err(Refusal::Invalid(format!("{name}: expected a UUID.")))
        }
    }

    /// `true` or `false` in the query.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.query(name) {
            None | Some("") => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::Invalid(format!("{name}: expected true or false."))),
        }
    }

    /// The JSON body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let body: Value =
            serde_json::from_slice(&self.body).map_err(|_| Refusal::Invalid("The body is not JSON.".to_owned()))?;
        checked(&body).map_err(Refusal::Invalid)
    }

    /// The fields of a form body.
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    pub fn bearer(&self) -> Option<&str> {
        self.header(header::AUTHORIZATION)?
            .strip_prefix("Bearer ")
            .map(str::trim)
    }

    pub fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.header(header::COOKIE)?
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}
