//! The real binary, with everything that it writes to the standard error.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use testkit::database::ThrowawayDatabase;

const PATIENCE: Duration = Duration::from_secs(60);

/// The binary, and everything that it writes to the standard error.
pub(super) struct Logged {
    child: Child,
    pub(super) base: String,
    pub(super) setup_token: String,
    reading: JoinHandle<Vec<String>>,
    folder: tempfile::TempDir,
}

impl Logged {
    pub(super) fn start(database: &ThrowawayDatabase, filter: &str) -> Logged {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskwire"));
        command.current_dir(folder.path()).env_clear();
        for (name, value) in [
            ("DESKWIRE_PASSWORD_COST", "10"),
            ("DESKWIRE_LIMIT_AUTH_PER_MINUTE", "1000"),
            ("DESKWIRE_LOG_FORMAT", "json"),
            ("DATABASE_URL", database.url()),
        ] {
            command.env(name, value);
        }
        // One line more than the filter lets through: it says the port.
        let filter = format!("{filter},app::cli::serve=info");
        command.env("DESKWIRE_LOG", filter);
        command.env("DESKWIRE_LISTEN", "127.0.0.1:0");
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, told) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            let lines = lines.map_while(Result::ok);
            lines
                .inspect(|line| drop(tell.send(line.clone())))
                .collect()
        });
        let mut base = String::new();
        let setup_token = loop {
            let line = told.recv_timeout(PATIENCE).unwrap();
            let entry: Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(address) = entry["address"].as_str() {
                base = format!("http://{address}");
            }
            if let Some((_, token)) = line.split_once("/setup#token=") {
                break token.trim().to_owned();
            }
        };
        Logged {
            child,
            base,
            setup_token,
            reading,
            folder,
        }
    }

    /// Ends it and gives its lines without the notice for whoever started it, which is no log.
    pub(super) fn end(mut self) -> Vec<Value> {
        let pid = self.child.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(killed.unwrap().success());
        assert!(self.child.wait().unwrap().success());
        let lines = self.reading.join().unwrap();
        drop(self.folder);
        let notice = [
            "",
            "There is no admin yet",
            "    http://localhost:",
            "or with: deskwire admin",
        ];
        let lines = lines.into_iter().filter(|line| {
            let of_notice =
                |begin: &&str| line == begin || (!begin.is_empty() && line.starts_with(*begin));
            !notice.iter().any(of_notice)
        });
        let parse = |line: String| match serde_json::from_str::<Value>(&line) {
            Ok(Value::Object(entry)) => Value::Object(entry),
            _ => panic!("no JSON object: {line}"),
        };
        lines.map(parse).collect()
    }
}
