//! The line to Redis: few connections that all callers share, bounded in time, opened anew after a fault.
//!
//! A deadpool connection is multiplexed, but the pool lends it to one caller at a time and asks it for a
//! PING before each loan. Here each connection stays on loan to a lane, and callers send through it side
//! by side: one round trip a call instead of two. The pool bounds opening and waiting.

mod script;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{
    self, AsyncConnectionConfig, ErrorKind, FromRedisValue, RedisError, ServerErrorKind,
};
use deadpool_redis::{Connection, Manager, Pool, Runtime, Timeouts};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use self::script::run_all;
pub(crate) use self::script::{Call, Script};
use crate::sessions::redis::RedisOptions;
use crate::sessions::{RevocationSource, SessionError};

/// Calls that go into one round trip when revocations are put back; Redis serves others between two.
const CHUNK: usize = 256;

/// What has to happen on a Redis that this process has not met, before anything else is asked of it.
pub(crate) trait Restore: Send + Sync + 'static {
    /// The calls that put revocations back.
    fn calls(
        &self,
        source: Arc<dyn RevocationSource>,
    ) -> impl Future<Output = Result<Vec<(&'static Script, Call)>, SessionError>> + Send;
}

struct Open {
    connection: Connection,
    /// Tells this connection from the one after it.
    number: usize,
    /// The value of [`Shared::trust`] that it was opened under.
    trust: usize,
}

type Lane = Arc<Mutex<Option<Open>>>;

struct Shared<R> {
    pool: Pool,
    command: Duration,
    source: Option<Arc<dyn RevocationSource>>,
    restore: R,
    /// The run id of the Redis that was given all revocations, and the trust of that time.
    restored: Mutex<Option<(String, usize)>>,
    /// Rises when a revocation may not have arrived: what was opened before is no longer used.
    trust: AtomicUsize,
    opened: AtomicUsize,
    /// False from the first failure to the next success, so that each is logged once.
    up: AtomicBool,
}

/// See the module.
pub(crate) struct Link<R> {
    shared: Arc<Shared<R>>,
    lanes: Vec<Lane>,
    next: AtomicUsize,
    connect: Duration,
    wait: Duration,
}

impl<R> fmt::Debug for Link<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

impl<R: Restore> Link<R> {
    pub(crate) fn new(
        options: &RedisOptions,
        source: Option<Arc<dyn RevocationSource>>,
        restore: R,
    ) -> Result<Link<R>, RedisError> {
        let lanes = options.connections.max(1);
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(options.connect_timeout))
            .set_response_timeout(Some(options.command_timeout));
        let pool = Pool::builder(Manager::new_with_config(options.url(), config)?)
            .max_size(lanes)
            .timeouts(Timeouts {
                wait: Some(options.wait_timeout),
                create: Some(options.connect_timeout),
                recycle: Some(options.command_timeout),
            })
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| RedisError::from((ErrorKind::InvalidClientConfig, "no pool")))?;
        Ok(Link {
            shared: Arc::new(Shared {
                pool,
                command: options.command_timeout,
                source,
                restore,
                restored: Mutex::new(None),
                trust: AtomicUsize::new(0),
                opened: AtomicUsize::new(0),
                up: AtomicBool::new(true),
            }),
            lanes: (0..lanes).map(|_| Lane::default()).collect(),
            next: AtomicUsize::new(0),
            connect: options.connect_timeout,
            wait: options.wait_timeout,
        })
    }

    /// Runs a script. A connection that turns out to be closed is replaced once: scripts are safe to repeat.
    pub(crate) async fn run<T: FromRedisValue>(
        &self,
        script: &'static Script,
        call: Call,
    ) -> Result<T, SessionError> {
        let lane = &self.lanes[self.next.fetch_add(1, Ordering::Relaxed) % self.lanes.len()];
        let mut repeated = false;
        loop {
            let (mut connection, number) = self.connection(lane).await?;
            match self.shared.answer(script.run(&mut connection, &call)).await {
                Ok(value) => {
                    if !self.shared.up.swap(true, Ordering::Relaxed) {
                        tracing::info!("Redis answers again");
                    }
                    return Ok(value);
                }
                Err(fault) => {
                    if fault.closes() {
                        discard(lane, number).await;
                    }
                    if !repeated
                        && matches!(&fault, Fault::Redis(error) if error.is_connection_dropped())
                    {
                        repeated = true;
                        continue;
                    }
                    return Err(self.shared.down(&fault));
                }
            }
        }
    }

    /// Has all revocations put back before the next call: one of them may not have arrived.
    pub(crate) fn distrust(&self) {
        if self.shared.source.is_some() {
            self.shared.trust.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// The lane's connection, opened if there is none. Opening goes on when the caller has gone away, so
    /// that impatient callers do not keep a slow Redis from ever being reached.
    async fn connection(
        &self,
        lane: &Lane,
    ) -> Result<(MultiplexedConnection, usize), SessionError> {
        let mut guard = match Arc::clone(lane).try_lock_owned() {
            Ok(guard) => guard,
            Err(_) => timeout(self.wait, Arc::clone(lane).lock_owned())
                .await
                .map_err(|_| self.shared.down(&Fault::TimedOut))?,
        };
        let trust = self.shared.trust.load(Ordering::Acquire);
        if let Some(open) = guard.take_if(|open| open.trust != trust) {
            drop(Connection::take(open.connection));
        }
        if let Some(open) = guard.as_ref() {
            return Ok((MultiplexedConnection::clone(&open.connection), open.number));
        }
        let opening = tokio::spawn(open(Arc::clone(&self.shared), guard));
        match timeout(self.connect, opening).await {
            Ok(Ok(Ok(opened))) => Ok(opened),
            Ok(Ok(Err(fault))) => Err(self.shared.down(&fault)),
            Ok(Err(_)) | Err(_) => Err(self.shared.down(&Fault::TimedOut)),
        }
    }
}

async fn open<R: Restore>(
    shared: Arc<Shared<R>>,
    mut lane: OwnedMutexGuard<Option<Open>>,
) -> Result<(MultiplexedConnection, usize), Fault> {
    let connection = shared.pool.get().await.map_err(Fault::from_pool)?;
    let mut shown = MultiplexedConnection::clone(&connection);
    let trust = shared.trust.load(Ordering::Acquire);
    shared.restore(&mut shown, trust).await?;
    let number = shared.opened.fetch_add(1, Ordering::Relaxed);
    *lane = Some(Open {
        connection,
        number,
        trust,
    });
    Ok((shown, number))
}

async fn discard(lane: &Lane, number: usize) {
    if let Some(open) = lane.lock().await.take_if(|open| open.number == number) {
        drop(Connection::take(open.connection));
    }
}

impl<R: Restore> Shared<R> {
    /// Puts revocations back into a Redis that is not the one of before.
    async fn restore(
        &self,
        connection: &mut MultiplexedConnection,
        trust: usize,
    ) -> Result<(), Fault> {
        let Some(source) = &self.source else {
            return Ok(());
        };
        let mut restored = self.restored.lock().await;
        let mut info = redis::cmd("INFO");
        let info: String = self
            .answer(info.arg("server").query_async(connection))
            .await?;
        let run_id = info
            .lines()
            .find_map(|line| line.strip_prefix("run_id:"))
            .unwrap_or_default()
            .trim()
            .to_owned();
        let met = (run_id, trust);
        if restored.as_ref() == Some(&met) {
            return Ok(());
        }
        let calls = self
            .restore
            .calls(Arc::clone(source))
            .await
            .map_err(|_| Fault::NoRevocations)?;
        for chunk in calls.chunks(CHUNK) {
            self.answer(run_all(connection, chunk)).await?;
        }
        tracing::info!(
            revocations = calls.len(),
            "Put revocations into a Redis not met before"
        );
        *restored = Some(met);
        Ok(())
    }

    async fn answer<T>(
        &self,
        asked: impl Future<Output = Result<T, RedisError>>,
    ) -> Result<T, Fault> {
        match timeout(self.command, asked).await {
            Ok(result) => result.map_err(Fault::Redis),
            Err(_) => Err(Fault::TimedOut),
        }
    }

    fn down(&self, fault: &Fault) -> SessionError {
        if self.up.swap(false, Ordering::Relaxed) {
            tracing::warn!(cause = %fault, "Redis does not answer");
        }
        SessionError::Unavailable
    }
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("timed out")]
    TimedOut,
    #[error("the revocations could not be read")]
    NoRevocations,
    #[error("no connection: {0}")]
    Pool(String),
    #[error("{0}")]
    Redis(RedisError),
}

impl Fault {
    fn from_pool(error: deadpool_redis::PoolError) -> Fault {
        match error {
            deadpool_redis::PoolError::Backend(error) => Fault::Redis(error),
            deadpool_redis::PoolError::Timeout(_) => Fault::TimedOut,
            other => Fault::Pool(other.to_string()),
        }
    }

    /// Whether the connection is of no more use: closed, silent, or to a server that lost its role.
    fn closes(&self) -> bool {
        match self {
            Fault::TimedOut => true,
            Fault::Redis(error) => {
                error.is_unrecoverable_error()
                    || error.is_timeout()
                    || error.is_io_error()
                    || error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly)
            }
            Fault::NoRevocations | Fault::Pool(_) => false,
        }
    }
}
