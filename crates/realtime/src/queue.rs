//! The bounded queue of frames between the hub and one socket's writer.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use contract::socket::CloseCode;
use domain::{Seq, TicketId};

use crate::options::HubOptions;

/// A queue that was emptied gives back the room of more frames than this.
const KEEP_SLOTS: usize = 8;

/// What the writer does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// Send this text frame: UTF-8.
    Text(Bytes),
    /// Close the socket with this code; nothing follows.
    Close(CloseCode),
}

/// What may be left out when the writer falls behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Must arrive, or the connection ends.
    Vital,
    /// Left out of a queue that is half full.
    Droppable,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    Queued,
    Dropped,
    /// The connection is ending, or is not in that room.
    Refused,
    /// The queue was full: its frames are gone and the connection ends as slow.
    Overflowed,
}

/// The room that a connection is in.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) ticket_id: TicketId,
    /// Number of the join among those of this connection, from 1.
    pub(crate) number: u32,
    /// The ticket's head when it joined.
    pub(crate) joined_at: Seq,
    /// The latest seq that the room has delivered.
    pub(crate) delivered: Arc<AtomicI64>,
}

impl Membership {
    /// The ticket's latest seq, as far as this connection has been told.
    pub(crate) fn head(&self) -> i64 {
        self.joined_at.0.max(self.delivered.load(Ordering::Acquire))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    /// Ends with this code once the queue is empty.
    Flushing(CloseCode),
    /// Ends with this code at once.
    Closing(CloseCode),
    Gone,
}

struct Slot {
    bytes: Bytes,
    replay: bool,
}

struct State {
    frames: VecDeque<Slot>,
    bytes: usize,
    replay_bytes: usize,
    /// Of the writer, which waits for a frame.
    waker: Option<Waker>,
    /// Of the reader, which waits for the end.
    ended: Option<Waker>,
    end: End,
    room: Option<Membership>,
    /// The join under way, or 0.
    joining: u32,
    /// Joins so far.
    joins: u32,
}

impl State {
    fn clear(&mut self) {
        self.frames = VecDeque::new();
        self.bytes = 0;
        self.replay_bytes = 0;
    }

    fn push(&mut self, bytes: Bytes, replay: bool) {
        if replay {
            self.replay_bytes += bytes.len();
        } else {
            self.bytes += bytes.len();
        }
        self.frames.push_back(Slot { bytes, replay });
    }

    fn pop(&mut self) -> Option<Bytes> {
        let slot = self.frames.pop_front()?;
        if slot.replay {
            self.replay_bytes -= slot.bytes.len();
        } else {
            self.bytes -= slot.bytes.len();
        }
        if self.frames.is_empty() && self.frames.capacity() > KEEP_SLOTS {
            self.frames = VecDeque::new();
        }
        Some(slot.bytes)
    }

    fn overflow(&mut self) -> Pushed {
        self.clear();
        self.end = End::Closing(CloseCode::TooSlow);
        Pushed::Overflowed
    }
}

/// The queue. Pushing never waits; one writer takes.
pub(crate) struct Queue {
    max_frames: usize,
    max_bytes: usize,
    max_replay_bytes: usize,
    state: Mutex<State>,
}

impl Queue {
    pub(crate) fn new(options: &HubOptions) -> Queue {
        Queue {
            max_frames: options.queue_frames,
            max_bytes: options.queue_bytes,
            max_replay_bytes: options.queue_replay_bytes,
            state: Mutex::new(State {
                frames: VecDeque::new(),
                bytes: 0,
                replay_bytes: 0,
                waker: None,
                ended: None,
                end: End::Open,
                room: None,
                joining: 0,
                joins: 0,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, then wakes whom it concerns outside of the lock.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let (result, writer, reader) = {
            let mut state = self.lock();
            let result = change(&mut state);
            let ending = state.end != End::Open;
            let due = ending || !state.frames.is_empty();
            let writer = if due { state.waker.take() } else { None };
            let reader = if ending { state.ended.take() } else { None };
            (result, writer, reader)
        };
        for waker in [writer, reader].into_iter().flatten() {
            waker.wake();
        }
        result
    }

    fn admit(&self, state: &mut State, weight: Weight, bytes: &Bytes) -> Pushed {
        if state.end != End::Open {
            return Pushed::Refused;
        }
        let (frames, size) = (state.frames.len() + 1, state.bytes + bytes.len());
        if weight == Weight::Droppable
            && (frames > self.max_frames / 2 || size > self.max_bytes / 2)
        {
            return Pushed::Dropped;
        }
        // A frame larger than the whole queue still passes when it is alone.
        if frames > self.max_frames || (size > self.max_bytes && state.bytes > 0) {
            return state.overflow();
        }
        state.push(bytes.clone(), false);
        Pushed::Queued
    }

    /// Queues a frame that belongs to no room.
    pub(crate) fn push(&self, weight: Weight, bytes: &Bytes) -> Pushed {
        self.change(|state| self.admit(state, weight, bytes))
    }

    /// Queues a frame of the room that was entered by join `number`.
    pub(crate) fn push_in(&self, number: u32, weight: Weight, bytes: &Bytes) -> Pushed {
        self.change(|state| match &state.room {
            Some(room) if room.number == number => self.admit(state, weight, bytes),
            _ => Pushed::Refused,
        })
    }

    /// Starts a join; `None` when the connection is ending.
    pub(crate) fn begin_join(&self) -> Option<u32> {
        let mut state = self.lock();
        if state.end != End::Open {
            return None;
        }
        state.joins = state.joins.wrapping_add(1).max(1);
        state.joining = state.joins;
        Some(state.joining)
    }

    /// Whether join `number` is under way.
    pub(crate) fn is_joining(&self, number: u32) -> bool {
        let state = self.lock();
        state.joining == number && state.end == End::Open
    }

    /// Gives a join up; false when it is not under way any more.
    pub(crate) fn cancel_join(&self, number: u32) -> bool {
        let mut state = self.lock();
        let under_way = state.joining == number;
        if under_way {
            state.joining = 0;
        }
        under_way
    }

    /// Completes a join: queues `joined` and lets only frames of this room pass from here on. Gives the room
    /// that was left by it.
    pub(crate) fn enter(&self, room: Membership, joined: Bytes) -> (Pushed, Option<Membership>) {
        self.change(|state| {
            if state.end != End::Open || state.joining != room.number {
                return (Pushed::Refused, None);
            }
            let size = state.replay_bytes + joined.len();
            if state.frames.len() >= self.max_frames
                || (state.replay_bytes > 0 && size > self.max_replay_bytes)
            {
                return (state.overflow(), None);
            }
            state.joining = 0;
            state.push(joined, true);
            (Pushed::Queued, state.room.replace(room))
        })
    }

    /// Leaves the room, if in one.
    pub(crate) fn leave(&self) -> Option<Membership> {
        self.lock().room.take()
    }

    /// The room, if in one.
    pub(crate) fn room(&self) -> Option<Membership> {
        self.lock().room.clone()
    }

    /// Ends the connection after what is queued. An end that was asked for before stands.
    pub(crate) fn close(&self, code: CloseCode) {
        self.change(|state| {
            if state.end == End::Open {
                state.end = End::Flushing(code);
            }
        });
    }

    /// Ends the connection at once; what is queued is gone.
    pub(crate) fn close_now(&self, code: CloseCode) {
        self.change(|state| {
            if matches!(state.end, End::Open | End::Flushing(_)) {
                state.clear();
                state.end = End::Closing(code);
            }
        });
    }

    /// The reader is gone: the writer still sends a close code that was asked for, and nothing else is queued.
    pub(crate) fn disconnect(&self) {
        self.change(|state| {
            if state.end == End::Open {
                state.clear();
                state.end = End::Gone;
            }
        });
    }

    /// The writer is gone.
    pub(crate) fn abandon(&self) {
        self.change(|state| {
            state.clear();
            state.end = End::Gone;
        });
    }

    /// Whether the connection is ending.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().end != End::Open
    }

    /// Frames and bytes that wait.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        let state = self.lock();
        (state.frames.len(), state.bytes + state.replay_bytes)
    }

    pub(crate) fn poll_next(&self, cx: &Context<'_>) -> Poll<Option<Outgoing>> {
        let mut state = self.lock();
        if let End::Closing(code) = state.end {
            state.end = End::Gone;
            return Poll::Ready(Some(Outgoing::Close(code)));
        }
        if let Some(bytes) = state.pop() {
            return Poll::Ready(Some(Outgoing::Text(bytes)));
        }
        match state.end {
            End::Flushing(code) => {
                state.end = End::Gone;
                Poll::Ready(Some(Outgoing::Close(code)))
            }
            End::Gone | End::Closing(_) => Poll::Ready(None),
            End::Open => {
                remember(&mut state.waker, cx);
                Poll::Pending
            }
        }
    }

    /// Ready once the connection is ending.
    pub(crate) fn poll_ended(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.end != End::Open {
            return Poll::Ready(());
        }
        remember(&mut state.ended, cx);
        Poll::Pending
    }
}

fn remember(slot: &mut Option<Waker>, cx: &Context<'_>) {
    match slot {
        Some(waker) => waker.clone_from(cx.waker()),
        none => *none = Some(cx.waker().clone()),
    }
}

#[cfg(test)]
mod tests;
