//! What operators watch: the numbers of this process, for Prometheus.
//!
//! What happens is counted as it happens; what is, is looked at when somebody asks. Nothing is global, since tests
//! run many nodes in one process.

mod dependencies;
pub mod listener;
mod process;
mod requests;
mod series;
mod sockets;

use std::fmt;

use domain::Timestamp;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use self::dependencies::Dependencies;
use self::process::Process;
pub use self::requests::{Protocol, Requests};
use self::sockets::Sockets;
use crate::state::State;

/// Begins the name of every series of ours.
const PREFIX: &str = "deskwire";

/// The numbers of a node.
#[derive(Debug)]
pub struct Metrics {
    /// What was asked over HTTP, and how it ended.
    pub requests: Requests,
    counted: Registry,
}

impl Metrics {
    /// Those of a process that starts now.
    #[must_use]
    pub fn new(now: Timestamp) -> Metrics {
        let mut counted = Registry::default();
        counted.register_collector(Box::new(Process { started: now }));
        let ours = counted.sub_registry_with_prefix(PREFIX);
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        ours.register("build", "Version of the program that runs", build);
        let requests = Requests::register(ours);
        Metrics { requests, counted }
    }
}

/// Everything, in the text format of OpenMetrics. A dependency that does not answer is left out after two seconds.
///
/// # Errors
/// When a value cannot be written.
pub async fn expose(state: &State) -> Result<String, fmt::Error> {
    let dependencies = Dependencies::look(state).await;
    let mut seen = Registry::with_prefix(PREFIX);
    seen.register_collector(Box::new(Sockets {
        counts: state.hub.counts(),
        has_fanout: state.config.storage.redis.is_some(),
    }));
    seen.register_collector(Box::new(dependencies));

    let mut text = String::new();
    encode_registry(&mut text, &state.metrics.counted)?;
    encode_registry(&mut text, &seen)?;
    encode_eof(&mut text)?;
    Ok(text)
}
