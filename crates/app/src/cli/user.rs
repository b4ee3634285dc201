//! `deskwire user`

use std::error::Error;
use std::sync::Arc;

use clap::Subcommand;
use contract::Time;
use domain::Email;
use secrecy::ExposeSecret as _;

use super::print;
use crate::application::Parts;
use crate::clock::SystemClock;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Print a one-time link with which somebody sets a new password, within an hour
    ResetLink {
        /// Sign-in address
        #[arg(long)]
        email: String,
    },
}

pub(super) async fn run(config: &Config, action: Action) -> Result<(), Box<dyn Error>> {
    let Action::ResetLink { email } = action;
    let email = Email::parse(&email).map_err(|error| format!("--email {error}"))?;
    let parts = Parts::build(config, Arc::new(SystemClock), false).await?;
    let made = parts.services.passwords.make_link_for(&email).await;
    parts.database.close().await;
    let made = made.map_err(|error| match error {
        services::AccountError::NotFound => "no account has this address".into(),
        error => Box::<dyn Error>::from(error),
    })?;
    let link = config.server.reset_link(made.token.expose_secret());
    let expires_at = serde_json::to_value(Time(made.expires_at))?;
    let expires_at = expires_at.as_str().unwrap_or_default();
    Ok(print(&format!(
        "{link}\n\nIt works once, until {expires_at}.\n"
    ))?)
}
