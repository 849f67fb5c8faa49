//! The machine that a database runs on, and how far settings of Postgres go before its memory or its processors run out.
//! Rules of thumb of PostgreSQL's own documentation and wiki; connections are those that Supabase makes the size for.

use management_api::billing::AddonVariant;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::convert::plain;

const GB: f64 = 1_073_741_824.0;
const MB: f64 = 1_048_576.0;

/// A compute size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    pub name: String,
    /// Bytes.
    pub memory: f64,
    pub cores: f64,
    /// Direct connections to the database.
    pub connections: f64,
}

/// How far a setting goes: bytes, or how many.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Most {
    Bytes(f64),
    Count(f64),
}

impl Machine {
    /// The size of this variant; `None` where its memory is not told.
    pub fn of(variant: &AddonVariant) -> Option<Self> {
        let number = |name: &str| variant.meta.get(name).and_then(Value::as_f64);
        Some(Self {
            name: variant.name.clone(),
            memory: number("memory_gb").filter(|memory| *memory > 0.0)? * GB,
            cores: number("cpu_cores")?,
            connections: number("connections_direct")?,
        })
    }

    /// `connections`: how many there may be at the same time, where that is set.
    fn most(&self, setting: &str, connections: Option<f64>) -> Option<Most> {
        let of_memory = |part: f64| Some(Most::Bytes(self.memory * part));
        match setting {
            "shared_buffers" => of_memory(0.4),
            "effective_cache_size" => of_memory(0.75),
            "maintenance_work_mem" | "autovacuum_work_mem" | "logical_decoding_work_mem" => of_memory(0.125),
            "work_mem" => of_memory(0.25 / connections.unwrap_or(self.connections).max(1.0)),
            "max_connections" => Some(Most::Count(self.connections)),
            "max_parallel_workers" | "max_parallel_workers_per_gather" | "max_parallel_maintenance_workers" => {
                Some(Most::Count(self.cores))
            }
            _ => None,
        }
    }

    /// Up to where the setting is safe, as a sentence.
    pub fn safe(&self, setting: &str, connections: Option<f64>) -> Option<String> {
        let most = self.most(setting, connections)?.words();
        Some(format!("Safe on {} up to {most}.", self.name))
    }

    /// What is to be said of so many connections where each may take what `work_mem` is.
    pub fn crowded(&self, work_mem: &Value, connections: f64) -> Option<String> {
        let most = self.most("work_mem", Some(connections))?;
        let each = work_mem.as_str()?;
        (bytes("work_mem", each)? > most.number()).then(|| {
            format!(
                "So many connections may take {} of work_mem each on {}, and it is {each}.",
                most.words(),
                self.name
            )
        })
    }

    /// What is to be said of a value that goes further.
    pub fn warning(&self, setting: &str, value: &Value, connections: Option<f64>) -> Option<String> {
        let most = self.most(setting, connections)?;
        let wanted = match most {
            Most::Count(_) => value.as_f64()?,
            Most::Bytes(_) => bytes(setting, value.as_str()?)?,
        };
        (wanted > most.number())
            .then(|| format!("More than {}, up to which it is safe on {}.", most.words(), self.name))
    }
}

impl Most {
    fn number(self) -> f64 {
        match self {
            Self::Bytes(number) | Self::Count(number) => number,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Count(number) => plain(number),
            Self::Bytes(bytes) if bytes >= 10.0 * GB => format!("{}GB", (bytes / GB).floor()),
            Self::Bytes(bytes) if bytes >= MB => format!("{}MB", (bytes / MB).floor()),
            Self::Bytes(bytes) => format!("{}kB", (bytes / 1_024.0).floor()),
        }
    }
}

/// A size as Postgres reads it: without a unit it counts pages of 8 kB or kilobytes, whichever the setting does.
fn bytes(setting: &str, text: &str) -> Option<f64> {
    let digits = text.trim_end_matches(|one: char| one.is_ascii_alphabetic());
    let number: f64 = digits.trim().parse().ok()?;
    let unit = match &text[digits.len()..] {
        "B" => 1.0,
        "kB" => 1_024.0,
        "MB" => MB,
        "GB" => GB,
        "TB" => 1_024.0 * GB,
        "" if matches!(setting, "shared_buffers" | "effective_cache_size") => 8_192.0,
        "" => 1_024.0,
        _ => return None,
    };
    Some(number * unit)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn small() -> Machine {
        let variant = json!({
            "id": "ci_small", "name": "Small",
            "price": { "description": "", "type": "usage", "interval": "hourly", "amount": 0.02 },
            "meta": { "memory_gb": 2, "cpu_cores": 2, "connections_direct": 90 },
        });
        Machine::of(&serde_json::from_value(variant).unwrap()).unwrap()
    }

    #[test]
    fn what_is_safe_depends_on_the_size() {
        let machine = small();
        for (setting, connections, says) in [
            ("shared_buffers", None, "Safe on Small up to 819MB."),
            ("work_mem", None, "Safe on Small up to 5MB."),
            ("work_mem", Some(600.0), "Safe on Small up to 873kB."),
            ("max_connections", None, "Safe on Small up to 90."),
            ("max_parallel_workers", None, "Safe on Small up to 2."),
        ] {
            assert_eq!(machine.safe(setting, connections).as_deref(), Some(says));
        }
        assert_eq!(machine.safe("log_connections", None), None);
    }

    #[test]
    fn what_goes_further_is_warned_of_in_whatever_unit_it_is_written() {
        let machine = small();
        let warns = |setting: &str, value: Value| machine.warning(setting, &value, None).is_some();
        assert!(warns("shared_buffers", json!("1GB")) && !warns("shared_buffers", json!("512MB")));
        // Pages of 8 kB.
        assert!(warns("shared_buffers", json!("131072")) && !warns("shared_buffers", json!("65536")));
        assert!(warns("work_mem", json!("6144")) && !warns("work_mem", json!("4096kB")));
        assert!(warns("max_connections", json!(500)) && !warns("max_connections", json!(90)));
        assert!(!warns("shared_buffers", json!("plenty")) && !warns("shared_buffers", Value::Null));
    }

    #[test]
    fn of_a_size_without_memory_nothing_is_said() {
        let nano = json!({
            "id": "ci_nano", "name": "Nano",
            "price": { "description": "", "type": "fixed", "interval": "monthly", "amount": 0.0 },
            "meta": { "memory_gb": 0, "cpu_cores": 2, "connections_direct": 60 },
        });
        assert_eq!(Machine::of(&serde_json::from_value(nano).unwrap()), None);
    }
}
