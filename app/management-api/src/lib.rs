//! The Supabase Management API as data and types: which operations there are, what they need and what they answer.

pub mod advisors;
pub mod analytics;
pub mod auth;
pub mod billing;
pub mod branches;
pub mod catalogue;
pub mod database;
pub mod domains;
pub mod error;
pub mod feature;
pub mod functions;
pub mod oauth;
pub mod operation;
pub mod organizations;
pub mod profile;
pub mod projects;
pub mod realtime;
pub mod rest;
pub mod role;
pub mod scope;
pub mod secret;
pub mod secrets;
pub mod storage;
mod upload;
mod visit;
mod words;

pub use catalogue::{Answer, Area, Asks, Body, Effect, Limit, OperationId, Permissions, Risk, Row, Stability};
pub use error::ApiError;
pub use operation::{BadParameter, Nothing, Operation, Request, SEGMENT, read};
pub use role::{Lacking, Role, lowest_role};
pub use scope::{Scope, Subject};
pub use secret::{Secret, SecretJson};
pub use upload::Upload;
pub use visit::{Unfit, Visitor, visit};
