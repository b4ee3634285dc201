//! Runs a command with a MySQL database of its own, whose address it finds in `E2E_DATABASE_URL`:
//! `cargo run -p testkit --example with_database -- COMMAND...`

use std::process::{Command, ExitCode};

use testkit::database::ThrowawayDatabase;

#[tokio::main]
async fn main() -> ExitCode {
    let mut command = std::env::args().skip(1);
    let Some(program) = command.next() else {
        eprintln!("usage: with_database COMMAND...");
        return ExitCode::from(2);
    };
    let database = ThrowawayDatabase::mysql().await;
    let mut child = Command::new(&program);
    child.args(command).env("E2E_DATABASE_URL", database.url());
    match tokio::task::spawn_blocking(move || child.status()).await {
        Ok(Ok(status)) => ExitCode::from(
            status
                .code()
                .and_then(|code| code.try_into().ok())
                .unwrap_or(1),
        ),
        Ok(Err(error)) => {
            eprintln!("{program}: {error}");
            ExitCode::from(127)
        }
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}
