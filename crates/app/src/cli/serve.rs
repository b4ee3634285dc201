//! `deskwire serve`

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tracing::{info, warn};

use crate::application::Application;
use crate::clock::SystemClock;
use crate::config::Config;

/// The convention of shells for the exit code of what a signal ended, to which its number is added.
const ENDED_BY_SIGNAL: i32 = 128;

pub(super) async fn run(config: Config, migrate: bool) -> Result<(), Box<dyn Error>> {
    let public_url = config.server.public_url.clone();
    let embedded = config.storage.is_embedded();
    let redis = config.storage.redis.is_some();
    let application = Application::build(config, Arc::new(SystemClock), migrate).await?;

    info!(
        address = %application.address(),
        url = %public_url,
        database = if embedded { "SQLite" } else { "MySQL" },
        sessions = if redis { "Redis" } else { "in-process" },
        "Serving"
    );
    if public_url.scheme() == "http" && public_url.host_str() != Some("localhost") {
        warn!(
            "The public URL is plain http: whoever is on the way can read and take over every session"
        );
    }
    if let Some(token) = application.state().setup.reveal() {
        // Not through the log: the link is a secret, for whoever started the process.
        writeln!(
            std::io::stderr(),
            "\nThere is no admin yet. Make the first one here, once:\n\n    {}\n\n\
             or with: deskwire admin create --email you@example.org --name \"Your Name\"\n",
            application.state().config.server.setup_link(&token)
        )?;
    }
    let mut signals = Signals::new()?;
    let (tell, told) = oneshot::channel();
    tokio::spawn(async move {
        signals.next().await;
        // It may have ended by itself; then there is nobody to tell.
        let _ = tell.send(());
        let again = signals.next().await;
        warn!("Ending at once: this is the second signal");
        std::process::exit(ENDED_BY_SIGNAL + again.as_raw_value());
    });
    let stop = async {
        let _ = told.await;
    };
    Ok(application.run_until(stop).await?)
}

/// The word to end, in either way.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.interrupt.recv() => SignalKind::interrupt(),
        }
    }
}
