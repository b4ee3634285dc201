//! Who is connected, by user and by session.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{SessionId, UserId};
use tokio::sync::Notify;

use crate::hub::ConnectError;
use crate::link::Link;

#[derive(Default)]
struct State {
    users: HashMap<UserId, Vec<Arc<Link>>>,
    /// Shared, so that a fan-out holds no lock.
    admins: Arc<Vec<Arc<Link>>>,
    sessions: HashMap<SessionId, UserId>,
    connections: usize,
    draining: bool,
}

/// All connections of the hub.
#[derive(Default)]
pub(crate) struct Directory {
    state: Mutex<State>,
    emptied: Notify,
}

impl Directory {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, link: &Arc<Link>, per_user: usize) -> Result<(), ConnectError> {
        let mut state = self.lock();
        if state.draining {
            return Err(ConnectError::Draining);
        }
        let user_id = link.peer.person.id;
        match state.users.entry(user_id) {
            Entry::Occupied(entry) if entry.get().len() >= per_user => {
                return Err(ConnectError::TooMany);
            }
            Entry::Occupied(entry) => {
                let links = entry.into_mut();
                links.reserve_exact(1);
                links.push(Arc::clone(link));
            }
            Entry::Vacant(entry) => {
                entry.insert(vec![Arc::clone(link)]);
            }
        }
        if link.peer.is_admin() {
            Arc::make_mut(&mut state.admins).push(Arc::clone(link));
        }
        let session_id = link.peer.session_id.clone();
        state.sessions.insert(session_id, user_id);
        state.connections += 1;
        Ok(())
    }

    pub(crate) fn remove(&self, link: &Arc<Link>) {
        let mut state = self.lock();
        let state = &mut *state;
        let user_id = link.peer.person.id;
        let Some(links) = state.users.get_mut(&user_id) else {
            return;
        };
        let Some(place) = links.iter().position(|other| Arc::ptr_eq(other, link)) else {
            return;
        };
        links.remove(place);
        let session_id = &link.peer.session_id;
        if links
            .iter()
            .all(|other| other.peer.session_id != *session_id)
        {
            state.sessions.remove(session_id);
            shrink(&mut state.sessions);
        }
        if links.is_empty() {
            state.users.remove(&user_id);
            shrink(&mut state.users);
        }
        if link.peer.is_admin() {
            let admins = Arc::make_mut(&mut state.admins);
            admins.retain(|other| !Arc::ptr_eq(other, link));
            if admins.len() < admins.capacity() / 4 {
                admins.shrink_to_fit();
            }
        }
        state.connections -= 1;
        if state.connections == 0 {
            self.emptied.notify_waiters();
        }
    }

    /// The connections of all admins.
    pub(crate) fn admins(&self) -> Arc<Vec<Arc<Link>>> {
        Arc::clone(&self.lock().admins)
    }

    /// The connections of a user.
    pub(crate) fn of(&self, user_id: UserId) -> Vec<Arc<Link>> {
        self.lock().users.get(&user_id).cloned().unwrap_or_default()
    }

    /// The connections of a session.
    pub(crate) fn of_session(&self, session_id: &SessionId) -> Vec<Arc<Link>> {
        let state = self.lock();
        let links = state
            .sessions
            .get(session_id)
            .and_then(|user_id| state.users.get(user_id));
        links
            .into_iter()
            .flatten()
            .filter(|link| link.peer.session_id == *session_id)
            .cloned()
            .collect()
    }

    /// Every connection.
    pub(crate) fn all(&self) -> Vec<Arc<Link>> {
        self.lock().users.values().flatten().cloned().collect()
    }

    /// Takes no more connections; gives those that there are.
    pub(crate) fn drain(&self) -> Vec<Arc<Link>> {
        self.lock().draining = true;
        self.all()
    }

    /// Connections and distinct users.
    pub(crate) fn size(&self) -> (usize, usize) {
        let state = self.lock();
        (state.connections, state.users.len())
    }

    /// Waits until there is no connection.
    pub(crate) async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.size().0 == 0 {
                return;
            }
            emptied.await;
        }
    }
}

/// Gives back what a storm of connections took.
fn shrink<K: Eq + std::hash::Hash, V>(map: &mut HashMap<K, V>) {
    if map.capacity() > 64 && map.len() < map.capacity() / 4 {
        map.shrink_to(map.len() * 2);
    }
}
