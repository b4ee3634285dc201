//! A pool of hashing threads whose only worker is busy for as long as a test wants.

use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Waker};

use auth::{PasswordError, Passwords};
use tokio::runtime::{Builder, Runtime};

use crate::desk::password;
use crate::sink::within;

/// A hash that has its place in the pool and does not get on.
pub(crate) struct Stuck {
    hashing: Pin<Box<dyn Future<Output = Result<String, PasswordError>> + Send>>,
    /// Whose one thread for such work waits for the end of this channel.
    runtime: Option<Runtime>,
    release: Option<Sender<()>>,
}

impl Stuck {
    /// Takes the worker, which must be free.
    pub(crate) fn in_pool(passwords: &Passwords) -> Stuck {
        let mut builder = Builder::new_current_thread();
        let runtime = builder.max_blocking_threads(1).build().unwrap();
        let (release, released) = channel::<()>();
        runtime.spawn_blocking(move || released.recv());
        let passwords = passwords.clone();
        let mut stuck = Stuck {
            hashing: Box::pin(async move { passwords.hash(&password()).await }),
            runtime: None,
            release: Some(release),
        };
        let entered = runtime.enter();
        let mut context = Context::from_waker(Waker::noop());
        assert!(stuck.hashing.as_mut().poll(&mut context).is_pending());
        drop(entered);
        stuck.runtime = Some(runtime);
        stuck
    }

    /// Lets the hash get on, and the next in the queue.
    pub(crate) async fn release(mut self) {
        self.release = None;
        within(self.hashing.as_mut()).await.unwrap();
    }
}

impl Drop for Stuck {
    fn drop(&mut self) {
        self.release = None;
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
