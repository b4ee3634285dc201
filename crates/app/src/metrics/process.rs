//! The process itself, under the names that Prometheus gives to such series everywhere.

use std::fmt;
use std::fs;

use domain::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;

use super::series;

/// This process. Memory and descriptors are known on Linux only.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) started: Timestamp,
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let to = &mut encoder;
        let started = self.started.0 as f64 / 1e6;
        series::gauge(
            to,
            "process_start_time_seconds",
            "Start, since the epoch",
            started,
        )?;
        if let Some(bytes) = resident_bytes() {
            series::gauge(
                to,
                "process_resident_memory_bytes",
                "Resident memory",
                bytes,
            )?;
        }
        if let Some(count) = open_descriptors() {
            series::gauge(to, "process_open_fds", "Open file descriptors", count)?;
        }
        Ok(())
    }
}

fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

fn open_descriptors() -> Option<usize> {
    // One of them is the folder's own.
    Some(
        fs::read_dir("/proc/self/fd")
            .ok()?
            .count()
            .saturating_sub(1),
    )
}
