//! Numbers as people read them, by the unit that the metric's name ends in.

use crate::ui::chart::grouped;

/// Each a thousand and twenty-four of the one before.
const SIZES: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
const STEP: f64 = 1024.0;

/// `412000000` as "393 MB".
pub fn bytes(value: f64) -> String {
    let (mut value, mut size) = (value, 0);
    while value.abs() >= STEP && size + 1 < SIZES.len() {
        value /= STEP;
        size += 1;
    }
    // ok: never past the last.
    let unit = SIZES[size];
    if size == 0 || value.abs() >= 100.0 {
        format!("{value:.0} {unit}")
    } else {
        format!("{value:.1} {unit}")
    }
}

/// The value of the metric `name`.
pub fn number(name: &str, value: f64) -> String {
    let name = name.strip_suffix("_total").unwrap_or(name);
    match value {
        value if value.is_nan() => "Not a number".to_owned(),
        value if value.is_infinite() => if value > 0.0 {
            "Without end"
        } else {
            "Without beginning"
        }
        .to_owned(),
        value if name.ends_with("_bytes") => bytes(value),
        value if name.ends_with("_seconds") => format!("{} s", plain(value)),
        value => plain(value),
    }
}

/// Whole numbers in groups of three digits; of others as many places as tell something.
fn plain(value: f64) -> String {
    let digits = |text: String| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    match value.abs() {
        size if size.fract() == 0.0 || size >= 1_000.0 => grouped(value),
        size if size >= 0.01 => digits(format!("{value:.2}")),
        _ => format!("{value:.2e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_the_unit_of_their_name() {
        for (name, value, text) in [
            ("node_memory_MemTotal_bytes", 1_024_000_000.0, "977 MB"),
            ("node_network_receive_bytes_total", 5_368_709_120.0, "5.0 GB"),
            ("x_bytes", 512.0, "512 B"),
            ("node_cpu_seconds_total", 1_234_567.8, "1,234,568 s"),
            ("node_load1", 0.5, "0.5"),
            ("node_load1", 0.0, "0"),
            ("up", 1.0, "1"),
            ("small", 0.000_123, "1.23e-4"),
            ("users", 40_000.0, "40,000"),
            ("odd", f64::NAN, "Not a number"),
            ("odd_bytes", f64::INFINITY, "Without end"),
        ] {
            assert_eq!(number(name, value), text, "{name} {value}");
        }
    }
}
