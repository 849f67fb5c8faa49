//! What people granted to the OAuth app: codes, access tokens, and refresh tokens that rotate.
//!
//! A refresh token works once: both tokens change, the old access token is dead at once, and the old refresh token is not
//! found any more, as was measured at the real service. A code that was used before ends what came of it, since one of the
//! two who used it has stolen it (RFC 9700, 4.14.2). No `Debug` here: this holds tokens.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    answer::Refusal,
    seed,
    token::{self, WorldId},
};

/// How long a code may wait to be exchanged.
const CODE_LIFETIME: Duration = Duration::from_secs(60);

/// Grants a world keeps; past it the oldest ends.
const MOST_GRANTS: usize = 1000;

#[derive(Default, Serialize, Deserialize)]
pub struct Grants {
    last: u64,
    grants: BTreeMap<u64, Grant>,
    codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    /// The grant of each refresh token.
    refresh: HashMap<String, u64>,
}

/// One consent of one person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Grant {
    pub person: String,
    /// The slug of the organization that was chosen; `None`: it opens all of the person's, as grants once did.
    pub organization: Option<String>,
    /// The projects of it that were chosen, by ref; `None`: all of them.
    #[serde(default)]
    pub projects: Option<Vec<String>>,
    /// The app's scopes at the time of the consent.
    pub scopes: Vec<String>,
}

/// What the code must be presented with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Code {
    pub grant: Grant,
    pub redirect_uri: String,
    /// PKCE, S256.
    pub challenge: Option<String>,
    #[serde(default)]
    expires: Option<OffsetDateTime>,
    /// The grant that came of it, once it was used.
    #[serde(default)]
    used_for: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct Access {
    grant: u64,
    expires: OffsetDateTime,
}

/// The answer of the token endpoint.
#[derive(Serialize)]
pub struct Tokens {
    access_token: String,
    refresh_token: String,
    /// Seconds.
    expires_in: u64,
    token_type: &'static str,
    /// The projects that it is limited to; `null` for all.
    project_refs: Option<Vec<String>>,
    /// What the grant covers, where the app was not given everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// When and where tokens are made.
#[derive(Clone, Copy)]
pub struct Mint {
    pub world: WorldId,
    pub now: OffsetDateTime,
    pub lifetime: Duration,
}

impl Grant {
    fn told(&self) -> Option<String> {
        // June's document, against which answers are held, does not know the field.
        let all = seed::all_scopes();
        let everything = all.iter().all(|scope| self.scopes.contains(scope));
        (!everything).then(|| self.scopes.join(" "))
    }
}

fn unfit(message: &str) -> Refusal {
    Refusal::Invalid(message.to_owned())
}

impl Code {
    pub fn new(grant: Grant, redirect_uri: String, challenge: Option<String>) -> Self {
        Self {
            grant,
            redirect_uri,
            challenge,
            expires: None,
            used_for: None,
        }
    }
}

impl Grants {
    /// Keeps `code` until it is exchanged and gives the text to present for it.
    pub fn issue(&mut self, mint: Mint, mut code: Code) -> String {
        self.codes
            .retain(|_, code| code.used_for.is_some() || code.expires.is_none_or(|expires| expires > mint.now));
        code.expires = Some(mint.now + CODE_LIFETIME);
        let text = token::code(mint.world);
        self.codes.insert(text.clone(), code);
        text
    }

    /// Exchanges a code. Whatever comes of it, the code is used up.
    pub fn exchange(
        &mut self,
        mint: Mint,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
    ) -> Result<Tokens, Refusal> {
        let known = self.codes.get(code).ok_or_else(|| unfit("The code is unknown."))?;
        if let Some(grant) = known.used_for {
            self.end(grant);
            return Err(unfit("The code has been used before; its tokens have been revoked."));
        }
        let known = known.clone();
        self.codes.remove(code);
        if known.expires.is_none_or(|expires| expires <= mint.now) {
            return Err(unfit("The code has expired."));
        }
        if known.redirect_uri != redirect_uri {
            return Err(unfit("The redirect_uri is not the one the code was issued for."));
        }
        let proof = verifier.map(token::digest_base64);
        if known.challenge != proof {
            return Err(unfit("The code_verifier does not fit the code_challenge."));
        }
        if self.grants.len() >= MOST_GRANTS
            && let Some(oldest) = self.grants.keys().next().copied()
        {
            self.end(oldest);
        }
        self.last += 1;
        let grant = self.last;
        self.grants.insert(grant, known.grant.clone());
        self.codes.insert(
            code.to_owned(),
            Code {
                used_for: Some(grant),
                ..known
            },
        );
        Ok(self.mint(mint, grant))
    }

    /// Exchanges a refresh token for a new pair of tokens.
    pub fn refresh(&mut self, mint: Mint, refresh_token: &str) -> Result<Tokens, Refusal> {
        let grant = self.refresh.remove(refresh_token).ok_or(Refusal::NoGrant)?;
        self.access.retain(|_, access| access.grant != grant);
        Ok(self.mint(mint, grant))
    }

    fn mint(&mut self, mint: Mint, grant: u64) -> Tokens {
        self.access.retain(|_, access| access.expires > mint.now);
        let tokens = Tokens {
            access_token: token::token(token::ACCESS, mint.world),
            refresh_token: token::token(token::REFRESH, mint.world),
            expires_in: mint.lifetime.as_secs(),
            token_type: "Bearer",
            scope: self.grants.get(&grant).and_then(Grant::told),
            project_refs: self.grants.get(&grant).and_then(|grant| grant.projects.clone()),
        };
        self.access.insert(
            tokens.access_token.clone(),
            Access {
                grant,
                expires: mint.now + mint.lifetime,
            },
        );
        self.refresh.insert(tokens.refresh_token.clone(), grant);
        tokens
    }

    /// The grant behind a living access token.
    pub fn behind(&self, access_token: &str, now: OffsetDateTime) -> Option<&Grant> {
        let access = self.access.get(access_token).filter(|access| access.expires > now)?;
        self.grants.get(&access.grant)
    }

    /// Ends the grant that a refresh token belongs to.
    pub fn revoke(&mut self, refresh_token: &str) -> bool {
        let Some(grant) = self.refresh.get(refresh_token).copied() else {
            return false;
        };
        self.end(grant);
        true
    }

    fn end(&mut self, grant: u64) {
        self.grants.remove(&grant);
        self.access.retain(|_, access| access.grant != grant);
        self.refresh.retain(|_, of| *of != grant);
        self.codes.retain(|_, code| code.used_for != Some(grant));
    }

    /// As if every person removed the app.
    pub fn end_all(&mut self) {
        *self = Self {
            last: self.last,
            ..Self::default()
        };
    }

    /// All access tokens end now; refreshing still works.
    pub fn expire_access(&mut self) {
        self.access.clear();
    }

    /// All codes that wait to be exchanged end now.
    pub fn expire_codes(&mut self, now: OffsetDateTime) {
        for code in self.codes.values_mut() {
            code.expires = Some(now);
        }
    }

    /// How many grants are alive.
    pub fn count(&self) -> usize {
        self.grants.len()
    }

    /// The access tokens, and the refresh tokens.
    pub fn tokens(&self) -> (Vec<&str>, Vec<&str>) {
        (
            self.access.keys().map(String::as_str).collect(),
            self.refresh.keys().map(String::as_str).collect(),
        )
    }
}
