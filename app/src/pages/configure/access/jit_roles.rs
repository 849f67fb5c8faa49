//! Roles of just-in-time access: how one is said, and how one is put together of what people type.

use leptos::prelude::*;
use management_api::database::{JitNetwork, JitNetworks, JitRole};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    components::when::{When, read},
    error::ConsoleError,
    settings::{
        convert::entries,
        ranges::{Family, Range},
    },
};

/// Names of the fields that a role is typed into.
pub const ROLE: &str = "role";
pub const UNTIL: &str = "until";
pub const NETWORKS: &str = "networks";
pub const BRANCHES: &str = "branches_only";

/// Seconds since 1970 as moments are written.
fn moment(seconds: f64) -> Option<String> {
    // ok: what is beyond every year is none.
    let moment = OffsetDateTime::from_unix_timestamp(seconds as i64).ok()?;
    moment.format(&Rfc3339).ok()
}

/// What may be connected from; nothing where that is anywhere.
pub fn networks(role: &JitRole) -> Vec<String> {
    let allowed = role.allowed_networks.iter();
    let all = allowed.flat_map(|allowed| [&allowed.allowed_cidrs, &allowed.allowed_cidrs_v6]);
    all.flatten().flatten().map(|network| network.cidr.clone()).collect()
}

/// A role with its bounds, for people.
pub fn said(role: &JitRole) -> AnyView {
    let until = match role.expires_at {
        Some(seconds) => match moment(seconds) {
            Some(at) => view! { "until " <When at/> }.into_any(),
            None => "until a time that cannot be read".into_any(),
        },
        None => "without an end".into_any(),
    };
    let from = match networks(role) {
        none if none.is_empty() => "from anywhere".to_owned(),
        some => format!("from {}", some.join(", ")),
    };
    let branches = (role.branches_only == Some(true)).then_some(", on branches only");
    let name = role.role.clone();
    view! { <span class="jit-role"><code><bdi>{name}</bdi></code> " " <span class="quiet">{until} ", " {from} {branches}</span></span> }
        .into_any()
}

/// What was typed of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub role: String,
    pub until: String,
    pub networks: String,
    pub branches_only: bool,
}

impl Typed {
    /// The role.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names the field that is not right.
    pub fn role(&self, now: OffsetDateTime) -> Result<JitRole, ConsoleError> {
        let role = self.role.trim();
        if role.is_empty() {
            return Err(ConsoleError::invalid(ROLE, "Which role of the database it is."));
        }
        let mut allowed = JitNetworks::default();
        for text in entries(&self.networks) {
            let family = if text.contains(':') { Family::V6 } else { Family::V4 };
            let range =
                Range::read(&text, family).map_err(|fault| ConsoleError::invalid(NETWORKS, fault.sentence(&text)))?;
            let list = match family {
                Family::V4 => &mut allowed.allowed_cidrs,
                Family::V6 => &mut allowed.allowed_cidrs_v6,
            };
            list.get_or_insert_default().push(JitNetwork {
                cidr: range.to_string(),
            });
        }
        Ok(JitRole {
            role: role.to_owned(),
            expires_at: self.end(now)?,
            allowed_networks: (allowed != JitNetworks::default()).then_some(allowed),
            branches_only: self.branches_only.then_some(true),
        })
    }

    fn end(&self, now: OffsetDateTime) -> Result<Option<f64>, ConsoleError> {
        let text = self.until.trim();
        if text.is_empty() {
            return Ok(None);
        }
        // Browsers leave the seconds out.
        let whole = if text.len() == 16 {
            format!("{text}:00")
        } else {
            text.to_owned()
        };
        let moment = read(&whole).ok_or_else(|| {
            ConsoleError::invalid(
                UNTIL,
                format!("\u{201c}{text}\u{201d} is no time such as 2026-12-01T18:00 (UTC)."),
            )
        })?;
        if moment <= now {
            return Err(ConsoleError::invalid(
                UNTIL,
                "This time is past. Choose one to come, in UTC.",
            ));
        }
        Ok(Some(moment.unix_timestamp() as f64))
    }
}

/// The roles that somebody is to have: those they keep, and the new one in the place of one of its name.
pub fn together(had: &[JitRole], dropped: &[String], new: Option<JitRole>) -> Vec<JitRole> {
    let stays = |role: &&JitRole| !dropped.contains(&role.role) && new.as_ref().is_none_or(|new| new.role != role.role);
    let mut roles: Vec<JitRole> = had.iter().filter(stays).cloned().collect();
    roles.extend(new);
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(role: &str, until: &str, networks: &str) -> Typed {
        Typed {
            role: role.to_owned(),
            until: until.to_owned(),
            networks: networks.to_owned(),
            branches_only: false,
        }
    }

    #[test]
    fn a_role_is_put_together_of_what_was_typed() {
        let now = read("2026-11-27T14:00:00Z").unwrap();
        let role = typed(" postgres ", "2026-11-28T14:00", "203.0.113.0/24\n2001:db8::1")
            .role(now)
            .unwrap();
        assert_eq!(role.role, "postgres");
        assert_eq!(role.expires_at, Some((now.unix_timestamp() + 86_400) as f64));
        assert_eq!(networks(&role), ["203.0.113.0/24", "2001:db8::1/128"]);
        let open = typed("postgres", "", "").role(now).unwrap();
        assert_eq!(
            (open.expires_at, open.allowed_networks, open.branches_only),
            (None, None, None)
        );
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let now = read("2026-11-27T14:00:00Z").unwrap();
        for (typed, field) in [
            (typed("", "", ""), ROLE),
            (typed("a", "soon", ""), UNTIL),
            (typed("a", "2026-11-27T13:00", ""), UNTIL),
            (typed("a", "", "203.0.113.7/24"), NETWORKS),
        ] {
            let Err(ConsoleError::Invalid { field: Some(at), .. }) = typed.role(now) else {
                panic!("{typed:?}")
            };
            assert_eq!(at, field);
        }
    }

    #[test]
    fn a_new_role_takes_the_place_of_its_own() {
        let role = |name: &str, expires_at| JitRole {
            role: name.to_owned(),
            expires_at,
            allowed_networks: None,
            branches_only: None,
        };
        let had = [role("a", None), role("b", None), role("c", None)];
        let roles = together(&had, &["c".to_owned()], Some(role("a", Some(9.0))));
        assert_eq!(roles, [role("b", None), role("a", Some(9.0))]);
        assert!(together(&had[..1], &["a".to_owned()], None).is_empty());
    }
}
