//! Everything that runs: the servers, the nodes, and the lines between them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use testkit::http::PASSWORD;
use uuid::Uuid;

use crate::balancer::Balancer;
use crate::binary::Binary;
use crate::node::{Blueprint, Node};
use crate::servers::database::DatabaseServer;
use crate::servers::redis::RedisServer;

/// Admins of the whole run; customers are new in every scenario.
const ADMINS: usize = 2;

/// What scenarios can do with this world.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abilities {
    pub(crate) kills_database: bool,
    pub(crate) kills_redis: bool,
    pub(crate) has_failpoints: bool,
    pub(crate) nodes: usize,
}

/// The whole installation.
pub(crate) struct World {
    // Dropped in this order: nodes before what they depend on.
    pub(crate) nodes: Vec<Node>,
    pub(crate) balancer: Balancer,
    pub(crate) database: DatabaseServer,
    pub(crate) redis: RedisServer,
    pub(crate) blueprint: Blueprint,
    /// Addresses of the admins.
    pub(crate) admins: Vec<String>,
    pub(crate) folder: PathBuf,
    pub(crate) has_failpoints: bool,
}

impl World {
    /// Starts everything in an empty folder.
    pub(crate) async fn start(binary: Binary, folder: &Path, count: u8) -> Result<World> {
        let database = DatabaseServer::start(folder).await?;
        let redis = RedisServer::start(folder).await?;
        let mut nodes = Vec::new();
        for name in ('a'..).take(count.into()) {
            let name = name.to_string();
            let url_at = |address| database.url_at(address);
            let (to_database, to_redis) = (database.address(), redis.address());
            nodes.push(Node::prepare(&name, folder, to_database, to_redis, url_at).await?);
        }
        let balancer = Balancer::start(nodes.iter().map(Node::listen).collect()).await?;
        let mut world = World {
            nodes,
            balancer,
            blueprint: Blueprint {
                program: binary.path,
                environment: environment(),
            },
            admins: Vec::new(),
            folder: folder.to_owned(),
            has_failpoints: binary.has_failpoints,
            database,
            redis,
        };
        for _ in 0..ADMINS {
            let admin = world.make_admin()?;
            world.admins.push(admin);
        }
        for index in 0..world.nodes.len() {
            world.start_node(index).await?;
        }
        Ok(world)
    }

    /// What can be done here.
    pub(crate) fn abilities(&self) -> Abilities {
        Abilities {
            kills_database: self.database.is_own(),
            kills_redis: self.redis.is_own(),
            has_failpoints: self.has_failpoints,
            nodes: self.nodes.len(),
        }
    }

    /// Starts a node that does not run; gives how long it took to be ready.
    pub(crate) async fn start_node(&mut self, index: usize) -> Result<Duration> {
        self.nodes[index].disarm();
        self.nodes[index].start(&self.blueprint).await
    }

    /// Starts whatever has ended, and passes everything on again: a scenario that failed must not fail the next.
    pub(crate) async fn mend(&mut self) -> Result<()> {
        for index in 0..self.nodes.len() {
            let node = &mut self.nodes[index];
            for line in [&node.front, &node.database, &node.redis] {
                line.restore();
            }
            if node.has_ended() {
                self.start_node(index).await?;
            }
        }
        Ok(())
    }

    /// Where clients find the nodes.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.nodes.iter().map(Node::url).collect()
    }

    /// Makes an admin as at the command line, and gives the address.
    fn make_admin(&self) -> Result<String> {
        use std::io::Write as _;
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let mut command = self.blueprint.command();
        let url = self.database.url_at(self.database.address());
        let mut child = command
            .args([
                "admin",
                "create",
                "--name",
                "Mira",
                "--password-stdin",
                "--email",
                &email,
            ])
            .env("DATABASE_URL", url)
            .env("REDIS_URL", format!("redis://{}", self.redis.address()))
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        writeln!(stdin, "{PASSWORD}")?;
        drop(stdin);
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("no admin: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(email)
    }
}

fn environment() -> Vec<(String, String)> {
    let prefix = format!("chaos:{}:", Uuid::new_v4().simple());
    let variables = [
        ("DESKWIRE_REDIS_PREFIX", prefix.as_str()),
        ("JWT_ACCESS_SECRET", "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE"),
        ("JWT_REFRESH_SECRET", "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ"),
        ("PASSWORD_PEPPER", "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC"),
        ("DESKWIRE_PASSWORD_COST", "10"),
        // All the people of a run come from one address, and write faster than people do.
        ("DESKWIRE_LIMIT_AUTH_PER_MINUTE", "1000000"),
        ("DESKWIRE_LIMIT_COMMANDS_PER_MINUTE", "1000000"),
        ("DESKWIRE_LOG", "info"),
        ("DESKWIRE_LOG_FORMAT", "json"),
    ];
    variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}
