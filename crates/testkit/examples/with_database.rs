//! Runs a command with MySQL databases of its own, one for each browser that tests at the same time. It finds their
//! addresses in `E2E_DATABASE_URLS`, with blanks between them:
//! `cargo run -p testkit --example with_database -- COUNT COMMAND...`

use std::process::{Command, ExitCode};

use testkit::database::ThrowawayDatabase;

#[tokio::main]
async fn main() -> ExitCode {
    let mut command = std::env::args().skip(1);
    let count = command.next().and_then(|count| count.parse().ok());
    let (Some::<usize>(count), Some(program)) = (count, command.next()) else {
        eprintln!("usage: with_database COUNT COMMAND...");
        return ExitCode::from(2);
    };
    let mut databases = Vec::new();
    for _ in 0..count {
        databases.push(ThrowawayDatabase::mysql().await);
    }
    let urls: Vec<&str> = databases.iter().map(ThrowawayDatabase::url).collect();
    let mut child = Command::new(&program);
    child.args(command).env("E2E_DATABASE_URLS", urls.join(" "));
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
