//! A body that comes in parts, each made when the one before is on its way.

use std::future::Future;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream;
use tokio::sync::mpsc;
use tracing::Instrument as _;

/// A part of a body.
pub struct Part<C> {
    /// What is sent.
    pub bytes: Bytes,
    /// Where the next part begins; none after the last.
    pub next: Option<C>,
}

/// The rest could not be made. Answers that end with this are cut off, so that they do not look whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rest of the body could not be made")]
pub struct CutOff;

/// The first part, and those that `make` makes after it. At most one waits to be sent. They are made by a task of its own,
/// since no query may be broken off; when nobody takes the body any more, it ends after the one that it is at.
pub fn body<C, F, Making>(first: Part<C>, mut make: F) -> impl Stream<Item = Result<Bytes, CutOff>>
where
    C: Send + 'static,
    F: FnMut(C) -> Making + Send + 'static,
    Making: Future<Output = Result<Part<C>, CutOff>> + Send,
{
    let (sender, mut receiver) = mpsc::channel(1);
    let making = async move {
        let mut part = first;
        while sender.send(Ok(part.bytes)).await.is_ok() {
            let Some(next) = part.next else { return };
            part = match make(next).await {
                Ok(part) => part,
                Err(cut_off) => {
                    // Whoever has gone does not care.
                    let _ = sender.send(Err(cut_off)).await;
                    return;
                }
            };
        }
    };
    tokio::spawn(making.in_current_span());
    stream::poll_fn(move |context| receiver.poll_recv(context))
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use tokio::sync::oneshot;

    use super::*;

    fn part(number: u8, next: Option<u8>) -> Part<u8> {
        let bytes = Bytes::from(vec![number]);
        Part { bytes, next }
    }

    #[tokio::test]
    async fn parts_come_in_order_and_end() {
        let made = body(part(0, Some(1)), |number| async move {
            Ok(part(number, (number < 3).then_some(number + 1)))
        });
        let parts: Vec<_> = made.map(|part| part.unwrap()[0]).collect().await;
        assert_eq!(parts, [0, 1, 2, 3]);
    }

    #[tokio::test]
    async fn a_failure_is_the_last_that_comes() {
        let made = body(part(0, Some(1)), |_| async { Err(CutOff) });
        let parts: Vec<_> = made.map(|part| part.map(|bytes| bytes[0])).collect().await;
        assert_eq!(parts, [Ok(0), Err(CutOff)]);
    }

    #[tokio::test]
    async fn nothing_more_is_made_once_nobody_takes_it() {
        let (ended, end) = oneshot::channel::<()>();
        let mut made = Box::pin(body(part(0, Some(0)), move |number| {
            // Dropped with the closure, when the task ends.
            let _ = &ended;
            async move { Ok(part(number, Some(number))) }
        }));
        assert_eq!(made.next().await.unwrap().unwrap()[0], 0);
        drop(made);
        assert!(end.await.is_err());
    }
}
