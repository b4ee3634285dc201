//! `deskwire user`

use std::error::Error;
use std::sync::Arc;

use clap::Subcommand;
use contract::Time;
use domain::Email;
use secrecy::ExposeSecret as _;
use services::{AccountError, UserChange};

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
    /// Lock somebody out and end their sessions
    Disable {
        /// Sign-in address
        #[arg(long)]
        email: String,
    },
    /// Let somebody in again
    Enable {
        /// Sign-in address
        #[arg(long)]
        email: String,
    },
}

pub(super) async fn run(config: &Config, action: Action) -> Result<(), Box<dyn Error>> {
    let (Action::ResetLink { email } | Action::Disable { email } | Action::Enable { email }) =
        &action;
    let email = Email::parse(email).map_err(|error| format!("--email {error}"))?;
    let parts = Parts::build(config, Arc::new(SystemClock), false).await?;
    let done = match action {
        Action::ResetLink { .. } => reset_link(config, &parts, &email).await,
        Action::Disable { .. } => set_disabled(&parts, &email, true).await,
        Action::Enable { .. } => set_disabled(&parts, &email, false).await,
    };
    parts.database.close().await;
    let done = done.map_err(|error| match error {
        AccountError::NotFound => "no account has this address".into(),
        error => Box::<dyn Error>::from(error),
    })?;
    Ok(print(&done)?)
}

async fn reset_link(config: &Config, parts: &Parts, email: &Email) -> Result<String, AccountError> {
    let made = parts.services.passwords.make_link_for(email).await?;
    let link = config.server.reset_link(made.token.expose_secret());
    let expires_at = serde_json::to_value(Time(made.expires_at)).unwrap_or_default();
    let expires_at = expires_at.as_str().unwrap_or_default();
    Ok(format!("{link}\n\nIt works once, until {expires_at}.\n"))
}

async fn set_disabled(
    parts: &Parts,
    email: &Email,
    disabled: bool,
) -> Result<String, AccountError> {
    let change = UserChange {
        disabled: Some(disabled),
        ..UserChange::default()
    };
    let users = &parts.services.users;
    let user = users.update_as_operator(email, change).await?;
    let done = if disabled { "Disabled" } else { "Enabled" };
    Ok(format!("{done} user {}.\n", user.id))
}
