//! The Supabase Management API as data and types: which operations there are, what they need and what they answer.

pub mod analytics;
pub mod catalogue;
pub mod error;
pub mod operation;
pub mod organizations;
pub mod profile;
pub mod projects;
mod visit;

pub use catalogue::{Area, Effect, OperationId, Permissions, Row, Stability};
pub use error::ApiError;
pub use operation::{BadParameter, Nothing, Operation, Request, SEGMENT};
pub use visit::{Visitor, visit};
