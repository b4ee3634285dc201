//! How long a request may take, and that its work is done to the end.
//!
//! The work runs in a task of its own. When its time is up, or its client has gone away, only the waiting ends: a
//! query that is broken off leaves its answer on the connection, for the next one to take for its own
//! (<https://github.com/launchbadge/sqlx/issues/563>).

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use actix_web::HttpMessage;
use tokio::time::{Instant, sleep_until};

/// The work for a request, not counting the time in which its body comes in.
pub const WORK_WITHIN: Duration = Duration::from_secs(10);

/// Since when a request is worked on; none while its body comes in.
#[derive(Clone)]
struct Since(Rc<Cell<Option<Instant>>>);

/// The time of a request, which begins now.
pub struct Patience(Since);

impl Patience {
    /// Begins to count.
    #[must_use]
    pub fn with(request: &impl HttpMessage) -> Patience {
        let since = Since(Rc::new(Cell::new(Some(Instant::now()))));
        request.extensions_mut().insert(since.clone());
        Patience(since)
    }

    /// What the work came to; none if it takes too long, or panicked. It goes on all the same.
    pub async fn wait<T: 'static>(self, work: impl Future<Output = T> + 'static) -> Outcome<T> {
        let work = actix_web::rt::spawn(work);
        tokio::select! {
            done = work => done.map_or(Outcome::Panicked, Outcome::Done),
            () = self.end() => Outcome::TooLong,
        }
    }

    /// Resolves when the time is up.
    async fn end(self) {
        loop {
            let now = Instant::now();
            // The body has a time of its own, so this ends.
            let end = self.0.0.get().unwrap_or(now) + WORK_WITHIN;
            if end <= now {
                return;
            }
            sleep_until(end).await;
        }
    }
}

/// How waiting for work ended.
pub enum Outcome<T> {
    /// It is done.
    Done(T),
    /// It panicked.
    Panicked,
    /// Its time was up before it was done.
    TooLong,
}

/// Does not count the time in which a body comes in.
pub async fn reading<T>(request: &impl HttpMessage, body: impl Future<Output = T>) -> T {
    let since = request.extensions().get::<Since>().cloned();
    let set = |at| since.iter().for_each(|since| since.0.set(at));
    set(None);
    let read = body.await;
    set(Some(Instant::now()));
    read
}
