//! Authentication: who a request comes from, settled before the first byte of the answer.

use std::net::{IpAddr, SocketAddr};

use app::paths;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::{Method, Uri};
use tower_sessions::Session;

use crate::{
    admission::Verdict,
    context::RequestContext,
    identity::{Known, SignedIn},
    request_id::RequestId,
    responses::Unavailable,
    state::{self, Shared},
    store::accounts::Standing,
    web::{
        appearance, session,
        sign_in::{
            admitted, identify,
            turn_away::{API, Away, turn_away},
        },
    },
};

/// Lets nobody past who is not signed in, but to the sign-in page.
pub async fn authenticate(
    State(shared): State<Shared>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Result<Response, Unavailable> {
    let on_sign_in_page = request.uri().path() == paths::SIGN_IN;
    let mut context = RequestContext {
        theme: appearance::theme_of(request.headers()),
        narrow_menu: appearance::narrow_menu(request.headers()),
        folded: appearance::folded(request.headers()),
        address: address_of(&shared, &request),
        ..RequestContext::default()
    };
    match signed_in(&shared, &session).await? {
        // Whoever opens the sign-in page is not kept from reading what it says.
        Signed::In(signed_in) if on_sign_in_page => context.signed_in = Some(signed_in),
        Signed::In(mut signed_in) => {
            match admitted::still(&shared, &signed_in).await? {
                Verdict::Admitted => {}
                Verdict::Refused => {
                    session.flush().await?;
                    shared.keeper.end(signed_in.account);
                    return Ok(turn_away(&request, Away::NotAllowed));
                }
                Verdict::Unknown => return Ok(turn_away(&request, Away::Unknown)),
            }
            if session::prolong(&session).await? {
                shared.store.keep_account(&signed_in.account).await?;
            }
            // Whatever changes anything is sent as a form, and must be put down to somebody.
            let changes = request.method() == Method::POST && !request.uri().path().starts_with(API);
            if changes && signed_in.person.known == Known::NotYet {
                identify::settle(&shared, &mut signed_in).await?;
            }
            if let Some(id) = parameter(request.uri(), "notice") {
                context.flash = shared.store.flash(&signed_in.account, &id).await?;
            }
            context.signed_in = Some(signed_in);
        }
        Signed::Out | Signed::Dead if on_sign_in_page => {}
        Signed::Out => return Ok(turn_away(&request, Away::SignedOut)),
        Signed::Dead => return Ok(turn_away(&request, Away::Dead)),
    }
    request.extensions_mut().insert(context);
    Ok(next.run(request).await)
}

fn address_of(shared: &state::State, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    shared
        .sign_in_limit
        .client(peer.map(|ConnectInfo(peer)| peer.ip()), request.headers())
}

enum Signed {
    In(SignedIn),
    Out,
    /// Signed in, but Supabase no longer accepts the grant.
    Dead,
}

async fn signed_in(shared: &state::State, session: &Session) -> Result<Signed, Unavailable> {
    let Some(account) = session::account(session).await? else {
        return Ok(Signed::Out);
    };
    let Some(Standing {
        person,
        dead,
        used_at,
        scopes,
        details: _,
    }) = shared.store.account(&account).await?
    else {
        return Ok(Signed::Out);
    };
    // Whoever has others that work stays signed in, and reads on their page which one does not.
    let connections = shared.connections.of(&account).await.unwrap_or_default();
    if dead && connections.iter().all(|connection| connection.dead) {
        return Ok(Signed::Dead);
    }
    // The scopes of one of several say nothing of what the others cover.
    let scopes = scopes.filter(|_| connections.len() < 2);
    if let Err(error) = shared.store.note_use(&account, &person.id, used_at).await {
        tracing::warn!(%error, "that a sign-in is in use could not be noted");
    }
    Ok(Signed::In(SignedIn {
        account,
        person,
        scopes,
        request: RequestId::current(),
    }))
}

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query()?).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}
