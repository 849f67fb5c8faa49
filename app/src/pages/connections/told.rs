//! What the page says of what a change came to.

use crate::ui::Tone;

/// What `?told=` says.
pub fn told(word: &str) -> Option<(Tone, &'static str, &'static str)> {
    Some(match word {
        "connected" => (
            Tone::Success,
            "Connected",
            "What it covers is in your lists from now on.",
        ),
        "again" => (
            Tone::Success,
            "Connected again",
            "The older access to the same organization was replaced.",
        ),
        "replaced" => (
            Tone::Success,
            "Replaced",
            "The new token is used from now on. The older one still works: delete it in Supabase\u{2019}s dashboard, under Account, Access Tokens.",
        ),
        "gone" => (
            Tone::Error,
            "There is no such token here any more",
            "It was disconnected meanwhile. Add the new one by itself.",
        ),
        "end-refused" => (
            Tone::Error,
            "That is no day",
            "Give the day on which the token ends as year, month and day, such as 2026-12-05; or leave it out.",
        ),
        "removed" => (
            Tone::Success,
            "Disconnected",
            "Steward has forgotten it, and Supabase has ended it.",
        ),
        "removed-later" => (
            Tone::Warning,
            "Disconnected; Supabase does not know it yet",
            "Supabase could not be reached to revoke it. Nobody can use it here any more, and Steward keeps trying for a day.",
        ),
        "removed-token" => (
            Tone::Info,
            "Steward has forgotten the token; it still works",
            "Only you can end it: delete it in Supabase\u{2019}s dashboard, under Account, Access Tokens.",
        ),
        "named" => (Tone::Success, "Named", "Audit rows from now on carry the name."),
        "name-refused" => (Tone::Error, "That name does not fit", "Give 1 to 80 characters."),
        "another-person" => (
            Tone::Error,
            "That is somebody else\u{2019}s",
            "Supabase says that it belongs to another account than yours. Everything is written down with your name, so it was not added.",
        ),
        "consent-denied" => (
            Tone::Error,
            "Access was declined",
            "Nothing was added; the others are as they were.",
        ),
        "expired-code" => (
            Tone::Error,
            "That took too long",
            "Supabase\u{2019}s confirmation had expired. Start again.",
        ),
        "unavailable" => (
            Tone::Error,
            "Supabase cannot be reached",
            "Try again in a minute. The others are as they were.",
        ),
        "not-configured" => (
            Tone::Error,
            "This console cannot do that",
            "Supabase does not accept its client id, secret or redirect address, or the way is switched off. Tell whoever runs it.",
        ),
        "token-refused" => (
            Tone::Error,
            "The token was not accepted",
            "Check that it was copied whole and has not been deleted. A token that may not list projects needs the refs of its projects.",
        ),
        "revoked" => (Tone::Error, "Supabase refused what it had just given", "Start again."),
        _ => return None,
    })
}
