//! What the frame does in the browser. It has nothing of its own to draw, so there is no island for it: the server's
//! elements are listened to.

pub mod command;
mod keys;
mod menu_width;
mod times;

/// Called once, when the WASM has arrived. What is listened to stays for as long as the page lives.
pub fn start() {
    command::listen();
    keys::listen();
    menu_width::listen();
    times::tell();
}
