//! What answers requests: handlers by what they are for, and the middleware they lie behind.

pub mod appearance;
pub mod audit_export;
pub mod baselines;
pub mod configuration;
pub mod deploy;
pub mod explorer;
pub mod forms;
pub mod health;
pub mod log_export;
pub mod mail_look;
pub mod middleware;
mod own_path;
pub mod plans;
pub mod reveal;
pub mod run_log;
pub mod secrets;
mod sent;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod site;
pub mod sql;
mod user_agent;
pub mod zip;
