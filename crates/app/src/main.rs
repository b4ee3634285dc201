//! Starts `deskwire`.

// The futures of a whole use case, from the command line to the driver of the database, nest this deep.
#![recursion_limit = "256"]

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    app::cli::run().await
}
