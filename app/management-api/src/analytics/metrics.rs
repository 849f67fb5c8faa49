//! The text in which a project tells what it measures of itself: Prometheus' exposition format, version 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>). What cannot be read is counted and passed over.

use serde::{Deserialize, Serialize};

/// One measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Such as `node_load1`.
    pub name: String,
    /// By name, as they came.
    pub labels: Vec<(String, String)>,
    /// May be infinite or no number at all.
    pub value: f64,
}

/// What was measured, and how: the samples whose names begin alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Family {
    pub name: String,
    /// In the words of whoever measures; may be empty.
    pub help: String,
    /// `counter`, `gauge`, `histogram`, `summary`, `untyped`, or a word that came later; empty where none is told.
    pub kind: String,
    pub samples: Vec<Sample>,
}

/// All that was told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    pub families: Vec<Family>,
    /// Lines that are there and could not be read.
    pub unreadable: usize,
}

impl Sample {
    /// The value of a label; empty where there is none.
    pub fn label(&self, name: &str) -> &str {
        self.labels
            .iter()
            .find(|(one, _)| one == name)
            .map_or("", |(_, value)| value)
    }
}

impl Metrics {
    /// Reads the text line by line.
    pub fn read(text: &str) -> Self {
        let mut metrics = Self::default();
        for line in text.lines().map(str::trim) {
            match line.strip_prefix('#') {
                Some(comment) => metrics.comment(comment.trim_start()),
                None if line.is_empty() => {}
                None => match sample(line) {
                    Some(sample) => metrics.add(sample),
                    None => metrics.unreadable += 1,
                },
            }
        }
        metrics.families.retain(|family| !family.samples.is_empty());
        metrics
    }

    /// The samples of one family; none where it was not told.
    pub fn of(&self, name: &str) -> &[Sample] {
        self.families
            .iter()
            .find(|family| family.name == name)
            .map_or(&[], |family| &family.samples)
    }

    fn comment(&mut self, comment: &str) {
        let mut words = comment.splitn(3, ' ');
        let (Some(what), Some(name)) = (words.next(), words.next()) else {
            return;
        };
        let rest = words.next().unwrap_or_default().trim();
        match what {
            "HELP" => self.family(name).help = unescaped(rest),
            "TYPE" => rest.clone_into(&mut self.family(name).kind),
            _ => {}
        }
    }

    fn family(&mut self, name: &str) -> &mut Family {
        let at = self.families.iter().position(|family| family.name == name);
        let at = at.unwrap_or_else(|| {
            self.families.push(Family {
                name: name.to_owned(),
                ..Family::default()
            });
            self.families.len() - 1
        });
        // ok: it was found or pushed.
        &mut self.families[at]
    }

    fn add(&mut self, sample: Sample) {
        // The parts of a histogram and of a summary end in words of their own.
        let parts = ["_bucket", "_sum", "_count"];
        let whole = parts.iter().find_map(|part| sample.name.strip_suffix(part));
        let known =
            |family: &Family| whole == Some(&family.name) && matches!(family.kind.as_str(), "histogram" | "summary");
        let name = match self.families.iter().find(|family| known(family)) {
            Some(family) => family.name.clone(),
            None => sample.name.clone(),
        };
        self.family(&name).samples.push(sample);
    }
}

/// `name{label="value",…} value [milliseconds]`.
fn sample(line: &str) -> Option<Sample> {
    let end = line.find(|c: char| c == '{' || c.is_whitespace())?;
    let (name, rest) = line.split_at(end);
    let (labels, rest) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest)?,
        None => (Vec::new(), rest),
    };
    let value = rest.split_whitespace().next()?;
    let value = match value {
        "+Inf" => f64::INFINITY,
        "-Inf" => f64::NEG_INFINITY,
        number => number.parse().ok()?,
    };
    (!name.is_empty()).then(|| Sample {
        name: name.to_owned(),
        labels,
        value,
    })
}

/// The labels up to the closing brace, and what follows it.
fn labels(mut text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut labels = Vec::new();
    loop {
        text = text.trim_start_matches([',', ' ']);
        if let Some(rest) = text.strip_prefix('}') {
            return Some((labels, rest));
        }
        let (name, rest) = text.split_once('=')?;
        let rest = rest.trim_start().strip_prefix('"')?;
        let mut escaped = false;
        let end = rest.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let (value, rest) = rest.split_at(end);
        labels.push((name.trim().to_owned(), unescaped(value)));
        text = rest.get(1..)?;
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            (letter, false) => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prometheus_reads_is_read() {
        let text = "# HELP node_load1 Load of the\\nlast minute.\n# TYPE node_load1 gauge\nnode_load1 0.5 1700000000000\n\
                    # a comment\n\n# TYPE http_seconds histogram\n\
                    http_seconds_bucket{le=\"0.1\",path=\"/a,b}\\\"c\"} 3\nhttp_seconds_bucket{le=\"+Inf\"} 4\n\
                    http_seconds_sum 1e-3\nhttp_seconds_count 4\n\
                    pg_up{ datname = \"a\\\\b\" , } +Inf\nlonely NaN\nbroken{x=\"1} 2\nnothing\n# TYPE unused gauge\n";
        let metrics = Metrics::read(text);
        let names: Vec<_> = metrics
            .families
            .iter()
            .map(|family| (family.name.as_str(), family.kind.as_str(), family.samples.len()))
            .collect();
        assert_eq!(
            names,
            [
                ("node_load1", "gauge", 1),
                ("http_seconds", "histogram", 4),
                ("pg_up", "", 1),
                ("lonely", "", 1),
            ]
        );
        assert_eq!(metrics.unreadable, 2);
        assert_eq!(metrics.families[0].help, "Load of the\nlast minute.");
        assert_eq!(metrics.of("node_load1")[0].value, 0.5);
        let bucket = &metrics.of("http_seconds")[0];
        assert_eq!((bucket.label("le"), bucket.label("path")), ("0.1", "/a,b}\"c"));
        assert_eq!(metrics.of("pg_up")[0].label("datname"), "a\\b");
        assert!(metrics.of("pg_up")[0].value.is_infinite() && metrics.of("lonely")[0].value.is_nan());
        assert!(metrics.of("unused").is_empty());
    }

    #[test]
    fn anything_else_is_counted_and_passed_over() {
        for text in ["", "\n\n", "#", "# HELP", "{} {", "a{b", "a{b=\"", "a{b=\"\\", "<html>"] {
            assert!(Metrics::read(text).families.is_empty(), "{text}");
        }
    }
}
