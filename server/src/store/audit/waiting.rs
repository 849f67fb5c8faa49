//! How many reads wait to be written down.

use super::AuditTable;

impl AuditTable {
    /// Reads that wait for their turn; at most [`super::WAITING`], on top of which they are dropped.
    pub fn waiting(&self) -> usize {
        self.behind.max_capacity() - self.behind.capacity()
    }
}
