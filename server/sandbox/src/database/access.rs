//! The database's password and its webhooks.

use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::json;

use super::Running;
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::{Call, Waiting},
    postgres::{Access, Session},
};

#[derive(Deserialize)]
struct NewPassword {
    password: String,
}

/// v1-update-database-password
///
/// Nothing of it is kept: nothing can read it, and nobody connects to the sandbox's PostgreSQL.
pub fn change_password(call: &mut Call<'_>) -> Answered {
    Running::of(call)?;
    let NewPassword { password } = call.request.json()?;
    if password.chars().count() < 4 {
        return Err(Refusal::Invalid("password: expected at least 4 characters.".to_owned()));
    }
    Ok(answer(
        StatusCode::OK,
        &json!({ "message": "Successfully updated password" }),
    ))
}

/// What webhooks need: triggers that name an address call this function. The sandbox reaches no addresses, so it writes
/// down what would have been called.
const WEBHOOKS: &str = "
CREATE SCHEMA IF NOT EXISTS supabase_functions;
GRANT USAGE ON SCHEMA supabase_functions TO anon, authenticated, service_role;
CREATE TABLE IF NOT EXISTS supabase_functions.hooks (
    id bigserial PRIMARY KEY,
    hook_table_id integer NOT NULL,
    hook_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    request_id bigint
);
CREATE OR REPLACE FUNCTION supabase_functions.http_request() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = supabase_functions AS $$
BEGIN
    IF TG_ARGV[0] IS NULL OR TG_ARGV[0] = 'null' THEN
        RAISE EXCEPTION 'url argument is missing';
    END IF;
    INSERT INTO supabase_functions.hooks (hook_table_id, hook_name) VALUES (TG_RELID::bigint::integer, TG_NAME);
    RETURN coalesce(NEW, OLD);
END $$;
";

/// v1-enable-database-webhook
pub fn enable_webhooks(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let running = waiting.within(|call| Running::of(call))?;
        let database = running.open(&waiting).await?;
        Session::open(database, Access::Owner).await?.own(WEBHOOKS).await?;
        Ok(empty(StatusCode::CREATED))
    })
}
