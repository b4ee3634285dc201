//! A Redis or Valkey server that keeps only what it is told to save.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{address_in, until_it_answers};
use crate::ports;
use crate::process::{Process, find_program};

/// Names a server by its address, as the other tests do.
const GIVEN: &str = "TEST_REDIS_URL";
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// A server, or the address of one.
pub(crate) struct RedisServer {
    address: SocketAddr,
    own: Option<Own>,
}

struct Own {
    program: PathBuf,
    folder: PathBuf,
    process: Process,
}

impl RedisServer {
    /// An installed server if there is one, else the one that `TEST_REDIS_URL` names.
    pub(crate) async fn start(folder: &Path) -> Result<RedisServer> {
        let Some(program) = find_program(&["redis-server", "valkey-server"]) else {
            let url = std::env::var(GIVEN)
                .with_context(|| format!("found no redis-server and no {GIVEN}"))?;
            let address = address_in(&url).await?;
            return Ok(RedisServer { address, own: None });
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::free()?));
        let folder = folder.to_owned();
        let process = launch(&program, &folder, address).await?;
        let own = Own {
            program,
            folder,
            process,
        };
        Ok(RedisServer {
            address,
            own: Some(own),
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it can be killed, and emptied.
    pub(crate) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        if let Some(own) = &mut self.own {
            own.process.kill();
        }
    }

    /// Starts it again with what it saved last.
    pub(crate) async fn start_again(&mut self) -> Result<()> {
        let address = self.address;
        if let Some(own) = &mut self.own {
            own.process = launch(&own.program, &own.folder, address).await?;
        }
        Ok(())
    }

    /// Runs one command, as in `CLIENT KILL TYPE pubsub`.
    pub(crate) async fn command(&self, line: &str) -> Result<String> {
        let asked = async {
            let mut stream = BufReader::new(TcpStream::connect(self.address).await?);
            stream.write_all(format!("{line}\r\n").as_bytes()).await?;
            let mut answer = String::new();
            stream.read_line(&mut answer).await?;
            if answer.starts_with('-') {
                bail!("{line}: {answer}");
            }
            Ok(answer)
        };
        timeout(ANSWER_WITHIN, asked).await?
    }
}

async fn launch(program: &Path, folder: &Path, address: SocketAddr) -> Result<Process> {
    let log = folder.join("redis.log");
    let mut command = Command::new(program);
    command
        .args(["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"])
        .arg("--dir")
        .arg(folder)
        .args(["--port", &address.port().to_string()]);
    let mut process = Process::start(command, &log)?;
    until_it_answers(&mut process, address, b"PING\r\n", |answer| {
        answer == b"+PONG\r\n"
    })
    .await
    .with_context(|| format!("{}: see {}", program.display(), log.display()))?;
    Ok(process)
}
