//! Whether somebody who is signed in still may be: asked once a day, and sooner where the configuration has changed.

use app::error::ConsoleError;
use management_api::organizations::ListOrganizations;

use crate::{
    admission::{Admission, Verdict, judge},
    calls,
    error::Error,
    identity::SignedIn,
    state::State,
    store::now,
};

/// Seconds until somebody who was admitted is asked about again.
const A_DAY: i64 = 24 * 60 * 60;
/// Seconds for which somebody stays admitted while Supabase does not answer that question.
const GRACE: i64 = 2 * A_DAY;
/// Seconds within which one request asks for all of an account's.
const ASKED: i64 = 60;

/// Whether somebody who is signed in still may be; asks Supabase only where that is due.
pub async fn still(shared: &State, signed_in: &SignedIn) -> Result<Verdict, Error> {
    let Admission::Only(allowed) = &shared.admission else {
        return Ok(Verdict::Admitted);
    };
    let Some(admitted) = shared.store.admission(&signed_in.account).await? else {
        return Ok(Verdict::Refused);
    };
    let as_now = admitted.mark.as_deref() == Some(&allowed.mark());
    let age = now() - admitted.at;
    if as_now && age < A_DAY {
        return Ok(Verdict::Admitted);
    }
    let verdict = if shared.store.begin_admission(&signed_in.account, ASKED).await? {
        let email = signed_in.person.email.as_deref();
        let verdict = judge(&shared.admission, email, organizations(shared, signed_in)).await;
        if verdict == Verdict::Admitted {
            shared.store.admitted(&signed_in.account, &allowed.mark()).await?;
        }
        verdict
    } else {
        // Another request of the same person is asking.
        Verdict::Unknown
    };
    Ok(match verdict {
        Verdict::Unknown if as_now && age < GRACE => Verdict::Admitted,
        verdict => verdict,
    })
}

/// The slugs of the organizations that the person's own token lists.
async fn organizations(shared: &State, signed_in: &SignedIn) -> Result<Vec<String>, ConsoleError> {
    let list = calls::read(shared, signed_in, &ListOrganizations {}).await?;
    Ok(list.into_iter().map(|organization| organization.slug).collect())
}
