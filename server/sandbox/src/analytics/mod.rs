//! What a project's services did: counts of requests, statistics of functions, and logs. All of it is invented, but the
//! same for the same project and moment.

pub mod drains;
pub mod functions;
pub mod logs;
pub mod metrics;
pub mod usage;
