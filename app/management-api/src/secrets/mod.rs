//! What opens a project's doors: API keys, the secrets of its functions, and the encryption root key.

mod api_keys;
mod edge;
mod encryption;

pub use self::{api_keys::*, edge::*, encryption::*};
