//! Admission: who may sign in here, of everybody who has an account at Supabase.
//!
//! Only what Supabase itself tells of a person counts: the address of the profile, and the organizations that the person's
//! own token lists.

use std::{collections::BTreeSet, sync::Arc};

use app::error::ConsoleError;

use crate::{error::Error, store::crypto::hashed};

/// Who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Everybody with an account at Supabase.
    Anybody,
    Only(Arc<Allowed>),
}

/// Those who may; one of these is enough.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Members of these organizations, by slug.
    organizations: BTreeSet<String>,
    /// Addresses, in lower case.
    addresses: BTreeSet<String>,
    /// Everybody with an address of these domains, in lower case and without the `@`.
    domains: BTreeSet<String>,
}

impl Allowed {
    /// Reads two lists whose entries are parted by commas or spaces: slugs; addresses and `@domain`. `None`: both are empty.
    ///
    /// # Errors
    /// An entry that is none, named with its variable.
    pub fn read(organizations: &str, emails: &str) -> Result<Option<Self>, Error> {
        let mut allowed = Self::default();
        for slug in entries(organizations) {
            let fits = slug.len() <= 64
                && slug
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            if !fits {
                return Err(Error::Configuration(format!(
                    "STEWARD_ALLOW_ORGANIZATIONS lists slugs, as they stand in the dashboard\u{2019}s addresses; \
                     \u{201c}{slug}\u{201d} is none."
                )));
            }
            allowed.organizations.insert(slug.to_owned());
        }
        for entry in entries(emails) {
            let entry = entry.to_lowercase();
            match entry.rsplit_once('@') {
                Some(("", domain)) if domain.contains('.') => allowed.domains.insert(domain.to_owned()),
                Some((name, domain)) if domain.contains('.') && !name.contains('@') => {
                    allowed.addresses.insert(entry.clone())
                }
                Some(_) | None => {
                    return Err(Error::Configuration(format!(
                        "STEWARD_ALLOW_EMAILS lists addresses such as ada@example.com, and domains such as @example.com; \
                         \u{201c}{entry}\u{201d} is neither."
                    )));
                }
            };
        }
        Ok((allowed != Self::default()).then_some(allowed))
    }

    fn has_address(&self, email: Option<&str>) -> bool {
        let Some(email) = email.map(str::to_lowercase) else {
            return false;
        };
        let domain = email.rsplit_once('@').map(|(_, domain)| domain);
        self.addresses.contains(&email) || domain.is_some_and(|domain| self.domains.contains(domain))
    }

    /// A mark of what is allowed: somebody who was admitted under another one is asked about anew.
    pub fn mark(&self) -> String {
        hashed(&format!("{self:?}"))
    }
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', ' ', '\n', '\t']).filter(|entry| !entry.is_empty())
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Admitted,
    Refused,
    /// Supabase did not answer, so it is not known.
    Unknown,
}

impl Admission {
    /// A mark of who may sign in; `None` where everybody may.
    pub fn mark(&self) -> Option<String> {
        match self {
            Self::Anybody => None,
            Self::Only(allowed) => Some(allowed.mark()),
        }
    }
}

/// Whether somebody with this address may sign in. `organizations`: the slugs of those that their own tokens list; they
/// are asked for only where that is decided by them.
pub async fn judge(
    admission: &Admission,
    email: Option<&str>,
    organizations: impl Future<Output = Result<Vec<String>, ConsoleError>>,
) -> Verdict {
    let Admission::Only(allowed) = admission else {
        return Verdict::Admitted;
    };
    if allowed.has_address(email) {
        return Verdict::Admitted;
    }
    if allowed.organizations.is_empty() {
        return Verdict::Refused;
    }
    match organizations.await {
        Ok(slugs) if slugs.iter().any(|slug| allowed.organizations.contains(slug)) => Verdict::Admitted,
        Ok(_) => Verdict::Refused,
        // Whoever may not even list organizations cannot show that they belong to one.
        Err(ConsoleError::Forbidden { .. } | ConsoleError::PlanLimit { .. } | ConsoleError::NotFound) => {
            Verdict::Refused
        }
        Err(error) => {
            tracing::warn!(%error, "Supabase did not tell who belongs to which organization");
            Verdict::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(organizations: &str, emails: &str) -> Allowed {
        Allowed::read(organizations, emails).unwrap().unwrap()
    }

    #[test]
    fn lists_are_read_and_what_is_none_is_named() {
        assert_eq!(Allowed::read("", " , ").unwrap(), None);
        let both = allowed("acme, globex", "Ada@Example.com @example.org");
        assert_eq!(both.organizations.len(), 2);
        assert!(both.addresses.contains("ada@example.com") && both.domains.contains("example.org"));
        for (organizations, emails, wrong) in [
            ("a/b", "", "a/b"),
            ("", "ada", "ada"),
            ("", "@", "@"),
            ("", "@localhost", "@localhost"),
            ("", "a@b@example.com", "a@b@example.com"),
            ("", "*@example.com", ""),
        ] {
            match Allowed::read(organizations, emails) {
                Err(error) => assert!(!wrong.is_empty() && error.to_string().contains(wrong), "{error}"),
                // A star is a letter of an address like any other: it stands for nothing.
                Ok(read) => assert!(wrong.is_empty() && !read.unwrap().has_address(Some("ada@example.com"))),
            }
        }
    }

    #[test]
    fn an_address_fits_as_a_whole_or_by_its_domain() {
        let one = allowed("", "ada@example.com, @acme.org");
        for (email, fits) in [
            ("ada@example.com", true),
            ("ADA@Example.COM", true),
            ("grace@example.com", false),
            ("x@acme.org", true),
            ("x@evil-acme.org", false),
            ("x@acme.org.evil.example", false),
            ("x@sub.acme.org", false),
            ("\"x@acme.org\"@evil.example", false),
            ("", false),
        ] {
            assert_eq!(one.has_address(Some(email)), fits, "{email}");
        }
        assert!(!one.has_address(None));
    }

    #[test]
    fn another_list_has_another_mark() {
        assert_eq!(allowed("a,b", "").mark(), allowed("b a", "").mark());
        assert_ne!(allowed("a", "").mark(), allowed("a,b", "").mark());
    }
}
