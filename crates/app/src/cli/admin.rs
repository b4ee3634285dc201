//! `deskwire admin`

use std::error::Error;
use std::io::BufRead as _;
use std::sync::Arc;

use clap::Subcommand;
use domain::{Email, PersonName, limits};
use secrecy::SecretString;
use services::NewAccount;

use super::print;
use crate::application::Parts;
use crate::clock::SystemClock;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Make an admin; asks for the password
    Create {
        /// Sign-in address
        #[arg(long)]
        email: String,
        /// Display name
        #[arg(long)]
        name: String,
        /// Read the password from the first line of the standard input instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) async fn run(config: &Config, action: Action) -> Result<(), Box<dyn Error>> {
    let Action::Create {
        email,
        name,
        password_stdin,
    } = action;
    let account = NewAccount {
        email: Email::parse(&email).map_err(|error| format!("--email {error}"))?,
        name: PersonName::parse(&name).map_err(|error| format!("--name {error}"))?,
        password: password(password_stdin)?,
    };
    let parts = Parts::build(config, Arc::new(SystemClock), true).await?;
    let user = parts.services.accounts.create_admin(account).await?;
    parts.database.close().await;
    Ok(print(&format!(
        "Made the admin {} (user {}).\n",
        user.email.as_str(),
        user.id
    ))?)
}

fn password(stdin: bool) -> Result<SecretString, Box<dyn Error>> {
    let text = if stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        let first = rpassword::prompt_password("Password: ")?;
        if rpassword::prompt_password("Once more: ")? != first {
            return Err("the passwords differ".into());
        }
        first
    };
    let count = text.chars().count();
    if !(limits::PASSWORD_MIN..=limits::PASSWORD_MAX).contains(&count) || text.contains('\0') {
        let (min, max) = (limits::PASSWORD_MIN, limits::PASSWORD_MAX);
        return Err(format!("the password must be {min} to {max} characters long").into());
    }
    Ok(text.into())
}
