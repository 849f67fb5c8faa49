//! The person behind the token.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    reach::Reach,
};

/// v1-get-profile
pub fn get(call: &mut Call<'_>) -> Answered {
    // It has no scope, and tokens of one organization or of single projects are not the person's own.
    if call.caller.reach != Reach::Person {
        return Err(Refusal::OutOfReach);
    }
    let person = call
        .world
        .person(&call.caller.person)
        .ok_or(Refusal::NotFound("Profile"))?;
    let username = person.email.split('@').next().unwrap_or_default();
    let profile = json!({ "gotrue_id": person.id, "primary_email": person.email, "username": username });
    Ok(answer(StatusCode::OK, &profile))
}
