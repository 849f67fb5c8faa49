//! What can be done with a signing key: only what its state allows, each with what it does to people who are signed in and
//! when it is safe. What is closed for now stays in its place with its reason.

use leptos::prelude::*;
use management_api::{
    OperationId,
    auth::{
        SigningKey,
        SigningKeyStatus::{self, InUse, PreviouslyUsed, Revoked, Standby},
    },
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    components::{
        operation_form::{FormState, OperationForm, ProjectRef, Thing},
        when::{self, When},
    },
    paths,
    server_fns::keys::Signing,
    ui::{Button, ButtonKind, Glyph, Icon},
};

/// Verifiers keep the published keys for a while: what Supabase advises to wait beside the tokens' own time.
const MARGIN: Duration = Duration::minutes(15);

/// What decides, beside a key's own state.
#[derive(Clone, Debug)]
pub struct Around {
    project: String,
    /// The key that the legacy JWT secret became.
    legacy: Option<String>,
    /// Whether `anon` and `service_role` work, as far as that is known.
    legacy_keys: Option<bool>,
    /// For how long an access token is good.
    expiry: Option<Duration>,
    standby_is_taken: bool,
    now: OffsetDateTime,
}

impl Around {
    pub fn of(project: &str, all: &Signing) -> Self {
        Self {
            project: project.to_owned(),
            legacy: all.legacy.clone().ok().flatten(),
            legacy_keys: all.legacy_keys.clone().ok().flatten(),
            expiry: all.expiry.clone().ok().flatten().map(Duration::seconds),
            standby_is_taken: all.keys.iter().any(|key| key.status == Standby),
            now: OffsetDateTime::now_utc(),
        }
    }

    pub fn is_legacy(&self, key: &SigningKey) -> bool {
        self.legacy.as_ref() == Some(&key.id)
    }
}

/// Seconds as people say them.
pub fn lasting(seconds: i64) -> String {
    match (seconds / 3600, seconds % 3600 / 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// One thing that can be done.
#[derive(Debug)]
struct Move {
    to: Option<SigningKeyStatus>,
    /// What it says on the button, and on that of the form.
    label: &'static str,
    does: &'static str,
    closed: Option<&'static str>,
}

/// What the state of a key allows.
fn allowed(around: &Around, key: &SigningKey) -> Vec<Move> {
    let to = |to, label, does, closed| Move {
        to: Some(to),
        label,
        does,
        closed,
    };
    let taken = around.standby_is_taken.then_some("The standby place is taken.");
    let back = || {
        to(
            Standby,
            "Back to standby",
            "It is published again and signs nothing, until it is rotated in.",
            taken,
        )
    };
    let legacy = around.is_legacy(key);
    match key.status {
        Standby => vec![
            to(
                InUse,
                "Rotate to this key",
                "New tokens are signed with it at once. Nobody is signed out: those of the key before stay good.",
                None,
            ),
            to(
                PreviouslyUsed,
                "Move to previously used",
                "Frees the place; it has signed nothing.",
                None,
            ),
        ],
        InUse => Vec::new(),
        PreviouslyUsed => {
            let signed = (legacy && around.legacy_keys == Some(true))
                .then_some("anon and service_role are signed with it: turn the legacy keys off first.");
            vec![
                to(
                    Revoked,
                    "Revoke",
                    "Tokens that it has signed are refused from then on: whoever still holds one is signed out.",
                    signed,
                ),
                back(),
            ]
        }
        Revoked => {
            let legacy = legacy.then_some("The key that was made of the legacy JWT secret stays.");
            vec![
                back(),
                Move {
                    to: None,
                    label: "Delete",
                    does: "For good. Supabase allows it once the key has been revoked for a while.",
                    closed: legacy,
                },
            ]
        }
        SigningKeyStatus::Other(_) => Vec::new(),
    }
}

/// The moment from which nobody holds a token of a key that no longer signs.
fn safe_from(around: &Around, key: &SigningKey) -> Option<OffsetDateTime> {
    Some(when::read(&key.updated_at)? + around.expiry? + MARGIN)
}

pub fn moves(around: &Around, key: &SigningKey) -> AnyView {
    let all = allowed(around, key);
    if all.is_empty() {
        let why = match key.status {
            InUse => "It leaves only when another key is rotated in. Nobody is signed out by that.",
            Standby | PreviouslyUsed | Revoked | SigningKeyStatus::Other(_) => "Nothing that Steward knows of.",
        };
        return view! { <p class="moves">{why}</p> }.into_any();
    }
    let each: Vec<_> = all.into_iter().map(|one| drawn(around, key, one)).collect();
    view! { <ul class="moves">{each}</ul> }.into_any()
}

fn drawn(around: &Around, key: &SigningKey, one: Move) -> AnyView {
    let safe = (one.closed.is_none() && one.to == Some(Revoked)).then(|| safe(around, key));
    let act = match one.closed {
        Some(why) => view! { <Button small=true disabled_because=Some(why.to_owned())>{one.label}</Button> }.into_any(),
        None => form(around, key, &one),
    };
    let does = one.closed.is_none().then_some(one.does);
    view! { <li>{act} {does.map(|does| view! { <p>{does}</p> })} {safe}</li> }.into_any()
}

/// When revoking signs nobody out any more.
fn safe(around: &Around, key: &SigningKey) -> AnyView {
    let Some(from) = safe_from(around, key) else {
        return view! {
            <p>"How long access tokens live is not known here: wait for that long and 15 min more, so that nobody is signed out."</p>
        }
        .into_any();
    };
    // ok: such a moment can always be written.
    let at = from.format(&Rfc3339).unwrap_or_default();
    let wait = around
        .expiry
        .map(Duration::whole_seconds)
        .map(lasting)
        .unwrap_or_default();
    let after = format!("{wait} and 15 min after it left use.");
    if from <= around.now {
        view! { <p><span class="on-success"><Glyph icon=Icon::CheckCircle/>"Safe since " <When at/></span> {after}</p> }
            .into_any()
    } else {
        view! { <p><span class="on-warning"><Glyph icon=Icon::Warning/>"Signs people out until " <When at/></span> {after}</p> }.into_any()
    }
}

fn form(around: &Around, key: &SigningKey, one: &Move) -> AnyView {
    let here = paths::signing_keys(&around.project);
    let (project, id) = (around.project.clone(), key.id.clone());
    let (operation, word) = match &one.to {
        Some(to) => (OperationId::UpdateSigningKey, to.as_str().to_owned()),
        None => (OperationId::RemoveSigningKey, "delete".to_owned()),
    };
    let form = format!("{word}-{id}");
    // One that has failed is there to be seen.
    let open = FormState::of(operation, &form).was_sent();
    let kind = match one.to {
        Some(InUse) => ButtonKind::Primary,
        Some(Revoked) | None => ButtonKind::Danger,
        Some(Standby | PreviouslyUsed | SigningKeyStatus::Other(_)) => ButtonKind::Secondary,
    };
    let summary = match one.to {
        Some(InUse) => "button button-primary",
        Some(Standby | PreviouslyUsed | Revoked | SigningKeyStatus::Other(_)) | None => "button button-small",
    };
    let label = one.label;
    let status = one
        .to
        .clone()
        .map(|to| view! { <input type="hidden" name="status" value=to.as_str().to_owned()/> });
    let thing = one.to.is_none().then(|| Thing::Named(id.clone()));
    view! {
        <details class="move" open=open>
            <summary class=summary>{label} "\u{2026}"</summary>
            <OperationForm operation id=form next=here.clone() back=here submit=label kind small=true thing>
                <ProjectRef reference=project/>
                <input type="hidden" name="id" value=id/>
                {status}
            </OperationForm>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(status: SigningKeyStatus) -> SigningKey {
        SigningKey {
            id: "one".to_owned(),
            algorithm: "ES256".to_owned(),
            status,
            public_jwk: serde_json::Value::Null,
            created_at: "2026-06-01T10:00:00Z".to_owned(),
            updated_at: "2026-06-01T10:00:00Z".to_owned(),
        }
    }

    fn around(standby_is_taken: bool) -> Around {
        Around {
            project: "abc".to_owned(),
            legacy: None,
            legacy_keys: Some(true),
            expiry: Some(Duration::hours(1)),
            standby_is_taken,
            now: OffsetDateTime::UNIX_EPOCH,
        }
    }

    fn open(around: &Around, status: SigningKeyStatus) -> Vec<Option<SigningKeyStatus>> {
        let all = allowed(around, &key(status)).into_iter();
        all.filter(|one| one.closed.is_none()).map(|one| one.to).collect()
    }

    #[test]
    fn only_what_a_state_allows_is_offered() {
        let free = around(false);
        assert_eq!(open(&free, Standby), [Some(InUse), Some(PreviouslyUsed)]);
        assert!(open(&free, InUse).is_empty());
        assert_eq!(open(&free, PreviouslyUsed), [Some(Revoked), Some(Standby)]);
        assert_eq!(open(&free, Revoked), [Some(Standby), None]);
        assert!(open(&free, SigningKeyStatus::Other("new".to_owned())).is_empty());
        let taken = around(true);
        assert_eq!(open(&taken, PreviouslyUsed), [Some(Revoked)]);
        assert_eq!(open(&taken, Revoked), [None]);
    }

    #[test]
    fn the_key_of_the_legacy_secret_is_not_revoked_under_its_own_keys_and_never_deleted() {
        let legacy = Around {
            legacy: Some("one".to_owned()),
            ..around(false)
        };
        assert_eq!(open(&legacy, PreviouslyUsed), [Some(Standby)]);
        assert_eq!(open(&legacy, Revoked), [Some(Standby)]);
        let off = Around {
            legacy_keys: Some(false),
            ..legacy
        };
        assert_eq!(open(&off, PreviouslyUsed), [Some(Revoked), Some(Standby)]);
    }

    #[test]
    fn it_is_safe_when_the_last_token_has_ended() {
        let at = safe_from(&around(false), &key(PreviouslyUsed)).unwrap();
        assert_eq!(at.format(&Rfc3339).unwrap(), "2026-06-01T11:15:00Z");
        let unknown = Around {
            expiry: None,
            ..around(false)
        };
        assert_eq!(safe_from(&unknown, &key(PreviouslyUsed)), None);
    }

    #[test]
    fn seconds_are_told_as_people_say_them() {
        for (seconds, said) in [
            (45, "45 s"),
            (600, "10 min"),
            (90, "1 min 30 s"),
            (3600, "1 h"),
            (5400, "1 h 30 min"),
            (604_800, "168 h"),
        ] {
            assert_eq!(lasting(seconds), said);
        }
    }
}
