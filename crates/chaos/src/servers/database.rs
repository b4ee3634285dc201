//! A MariaDB or MySQL server on a data folder that outlives its kills.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use uuid::Uuid;

use super::{address_in, until_it_answers};
use crate::ports;
use crate::process::{self, Process, find_program};

/// Names a server by its address, as the other tests do.
const GIVEN: &str = "TEST_DATABASE_URL";
/// Nothing waits for the disk, yet killing the server alone loses no commit.
const SETTINGS: [&str; 7] = [
    "--skip-log-bin",
    "--skip-name-resolve",
    "--performance-schema=OFF",
    "--innodb-flush-log-at-trx-commit=2",
    "--innodb-use-native-aio=OFF",
    "--innodb-buffer-pool-size=256M",
    "--max-connections=500",
];
/// Known to MySQL only: no second listener, and no folder that a package would have made.
const MYSQL_SETTINGS: [&str; 2] = ["--mysqlx=OFF", "--secure-file-priv=NULL"];

/// A server, or the address of one.
pub(crate) struct DatabaseServer {
    /// `mysql://user:password@`
    credentials: String,
    address: SocketAddr,
    name: String,
    own: Option<Own>,
}

struct Own {
    program: PathBuf,
    arguments: Vec<String>,
    log: PathBuf,
    process: Process,
}

impl DatabaseServer {
    /// An installed server if there is one, else the one that `TEST_DATABASE_URL` names.
    pub(crate) async fn start(folder: &Path) -> Result<DatabaseServer> {
        match find_program(&["mariadbd", "mysqld"]) {
            Some(program) => DatabaseServer::installed(program, folder).await,
            None => DatabaseServer::given().await,
        }
    }

    async fn given() -> Result<DatabaseServer> {
        let url = std::env::var(GIVEN)
            .with_context(|| format!("found no mariadbd, no mysqld and no {GIVEN}"))?;
        let url = url.trim_end_matches('/');
        let credentials = url
            .rsplit_once('@')
            .map_or("mysql://", |(before, _)| before);
        let server = DatabaseServer {
            credentials: format!("{credentials}@"),
            address: address_in(url).await?,
            name: format!("deskwire_chaos_{}", Uuid::new_v4().simple()),
            own: None,
        };
        let mut connection = MySqlConnection::connect(url).await?;
        let sql = format!("CREATE DATABASE {}", server.name);
        connection.execute(AssertSqlSafe(sql)).await?;
        Ok(server)
    }

    async fn installed(program: PathBuf, folder: &Path) -> Result<DatabaseServer> {
        let data = folder.join("mysql");
        std::fs::create_dir(&data)?;
        let version = process::run(Command::new(&program).arg("--version"))?;
        let is_maria = version.contains("MariaDB");
        let mut common = vec![
            "--no-defaults".to_owned(),
            format!("--datadir={}", data.display()),
        ];
        if rustix::process::geteuid().is_root() {
            common.push("--user=root".to_owned());
        }
        initialise(&program, is_maria, &common)?;

        let password = Uuid::new_v4().simple().to_string();
        let init = folder.join("mysql-init.sql");
        std::fs::write(&init, first_statements(&password))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::free()?));
        let mut arguments = common;
        arguments.extend(SETTINGS.map(str::to_owned));
        if !is_maria {
            arguments.extend(MYSQL_SETTINGS.map(str::to_owned));
        }
        arguments.extend([
            "--bind-address=127.0.0.1".to_owned(),
            format!("--port={}", address.port()),
            format!("--socket={}", folder.join("mysql.sock").display()),
            format!("--pid-file={}", folder.join("mysql.pid").display()),
            format!("--init-file={}", init.display()),
        ]);
        let log = folder.join("mysql.log");
        let process = launch(&program, &arguments, &log, address).await?;
        Ok(DatabaseServer {
            credentials: format!("mysql://deskwire:{password}@"),
            address,
            name: "deskwire".to_owned(),
            own: Some(Own {
                program,
                arguments,
                log,
                process,
            }),
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it can be killed.
    pub(crate) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// The URL of the database at this address, which may be a line to the server.
    pub(crate) fn url_at(&self, address: SocketAddr) -> String {
        format!("{}{address}/{}", self.credentials, self.name)
    }

    /// A connection that passes no line.
    pub(crate) async fn connect(&self) -> Result<MySqlConnection> {
        Ok(MySqlConnection::connect(&self.url_at(self.address)).await?)
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        if let Some(own) = &mut self.own {
            own.process.kill();
        }
    }

    /// Starts it again after a kill, and waits until it accepts connections.
    pub(crate) async fn start_again(&mut self) -> Result<()> {
        let address = self.address;
        if let Some(own) = &mut self.own {
            own.process = launch(&own.program, &own.arguments, &own.log, address).await?;
        }
        Ok(())
    }

    /// Drops the database, if the server goes on without us.
    pub(crate) async fn clean_up(&self) -> Result<()> {
        if self.own.is_none() {
            let sql = format!("DROP DATABASE IF EXISTS {}", self.name);
            self.connect().await?.execute(AssertSqlSafe(sql)).await?;
        }
        Ok(())
    }
}

async fn launch(
    program: &Path,
    arguments: &[String],
    log: &Path,
    address: SocketAddr,
) -> Result<Process> {
    let mut command = Command::new(program);
    command.args(arguments);
    let mut process = Process::start(command, log)?;
    // Four bytes of header, then the version of the protocol; an error has 0xff there.
    let greets = |answer: &[u8]| answer.get(4) == Some(&10);
    until_it_answers(&mut process, address, b"", greets)
        .await
        .with_context(|| format!("{}: see {}", program.display(), log.display()))?;
    Ok(process)
}

/// Fills the empty data folder with the server's own tables.
fn initialise(program: &Path, is_maria: bool, common: &[String]) -> Result<()> {
    let mut command;
    if is_maria {
        let installer = find_program(&["mariadb-install-db", "mysql_install_db"])
            .context("found mariadbd, but not mariadb-install-db, which prepares its folder")?;
        command = Command::new(installer);
        command.args(common);
        command.args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
    } else {
        command = Command::new(program);
        command.args(common).arg("--initialize-insecure");
    }
    process::run(&mut command).map(drop)
}

/// Run at each start, before the first connection is accepted.
fn first_statements(password: &str) -> String {
    let mut sql = String::new();
    for host in ["%", "localhost"] {
        let account = format!("'deskwire'@'{host}'");
        sql.push_str(&format!(
            "CREATE USER IF NOT EXISTS {account} IDENTIFIED BY '{password}';\n\
             GRANT ALL PRIVILEGES ON *.* TO {account};\n"
        ));
    }
    sql.push_str("CREATE DATABASE IF NOT EXISTS deskwire;\n");
    sql
}
