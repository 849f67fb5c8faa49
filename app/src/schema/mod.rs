//! What a schema tells: how tables point at each other, where each is drawn, and what changed since somebody looked.

pub mod layout;
pub mod relations;
pub mod types;
