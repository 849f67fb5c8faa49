//! Everything that is logged while the tests run, at every level.

use std::{
    io::Write,
    sync::{Mutex, Once},
};

use tracing_subscriber::{fmt, layer::SubscriberExt, util::SubscriberInitExt};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ONCE: Once = Once::new();

struct Keep;

impl Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to keep every line.
pub fn capture() {
    ONCE.call_once(|| {
        let everything = fmt::layer().with_writer(|| Keep).with_ansi(false);
        tracing_subscriber::registry().with(everything).init();
    });
}

pub fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}
