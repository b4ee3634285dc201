//! Stored hashes follow the configured cost, at the next sign-in.

use std::sync::Arc;

use auth::{ClientInfo, PasswordOptions, Passwords};
use services::{Foundation, Services};
use testkit::on_every_database;

use crate::desk::{Desk, Member, OPTIONS, PASSWORD, account, hashing, password};
use crate::gate::{Gate, Point};
use crate::passwords::{NEW, change, signs_in};
use crate::pool::Stuck;
use crate::sink::within;

const COSTLIER: PasswordOptions = PasswordOptions { cost: 5, ..OPTIONS };

/// Somebody whose hash is of another cost than the desk's.
async fn of_another_cost(desk: &Desk) -> Member {
    let other = Services::new(Foundation {
        passwords: Arc::new(hashing(COSTLIER)),
        ..desk.foundation().await
    });
    let registered = other
        .accounts
        .register(account("Ada"), ClientInfo::default());
    desk.member(registered.await.unwrap()).await
}

/// The stored hash, as another process reads it.
async fn stored(desk: &Desk, member: &Member) -> String {
    let found = repository::users::find_credentials(&desk.other, member.id()).await;
    found.unwrap().unwrap().password_hash
}

/// Waits until nobody holds the pool who did not before: what runs in the background has ended.
async fn idle(passwords: &Arc<Passwords>, before: usize) {
    let idle = async {
        while Arc::strong_count(passwords) > before {
            tokio::task::yield_now().await;
        }
    };
    within(idle).await;
}

on_every_database! {
    async fn a_hash_of_another_cost_is_replaced_after_a_sign_in(desk: Desk) {
        let ada = of_another_cost(&desk).await;
        assert!(stored(&desk, &ada).await.starts_with("v1$$2b$05$"));
        // Not for a wrong password.
        assert!(!signs_in(&desk, &ada, "wrong horse battery").await);
        let phone = desk.log_in(&ada.email).await;
        let replaced = async {
            while !stored(&desk, &ada).await.starts_with("v1$$2b$04$") {}
        };
        within(replaced).await;
        assert!(signs_in(&desk, &ada, PASSWORD).await);
        assert!(!signs_in(&desk, &ada, "wrong horse battery").await);
        // It is the same password, so sessions go on.
        assert!(desk.lives(&ada).await && desk.lives(&phone).await);
    }

    async fn a_hash_of_the_present_cost_stays(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let before = stored(&desk, &ada).await;
        let free = Arc::strong_count(&desk.passwords);
        desk.log_in(&ada.email).await;
        idle(&desk.passwords, free).await;
        assert_eq!(stored(&desk, &ada).await, before);
    }

    async fn a_password_that_was_changed_meanwhile_stays(desk: Desk) {
        let ada = of_another_cost(&desk).await;
        let passwords = Arc::new(hashing(OPTIONS));
        let (slow, gate) = Gate::before(
            Foundation { passwords: Arc::clone(&passwords), ..desk.foundation().await },
            Point::Success,
        );
        let free = Arc::strong_count(&passwords);
        let signing_in = tokio::spawn({
            let (accounts, email) = (slow.accounts.clone(), ada.email.clone());
            async move { accounts.log_in(&email, &password(), None, ClientInfo::default()).await }
        });
        // The password was right, and the new hash of it has to wait.
        gate.reached().await;
        let stuck = Stuck::in_pool(&passwords);
        gate.open();
        within(signing_in).await.unwrap().unwrap();
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        let changed = stored(&desk, &ada).await;
        assert!(Arc::strong_count(&passwords) > free, "nothing is being rehashed");
        stuck.release().await;
        idle(&passwords, free).await;
        assert_eq!(stored(&desk, &ada).await, changed);
        assert!(signs_in(&desk, &ada, NEW).await);
    }
}
