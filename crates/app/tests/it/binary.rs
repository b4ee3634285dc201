//! The real binary, with everything that it writes to the standard error.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::database::ThrowawayDatabase;

const PATIENCE: Duration = Duration::from_secs(60);

/// The binary, and everything that it writes to the standard error.
pub(crate) struct Logged {
    process: Process,
    pub(crate) base: String,
    pub(crate) setup_token: String,
    reading: JoinHandle<Vec<String>>,
    folder: tempfile::TempDir,
}

/// Killed with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Logged {
    /// Starts it with a log of what this filter lets through.
    pub(crate) fn start(database: &ThrowawayDatabase, filter: &str) -> Logged {
        Logged::configured(database, filter, &[])
    }

    /// The same with further settings.
    pub(crate) fn configured(
        database: &ThrowawayDatabase,
        filter: &str,
        settings: &[(&str, &str)],
    ) -> Logged {
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
        command.envs(settings.iter().copied());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let process = Process(child);
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
            process,
            base,
            setup_token,
            reading,
            folder,
        }
    }

    /// Tells it to end.
    pub(crate) fn terminate(&self) {
        let pid = self.process.0.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(killed.unwrap().success());
    }

    /// How it ended, within this time.
    pub(crate) fn ended_within(&mut self, time: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.0.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < time, "still there after {time:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it and gives its lines without the notice for whoever started it, which is no log.
    pub(crate) fn end(mut self) -> Vec<Value> {
        self.terminate();
        assert!(self.ended_within(PATIENCE).success());
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
