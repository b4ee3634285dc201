//! Sessions in Redis: any number of nodes, each call one script.

mod keys;
mod listener;
mod options;
mod restoring;
mod rows;

use std::fmt;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use deadpool_redis::redis::{FromRedisValue, Value, from_redis_value};
use domain::{Clock, SessionId, UserId};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use self::keys::{Keys, keys_live, millis};
use self::listener::Listener;
pub use self::options::{RedisOptions, RedisSetupError};
use self::restoring::Restoring;
use self::rows::{FIELDS, ends, record, session, texts};
use super::endings::Endings;
use super::{
    Lifetime, NewSession, ROTATION_GRACE, RevocationSource, Rotation, SESSIONS_PER_USER, Session,
    SessionError, SessionStore, TOUCH_INTERVAL, Verification, rules,
};
use crate::limits::RedisLimits;
use crate::link::{Call, Link, Script};

static CREATE: Script = Script::new(include_str!("../scripts/create.lua"));
static VERIFY: Script = Script::new(include_str!("../scripts/verify.lua"));
static ROTATE: Script = Script::new(include_str!("../scripts/rotate.lua"));
static END: Script = Script::new(include_str!("../scripts/end.lua"));
static LIST: Script = Script::new(include_str!("../scripts/list.lua"));
static RAISE_EPOCH: Script = Script::new(include_str!("../scripts/raise_epoch.lua"));
static PING: Script = Script::new("return 1");

/// The session store of production.
#[derive(Clone)]
pub struct RedisSessions {
    link: Arc<RedisLink>,
    ears: Arc<Ears>,
    keys: Keys,
    clock: Arc<dyn Clock>,
}

/// The connections, which also put revocations back.
pub(crate) type RedisLink = Link<Restoring>;

/// What the store hears and tells of endings. Its own are told at once and, with others', as they come
/// back from Redis: this node does not depend on the subscription.
struct Ears {
    endings: Endings,
    listener: Listener,
    listening: OnceLock<JoinHandle<()>>,
}

impl Drop for Ears {
    fn drop(&mut self) {
        if let Some(task) = self.listening.get() {
            task.abort();
        }
    }
}

impl fmt::Debug for RedisSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisSessions(..)")
    }
}

impl RedisSessions {
    /// Reads the options; Redis is first asked by the first call. With a source of revocations, these are
    /// put into every Redis of another run id before it is asked for anything, so that one which lost or
    /// resurrected data revives nobody.
    ///
    /// # Errors
    /// Options that cannot work.
    pub fn new(
        options: &RedisOptions,
        clock: Arc<dyn Clock>,
        revocations: Option<Arc<dyn RevocationSource>>,
    ) -> Result<RedisSessions, RedisSetupError> {
        if options.key_prefix.contains(['{', '}']) {
            return Err(RedisSetupError::Prefix);
        }
        let keys = Keys {
            prefix: options.key_prefix.clone(),
        };
        let restoring = Restoring {
            keys: keys.clone(),
            clock: Arc::clone(&clock),
        };
        let link = Link::new(options, revocations, restoring).map_err(|_| RedisSetupError::Url)?;
        let listener = Listener::new(options, keys.endings()).map_err(|_| RedisSetupError::Url)?;
        Ok(RedisSessions {
            link: Arc::new(link),
            ears: Arc::new(Ears {
                endings: Endings::new(),
                listener,
                listening: OnceLock::new(),
            }),
            keys,
            clock,
        })
    }

    /// Limits that all nodes share, over the same connections and with the same time-outs.
    #[must_use]
    pub fn limits(&self) -> RedisLimits {
        RedisLimits::new(
            Arc::clone(&self.link),
            self.keys.prefix.clone(),
            Arc::clone(&self.clock),
        )
    }

    /// Tells the receivers of this node.
    fn tell(&self, ended: Vec<String>) -> Vec<SessionId> {
        let ended: Vec<SessionId> = ended.into_iter().map(SessionId::new).collect();
        self.ears.endings.tell(ended.iter().cloned());
        ended
    }

    /// Runs what ends sessions. If it fails it may or may not have happened: the database knows, and all
    /// revocations are put back before the next call.
    async fn revoke<T: FromRedisValue>(
        &self,
        script: &'static Script,
        call: Call,
    ) -> Result<T, SessionError> {
        let result = self.link.run(script, call).await;
        if result.is_err() {
            self.link.distrust();
        }
        result
    }
}

#[async_trait]
impl SessionStore for RedisSessions {
    async fn create(&self, new: NewSession) -> Result<Session, SessionError> {
        let session = rules::begin(new, self.clock.now());
        let (user, lifetime) = (session.user_id, Lifetime::of(session.role));
        let mut args = vec![
            session.id.as_str().to_owned(),
            session.epoch.to_string(),
            session.created_at.0.to_string(),
            millis(lifetime.idle.min(lifetime.absolute)),
            millis(keys_live()),
            SESSIONS_PER_USER.to_string(),
            self.keys.session_base(user),
            self.keys.endings(),
        ];
        let mut set = |field: &str, value: String| args.extend([field.to_owned(), value]);
        set("user", user.to_string());
        set("role", session.role.as_str().to_owned());
        set("epoch", session.epoch.to_string());
        set("gen", session.generation.to_string());
        set("confirmed", "0".to_owned());
        set("rotated", session.rotated_at.0.to_string());
        set("created", session.created_at.0.to_string());
        set("auth_at", session.auth_at.0.to_string());
        set("last_seen", session.last_seen_at.0.to_string());
        set("idle", lifetime.idle.as_micros().to_string());
        set("absolute", session.absolute_expires_at.0.to_string());
        if let Some(text) = &session.user_agent {
            set("user_agent", text.clone());
        }
        if let Some(address) = session.address {
            set("address", address.to_string());
        }
        let call = Call {
            keys: vec![
                self.keys.session(user, &session.id),
                self.keys.epoch(user),
                self.keys.index(user),
            ],
            args,
        };
        let ended: Vec<String> = self.link.run(&CREATE, call).await?;
        self.tell(ended);
        Ok(session)
    }

    async fn verify(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: Option<u64>,
    ) -> Result<Verification, SessionError> {
        let call = Call {
            keys: vec![
                self.keys.session(user_id, session_id),
                self.keys.epoch(user_id),
            ],
            args: vec![
                self.clock.now().0.to_string(),
                generation
                    .map(|given| given.to_string())
                    .unwrap_or_default(),
                ROTATION_GRACE.as_micros().to_string(),
                TOUCH_INTERVAL.as_micros().to_string(),
            ],
        };
        let answer: Vec<String> = self.link.run(&VERIFY, call).await?;
        let verification = match texts(&answer).as_slice() {
            ["valid", role, epoch, auth_at, seen, idle, absolute] => {
                record(role, epoch, auth_at, seen, idle, absolute).map(Verification::Valid)
            }
            ["stale"] => Some(Verification::Stale),
            ["gone"] => Some(Verification::Gone),
            _ => None,
        };
        verification.ok_or_else(unreadable)
    }

    async fn rotate(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: u64,
    ) -> Result<Rotation, SessionError> {
        let call = Call {
            keys: vec![
                self.keys.session(user_id, session_id),
                self.keys.epoch(user_id),
                self.keys.index(user_id),
            ],
            args: vec![
                self.clock.now().0.to_string(),
                generation.to_string(),
                ROTATION_GRACE.as_micros().to_string(),
                session_id.as_str().to_owned(),
                self.keys.endings(),
            ],
        };
        let answer: Vec<String> = self.link.run(&ROTATE, call).await?;
        if matches!(texts(&answer).as_slice(), ["reused" | "ahead"]) {
            self.ears.endings.tell([session_id.clone()]);
        }
        let rotation = match texts(&answer).as_slice() {
            ["gone" | "ahead"] => Some(Rotation::Gone),
            ["reused"] => Some(Rotation::Reused),
            [what, generation, seen, idle, absolute] => generation
                .parse()
                .ok()
                .zip(ends(seen, idle, absolute))
                .and_then(|(generation, expires_at)| match *what {
                    "rotated" => Some(Rotation::Rotated {
                        generation,
                        expires_at,
                    }),
                    "same" => Some(Rotation::Same {
                        generation,
                        expires_at,
                    }),
                    _ => None,
                }),
            _ => None,
        };
        rotation.ok_or_else(unreadable)
    }

    async fn end(&self, user_id: UserId, session_id: &SessionId) -> Result<bool, SessionError> {
        let ended: i64 = self
            .revoke(&END, self.keys.end(user_id, session_id))
            .await?;
        if ended > 0 {
            self.ears.endings.tell([session_id.clone()]);
        }
        Ok(ended > 0)
    }

    async fn list(&self, user_id: UserId) -> Result<Vec<Session>, SessionError> {
        let mut args = vec![self.keys.session_base(user_id)];
        args.extend(FIELDS.map(str::to_owned));
        let call = Call {
            keys: vec![self.keys.index(user_id), self.keys.epoch(user_id)],
            args,
        };
        let rows: Vec<Value> = self.link.run(&LIST, call).await?;
        let now = self.clock.now();
        let mut sessions = Vec::with_capacity(rows.len());
        for row in rows {
            let row: Vec<Option<String>> = from_redis_value(row).map_err(|_| unreadable())?;
            let session = session(row).ok_or_else(unreadable)?;
            // The script has compared the epochs.
            if rules::lives(&session, session.epoch, now) {
                sessions.push(session);
            }
        }
        Ok(sessions)
    }

    async fn raise_epoch(
        &self,
        user_id: UserId,
        epoch: i64,
        except: Option<&SessionId>,
    ) -> Result<Vec<SessionId>, SessionError> {
        let call = self
            .keys
            .raise_epoch(user_id, epoch, except, self.clock.now());
        Ok(self.tell(self.revoke(&RAISE_EPOCH, call).await?))
    }

    fn endings(&self) -> broadcast::Receiver<SessionId> {
        let (ears, receiver) = (&self.ears, self.ears.endings.receiver());
        ears.listening
            .get_or_init(|| tokio::spawn(ears.listener.clone().run(ears.endings.clone())));
        receiver
    }

    async fn ping(&self) -> Result<(), SessionError> {
        let call = Call {
            keys: Vec::new(),
            args: Vec::new(),
        };
        self.link.run::<Value>(&PING, call).await.map(|_| ())
    }
}

fn unreadable() -> SessionError {
    tracing::error!("Redis holds a session that cannot be read");
    SessionError::Unavailable
}
