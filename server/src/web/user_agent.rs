//! User agents in plain words: "Firefox on Linux". For people who look which of their sign-ins is which, so a guess will do.

/// Names that browsers give, before those whose engine they name too.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Likewise; Android calls itself Linux too.
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Characters of a program's name, at most.
const NAME: usize = 40;

/// What a `User-Agent` says, in words; empty where it says nothing.
pub fn in_words(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|name| name.1);
    match (find(BROWSERS), find(SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        // A program: the name before its version, such as curl's.
        (None, _) => agent
            .split(['/', ' ', '('])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
            .take(NAME)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_and_so_is_what_they_run_on() {
        let gecko = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let blink = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        let edge = format!("{blink} Edg/140.0.0.0");
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";
        let phone = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
        for (agent, words) in [
            (gecko, "Firefox on Linux"),
            (blink, "Chrome on Windows"),
            (edge.as_str(), "Edge on Windows"),
            (safari, "Safari on macOS"),
            (phone, "Chrome on Android"),
            ("curl/8.9.1", "curl"),
            ("", ""),
            ("<script>alert(1)</script>", "scriptalert"),
            ("\u{202e}\u{0}", ""),
        ] {
            assert_eq!(in_words(agent), words, "{agent}");
        }
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(in_words(&"x".repeat(10_000)).len(), NAME);
    }
}
