//! `deskwire migrate`

use std::error::Error;
use std::fmt::Write as _;

use clap::Subcommand;
use services::Database;

use super::print;
use crate::config::StorageConfig;

#[derive(Debug, Subcommand)]
pub(super) enum Step {
    /// Bring the schema up to date
    Up,
    /// Take back the latest migrations, with the data in what they made
    Down {
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
    },
    /// Show every migration and whether it was applied
    Status,
}

pub(super) async fn run(storage: &StorageConfig, step: Step) -> Result<(), Box<dyn Error>> {
    let database = Database::connect(&storage.database).await?;
    match step {
        Step::Up => database.migrate().await?,
        Step::Down { steps } => database.migrate_down(Some(steps)).await?,
        Step::Status => {}
    }
    let mut text = String::new();
    for step in database.migrations().await? {
        let state = if step.applied { "applied" } else { "pending" };
        writeln!(text, "{state}  {}", step.name)?;
    }
    database.close().await;
    Ok(print(&text)?)
}
