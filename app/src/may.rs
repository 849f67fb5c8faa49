//! May: why somebody may not do something, in words that say what is missing and whom to ask.

use std::fmt;

use management_api::{Role, permission_title};

/// Why something is not for this person now. What is not known is allowed: Supabase decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person's role in the organization lacks a permission.
    Role {
        permission: &'static str,
        /// The lowest role that has it.
        lowest: Role,
        /// Members who have it, the lowest role first. Few of them, and none where the list of members is not known.
        ask: Vec<Colleague>,
    },
    /// The token by which Steward would ask was seen to lack a permission.
    Token {
        /// Its mark or its organizations.
        token: String,
        permission: &'static str,
    },
    /// The person's connections are limited to other projects.
    NotConnected,
    /// The OAuth app was not given the scope that the operation needs.
    Scope { scope: &'static str },
    /// The organization's plan does not include it; `feature` is the key among the entitlements, such as `custom_domain`.
    Plan { feature: &'static str },
    /// The project is in a state in which it cannot be done; `status` is the API's word, such as `INACTIVE`.
    Status { status: String },
}

/// Somebody of the same organization who can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The user name, else the address. Text from outside: shown as text, and cut.
    pub name: String,
    pub role: Role,
}

impl Why {
    /// Two or three words for a badge or a menu, such as "Role too low".
    pub fn title(&self) -> &'static str {
        match self {
            Self::Role { .. } => "Role too low",
            Self::Token { .. } => "Not with this token",
            Self::NotConnected => "Not connected",
            Self::Scope { .. } => "Scope missing",
            Self::Plan { .. } => "Not in the plan",
            Self::Status { .. } => "Not in this state",
        }
    }

    /// The whole in sentences: what is missing, who has it, and what to do.
    pub fn sentence(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role {
                permission,
                lowest,
                ask,
            } => {
                write!(
                    f,
                    "Needs the permission {permission}, which {} have.",
                    lowest.and_above()
                )?;
                match ask.as_slice() {
                    [] => f.write_str(" Ask one of them."),
                    [only] => write!(f, " Ask {only}."),
                    [before @ .., last] => {
                        let before: Vec<String> = before.iter().map(Colleague::to_string).collect();
                        write!(f, " Ask {} or {last}.", before.join(", "))
                    }
                }
            }
            Self::Token { token, permission } => {
                let title = permission_title(permission);
                let title = title.as_deref().unwrap_or(permission);
                write!(
                    f,
                    "Supabase refused this to your token {token}: it lacks the permission {permission}, \u{201c}{title}\u{201d} in \
                     Supabase\u{2019}s dashboard. Make a token that has it, and add that under Connections."
                )
            }
            Self::NotConnected => f.write_str(
                "None of your connections covers this project: they were given other projects of its organization. Connect the \
                 organization again under Connections, and choose this one, too.",
            ),
            Self::Scope { scope } => write!(
                f,
                "Needs the scope {scope}, which Steward\u{2019}s OAuth app was not given. Whoever runs this console can add it to \
                 the app; then sign in again."
            ),
            Self::Plan { feature } => write!(
                f,
                "The organization\u{2019}s plan does not include this ({feature}). Its plan is changed in Supabase\u{2019}s dashboard."
            ),
            Self::Status { status } => match status.as_str() {
                "INACTIVE" => f.write_str("Not while the project is paused."),
                "ACTIVE_HEALTHY" => f.write_str("Not while the project is running."),
                other => write!(f, "Not while the project\u{2019}s status is {other}."),
            },
        }
    }
}

impl fmt::Display for Colleague {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_with_who_has_it() {
        let colleague = |name: &str, role| Colleague {
            name: name.to_owned(),
            role,
        };
        let why = |ask| {
            Why::Role {
                permission: "project_admin_write",
                lowest: Role::Administrator,
                ask,
            }
            .sentence()
        };
        let needs = "Needs the permission project_admin_write, which Administrators and Owners have.";
        assert_eq!(why(Vec::new()), format!("{needs} Ask one of them."));
        let ada = colleague("Ada Lovelace", Role::Owner);
        assert_eq!(why(vec![ada.clone()]), format!("{needs} Ask Ada Lovelace (Owner)."));
        let grace = colleague("Grace Hopper", Role::Administrator);
        assert_eq!(
            why(vec![grace, ada]),
            format!("{needs} Ask Grace Hopper (Administrator) or Ada Lovelace (Owner).")
        );
    }
}
