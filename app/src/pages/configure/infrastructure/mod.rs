//! What a project runs on: its compute size, its disk, and what is paid beside the plan.

pub mod addons;
pub mod disk;
pub mod overview;
mod sizes;
