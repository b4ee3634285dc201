//! Limits in Redis: shared by all nodes, each call one script.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use deadpool_redis::redis::Value;
use domain::Clock;

use super::{
    FAILURES_KEPT, FIRST_WAIT, FREE_FAILURES, LONGEST_WAIT, LimitError, Limits, Verdict, rules,
};
use crate::link::{Call, Script};
use crate::sessions::redis::RedisLink;

static PASS: Script = Script::new(include_str!("scripts/pass.lua"));
static ATTEMPT: Script = Script::new(include_str!("scripts/attempt.lua"));
static WITHDRAW: Script = Script::new(include_str!("scripts/withdraw.lua"));
static FORGET: Script = Script::new("return redis.call('DEL', KEYS[1])");

/// How much longer than needed a count of requests is kept: the clocks of two nodes may be apart.
const SPARE: Duration = Duration::from_secs(60);

/// The limits of production, from [`RedisSessions::limits`](crate::RedisSessions::limits). A call whose
/// answer was lost is repeated once and may count twice, which errs on the safe side.
#[derive(Clone)]
pub struct RedisLimits {
    link: Arc<RedisLink>,
    prefix: String,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for RedisLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisLimits(..)")
    }
}

impl RedisLimits {
    pub(crate) fn new(link: Arc<RedisLink>, prefix: String, clock: Arc<dyn Clock>) -> RedisLimits {
        RedisLimits {
            link,
            prefix,
            clock,
        }
    }

    fn requests(&self, key: &str) -> Vec<String> {
        vec![format!("{}limit:requests:{key}", self.prefix)]
    }

    fn attempts(&self, key: &str) -> Vec<String> {
        vec![format!("{}limit:attempts:{key}", self.prefix)]
    }

    async fn verdict(
        &self,
        script: &'static Script,
        keys: Vec<String>,
        args: &[i128],
    ) -> Result<Verdict, LimitError> {
        let args = args.iter().map(i128::to_string).collect();
        let wait: u64 = self.link.run(script, Call { keys, args }).await?;
        Ok(match wait {
            0 => Verdict::Go,
            wait => Verdict::Wait(Duration::from_micros(wait)),
        })
    }

    async fn tell(&self, script: &'static Script, key: &str) -> Result<(), LimitError> {
        let (keys, args) = (self.attempts(key), Vec::new());
        let _: Value = self.link.run(script, Call { keys, args }).await?;
        Ok(())
    }
}

#[async_trait]
impl Limits for RedisLimits {
    async fn pass(&self, key: &str, per_minute: u32) -> Result<Verdict, LimitError> {
        let (interval, burst) = rules::pace(per_minute);
        let args = [
            self.clock.now().0.into(),
            interval.into(),
            burst.into(),
            micros(SPARE),
        ];
        self.verdict(&PASS, self.requests(key), &args).await
    }

    async fn attempt(&self, key: &str) -> Result<Verdict, LimitError> {
        let args = [
            self.clock.now().0.into(),
            FREE_FAILURES.into(),
            micros(FIRST_WAIT),
            micros(LONGEST_WAIT),
            micros(FAILURES_KEPT),
        ];
        self.verdict(&ATTEMPT, self.attempts(key), &args).await
    }

    async fn succeeded(&self, key: &str) -> Result<(), LimitError> {
        self.tell(&FORGET, key).await
    }

    async fn withdrawn(&self, key: &str) -> Result<(), LimitError> {
        self.tell(&WITHDRAW, key).await
    }
}

fn micros(span: Duration) -> i128 {
    i128::try_from(span.as_micros()).unwrap_or(i128::MAX)
}
