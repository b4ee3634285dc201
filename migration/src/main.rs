//! Runs the migrations without the application.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use migration::DbErr;

/// Brings a Deskwire database to the schema that this version needs.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// mysql://user:password@host:port/database or sqlite://file
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://data/deskwire.db"
    )]
    database_url: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Applies every step that is missing.
    Up,
    /// Takes back the latest step. What its tables hold is lost.
    Down {
        /// How many steps to take back.
        #[arg(long, default_value_t = 1, conflicts_with = "all")]
        steps: u32,
        /// Takes back all of them.
        #[arg(long)]
        all: bool,
    },
    /// Lists the steps.
    Status,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to report to when standard error is closed.
            let _ = writeln!(io::stderr(), "migration: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), DbErr> {
    let database = migration::connect(&arguments.database_url).await?;
    match arguments.command {
        Command::Up => migration::up(&database).await?,
        Command::Down { all: true, .. } => migration::down(&database, None).await?,
        Command::Down { steps, .. } => migration::down(&database, Some(steps)).await?,
        Command::Status => {}
    }
    for step in migration::status(&database).await? {
        let state = if step.applied { "applied" } else { "pending" };
        let _ = writeln!(io::stdout(), "{state}  {}", step.name);
    }
    database.close().await
}
