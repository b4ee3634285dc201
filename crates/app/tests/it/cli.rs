//! The binary itself, as an operator starts it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;
use testkit::database::ThrowawayDatabase;
use testkit::http::{Caller, PASSWORD};
use testkit::on_every_database;

const PATIENCE: Duration = Duration::from_secs(60);

/// The command in a folder of its own, with nothing of this process' environment that could configure it.
pub(crate) fn deskwire(folder: &Path, database: Option<&ThrowawayDatabase>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskwire"));
    command
        .current_dir(folder)
        .env_clear()
        .env("DESKWIRE_PASSWORD_COST", "10");
    command
        .env("DESKWIRE_LISTEN", "127.0.0.1:0")
        .env("DESKWIRE_LOG_FORMAT", "json");
    if let Some(database) = database {
        command.env("DATABASE_URL", database.url());
    }
    if database.is_some_and(ThrowawayDatabase::is_mysql) {
        command
            .env("REDIS_URL", testkit::redis::url())
            .env("DESKWIRE_REDIS_PREFIX", testkit::redis::key_prefix())
            .env("JWT_ACCESS_SECRET", "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE")
            .env("JWT_REFRESH_SECRET", "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ")
            .env("PASSWORD_PEPPER", "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC");
    }
    command
}

pub(crate) fn output(mut command: Command, input: &str) -> Output {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A server that runs; killed with the test.
pub(crate) struct Serving {
    child: Child,
    pub(crate) base: String,
    told: mpsc::Receiver<String>,
}

impl Serving {
    pub(crate) fn start(mut command: Command) -> Serving {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, told) = mpsc::channel();
        // Reads to the end, so that the server never waits for its log to be read.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let base = loop {
            let line = told.recv_timeout(PATIENCE).unwrap();
            let entry: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if entry["message"] == "Serving" {
                break format!("http://{}", entry["address"].as_str().unwrap());
            }
        };
        Serving { child, base, told }
    }

    /// The token of the set-up link that it prints.
    fn setup_token(&self) -> String {
        loop {
            let line = self.told.recv_timeout(PATIENCE).unwrap();
            if let Some((_, token)) = line.split_once("/setup#token=") {
                return token.trim().to_owned();
            }
        }
    }

    /// Asks it to end, as an operator does, and gives what else it said if it ended well.
    fn terminate(mut self) -> Option<Vec<String>> {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let ended_well = self.child.wait().unwrap().success();
        let rest = self.told.iter().collect();
        ended_well.then_some(rest)
    }
}

/// Whether any of these lines has a set-up link.
fn invites(lines: &[String]) -> bool {
    lines.iter().any(|line| line.contains("/setup#token="))
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

on_every_database! {
    async fn a_first_start_migrates_and_prints_the_set_up_link(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let serving = Serving::start(deskwire(folder.path(), Some(&database)));
        let token = serving.setup_token();
        let body = json!({"token": token, "email": "mira@example.org", "name": "Mira", "password": PASSWORD});
        let mira = Caller::new(&serving.base);
        assert_eq!(mira.post("/setup", body).await.expect(201)["user"]["role"], "admin");
        assert!(serving.terminate().is_some());

        let again = Serving::start(deskwire(folder.path(), Some(&database)));
        Caller::log_in(&again.base, "mira@example.org").await;
        assert!(!invites(&again.terminate().unwrap()));
    }

    async fn two_nodes_may_start_on_an_empty_database_at_once(database: ThrowawayDatabase) {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let start = |folder: &Path| {
            let command = deskwire(folder, Some(&database));
            std::thread::spawn(move || Serving::start(command))
        };
        let nodes = [start(one.path()), start(two.path())];
        for node in nodes {
            let node = node.join().unwrap();
            let ready = Caller::new(&node.base).get("readyz").await.expect(200);
            assert_eq!(ready["ready"], true);
        }
    }

    async fn an_admin_made_at_the_command_line_can_sign_in(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let create = |email: &str, password: &str| {
            let mut command = deskwire(folder.path(), Some(&database));
            command.args(["admin", "create", "--email", email, "--name", "Mira", "--password-stdin"]);
            output(command, &format!("{password}\n"))
        };
        let made = create("mira@example.org", PASSWORD);
        assert!(made.status.success(), "{}", text(&made.stderr));
        assert_eq!(text(&made.stdout), "Made the admin mira@example.org (user 1).\n");
        // A slow database may have been logged, too.
        let logged = text(&made.stderr);
        let audited = logged.lines().find(|line| line.contains(r#""target":"audit""#)).unwrap();
        let audited: serde_json::Value = serde_json::from_str(audited).unwrap();
        assert_eq!((&audited["event"], &audited["user.id"]), (&json!("account_created"), &json!(1)));

        let short = create("other@example.org", "short");
        assert!(!short.status.success());
        assert_eq!(text(&short.stderr), "deskwire: the password must be 10 to 128 characters long\n");
        let weak = create("other@example.org", "mira mira mira");
        assert_eq!(text(&weak.stderr), "deskwire: the password is too easy to guess\n");
        let taken = create("Mira@Example.org", PASSWORD);
        assert_eq!(text(&taken.stderr), "deskwire: the e-mail has an account\n");

        let serving = Serving::start(deskwire(folder.path(), Some(&database)));
        let mira = Caller::log_in(&serving.base, "mira@example.org").await;
        assert_eq!(mira.get("/me").await.expect(200)["role"], "admin");
        assert!(!invites(&serving.terminate().unwrap()));
    }

    async fn an_operator_makes_reset_links_and_locks_people_out(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let serving = Serving::start(deskwire(folder.path(), Some(&database)));
        let ada = Caller::register(&serving.base, "Ada").await;
        let link = |email: &str| {
            let mut command = deskwire(folder.path(), Some(&database));
            command
                .env("DESKWIRE_PUBLIC_URL", "https://desk.example.org")
                .args(["user", "reset-link", "--email", email]);
            output(command, "")
        };
        let made = text(&link(&ada.email).stdout);
        let (url, note) = made.split_once("\n\n").unwrap();
        let token = url.strip_prefix("https://desk.example.org/reset#token=").unwrap();
        assert!(note.starts_with("It works once, until 20"), "{made}");

        let password = "seven green otters whistle";
        let body = json!({"token": token, "password": password});
        let stranger = Caller::new(&serving.base);
        assert_eq!(stranger.post("/auth/reset", body).await.status, 204);
        ada.get("/me").await.refused(401, "unauthenticated");
        stranger.try_log_in(&ada.email, password).await.expect(200);

        // And locks somebody out, whoever is signed in: in production at once.
        let ada = Caller::new(&serving.base);
        let set = |command: &str| {
            let mut disable = deskwire(folder.path(), Some(&database));
            disable.args(["user", command, "--email", "ada@example.org"]);
            text(&output(disable, "").stdout)
        };
        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        let ada = {
            let mut caller = ada;
            caller.keep(&caller.post("/auth/register", body).await);
            caller
        };
        assert_eq!(set("disable"), format!("Disabled user {}.\n", ada.user_id));
        if database.is_mysql() {
            ada.get("/me").await.refused(401, "unauthenticated");
        }
        stranger.try_log_in("ada@example.org", PASSWORD).await.refused(401, "invalid_credentials");
        // Without Redis the server finds it in the database, a few seconds later.
        let until = std::time::Instant::now() + PATIENCE;
        while ada.get("/me").await.status == 200 {
            assert!(std::time::Instant::now() < until, "still signed in");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(set("enable"), format!("Enabled user {}.\n", ada.user_id));
        stranger.try_log_in("ada@example.org", PASSWORD).await.expect(200);

        let nobody = link("nobody@example.org");
        assert!(!nobody.status.success());
        assert_eq!(text(&nobody.stderr), "deskwire: no account has this address\n");
    }

    async fn migrations_go_down_and_up_again(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let migrate = |arguments: &[&str]| {
            let mut command = deskwire(folder.path(), Some(&database));
            command.arg("migrate").args(arguments);
            let done = output(command, "");
            assert!(done.status.success(), "{}", text(&done.stderr));
            text(&done.stdout)
        };
        let up = migrate(&["up"]);
        assert!(up.contains("applied  m0001_users") && !up.contains("pending"), "{up}");
        let down = migrate(&["down"]);
        assert!(down.lines().last().unwrap().starts_with("pending"), "{down}");
        assert_eq!(migrate(&["status"]), down);
        assert_eq!(migrate(&["up"]), up);
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for (variable, value, line) in [
        (
            "DESKWIRE_LISTEN",
            "8080",
            "deskwire: DESKWIRE_LISTEN is \"8080\", but must be an address and a port",
        ),
        (
            "DATABASE_URL",
            "postgres://u:hunter2@h/d",
            "deskwire: DATABASE_URL must be a URL such as mysql://",
        ),
        (
            "DATABASE_URL",
            "mysql://u:hunter2@127.0.0.1:1/d",
            "deskwire: JWT_ACCESS_SECRET must be set when",
        ),
        (
            "JWT_ACCESS_SECRET",
            "short",
            "deskwire: JWT_ACCESS_SECRET must be a strong secret",
        ),
        (
            "REDIS_URL",
            "localhost",
            "deskwire: REDIS_URL must be a URL that begins with redis://",
        ),
    ] {
        let mut command = deskwire(folder.path(), None);
        command.env(variable, value);
        let failed = output(command, "");
        let printed = text(&failed.stderr);
        assert!(!failed.status.success());
        assert!(
            printed.starts_with(line) && printed.trim_end().lines().count() == 1,
            "{printed}"
        );
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = deskwire(folder.path(), None);
    command.args(["--listen", &address]);
    let failed = output(command, "");
    assert!(!failed.status.success());
    let printed = text(&failed.stderr);
    assert!(
        printed.contains(&format!("deskwire: DESKWIRE_LISTEN: {address}:")),
        "{printed}"
    );
}

#[test]
fn settings_come_from_flags_then_environment_then_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join(".env"),
        "DESKWIRE_LISTEN=file\nDESKWIRE_LOG_FORMAT=file\n",
    )
    .unwrap();
    let failed = |flags: &[&str], remove: bool| {
        let mut command = deskwire(folder.path(), None);
        command.env("DESKWIRE_LISTEN", "environment").args(flags);
        if remove {
            command.env_remove("DESKWIRE_LISTEN");
        }
        text(&output(command, "").stderr)
    };
    assert!(failed(&["--listen", "flag"], false).contains("is \"flag\""));
    assert!(failed(&[], false).contains("is \"environment\""));
    assert!(failed(&[], true).contains("is \"file\""));
}

#[test]
fn a_broken_env_file_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let line = "DATABASE_URL=mysql://u:hunter'2@h/d\n";
    std::fs::write(folder.path().join(".env"), line).unwrap();
    let failed = output(deskwire(folder.path(), None), "");
    let printed = text(&failed.stderr);
    assert!(
        printed.starts_with("deskwire: configuration: cannot use the file .env:"),
        "{printed}"
    );
    assert!(!printed.contains("hunter"), "{printed}");
    // Not even the secrets of a configuration that was not meant.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_document_is_printed_as_it_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = deskwire(folder.path(), None);
    command.arg("openapi");
    let printed = output(command, "");
    assert_eq!(text(&printed.stdout), app::openapi::json().unwrap());
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "it made something"
    );
}
