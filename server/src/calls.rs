//! Calls: what the server asks Supabase in the name of somebody who is signed in.

use app::{backend, error::ConsoleError};
use bytes::Bytes;
use management_api::{Operation, Request};

use crate::{
    identity::{SignedIn, Through},
    stack::Call,
    state::State,
};

/// Sends a call of the person's. The answer is as upstream sent it: it may hold secrets.
pub async fn send(
    shared: &State,
    signed_in: &SignedIn,
    through: Through,
    request: Request,
) -> Result<Bytes, ConsoleError> {
    let answer = shared.stack.send(Call::new(signed_in.caller(through), request)).await?;
    Ok(answer.body)
}

/// The same for a read that must not come from what is kept for a moment.
pub async fn send_anew(shared: &State, signed_in: &SignedIn, request: Request) -> Result<Bytes, ConsoleError> {
    let call = Call {
        anew: true,
        ..Call::new(signed_in.caller(Through::Console), request)
    };
    Ok(shared.stack.send(call).await?.body)
}

/// Makes one of the console's own calls, and reads of the answer what its type holds.
pub async fn read<O: Operation>(
    shared: &State,
    signed_in: &SignedIn,
    operation: &O,
) -> Result<O::Output, ConsoleError> {
    let request = Request::of(operation)?;
    backend::read::<O>(&send(shared, signed_in, Through::Console, request).await?)
}
