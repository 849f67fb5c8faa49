//! The session behind the cookie: which account is signed in here, and nothing else of it.

use axum::response::Response;
use http::{HeaderValue, header::SET_COOKIE};
use time::{Duration, OffsetDateTime};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite, session::Error};
use url::Url;

use crate::{
    identity::AccountKey,
    store::{Store, accounts, crypto::random_id, now, sign_ins},
};

const ACCOUNT: &str = "account";
/// A mark that survives the renewal of the session's id, so that sign-ins begun in other tabs can still be finished.
const BROWSER: &str = "browser";
const RENEWED: &str = "renewed_at";
const SIGNED_IN: &str = "signed_in_at";
const A_DAY: i64 = 24 * 60 * 60;

/// The layer that gives every request its [`Session`].
///
/// Cookies are shared by all ports of a host, so over plain HTTP the name holds the port.
pub fn layer(store: Store, public_url: &Url) -> SessionManagerLayer<Store> {
    let secure = public_url.scheme() == "https";
    let name = if secure {
        "__Host-steward".to_owned()
    } else {
        format!("steward-{}", public_url.port_or_known_default().unwrap_or_default())
    };
    SessionManagerLayer::new(store)
        .with_name(name)
        .with_secure(secure)
        .with_http_only(true)
        // Strict would hide the cookie from the callback, which is reached from Supabase's page.
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(accounts::KEPT)))
}

/// tower-sessions takes a cookie back without `Secure`, and so a browser would keep a `__Host-` cookie.
pub async fn take_back_securely(mut response: Response) -> Response {
    for (_, cookie) in response
        .headers_mut()
        .iter_mut()
        .filter(|(name, _)| *name == SET_COOKIE)
    {
        let text = cookie.to_str().unwrap_or_default();
        if text.starts_with("__Host-")
            && !text.contains("; Secure")
            && let Ok(secure) = HeaderValue::from_str(&format!("{text}; Secure"))
        {
            *cookie = secure;
        }
    }
    response
}

pub async fn account(session: &Session) -> Result<Option<AccountKey>, Error> {
    Ok(session.get::<String>(ACCOUNT).await?.map(AccountKey::from))
}

/// The browser's mark, if it has begun a sign-in.
pub async fn browser(session: &Session) -> Result<Option<String>, Error> {
    session.get(BROWSER).await
}

/// The browser's mark, made if there is none. A session made for it lasts as long as the sign-in may take.
pub async fn mark_browser(session: &Session) -> Result<String, Error> {
    let mark = match browser(session).await? {
        Some(mark) => mark,
        None => {
            let mark = random_id();
            session.insert(BROWSER, &mark).await?;
            mark
        }
    };
    if account(session).await?.is_none() {
        session.set_expiry(Some(Expiry::OnInactivity(Duration::seconds(sign_ins::PATIENCE))));
    }
    Ok(mark)
}

/// Signs `account` in under a new session id, and gives the account that was signed in here before.
pub async fn sign_in(session: &Session, key: &AccountKey) -> Result<Option<AccountKey>, Error> {
    let before = account(session).await?;
    session.insert(ACCOUNT, key.as_str()).await?;
    session.insert(RENEWED, now()).await?;
    session.insert(SIGNED_IN, now()).await?;
    session.cycle_id().await?;
    Ok(before)
}

/// Prolongs a session that is in use; once a day, since saving replaces the whole record. It ends some time after the
/// sign-in all the same, as its account does. `true`: it was prolonged.
pub async fn prolong(session: &Session) -> Result<bool, Error> {
    let renewed_at: i64 = session.get(RENEWED).await?.unwrap_or_default();
    let due = now() - renewed_at > A_DAY;
    if due {
        session.insert(RENEWED, now()).await?;
        let signed_in_at: i64 = session.get(SIGNED_IN).await?.unwrap_or_else(now);
        let end = signed_in_at.saturating_add(accounts::LONGEST);
        if end < now() + accounts::KEPT
            && let Ok(end) = OffsetDateTime::from_unix_timestamp(end)
        {
            session.set_expiry(Some(Expiry::AtDateTime(end)));
        }
    }
    Ok(due)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn a_session_in_use_is_prolonged_once_a_day() {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(crate::store::for_tests(dir.path()).await);
        let session = Session::new(None, store, None);
        sign_in(&session, &AccountKey::from("a".to_owned())).await.unwrap();
        assert!(!prolong(&session).await.unwrap());
        session.insert(RENEWED, now() - A_DAY - 1).await.unwrap();
        assert!(prolong(&session).await.unwrap());
        assert!(!prolong(&session).await.unwrap());
    }

    #[tokio::test]
    async fn a_session_ends_after_thirty_days_however_much_it_is_used() {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(crate::store::for_tests(dir.path()).await);
        let session = Session::new(None, store, None);
        sign_in(&session, &AccountKey::from("a".to_owned())).await.unwrap();
        let left = |session: &Session| session.expiry_date().unix_timestamp() - now();
        session.insert(SIGNED_IN, now() - 20 * A_DAY).await.unwrap();
        session.insert(RENEWED, now() - 2 * A_DAY).await.unwrap();
        assert!(prolong(&session).await.unwrap());
        assert!(
            (10 * A_DAY - 5..=10 * A_DAY).contains(&left(&session)),
            "{}",
            left(&session)
        );
    }
}
