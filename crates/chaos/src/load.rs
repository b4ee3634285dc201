//! The people of one run: customers and admins who write, lists that are kept, a stranger who must hear nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use crate::account::Account;
use crate::api::Api;
use crate::chores::{self, Pace, Reads};
use crate::follower::Follower;
use crate::ledger::{Change, Ledger, Write};
use crate::onlooker::Onlooker;
use crate::writer::{ACCEPTED_WITHIN, over_rest};

const TICKETS: usize = 3;
/// Sockets of one customer in their ticket, like two tabs.
const TABS: usize = 2;
const GLANCE: Duration = Duration::from_millis(20);
/// Everybody has joined within this time, and everything flows.
const UNDER_WAY_WITHIN: Duration = Duration::from_secs(30);
/// A number that no ticket has.
pub(crate) const NO_TICKET: i64 = 4_000_000_000;

/// Everybody, and what they have done.
pub(crate) struct Load {
    pub(crate) api: Arc<Api>,
    pub(crate) ledger: Ledger,
    pub(crate) reads: Reads,
    /// Each with its customer.
    pub(crate) tickets: Vec<(i64, Arc<Account>)>,
    pub(crate) admins: Vec<Arc<Account>>,
    pub(crate) followers: Vec<Arc<Follower>>,
    pub(crate) lists: Vec<Onlooker>,
    pub(crate) stranger: Onlooker,
    cuts: watch::Sender<u64>,
    pace: watch::Sender<Pace>,
    /// Whether people get fresh tokens now and then.
    renewing: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Load {
    /// Signs everybody in, opens tickets, and begins to write.
    pub(crate) async fn begin(api: Api, admins: &[String]) -> Result<Load> {
        let api = Arc::new(api);
        let (cuts, _) = watch::channel(0);
        let mut signed_in = Vec::new();
        for email in admins {
            signed_in.push(Account::log_in(&api, email, true).await?);
        }
        let mut tickets = Vec::new();
        let mut followers = Vec::new();
        for number in 0..TICKETS {
            let customer = Account::register(&api, &format!("Customer {number}")).await?;
            let ticket = open_ticket(&customer, number).await?;
            for _ in 0..TABS {
                followers.push(Arc::new(Follower::enter(
                    &customer,
                    ticket,
                    cuts.subscribe(),
                )));
            }
            for admin in &signed_in {
                followers.push(Arc::new(Follower::enter(admin, ticket, cuts.subscribe())));
            }
            tickets.push((ticket, customer));
        }
        let lists = signed_in.iter();
        let lists = lists.map(|admin| Onlooker::with_a_list(admin, cuts.subscribe()));
        let lists = lists.collect();
        let stranger = Account::register(&api, "Stranger").await?;
        let others = tickets.iter().map(|(ticket, _)| *ticket);
        let tries = others.chain([NO_TICKET]).collect();
        let stranger = Onlooker::stranger(&stranger, cuts.subscribe(), tries);
        let mut load = Load {
            api,
            ledger: Ledger::default(),
            reads: Reads::default(),
            tickets,
            admins: signed_in,
            followers,
            lists,
            stranger,
            cuts,
            pace: watch::channel(Pace::Work).0,
            renewing: watch::channel(true).0,
            tasks: JoinSet::new(),
        };
        load.set_to_work();
        load.under_way().await?;
        Ok(load)
    }

    fn set_to_work(&mut self) {
        for follower in &self.followers {
            let (ledger, pace) = (self.ledger.clone(), self.pace.subscribe());
            self.tasks
                .spawn(chores::write(Arc::clone(follower), ledger, pace));
        }
        for person in self.people().cloned().collect::<Vec<_>>() {
            let (renewing, pace) = (self.renewing.subscribe(), self.pace.subscribe());
            self.tasks.spawn(chores::renew(person, renewing, pace));
        }
        // At most one for a person in a ticket, since it compares with what it was told before.
        let tabs = self.followers.iter().step_by(TABS);
        for follower in tabs {
            let (reads, pace) = (Arc::clone(&self.reads), self.pace.subscribe());
            self.tasks
                .spawn(chores::read(Arc::clone(follower), reads, pace));
        }
    }

    /// Everybody with a session in this load.
    fn people(&self) -> impl Iterator<Item = &Arc<Account>> {
        let customers = self.tickets.iter().map(|(_, customer)| customer);
        customers.chain(&self.admins)
    }

    /// Lets nobody get fresh tokens any more: what is under way ends first.
    pub(crate) async fn stop_renewing(&self) {
        self.renewing.send_replace(false);
        for person in self.people() {
            person.settled().await;
        }
    }

    /// Waits until writes of this load are acknowledged and everybody has seen some.
    async fn under_way(&self) -> Result<()> {
        let deadline = Instant::now() + UNDER_WAY_WITHIN;
        let waiting = |follower: &Arc<Follower>| follower.view().last < 3;
        while self.followers.iter().any(waiting) {
            if Instant::now() > deadline {
                bail!("not everybody has joined within {UNDER_WAY_WITHIN:?}");
            }
            sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Goes on for a while with nothing but writes.
    pub(crate) async fn work_for(&self, span: Duration) {
        sleep(span).await;
    }

    /// Waits until this many more writes were acknowledged.
    pub(crate) async fn acknowledge(&self, more: usize, within: Duration) -> bool {
        let goal = self.ledger.acknowledged() + more;
        let reached = async {
            while self.ledger.acknowledged() < goal {
                sleep(GLANCE).await;
            }
        };
        timeout(within, reached).await.is_ok()
    }

    /// Breaks every socket at once.
    pub(crate) fn cut_sockets(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Writes into each ticket at each node, and waits until every participant has seen that and every list has
    /// been told; gives how long it took.
    pub(crate) async fn heal(&self, within: Duration) -> Duration {
        let begun = Instant::now();
        let mut probes = JoinSet::new();
        for (ticket, _) in &self.tickets {
            for node in self.api.nodes() {
                let probe = self.probe(*ticket, node.clone());
                probes.spawn(probe);
            }
        }
        let mut heads = BTreeMap::new();
        let acknowledged = async {
            while let Some(probe) = probes.join_next().await {
                if let Ok(Some((ticket, seq))) = probe {
                    let head = heads.entry(ticket).or_insert(0);
                    *head = seq.max(*head);
                }
            }
        };
        if timeout(within, acknowledged).await.is_err() {
            let text = format!("writes are not accepted {within:?} after the fault");
            self.api.violations.add(text);
        }
        self.all_have_seen(&heads, within.saturating_sub(begun.elapsed()))
            .await;
        begun.elapsed()
    }

    /// Waits until every participant and every list has these heads.
    pub(crate) async fn all_have_seen(&self, heads: &BTreeMap<i64, i64>, within: Duration) {
        let deadline = Instant::now() + within;
        loop {
            let behind = self.behind(heads);
            if behind.is_empty() {
                return;
            }
            if Instant::now() > deadline {
                let behind = behind.join(", ");
                let text = format!("not seen within {within:?}: {behind}");
                return self.api.violations.add(text);
            }
            sleep(GLANCE).await;
        }
    }

    fn behind(&self, heads: &BTreeMap<i64, i64>) -> Vec<String> {
        let mut behind = Vec::new();
        for follower in &self.followers {
            let head = heads.get(&follower.ticket).copied().unwrap_or(0);
            let last = follower.view().last;
            if last < head {
                let ticket = follower.ticket;
                behind.push(format!("a client in {ticket} is at {last} of {head}"));
            }
        }
        for list in &self.lists {
            for (ticket, head) in heads {
                let told = list.heard().heads.get(ticket).copied().unwrap_or(0);
                if told < *head {
                    behind.push(format!("a list has {ticket} at {told} of {head}"));
                }
            }
        }
        behind
    }

    fn probe(
        &self,
        ticket: i64,
        node: String,
    ) -> impl Future<Output = Option<(i64, i64)>> + Send + 'static {
        let admin = Arc::clone(&self.admins[0]);
        let ledger = self.ledger.clone();
        async move {
            let text = format!("probe {}", Uuid::new_v4());
            let write = Write::new(ticket, admin.id, Change::Message(text));
            ledger.begin(&write);
            loop {
                if let Ok(entry) = over_rest(&admin, &node, &write).await {
                    let entry = crate::writer::acknowledged(&ledger, &admin.api, &write, entry)?;
                    return Some((ticket, entry["seq"].as_i64()?));
                }
                crate::account::breathe().await;
            }
        }
    }

    /// Lets nobody begin another write, and waits until what was begun is acknowledged.
    pub(crate) async fn rest(&self) {
        self.pace.send_replace(Pace::Rest);
        let idle = async {
            while self.ledger.has_open() {
                sleep(GLANCE).await;
            }
        };
        if timeout(ACCEPTED_WITHIN, idle).await.is_err() {
            self.api.violations.add("writes remain without an answer");
        }
    }

    /// Lets everybody write again.
    pub(crate) fn resume(&self) {
        self.pace.send_replace(Pace::Work);
    }

    /// Ends the writing: whatever was begun is still acknowledged.
    pub(crate) async fn stop_writing(&mut self) {
        self.pace.send_replace(Pace::Stop);
        let all = async {
            while let Some(ended) = self.tasks.join_next().await {
                if let Err(error) = ended {
                    self.api
                        .violations
                        .add(format!("the harness failed: {error}"));
                }
            }
        };
        // Each task bounds itself.
        if timeout(ACCEPTED_WITHIN * 2, all).await.is_err() {
            self.api.violations.add("writers do not come to an end");
        }
    }
}

async fn open_ticket(customer: &Account, number: usize) -> Result<i64> {
    let body = json!({
        "client_id": Uuid::new_v4(),
        "title": format!("Ticket {number}"),
        "description": "It does not work any more",
    });
    let answer = customer.call(Method::POST, "/tickets", &body).await?;
    let id = answer.json["id"].as_i64();
    id.with_context(|| format!("opening a ticket answered {}", answer.summary()))
}
