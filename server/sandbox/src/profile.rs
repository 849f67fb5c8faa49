//! The person behind the token.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};

/// v1-get-profile
pub fn get(call: &mut Call<'_>) -> Answered {
    let person = call
        .world
        .person(&call.caller.person)
        .ok_or(Refusal::NotFound("Profile"))?;
    let username = person.email.split('@').next().unwrap_or_default();
    let profile = json!({ "gotrue_id": person.id, "primary_email": person.email, "username": username });
    Ok(answer(StatusCode::OK, &profile))
}
