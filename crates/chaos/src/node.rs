//! One node: the real binary, with a line of its own to everything and from everybody.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::time::{Instant, sleep};

use crate::ports;
use crate::process::{Holdings, Process};
use crate::proxy::Proxy;

const UP_WITHIN: Duration = Duration::from_secs(30);
/// A drain, ten seconds for requests, five for the database.
const DOWN_WITHIN: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);
/// The state of an established connection in `/proc/net/tcp`.
const ESTABLISHED: &str = "01";

/// What nodes have in common.
pub(crate) struct Blueprint {
    pub(crate) program: PathBuf,
    /// Without the addresses, which differ from node to node.
    pub(crate) environment: Vec<(String, String)>,
}

impl Blueprint {
    /// A command of the binary with the common environment and nothing else.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// A node and its lines.
pub(crate) struct Node {
    pub(crate) name: String,
    listen: SocketAddr,
    metrics: SocketAddr,
    process: Option<Process>,
    environment: Vec<(String, String)>,
    folder: PathBuf,
    /// What its process held on to when it was ready.
    pub(crate) fresh: Holdings,
    /// The line from its clients.
    pub(crate) front: Proxy,
    /// The line to the database.
    pub(crate) database: Proxy,
    /// The line to Redis.
    pub(crate) redis: Proxy,
}

impl Node {
    /// Lays its lines; it does not run yet. `url_at` gives the database's URL at an address.
    pub(crate) async fn prepare(
        name: &str,
        folder: &Path,
        database: SocketAddr,
        redis: SocketAddr,
        url_at: impl Fn(SocketAddr) -> String,
    ) -> Result<Node> {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::free()?));
        let metrics = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::free()?));
        let folder = folder.join(name);
        std::fs::create_dir(&folder)?;
        let (database, redis) = (Proxy::to(database).await?, Proxy::to(redis).await?);
        let environment = [
            ("DESKWIRE_LISTEN", listen.to_string()),
            ("DESKWIRE_METRICS_LISTEN", metrics.to_string()),
            ("DATABASE_URL", url_at(database.address())),
            ("REDIS_URL", format!("redis://{}", redis.address())),
            (
                "DESKWIRE_FAILPOINT_AFTER_COMMIT",
                failpoint(&folder).display().to_string(),
            ),
        ];
        Ok(Node {
            name: name.to_owned(),
            listen,
            metrics,
            process: None,
            environment: environment
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            front: Proxy::to(listen).await?,
            database,
            redis,
            folder,
            fresh: Holdings::default(),
        })
    }

    /// Starts it and waits until it is ready; gives how long that took.
    pub(crate) async fn start(&mut self, blueprint: &Blueprint) -> Result<Duration> {
        let begun = Instant::now();
        let mut command = blueprint.command();
        command.arg("serve").current_dir(&self.folder);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let process = self.process.insert(Process::start(command, &self.log())?);
        let ready = format!("http://{}/readyz", self.listen);
        let client = reqwest::Client::new();
        loop {
            let answered = client
                .get(&ready)
                .timeout(Duration::from_secs(2))
                .send()
                .await;
            if answered.is_ok_and(|answer| answer.status().is_success()) {
                self.fresh = process.holdings()?;
                return Ok(begun.elapsed());
            }
            if let Some(status) = process.end() {
                bail!("node {} ended at its start: {status}", self.name);
            }
            if begun.elapsed() > UP_WITHIN {
                bail!("node {} is not ready within {UP_WITHIN:?}", self.name);
            }
            sleep(GLANCE).await;
        }
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        if let Some(process) = &mut self.process {
            process.kill();
        }
    }

    /// Ends it in good order.
    pub(crate) async fn terminate(&mut self) -> Result<()> {
        let process = self.process.as_mut().context("it does not run")?;
        let status = process.terminate(DOWN_WITHIN).await?;
        if !status.success() {
            bail!("node {} ended with {status} when asked to", self.name);
        }
        Ok(())
    }

    /// Makes it die right after its next commit, before that is announced.
    pub(crate) fn arm(&self) -> Result<()> {
        Ok(std::fs::write(failpoint(&self.folder), "")?)
    }

    /// Takes that back, so that it can be started again.
    pub(crate) fn disarm(&self) {
        // It may be gone already.
        let _ = std::fs::remove_file(failpoint(&self.folder));
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ended(&mut self, within: Duration) -> Result<ExitStatus> {
        let process = self.process.as_mut().context("it does not run")?;
        process.ended(within).await
    }

    /// Whether it ended without being asked to.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.process
            .as_mut()
            .is_none_or(|process| process.end().is_some())
    }

    /// The address for clients.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.front.address())
    }

    /// Its own address, past the line for clients.
    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// What its process holds on to.
    pub(crate) fn holdings(&self) -> Result<Holdings> {
        let process = self.process.as_ref().context("it does not run")?;
        process.holdings()
    }

    /// What it says of itself in a metric without labels.
    pub(crate) async fn metric(&self, name: &str) -> Result<f64> {
        let text = reqwest::get(format!("http://{}/metrics", self.metrics)).await?;
        let text = text.text().await?;
        let mut lines = text.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        Ok(value
            .with_context(|| format!("no metric {name}"))?
            .parse()?)
    }

    /// The ports of clients whose connections are open at this end.
    pub(crate) fn clients(&self) -> Result<Vec<u16>> {
        let table = std::fs::read_to_string("/proc/net/tcp")?;
        let here = format!(":{:04X}", self.listen.port());
        let client = |line: &str| {
            let mut words = line.split_whitespace().skip(1);
            let (local, remote, state) = (words.next()?, words.next()?, words.next()?);
            if !local.ends_with(&here) || state != ESTABLISHED {
                return None;
            }
            u16::from_str_radix(remote.rsplit(':').next()?, 16).ok()
        };
        Ok(table.lines().filter_map(client).collect())
    }

    /// What it logged.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("node.log")
    }
}

fn failpoint(folder: &Path) -> PathBuf {
    folder.join("die-after-commit")
}
