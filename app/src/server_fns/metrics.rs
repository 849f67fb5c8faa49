//! What a project measures of itself: what its page reads.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::analytics::{ScrapeMetrics, metrics::Metrics};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{call::call, error::ConsoleError};

/// What was measured at one moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measured {
    pub metrics: Metrics,
    /// When it was asked for: RFC 3339.
    pub at: String,
}

/// One call.
#[server(prefix = "/api", endpoint = "metrics", input = Json, output = Json)]
pub async fn metrics_of(project: String) -> Result<Measured, ConsoleError> {
    // ok: such a moment can always be written.
    let at = OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default();
    let text = call(ScrapeMetrics { project }).await?;
    Ok(Measured {
        metrics: Metrics::read(&text),
        at,
    })
}
