//! `deskwire serve`

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use crate::application::Application;
use crate::clock::SystemClock;
use crate::config::Config;

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
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    Ok(application.run_until(stop).await?)
}
