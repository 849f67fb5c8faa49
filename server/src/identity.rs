//! Identity: people, the sign-ins by which they are known, and who is calling through what.

use std::{fmt, sync::Arc};

use app::{
    backend::{SignInMethod, Viewer},
    secrets::digest,
};
use serde::{Deserialize, Serialize};

use crate::request_id::RequestId;

/// Who is calling.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Which stored tokens the call is made with.
    pub account: AccountKey,
    /// Whom the audit names and the cache answers; the same in every session of one person.
    pub person: PersonId,
    /// The person's address, where Supabase tells it.
    pub email: Option<String>,
    /// The person in a sentence: an email address, or "someone".
    pub label: String,
    /// Whether the label names somebody: without that nothing is changed.
    pub identified: bool,
    pub identity: Identity,
    /// What the call is made through.
    pub through: Through,
    /// The request that it is made for; `None`: nobody waits for it.
    pub request: Option<RequestId>,
}

/// What a call comes through; written in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Through {
    /// The console's own pages and forms.
    Console,
    /// The page on which any operation can be called.
    Explorer,
}

impl Through {
    pub const ALL: [Through; 2] = [Self::Console, Self::Explorer];

    /// The word in the audit's table and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Explorer => "explorer",
        }
    }
}

/// The key under which one sign-in's tokens are stored; a hex string, and no secret itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountKey(Arc<str>);

impl AccountKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for AccountKey {
    fn from(key: String) -> Self {
        Self(key.into())
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person, by an id that is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(String);

impl PersonId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PersonId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose rate limit upstream counts a call to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The OAuth app, shared by everybody who signs in through it.
    App,
    /// The owner of a personal access token.
    Person(PersonId),
}

/// Whose sign-in it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The same for every sign-in of one person, where Supabase tells who it is.
    pub id: PersonId,
    pub email: Option<String>,
    pub username: Option<String>,
    /// How the person is called where Supabase tells neither.
    #[serde(default)]
    pub label: Option<String>,
    pub method: SignInMethod,
    #[serde(default)]
    pub known: Known,
}

/// How it is known who somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// Supabase gave no answer so far; or the sign-in is of before people were known by more than their address.
    #[default]
    NotYet,
    /// By the id of their profile, which stays with them when their address changes.
    Profile,
    /// Supabase does not tell it with these tokens, as is usual with grants of one organization: the sign-in itself
    /// stands for the person.
    SignIn,
}

impl Person {
    /// Whether what they do can be put down to somebody.
    pub fn is_identified(&self) -> bool {
        match self.known {
            Known::Profile | Known::SignIn => true,
            Known::NotYet => self.email.is_some(),
        }
    }
}

/// Somebody who is signed in, and by which of their sign-ins.
#[derive(Clone)]
pub struct SignedIn {
    pub account: AccountKey,
    pub person: Person,
    /// The scopes of the grant, where Supabase told them.
    pub scopes: Option<Arc<[String]>>,
    /// The request that is theirs; `None`: nobody waits.
    pub request: Option<RequestId>,
}

impl SignedIn {
    pub fn caller(&self, through: Through) -> Caller {
        let Person {
            id,
            email,
            username,
            label,
            method,
            known: _,
        } = &self.person;
        Caller {
            account: self.account.clone(),
            person: id.clone(),
            email: email.clone(),
            identified: self.person.is_identified(),
            label: email
                .clone()
                .or_else(|| username.clone())
                .or_else(|| label.clone())
                .unwrap_or_else(|| "someone".to_owned()),
            identity: match method {
                SignInMethod::Oauth => Identity::App,
                SignInMethod::PersonalAccessToken => Identity::Person(id.clone()),
            },
            through,
            request: self.request.clone(),
        }
    }

    pub fn viewer(&self) -> Viewer {
        let Person {
            id,
            email,
            username,
            label,
            method,
            known: _,
        } = self.person.clone();
        Viewer {
            email,
            username: username.or(label),
            kept_under: digest(id.as_str()),
            signed_in_with: method,
        }
    }
}
