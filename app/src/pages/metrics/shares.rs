//! What fills up, out of the numbers that tell it: each as a share of what there is. What a project does not tell is left out.
//!
//! Names as node_exporter, postgres_exporter and Supabase's own exporters give them.

use management_api::analytics::metrics::{Metrics, Sample};

use super::units::bytes;
use crate::ui::{chart::grouped, meters::Meter};

/// From here on somebody should look.
const FULL: f64 = 0.9;
/// Disks, the fullest first.
const DISKS: usize = 4;

fn sum(samples: &[Sample]) -> Option<f64> {
    let values = samples
        .iter()
        .map(|sample| sample.value)
        .filter(|value| value.is_finite());
    (!samples.is_empty()).then(|| values.sum())
}

/// How much of `all` is taken, where `left` is free; nothing where there is none of it.
pub fn meter(name: String, left: f64, all: f64) -> Option<Meter> {
    let share = (all - left) / all;
    let full = share >= FULL;
    let little = if full { ", little is left" } else { "" };
    (all > 0.0 && left.is_finite()).then(|| Meter {
        name,
        number: format!("{} of {} in use{little}", bytes(all - left), bytes(all)),
        share,
        full,
    })
}

/// Processors that run; nothing where that is not told.
fn cores(metrics: &Metrics) -> Option<f64> {
    let online = sum(metrics.of("node_cpu_online"));
    let mut known: Vec<_> = metrics
        .of("node_cpu_seconds_total")
        .iter()
        .map(|sample| sample.label("cpu"))
        .collect();
    known.sort_unstable();
    known.dedup();
    // ok: machines have few.
    online.or((!known.is_empty()).then_some(known.len() as f64))
}

fn load(metrics: &Metrics) -> Option<Meter> {
    let (load, cores) = (sum(metrics.of("node_load1"))?, cores(metrics)?);
    let full = load >= cores;
    let waits = if full { ", work waits" } else { "" };
    let noun = if cores == 1.0 { "core" } else { "cores" };
    Some(Meter {
        name: "Load of the last minute".to_owned(),
        number: format!("{load:.2} on {cores} {noun}{waits}"),
        share: load / cores,
        full,
    })
}

/// Since the machine started: one look tells of no shorter time.
fn busy(metrics: &Metrics) -> Option<Meter> {
    let all = metrics.of("node_cpu_seconds_total");
    let of = |idle: bool| {
        all.iter()
            .filter(move |sample| (sample.label("mode") == "idle") == idle)
    };
    let (idle, busy) = (
        of(true).map(|sample| sample.value).sum::<f64>(),
        of(false).map(|sample| sample.value).sum::<f64>(),
    );
    let share = busy / (idle + busy);
    share.is_finite().then(|| Meter {
        name: "CPU since the machine started".to_owned(),
        number: format!("{:.0} % of the time busy", share * 100.0),
        share,
        full: false,
    })
}

fn disks(metrics: &Metrics) -> Vec<Meter> {
    let free = metrics.of("node_filesystem_avail_bytes");
    let disk = |size: &Sample| {
        let place = size.label("mountpoint");
        let left = free.iter().find(|free| free.label("mountpoint") == place)?;
        meter(format!("Disk {place}").trim_end().to_owned(), left.value, size.value)
    };
    // What lies in memory is no disk.
    let sizes = metrics.of("node_filesystem_size_bytes").iter();
    let mut disks: Vec<_> = sizes
        .filter(|size| size.label("fstype") != "tmpfs")
        .filter_map(disk)
        .collect();
    disks.sort_by(|a, b| b.share.total_cmp(&a.share));
    disks.truncate(DISKS);
    disks
}

/// What fills up.
pub fn filled(metrics: &Metrics) -> Vec<Meter> {
    let of = |name: &str, left: &str, all: &str| {
        let (left, all) = (sum(metrics.of(left))?, sum(metrics.of(all))?);
        meter(name.to_owned(), left, all)
    };
    let memory = of("Memory", "node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes");
    let swap = of("Swap", "node_memory_SwapFree_bytes", "node_memory_SwapTotal_bytes");
    let mut all: Vec<_> = [load(metrics), busy(metrics), memory, swap]
        .into_iter()
        .flatten()
        .collect();
    all.extend(disks(metrics));
    all
}

/// What is counted, without an end to compare it with.
pub fn counted(metrics: &Metrics) -> Vec<(&'static str, String)> {
    let one = |term, names: &[&str], read: fn(f64) -> String| {
        let value = names.iter().find_map(|name| sum(metrics.of(name)))?;
        Some((term, read(value)))
    };
    let connections = ["connection_stats_connection_count", "pg_stat_database_num_backends"];
    [
        one("Connections to the database", &connections, grouped),
        one("Size of all databases", &["pg_database_size_bytes"], bytes),
        one("People who have signed up", &["auth_users_user_count"], grouped),
        one("Clients of Realtime", &["realtime_connected_clients"], grouped),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String, bool)> {
        let meters = filled(&Metrics::read(text)).into_iter();
        meters.map(|meter| (meter.name, meter.number, meter.full)).collect()
    }

    #[test]
    fn what_fills_up_is_told_with_what_there_is() {
        let text = "node_load1 3.5\nnode_cpu_seconds_total{cpu=\"0\",mode=\"idle\"} 50\nnode_cpu_seconds_total{cpu=\"0\",mode=\"user\"} 30\n\
                    node_cpu_seconds_total{cpu=\"1\",mode=\"system\"} 20\n\
                    node_memory_MemTotal_bytes 1048576\nnode_memory_MemAvailable_bytes 524288\n\
                    node_memory_SwapTotal_bytes 0\nnode_memory_SwapFree_bytes 0\n\
                    node_filesystem_size_bytes{mountpoint=\"/\"} 2048\nnode_filesystem_avail_bytes{mountpoint=\"/\"} 1024\n\
                    node_filesystem_size_bytes{mountpoint=\"/data\"} 10240\nnode_filesystem_avail_bytes{mountpoint=\"/data\"} 100\n\
                    node_filesystem_size_bytes{mountpoint=\"/run\",fstype=\"tmpfs\"} 10\nnode_filesystem_avail_bytes{mountpoint=\"/run\"} 1\n";
        let row = |name: &str, number: &str, full| (name.to_owned(), number.to_owned(), full);
        assert_eq!(
            told(text),
            [
                row("Load of the last minute", "3.50 on 2 cores, work waits", true),
                row("CPU since the machine started", "50 % of the time busy", false),
                row("Memory", "512 KB of 1.0 MB in use", false),
                row("Disk /data", "9.9 KB of 10.0 KB in use, little is left", true),
                row("Disk /", "1.0 KB of 2.0 KB in use", false),
            ]
        );
    }

    #[test]
    fn what_is_not_told_is_left_out() {
        assert!(told("node_load1 1\nnode_memory_MemTotal_bytes 5\nnode_filesystem_size_bytes 7\nup 1").is_empty());
        assert!(told("").is_empty());
        let counted = counted(&Metrics::read(
            "pg_stat_database_num_backends{datname=\"a\"} 3\npg_stat_database_num_backends{datname=\"b\"} 4",
        ));
        assert_eq!(counted, [("Connections to the database", "7".to_owned())]);
    }
}
