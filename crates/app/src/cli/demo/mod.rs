//! `deskwire demo`: plays believable stories through the services, on a clock of their own.

mod crowd;
mod progress;
mod stories;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use auth::{ClientInfo, VerifiedSession};
use domain::{
    Body, ClientId, Clock, Email, PersonName, Status, Ticket, TicketId, Timestamp, Title,
};
use rand::RngExt as _;
use rand::distr::Alphanumeric;
use services::{
    NewAccount, NewMessage, OpenTicket, Services, SignedInUser, StatusChange, TicketEdit,
};
use uuid::Uuid;

use self::stories::{ADMINS, CUSTOMERS, STORIES, Step, Story};
use super::print;
use crate::application::Parts;
use crate::clock::SystemClock;
use crate::config::Config;

const MINUTE: Duration = Duration::from_secs(60);
/// Characters of the password that all accounts of the demonstration share.
const PASSWORD_LENGTH: usize = 20;

/// A clock that stands still until it is set.
struct StoryClock(AtomicI64);

impl StoryClock {
    fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::Relaxed);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// What is made besides the stories.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Crowd {
    /// Adds so many tickets of the last year, and a twentieth as many customers; also to a database that has only the
    /// stories
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    tickets: Option<u32>,
    /// Other tickets come of another number
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "tickets")]
    seed: u64,
}

pub(super) async fn run(config: &Config, crowd: Crowd) -> Result<(), Box<dyn Error>> {
    let today = SystemClock.now();
    let clock = Arc::new(StoryClock(AtomicI64::new(
        today.minus(30 * 24 * 60 * MINUTE).0,
    )));
    let parts = Parts::build(config, Arc::clone(&clock) as Arc<dyn Clock>, true).await?;
    let told_before = !parts.services.accounts.is_empty().await?;
    if told_before && !(crowd.tickets.is_some() && only_stories(&parts.services).await?) {
        return Err(
            "the database is not empty; the demonstration needs one of its own. What one that was interrupted has \
             left cannot be continued: remove that database and begin again"
                .into(),
        );
    }
    let random = rand::rng().sample_iter(Alphanumeric);
    let password: String = random.take(PASSWORD_LENGTH).map(char::from).collect();
    if !told_before {
        let cast = Cast::sign_up(&parts, &password).await?;
        for story in STORIES {
            clock.set(today.minus(MINUTE * story.minutes_ago));
            cast.play(&parts.services, story, &clock).await?;
        }
        parts.services.tickets.relay_once().await?;
    }
    if let Some(tickets) = crowd.tickets {
        let plan = crowd::Plan {
            tickets,
            seed: crowd.seed,
            now: today,
        };
        let secret = password.clone().into();
        crowd::fill(&parts.services.imports, plan, &secret).await?;
    }
    parts.database.close().await;
    if told_before {
        return Ok(print(&format!(
            "Made {} tickets.\n\nAdmins: agent1@desk.example and on. The password of all new accounts: {password}\n",
            crowd.tickets.unwrap_or_default(),
        ))?);
    }

    let list = |people: &[(&str, &str)]| {
        people
            .iter()
            .map(|(name, email)| format!("  {email}  {name}\n"))
            .collect::<String>()
    };
    Ok(print(&format!(
        "Made {} tickets.\n\nAdmins:\n{}Customers:\n{}\nEverybody's password: {password}\n",
        STORIES.len() + crowd.tickets.unwrap_or_default() as usize,
        list(ADMINS),
        list(CUSTOMERS),
    ))?)
}

/// Whether the stories are there, and no crowd.
async fn only_stories(services: &Services) -> Result<bool, Box<dyn Error>> {
    let storyteller = Email::parse(ADMINS[0].1)?;
    let imports = &services.imports;
    Ok(imports.has_account(&storyteller).await? && !crowd::is_there(imports).await?)
}

/// The people of the stories, signed in.
struct Cast {
    admins: Vec<VerifiedSession>,
    customers: Vec<VerifiedSession>,
}

impl Cast {
    async fn sign_up(parts: &Parts, password: &str) -> Result<Cast, Box<dyn Error>> {
        let accounts = &parts.services.accounts;
        let mut cast = Cast {
            admins: Vec::new(),
            customers: Vec::new(),
        };
        for &(name, email) in ADMINS {
            let account = account(name, email, password)?;
            let email = account.email.clone();
            accounts.create_admin(account).await?;
            let secret = password.to_owned().into();
            let signed_in = accounts
                .log_in(&email, &secret, None, ClientInfo::default())
                .await?;
            cast.admins.push(verified(parts, signed_in).await?);
        }
        for &(name, email) in CUSTOMERS {
            let signed_in =
                accounts.register(account(name, email, password)?, ClientInfo::default());
            cast.customers
                .push(verified(parts, signed_in.await?).await?);
        }
        Ok(cast)
    }

    async fn play(
        &self,
        services: &Services,
        story: &Story,
        clock: &StoryClock,
    ) -> Result<(), Box<dyn Error>> {
        let customer = &self.customers[story.customer];
        let categories = services.categories.list(customer).await?;
        let category = categories
            .iter()
            .find(|category| category.name == story.category);
        let opened = services.tickets.open(
            customer,
            OpenTicket {
                client_id: client_id(),
                title: Title::parse(story.title)?,
                description: Body::parse(story.description)?,
                category_id: category.map(|category| category.id),
                priority: story.priority,
                requester_id: None,
                follows_id: None,
            },
        );
        let mut ticket = opened.await?.ticket;
        for step in story.steps {
            clock.set(clock.now().plus(MINUTE * step.minutes_later()));
            ticket = self.step(services, customer, ticket, step).await?;
        }
        Ok(())
    }

    async fn step(
        &self,
        services: &Services,
        customer: &VerifiedSession,
        ticket: Ticket,
        step: &Step,
    ) -> Result<Ticket, Box<dyn Error>> {
        let (tickets, id) = (&services.tickets, ticket.id);
        Ok(match *step {
            Step::Asks(_, text) => {
                tickets
                    .send(customer, id, message(text, false)?)
                    .await?
                    .ticket
            }
            Step::Answers(_, admin, text) => {
                let admin = &self.admins[admin];
                tickets.mark_read(admin, id, ticket.head_seq).await?;
                tickets.send(admin, id, message(text, false)?).await?.ticket
            }
            Step::Notes(_, admin, text) => {
                tickets
                    .send(&self.admins[admin], id, message(text, true)?)
                    .await?
                    .ticket
            }
            Step::Takes(_, admin) => {
                let admin = &self.admins[admin];
                let edit = TicketEdit {
                    title: None,
                    category_id: None,
                    priority: None,
                    assignee_id: Some(Some(admin.user_id())),
                    seen: ticket.head_seq,
                };
                tickets.edit(admin, id, edit).await?;
                self.moves(services, admin, id, Status::InProgress).await?
            }
            Step::Moves(_, admin, status) => {
                self.moves(services, &self.admins[admin], id, status)
                    .await?
            }
            Step::Closes(_) => tickets.close(customer, id, client_id(), None).await?.ticket,
        })
    }

    async fn moves(
        &self,
        services: &Services,
        who: &VerifiedSession,
        id: TicketId,
        status: Status,
    ) -> Result<Ticket, Box<dyn Error>> {
        let change = StatusChange {
            client_id: client_id(),
            status,
            seen: None,
        };
        Ok(services.tickets.set_status(who, id, change).await?.ticket)
    }
}

async fn verified(
    parts: &Parts,
    signed_in: SignedInUser,
) -> Result<VerifiedSession, Box<dyn Error>> {
    let tokens = signed_in.tokens;
    Ok(parts
        .authenticator
        .authenticate(&tokens.access_token, &tokens.refresh_token)
        .await?)
}

fn account(name: &str, email: &str, password: &str) -> Result<NewAccount, Box<dyn Error>> {
    Ok(NewAccount {
        email: Email::parse(email)?,
        name: PersonName::parse(name)?,
        password: password.to_owned().into(),
    })
}

fn message(text: &str, internal: bool) -> Result<NewMessage, Box<dyn Error>> {
    Ok(NewMessage {
        client_id: client_id(),
        body: Body::parse(text)?,
        internal,
        seen: None,
    })
}

fn client_id() -> ClientId {
    ClientId(Uuid::new_v4())
}

#[cfg(test)]
mod tests {
    use domain::Priority;

    use super::*;

    #[test]
    fn every_story_has_its_people_and_ends_in_the_past() {
        for story in STORIES {
            assert!(story.customer < CUSTOMERS.len(), "{}", story.title);
            let length: u32 = story.steps.iter().map(Step::minutes_later).sum();
            assert!(
                length < story.minutes_ago,
                "{} ends in the future",
                story.title
            );
            assert!(Title::parse(story.title).is_ok() && Body::parse(story.description).is_ok());
        }
        assert!(
            STORIES
                .iter()
                .any(|story| story.priority == Priority::Urgent)
        );
    }
}
