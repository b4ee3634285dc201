//! The session that one keeps when the others end is not kept from what is ending it as well.

use std::sync::Arc;

use auth::InProcessSessions;
use domain::Role;
use secrecy::ExposeSecret;
use services::{Services, UserChange};
use testkit::on_every_database;

use crate::deaf::Deaf;
use crate::desk::{Desk, Member, PASSWORD};
use crate::passwords::{NEW, change};
use crate::revocations::Node;

/// What voids all sessions of an account.
#[derive(Clone, Copy, Debug)]
enum Cause {
    Disabling,
    Role,
    EndAll,
    Reset,
}

async fn bring_about(cause: Cause, on: &Services, admin: &Member, member: &Member) {
    let change = |role, disabled| UserChange { role, disabled };
    let (users, passwords, id) = (&on.users, &on.passwords, member.id());
    match cause {
        Cause::Disabling => {
            let changed = users.update(&admin.session, id, change(None, Some(true)));
            drop(changed.await.unwrap());
        }
        Cause::Role => {
            let changed = users.update(&admin.session, id, change(Some(Role::Admin), None));
            drop(changed.await.unwrap());
        }
        Cause::EndAll => users.end_sessions(&admin.session, id).await.unwrap(),
        Cause::Reset => {
            let link = passwords.make_link(&admin.session, id).await.unwrap();
            let (token, new) = (link.token.expose_secret(), "another long passphrase".into());
            passwords.reset(token, &new).await.unwrap();
        }
    }
}

on_every_database! {
    async fn who_is_being_signed_out_cannot_keep_their_session(desk: Desk) {
        // A node that has committed and not yet told the store.
        let deaf = Arc::new(Deaf::new(InProcessSessions::new(Arc::new(desk.clock.clone()))));
        let slow = Node::start(&desk, deaf).await.services;
        let mira = desk.admin("Mira").await;
        for cause in [Cause::Disabling, Cause::Role, Cause::EndAll, Cause::Reset] {
            for by_password in [false, true] {
                let ada = desk.customer("Ada").await;
                bring_about(cause, &slow, &mira, &ada).await;
                // Whatever they are told.
                let _ = match by_password {
                    false => desk.services.sessions.end_others(&ada.session).await,
                    true => change(&desk, &ada, PASSWORD, NEW).await,
                };
                let told = desk.authenticator.sessions().raise_epoch(ada.id(), 1, None).await;
                told.unwrap();
                assert!(!desk.lives(&ada).await, "{cause:?}, {by_password}");
            }
        }
    }
}
