//! The calls behind the server functions, by area, and how their answers are read. Only the server makes them.

pub mod functions;
pub mod logs;
pub mod members;
pub mod projects;
pub mod settings;
