//! Links to a person's own: the sign-in, its sessions, and the connections to Supabase.

use super::encoded;

pub const SIGN_IN: &str = "/sign-in";
/// Where the sign-in form posts to; answers with a redirect to Supabase.
pub const SIGN_IN_START: &str = "/sign-in/start";
/// Where Supabase sends people back to.
pub const SIGN_IN_CALLBACK: &str = "/sign-in/callback";
/// Where a personal access token is posted to.
pub const SIGN_IN_TOKEN: &str = "/sign-in/token";
pub const SIGN_OUT: &str = "/sign-out";
/// The person's own sign-ins.
pub const SESSIONS: &str = "/sessions";
/// Through what somebody reaches Supabase.
pub const CONNECTIONS: &str = "/connections";
/// To Supabase's consent page, for one organization more.
pub const CONNECT: &str = "/connections/connect";
/// A personal token more.
pub const CONNECT_TOKEN: &str = "/connections/token";
pub const DISCONNECT: &str = "/connections/disconnect";
/// How the person is to be called, where Supabase does not tell it.
pub const CALL_ME: &str = "/connections/name";
/// Where one of them is ended, and where all are.
pub const END_SESSION: &str = "/sessions/end";
pub const END_SESSIONS: &str = "/sessions/end-all";

/// The sign-in page, returning to `path` afterwards.
pub fn sign_in_then(path: &str) -> String {
    format!("{SIGN_IN}?return_to={}", encoded(path))
}

/// Like [`sign_in_then`], where the page says what has ended the sign-in, or kept it from being made: one of its own words.
pub fn sign_in_because(problem: &str, path: &str) -> String {
    format!("{SIGN_IN}?problem={}&return_to={}", encoded(problem), encoded(path))
}

/// The sign-in page after a sign-out; `word` says what became of the access that Steward had.
pub fn signed_out(word: &str) -> String {
    format!("{SIGN_IN}?signed_out={}", encoded(word))
}

/// The list of sign-ins after one of them was ended; likewise.
pub fn session_ended(word: &str) -> String {
    format!("{SESSIONS}?ended={}", encoded(word))
}

/// The connections, with what came of a change: a word of the page's.
pub fn connections_told(word: &str) -> String {
    format!("{CONNECTIONS}?told={}", encoded(word))
}

/// The connections, with a form for a new token in the place of an older one.
pub fn replace_token(connection: &str) -> String {
    format!("{CONNECTIONS}?replace={}", encoded(connection))
}
