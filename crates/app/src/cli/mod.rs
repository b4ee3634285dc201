//! The command line.

mod admin;
mod demo;
mod log;
mod migrate;
mod serve;
mod user;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Source};
use crate::openapi;

/// Deskwire: a real-time support desk. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "deskwire", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Flags go before environment variables, and those before `.env`. Secrets have no flags: other users of the machine
/// could read them.
#[derive(Debug, Args)]
struct Flags {
    /// Address and port to listen on [env: DESKWIRE_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Folder of the SQLite file and the generated secrets [env: DESKWIRE_DATA_DIR] [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// What browsers call the server [env: DESKWIRE_PUBLIC_URL] [default: http://localhost:PORT]
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Log filter, as in info or deskwire=debug,warn [env: DESKWIRE_LOG] [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
    /// pretty or json [env: DESKWIRE_LOG_FORMAT] [default: pretty on a terminal]
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the socket and the web app; migrates the database first
    Serve {
        /// Leave the database as it is
        #[arg(long)]
        no_migrate: bool,
    },
    /// Bring the database up to date, take a step back, or show where it stands
    Migrate {
        #[command(subcommand)]
        step: migrate::Step,
    },
    /// Accounts of admins
    Admin {
        #[command(subcommand)]
        action: admin::Action,
    },
    /// Accounts of anybody
    User {
        #[command(subcommand)]
        action: user::Action,
    },
    /// Fill an empty database with believable tickets, and print who can sign in
    Demo {
        #[command(flatten)]
        crowd: demo::Crowd,
    },
    /// Print the API's OpenAPI document
    Openapi,
}

/// Runs the command of this process to its end.
pub async fn run() -> ExitCode {
    let Cli { flags, command } = Cli::parse();
    let done = async { execute(command, &Source::from_process(flags.values())?).await };
    match done.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The log may not be set up, and this line is for a person.
            let _ = writeln!(std::io::stderr(), "deskwire: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Option<Command>, source: &Source) -> Result<(), Box<dyn Error>> {
    let log = Config::load_log(source)?;
    match command.unwrap_or(Command::Serve { no_migrate: false }) {
        Command::Serve { no_migrate } => {
            log::install(&log, &log.filter);
            serve::run(Config::load(source)?, !no_migrate).await
        }
        Command::Migrate { step } => migrate::run(&Config::load_storage(source)?, step).await,
        Command::Admin { action } => {
            log::install(&log, log::COMMANDS);
            admin::run(&Config::load(source)?, action).await
        }
        Command::User { action } => {
            log::install(&log, log::COMMANDS);
            user::run(&Config::load(source)?, action).await
        }
        Command::Demo { crowd } => demo::run(&Config::load(source)?, crowd).await,
        Command::Openapi => {
            print(&openapi::json()?)?;
            Ok(())
        }
    }
}

/// Writes a result to the standard output.
fn print(text: &str) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

impl Flags {
    fn values(self) -> impl Iterator<Item = (String, String)> {
        [
            ("DESKWIRE_LISTEN", self.listen),
            ("DESKWIRE_DATA_DIR", self.data_dir),
            ("DESKWIRE_PUBLIC_URL", self.public_url),
            ("DESKWIRE_LOG", self.log),
            ("DESKWIRE_LOG_FORMAT", self.log_format),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    }
}
