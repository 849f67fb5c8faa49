//! Logs: what is asked of them, over which time, and how their lines are read. The service takes ClickHouse's SQL over the one
//! table `logs`.

pub mod address;
pub mod kept;
pub mod level;
pub mod line;
pub mod question;
pub mod span;
pub mod views;
