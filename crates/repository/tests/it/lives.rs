//! Tickets that live at random, by the rules of the domain.

use domain::ticket::NewTicket;
use domain::timeline::Named;
use domain::{
    Body, Change, ClientId, Entry, Person, Priority, Status, Ticket, TicketId, Timestamp, Title,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use repository::{Db, bulk, categories};

use crate::desk::{Desk, client_id};

/// Microseconds.
const MINUTE: i64 = 60_000_000;

/// A desk that fills with tickets.
pub(crate) struct Lives {
    db: Db,
    random: StdRng,
    people: Vec<Person>,
    admins: Vec<Person>,
    categories: Vec<Named>,
}

impl Lives {
    pub(crate) async fn begin(desk: &Desk, seed: u64) -> Lives {
        let mut admins = Vec::new();
        let mut people = Vec::new();
        for n in 0..3 {
            admins.push(desk.admin(&format!("admin{n}")).await);
            people.push(desk.user(&format!("user{n}")).await);
        }
        // An admin may ask for something, too.
        people.push(admins[0].clone());
        let categories = categories::list(&desk.db).await.unwrap();
        let named = categories.into_iter().map(|category| Named {
            id: category.id.0,
            name: category.name,
        });
        Lives {
            db: desk.db.clone(),
            random: StdRng::seed_from_u64(seed),
            people,
            admins,
            categories: named.take(3).collect(),
        }
    }

    /// Stores so many tickets, opened within about a week from `from` on, and gives them with their timelines.
    pub(crate) async fn make(
        &mut self,
        count: usize,
        from: Timestamp,
    ) -> Vec<(Ticket, Vec<Entry>)> {
        let tx = self.db.begin().await.unwrap();
        let first = bulk::next_ticket_id(&tx).await.unwrap();
        let made: Vec<_> = (first.0..)
            .take(count)
            .map(|id| self.live(TicketId(id), from))
            .collect();
        let tickets: Vec<_> = made.iter().map(|(ticket, _)| ticket.clone()).collect();
        let entries = made.iter().flat_map(|(_, entries)| entries.clone());
        bulk::add_tickets(&tx, &tickets).await.unwrap();
        bulk::add_entries(&tx, &entries.collect::<Vec<_>>())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        made
    }

    fn live(&mut self, id: TicketId, from: Timestamp) -> (Ticket, Vec<Entry>) {
        let random = &mut self.random;
        let requester = self.people.choose(random).unwrap().clone();
        let new = NewTicket {
            title: Title::parse(&format!("Ticket {id}")).unwrap(),
            description: Body::parse("It does not work.").unwrap(),
            priority: *Priority::ALL.choose(random).unwrap(),
            category: self
                .categories
                .choose(random)
                .filter(|_| id.0 % 4 > 0)
                .cloned(),
            requester: requester.clone(),
            follows_id: None,
        };
        // On whole days too, where borders are.
        let mut now = from.0 + random.random_range(0..7 * 24 * 4) * 15 * MINUTE;
        let opened = Ticket::open(id, new, requester.clone(), client_id(), Timestamp(now));
        let (mut ticket, first) = opened;
        let mut entries = vec![first];
        for _ in 0..random.random_range(0..6) {
            // Clocks of nodes differ, so time may also go backwards.
            now += random.random_range(-20..2 * 24 * 60) * MINUTE;
            let admin = self.admins.choose(random).unwrap().clone();
            let (change, actor, assignee) = match random.random_range(0..6) {
                0 | 1 => (said(), admin, None),
                2 => (said(), requester.clone(), None),
                3 => {
                    let change = Change::Assigned {
                        from: ticket.assignee.as_ref().map(Person::named),
                        to: Some(admin.named()),
                    };
                    (change, admin.clone(), Some(admin))
                }
                _ => {
                    let change = Change::StatusChanged {
                        from: ticket.status,
                        to: *Status::ALL.choose(random).unwrap(),
                    };
                    (change, admin, None)
                }
            };
            let client: Option<ClientId> = None;
            entries.push(ticket.record(change, actor, assignee, client, Timestamp(now)));
        }
        (ticket, entries)
    }
}

fn said() -> Change {
    crate::desk::message("Something was said")
}
