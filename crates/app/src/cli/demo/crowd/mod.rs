//! `deskwire demo --tickets N`: a year of tickets, the same for the same seed and moment.

mod life;
mod phrases;
mod rhythm;

use std::error::Error;
use std::time::Duration;

use domain::{Email, PersonName, Role, TextError, TicketId, Timestamp};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use secrecy::SecretString;
use services::{ImportService, ImportedPerson, ImportedTicket};

use self::life::Cast;
use super::progress::Progress;

/// How many tickets there are for each customer.
const TICKETS_A_CUSTOMER: u32 = 20;
/// Admins of the crowd.
const ADMINS: usize = 8;
/// Tickets of one transaction: many, so that the pages of indexes are written seldom.
const BATCH: usize = 10_000;
/// The accounts are older than the first ticket.
const ACCOUNTS_SINCE: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// What the crowd is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) tickets: u32,
    pub(super) seed: u64,
    pub(super) now: Timestamp,
}

/// The tickets of a plan, one after the other, in the order in which they were opened.
pub(super) struct Tickets<'a> {
    plan: Plan,
    cast: &'a Cast,
    random: StdRng,
    openings: std::vec::IntoIter<Timestamp>,
    next: TicketId,
}

impl<'a> Tickets<'a> {
    fn new(plan: Plan, cast: &'a Cast, first: TicketId) -> Tickets<'a> {
        let mut random = StdRng::seed_from_u64(plan.seed);
        let openings = rhythm::openings(plan.now, plan.tickets, &mut random);
        Tickets {
            plan,
            cast,
            random,
            openings: openings.into_iter(),
            next: first,
        }
    }
}

impl Iterator for Tickets<'_> {
    type Item = Result<ImportedTicket, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        let opened_at = self.openings.next()?;
        let id = self.next;
        self.next = TicketId(id.0 + 1);
        let now = self.plan.now;
        Some(life::live(id, opened_at, now, self.cast, &mut self.random))
    }
}

/// Whether a crowd has been here.
pub(super) async fn is_there(imports: &ImportService) -> Result<bool, Box<dyn Error>> {
    Ok(imports.has_account(&Email::parse(&admin_email(0))?).await?)
}

/// Adds people and their tickets; nobody is told of them.
pub(super) async fn fill(
    imports: &ImportService,
    plan: Plan,
    password: &SecretString,
) -> Result<(), Box<dyn Error>> {
    let mut people = imports.add_people(people(plan)?, password).await?;
    let customers = people.split_off(ADMINS);
    let cast = Cast {
        // With those who were there before.
        admins: imports.admins().await?,
        categories: imports.categories().await?,
        customers,
    };
    let progress = Progress::new(u64::from(plan.tickets));
    let mut batch = Vec::with_capacity(BATCH);
    for ticket in Tickets::new(plan, &cast, imports.next_ticket().await?) {
        batch.push(ticket?);
        if batch.len() == BATCH {
            add(imports, &mut batch, &progress).await?;
        }
    }
    add(imports, &mut batch, &progress).await?;
    progress.end();
    Ok(())
}

async fn add(
    imports: &ImportService,
    batch: &mut Vec<ImportedTicket>,
    progress: &Progress,
) -> Result<(), Box<dyn Error>> {
    let tickets = std::mem::take(batch);
    let count = tickets.len();
    imports.add_tickets(tickets).await?;
    progress.advance(count as u64);
    Ok(())
}

fn admin_email(number: usize) -> String {
    format!("agent{}@desk.example", number + 1)
}

/// The admins, then the customers.
fn people(plan: Plan) -> Result<Vec<ImportedPerson>, TextError> {
    let mut random = StdRng::seed_from_u64(plan.seed);
    let customers = (plan.tickets / TICKETS_A_CUSTOMER).max(1) as usize;
    let mut people = Vec::with_capacity(ADMINS + customers);
    for number in 0..ADMINS + customers {
        let (name, address) = phrases::name(number, &mut random);
        let (email, role) = match number < ADMINS {
            true => (admin_email(number), Role::Admin),
            false => (format!("{address}@customers.example"), Role::User),
        };
        people.push(ImportedPerson {
            email: Email::parse(&email)?,
            name: PersonName::parse(&name)?,
            role,
            created_at: plan.now.minus(ACCOUNTS_SINCE),
        });
    }
    Ok(people)
}

#[cfg(test)]
mod tests;
