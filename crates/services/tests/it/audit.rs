//! The audit log: each use case writes its line, and none of them a secret.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use auth::{ClientInfo, PasswordOptions};
use domain::{CategoryName, Email, Role, UserId};
use secrecy::ExposeSecret;
use services::{AccountError, CategoryChange, Foundation, Services, SetupToken, UserChange};
use testkit::database::{Fixture, ThrowawayDatabase};
use tracing::field::{Field, Visit};
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

use crate::desk::{Desk, Member, OPTIONS, PASSWORD, account, hashing, password};
use crate::exports::{one_by_one, part};
use crate::passwords::{NEW, change};
use crate::resets::use_link;
use crate::sink::within;

const WRONG: &str = "wrong horse battery";

/// The fields of one line, as text.
type Line = BTreeMap<&'static str, String>;

/// All lines of the log of one thread, and those of the audit log among them that were not looked at.
#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<Line>>>,
    audit: Arc<Mutex<Vec<Line>>>,
}

struct Fields<'a>(&'a mut Line);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::new();
        event.record(&mut Fields(&mut line));
        if event.metadata().target() == "audit" {
            self.audit.lock().unwrap().push(line.clone());
        }
        self.lines.lock().unwrap().push(line);
    }
}

/// A line of the audit log: event, account, actor, session, detail or what it is about.
type Audited = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn line(
    event: &str,
    user: Option<UserId>,
    actor: Option<&Member>,
    session: Option<&Member>,
    detail: Option<&str>,
) -> Audited {
    (
        event.to_owned(),
        user.map(|id| id.to_string()),
        actor.map(|actor| actor.id().to_string()),
        session.map(|session| session.session.public_id()),
        detail.map(str::to_owned),
    )
}

/// A line about what somebody does in their session.
fn own(event: &str, member: &Member) -> Audited {
    line(event, Some(member.id()), None, Some(member), None)
}

/// `category 7`, `2 rows, cut_off`, or the detail alone.
fn about(category: Option<String>, rows: Option<String>, detail: Option<String>) -> Option<String> {
    let category = category.map(|id| format!("category {id}"));
    let rows = rows.map(|rows| format!("{rows} rows"));
    let parts: Vec<_> = [category, rows, detail].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

impl Log {
    /// The lines of the audit log since the last look.
    fn audited(&self) -> Vec<Audited> {
        let lines = std::mem::take(&mut *self.audit.lock().unwrap());
        let audited = lines.into_iter().map(|mut line| {
            let mut take = |name| line.remove(name);
            let event = take("event").unwrap();
            let fields = (
                event,
                take("user.id"),
                take("actor.id"),
                take("session.id"),
                about(take("category.id"), take("rows"), take("detail")),
            );
            assert_eq!(take("message").unwrap(), "Audit");
            assert!(line.is_empty(), "{line:?}");
            fields
        });
        audited.collect()
    }

    /// All that was ever logged.
    fn all(&self) -> String {
        format!("{:?}", self.lines.lock().unwrap())
    }
}

/// Runs a test on one thread, so that its log holds what runs in the background and nothing of other tests.
fn on_one_thread<F: Future<Output = ()>>(test: impl FnOnce(Desk, Log) -> F) {
    // While a single subscriber lives, a line that is first written on another thread, where nobody listens, is
    // switched off for all: tracing keeps that for each place in the code. So there is always one more.
    static ONE_MORE: OnceLock<Dispatch> = OnceLock::new();
    ONE_MORE.get_or_init(|| Dispatch::new(tracing_subscriber::registry()));
    let log = Log::default();
    let subscriber = tracing_subscriber::registry().with(log.clone());
    let _logging = tracing::subscriber::set_default(subscriber);
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build().unwrap();
    runtime.block_on(async {
        let desk = Desk::start(ThrowawayDatabase::sqlite()).await;
        test(desk, log).await;
    });
}

#[test]
fn signing_up_in_and_out_is_audited() {
    on_one_thread(async |desk, log| {
        let accounts = &desk.services.accounts;
        let ada = desk.customer("Ada").await;
        let created = line("account_created", Some(ada.id()), None, None, Some("user"));
        assert_eq!(log.audited(), [created, own("signed_in", &ada)]);
        let mira = desk.admin("Mira").await;
        let created = line(
            "account_created",
            Some(mira.id()),
            None,
            None,
            Some("admin"),
        );
        assert_eq!(log.audited(), [created, own("signed_in", &mira)]);

        accounts.refresh(&ada.refresh_token).await.unwrap();
        assert_eq!(log.audited(), [own("token_rotated", &ada)]);
        accounts.log_out(&ada.refresh_token).await.unwrap();
        assert_eq!(log.audited(), [own("signed_out", &ada)]);
        // There is nothing more to sign out of.
        accounts.log_out(&ada.refresh_token).await.unwrap();
        accounts.log_out("nonsense").await.unwrap();
        assert!(accounts.refresh(&ada.refresh_token).await.is_err());
        assert!(log.audited().is_empty());

        let stolen = desk.log_in(&ada.email).await;
        let second = accounts.refresh(&stolen.refresh_token).await.unwrap();
        accounts.refresh(&second.refresh_token).await.unwrap();
        log.audited();
        assert!(accounts.refresh(&stolen.refresh_token).await.is_err());
        assert_eq!(log.audited(), [own("token_reused", &stolen)]);
    });
}

#[test]
fn the_first_admin_is_audited() {
    on_one_thread(async |desk, log| {
        let token = SetupToken::generate();
        let given = token.reveal().unwrap();
        let (accounts, client) = (&desk.services.accounts, ClientInfo::default());
        let made = accounts.set_up(&token, &given, account("Mira"), client);
        let mira = desk.member(made.await.unwrap()).await;
        let created = line(
            "account_created",
            Some(mira.id()),
            None,
            None,
            Some("admin"),
        );
        assert_eq!(log.audited(), [created, own("signed_in", &mira)]);
        assert!(!log.all().contains(&given));
    });
}

#[test]
fn sign_ins_that_fail_are_audited() {
    on_one_thread(async |desk, log| {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        desk.disable(&eve).await;
        let unknown = Email::parse("nobody@example.org").unwrap();
        log.audited();
        for (email, password, user, detail) in [
            (&ada.email, WRONG, Some(ada.id()), "wrong password"),
            (&eve.email, PASSWORD, Some(eve.id()), "disabled"),
            (&unknown, PASSWORD, None, "no such account"),
        ] {
            for _ in 0..5 {
                assert!(desk.try_log_in(email, password).await.is_err());
                let failed = line("sign_in_failed", user, None, None, Some(detail));
                assert_eq!(log.audited(), [failed]);
            }
            assert!(desk.try_log_in(email, password).await.is_err());
            assert_eq!(
                log.audited(),
                [line("sign_in_delayed", user, None, None, None)]
            );
        }
    });
}

#[test]
fn ending_sessions_is_audited() {
    on_one_thread(async |desk, log| {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let phone = desk.log_in(&ada.email).await;
        let (sessions, users) = (&desk.services.sessions, &desk.services.users);
        log.audited();
        sessions
            .end(&ada.session, &phone.session.public_id())
            .await
            .unwrap();
        assert_eq!(log.audited(), [own("session_ended", &phone)]);
        sessions.end_others(&ada.session).await.unwrap();
        assert_eq!(log.audited(), [own("other_sessions_ended", &ada)]);
        users.end_sessions(&mira.session, ada.id()).await.unwrap();
        let ended = line(
            "all_sessions_ended",
            Some(ada.id()),
            Some(&mira),
            None,
            None,
        );
        assert_eq!(log.audited(), [ended]);
        assert!(sessions.end(&ada.session, "nonsense").await.is_err());
        assert!(log.audited().is_empty());
    });
}

#[test]
fn what_admins_change_is_audited_with_their_name() {
    on_one_thread(async |desk, log| {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        log.audited();
        let by_mira = |event, role| line(event, Some(ada.id()), Some(&mira), None, Some(role));
        let change = |role, disabled| UserChange { role, disabled };
        for (change, lines) in [
            (
                change(Some(Role::Admin), None),
                vec![by_mira("role_changed", "admin")],
            ),
            (
                change(None, Some(true)),
                vec![by_mira("account_disabled", "admin")],
            ),
            (change(Some(Role::Admin), Some(true)), vec![]),
            (
                change(Some(Role::User), Some(false)),
                vec![
                    by_mira("role_changed", "user"),
                    by_mira("account_enabled", "user"),
                ],
            ),
            (change(None, None), vec![]),
        ] {
            let users = &desk.services.users;
            users.update(&mira.session, ada.id(), change).await.unwrap();
            assert_eq!(log.audited(), lines);
        }
        let demote = change(Some(Role::User), None);
        for (actor, id) in [(&mira, mira.id()), (&ada, mira.id()), (&mira, UserId(0))] {
            let users = &desk.services.users;
            assert!(users.update(&actor.session, id, demote).await.is_err());
        }
        assert!(log.audited().is_empty());
    });
}

#[test]
fn new_passwords_are_audited() {
    on_one_thread(async |desk, log| {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let passwords = &desk.services.passwords;
        log.audited();
        assert!(change(&desk, &ada, WRONG, NEW).await.is_err());
        assert_eq!(log.audited(), [own("password_change_failed", &ada)]);
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        assert_eq!(log.audited(), [own("password_changed", &ada)]);

        let link = passwords.make_link(&mira.session, ada.id()).await.unwrap();
        let created = line(
            "reset_link_created",
            Some(ada.id()),
            Some(&mira),
            None,
            None,
        );
        assert_eq!(log.audited(), [created]);
        let link = (link, passwords.make_link_for(&ada.email).await.unwrap()).1;
        let detail = Some("command line");
        let created = line("reset_link_created", Some(ada.id()), None, None, detail);
        assert_eq!(log.audited(), [created]);
        use_link(&desk, &link, PASSWORD).await.unwrap();
        assert_eq!(
            log.audited(),
            [line("password_reset", Some(ada.id()), None, None, None)]
        );
        assert!(use_link(&desk, &link, PASSWORD).await.is_err());
        assert_eq!(
            log.audited(),
            [line("reset_link_refused", None, None, None, None)]
        );

        let link = passwords.make_link_for(&ada.email).await.unwrap();
        desk.disable(&ada).await;
        log.audited();
        assert!(use_link(&desk, &link, NEW).await.is_err());
        let refused = line("reset_link_refused", Some(ada.id()), None, None, None);
        assert_eq!(log.audited(), [refused]);
    });
}

#[test]
fn a_replaced_hash_is_audited() {
    on_one_thread(async |desk, log| {
        let ada = desk.customer("Ada").await;
        let options = PasswordOptions { cost: 5, ..OPTIONS };
        let costlier = Services::new(Foundation {
            passwords: Arc::new(hashing(options)),
            ..desk.foundation().await
        });
        log.audited();
        let (accounts, password) = (&costlier.accounts, password());
        let signed_in = accounts.log_in(&ada.email, &password, None, ClientInfo::default());
        signed_in.await.unwrap();
        let rehashed = line("password_rehashed", Some(ada.id()), None, None, None);
        let written = async {
            while !log.audited().contains(&rehashed) {
                tokio::task::yield_now().await;
            }
        };
        within(written).await;
    });
}

#[test]
fn an_export_is_audited_with_its_length_however_it_ends() {
    on_one_thread(async |desk, log| {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        for _ in 0..3 {
            desk.ticket(&ada).await;
        }
        log.audited();
        let tickets = &desk.services.tickets;
        for (parts, about) in [(2, "2 rows, cut_off"), (3, "3 rows"), (4, "3 rows")] {
            let filter = one_by_one(Some("printer"));
            let mut export = tickets.export(&mira.session, filter).await.unwrap();
            for _ in 0..parts {
                part(&desk, &mira, &mut export).await;
            }
            assert!(log.audited().is_empty());
            drop(export);
            let exported = line(
                "tickets_exported",
                Some(mira.id()),
                None,
                Some(&mira),
                Some(about),
            );
            assert_eq!(log.audited(), [exported]);
        }
        let refused = tickets.export(&ada.session, one_by_one(None)).await;
        assert!(refused.is_err());
        assert!(log.audited().is_empty());
    });
}

#[test]
fn changes_of_categories_are_audited() {
    on_one_thread(async |desk, log| {
        let mira = desk.admin("Mira").await;
        log.audited();
        let categories = &desk.services.categories;
        let name = CategoryName::parse("Travel").unwrap();
        let travel = categories.add(&mira.session, name.clone()).await.unwrap();
        let about = format!("category {}", travel.id);
        let by_mira = |event| line(event, None, Some(&mira), Some(&mira), Some(&about));
        assert_eq!(log.audited(), [by_mira("category_added")]);
        let retired = CategoryChange {
            retired: Some(true),
            ..CategoryChange::default()
        };
        let changed = categories.update(&mira.session, travel.id, retired).await;
        changed.unwrap();
        assert_eq!(log.audited(), [by_mira("category_changed")]);
        assert!(categories.add(&mira.session, name).await.is_err());
        assert!(log.audited().is_empty());
    });
}

#[test]
fn nothing_that_is_logged_holds_an_address_a_password_or_a_token() {
    on_one_thread(async |desk, log| {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (accounts, passwords) = (&desk.services.accounts, &desk.services.passwords);
        assert!(desk.try_log_in(&ada.email, WRONG).await.is_err());
        let again = accounts.register(
            services::NewAccount {
                email: ada.email.clone(),
                ..account("Eve")
            },
            ClientInfo::default(),
        );
        assert!(matches!(
            again.await.err().unwrap(),
            AccountError::EmailTaken
        ));
        let refreshed = accounts.refresh(&ada.refresh_token).await.unwrap();
        let third = accounts.refresh(&refreshed.refresh_token).await.unwrap();
        assert!(accounts.refresh(&ada.refresh_token).await.is_err());
        assert!(change(&desk, &ada, WRONG, NEW).await.is_err());
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        let link = passwords.make_link(&mira.session, ada.id()).await.unwrap();
        use_link(&desk, &link, PASSWORD).await.unwrap();
        assert!(use_link(&desk, &link, PASSWORD).await.is_err());
        let phone = desk.log_in(&ada.email).await;
        accounts.log_out(&phone.refresh_token).await.unwrap();

        let all = log.all();
        assert!(all.contains("signed_in") && all.contains("password_reset"));
        let mut secrets = vec![PASSWORD, WRONG, NEW, link.token.expose_secret()];
        secrets.extend([&refreshed.refresh_token, &refreshed.access_token].map(String::as_str));
        secrets.extend([&third.refresh_token, &third.access_token].map(String::as_str));
        for member in [&ada, &mira, &phone] {
            secrets.extend([
                member.email.as_str(),
                member.session.session_id().as_str(),
                &member.access_token,
                &member.refresh_token,
                &member.device_token,
            ]);
        }
        for secret in secrets {
            let whole = !all.contains(secret);
            assert!(whole, "the log holds {secret}");
            // Nor by parts: tokens are dotted.
            for part in secret.split('.').filter(|part| part.len() > 40) {
                assert!(!all.contains(part), "the log holds {part}");
            }
        }
    });
}
