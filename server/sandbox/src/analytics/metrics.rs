//! What a project measures of itself, as Prometheus reads it: made up, but the same for the same project and minute.

use std::fmt::Write;

use super::logs::Dice;
use crate::{
    answer::{Answered, bytes},
    call::Call,
};

struct Metric {
    name: &'static str,
    help: &'static str,
    /// Beside the project's ref.
    labels: &'static str,
    /// What its value is from.
    least: u32,
    most: u32,
    /// Whether the value is a hundredth of that.
    hundredths: bool,
}

/// Those that only ever grow.
const COUNTERS: &str = "_total";

const SPENT: &str = "Seconds that each processor has spent, by what with.";
const CONNECTED: &str = "Connections by user.";

/// Series of one name stand together.
const METRICS: &[Metric] = &[
    Metric {
        hundredths: true,
        ..metric("node_load1", "Load of the last minute.", "", 5, 180)
    },
    metric("node_cpu_online", "Processors that run.", "cpu=\"0\"", 1, 1),
    metric("node_cpu_online", "Processors that run.", "cpu=\"1\"", 1, 1),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"0\",mode=\"idle\"",
        880_000,
        880_000,
    ),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"0\",mode=\"user\"",
        91_000,
        91_000,
    ),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"0\",mode=\"system\"",
        40_000,
        40_000,
    ),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"1\",mode=\"idle\"",
        870_000,
        870_000,
    ),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"1\",mode=\"user\"",
        98_000,
        98_000,
    ),
    metric(
        "node_cpu_seconds_total",
        SPENT,
        "cpu=\"1\",mode=\"system\"",
        43_000,
        43_000,
    ),
    metric(
        "node_memory_MemTotal_bytes",
        "Memory of the machine.",
        "",
        1_024_000_000,
        1_024_000_000,
    ),
    metric(
        "node_memory_MemAvailable_bytes",
        "Memory that is free for use.",
        "",
        200_000_000,
        700_000_000,
    ),
    metric(
        "node_filesystem_size_bytes",
        "Size of the disk.",
        "mountpoint=\"/data\"",
        2_147_000_000,
        2_147_000_000,
    ),
    metric(
        "node_filesystem_avail_bytes",
        "Room on the disk.",
        "mountpoint=\"/data\"",
        800_000_000,
        1_600_000_000,
    ),
    metric(
        "connection_stats_connection_count",
        CONNECTED,
        "service_type=\"postgresql\",username=\"authenticator\"",
        1,
        12,
    ),
    metric(
        "connection_stats_connection_count",
        CONNECTED,
        "service_type=\"postgresql\",username=\"postgres\"",
        0,
        4,
    ),
    metric(
        "connection_stats_connection_count",
        CONNECTED,
        "service_type=\"postgresql\",username=\"supabase_admin\"",
        2,
        9,
    ),
    metric("pg_up", "Whether the database answers.", "", 1, 1),
    metric(
        "pg_stat_database_num_backends",
        "Connections to the database.",
        "datname=\"postgres\"",
        3,
        40,
    ),
    metric(
        "pg_database_size_bytes",
        "Size of the database.",
        "datname=\"postgres\"",
        12_000_000,
        400_000_000,
    ),
    metric(
        "pg_stat_database_xact_commit_total",
        "Transactions that were committed.",
        "datname=\"postgres\"",
        10_000,
        900_000,
    ),
    metric(
        "pg_stat_database_deadlocks_total",
        "Deadlocks.",
        "datname=\"postgres\"",
        0,
        3,
    ),
    metric("auth_users_user_count", "Users of the project.", "", 4, 4_000),
    metric(
        "realtime_connected_clients",
        "Clients that are connected to Realtime.",
        "",
        0,
        120,
    ),
];

const fn metric(name: &'static str, help: &'static str, labels: &'static str, least: u32, most: u32) -> Metric {
    Metric {
        name,
        help,
        labels,
        least,
        most,
        hundredths: false,
    }
}

/// v1-scrape-project-metrics
pub fn scrape(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.running()?;
    let (mut text, mut before) = (String::new(), "");
    for Metric {
        name,
        help,
        labels,
        least,
        most,
        hundredths,
    } in METRICS
    {
        let minute = now.unix_timestamp().div_euclid(60);
        let mut dice = Dice::new(&format!("{} {name} {labels} {minute}", project.reference));
        let value = u128::from(*least) + dice.number(u128::from(most - least) + 1);
        let labels = match *labels {
            "" => format!("supabase_project_ref=\"{}\"", project.reference),
            labels => format!("supabase_project_ref=\"{}\",{labels}", project.reference),
        };
        let kind = if name.ends_with(COUNTERS) { "counter" } else { "gauge" };
        // ok: writing to a text does not fail.
        if before != *name {
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        }
        let _ = if *hundredths {
            writeln!(text, "{name}{{{labels}}} {}.{:02}", value / 100, value % 100)
        } else {
            writeln!(text, "{name}{{{labels}}} {value}")
        };
        before = name;
    }
    Ok(bytes("text/plain; version=0.0.4; charset=utf-8", text.into_bytes()))
}
