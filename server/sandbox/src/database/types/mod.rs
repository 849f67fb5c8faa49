//! v1-generate-typescript-types

mod functions;
mod helpers;
mod layout;
mod origins;
mod relationships;
mod typescript;

use axum::http::StatusCode;
use futures::{FutureExt, future::BoxFuture};
use serde_json::json;

use crate::{
    answer::{Answered, json as answer},
    call::Waiting,
    schema::{self, model::Object},
};

/// v1-generate-typescript-types
pub fn generate(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        let wanted = waiting.request.query("included_schemas").unwrap_or("public").to_owned();
        let mut wanted: Vec<&str> = wanted
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        schema::check_names("included_schemas", &wanted)?;
        let mut connection = super::reading(&waiting).await?;
        let schema = schema::read(&mut connection, &wanted).await?;
        let origins = origins::read(&mut connection, &wanted).await?;
        // A schema that is not there is left out.
        wanted.retain(|name| {
            matches!(
                schema.objects.get(&schema::key::Key::namespace(name)),
                Some(Object::Namespace)
            )
        });
        wanted.sort_by(|a, b| typescript::compare(a, b));
        wanted.dedup();
        Ok(answer(
            StatusCode::OK,
            &json!({ "types": typescript::types(&schema, &origins, &wanted) }),
        ))
    }
    .boxed()
}
