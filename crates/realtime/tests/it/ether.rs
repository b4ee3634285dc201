//! A line between nodes that loses, repeats and delays messages, as its seed says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use realtime::{Bus, Heard};
use tokio::sync::mpsc;

/// What is wrong with a node's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Messages to and from it are lost, and nobody is told.
    Silent,
    /// It is cut off, and knows it.
    Down,
}

/// How unreliable messages are on lines without a fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    /// Probabilities.
    pub(crate) lost: f64,
    pub(crate) repeated: f64,
    pub(crate) slowest: Duration,
}

impl Weather {
    pub(crate) const CLEAR: Weather = Weather {
        lost: 0.0,
        repeated: 0.0,
        slowest: Duration::ZERO,
    };
}

struct Port {
    heard: Option<mpsc::Sender<Heard>>,
    fault: Fault,
}

/// All lines.
pub(crate) struct Ether {
    state: Mutex<State>,
}

struct State {
    rng: StdRng,
    weather: Weather,
    ports: Vec<Port>,
}

/// The line of one node.
pub(crate) struct EtherBus {
    ether: Arc<Ether>,
    port: usize,
}

impl Ether {
    pub(crate) fn new(seed: u64, weather: Weather) -> Arc<Ether> {
        Arc::new(Ether {
            state: Mutex::new(State {
                rng: StdRng::seed_from_u64(seed),
                weather,
                ports: Vec::new(),
            }),
        })
    }

    /// A line for one more node.
    pub(crate) fn line(self: &Arc<Ether>) -> Arc<EtherBus> {
        let mut state = self.state.lock().unwrap();
        state.ports.push(Port {
            heard: None,
            fault: Fault::None,
        });
        Arc::new(EtherBus {
            ether: Arc::clone(self),
            port: state.ports.len() - 1,
        })
    }

    /// From now on messages are lost, repeated and delayed like this.
    pub(crate) fn weather(&self, weather: Weather) {
        self.state.lock().unwrap().weather = weather;
    }

    /// Sets what is wrong with a node's line, and tells it what it would notice itself.
    pub(crate) fn fault(&self, port: usize, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        let port = &mut state.ports[port];
        let told = match (port.fault, fault) {
            (Fault::Down, Fault::Down) => None,
            (_, Fault::Down) => Some(Heard::Down),
            (Fault::Down, _) => Some(Heard::Resumed),
            _ => None,
        };
        port.fault = fault;
        if let (Some(told), Some(heard)) = (told, &port.heard) {
            // A full line loses it like any message.
            let _ = heard.try_send(told);
        }
    }

    fn send(&self, from: usize, message: &Bytes) -> bool {
        let mut state = self.state.lock().unwrap();
        let State {
            rng,
            weather,
            ports,
        } = &mut *state;
        match ports[from].fault {
            Fault::None => {}
            Fault::Silent => return true,
            Fault::Down => return false,
        }
        for port in ports.iter().filter(|port| port.fault == Fault::None) {
            let Some(heard) = &port.heard else { continue };
            if rng.random_bool(weather.lost) {
                continue;
            }
            let copies = if rng.random_bool(weather.repeated) {
                2
            } else {
                1
            };
            for _ in 0..copies {
                let message = Heard::Message(message.clone());
                if weather.slowest.is_zero() {
                    let _ = heard.try_send(message);
                    continue;
                }
                let delay = rng.random_range(Duration::ZERO..weather.slowest);
                let heard = heard.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    let _ = heard.try_send(message);
                });
            }
        }
        true
    }
}

#[async_trait]
impl Bus for EtherBus {
    async fn publish(&self, message: Bytes) -> bool {
        self.ether.send(self.port, &message)
    }

    fn offer(&self, message: Bytes) {
        self.ether.send(self.port, &message);
    }

    fn listen(&self) -> mpsc::Receiver<Heard> {
        let (heard, line) = mpsc::channel(1024);
        let _ = heard.try_send(Heard::Resumed);
        self.ether.state.lock().unwrap().ports[self.port].heard = Some(heard);
        line
    }
}
