//! Steward as a browser meets it: a real console on a real sandbox, each on a port of its own.

mod browser;
mod forms;
mod http;
mod logs;
mod secrets;
mod sign_in;
mod stage;
mod tokens;
