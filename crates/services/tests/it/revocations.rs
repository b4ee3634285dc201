//! Whatever ends sessions leaves a row in the database, from which every store learns it again.

use std::sync::Arc;
use std::time::Duration;

use auth::sessions::LONGEST_SESSION;
use auth::{
    AuthError, Authenticator, ClientInfo, InProcessSessions, RedisOptions, RedisSessions,
    Revocation, RevocationSource, SessionStore, Tokens,
};
use domain::{Clock, Role};
use repository::password_resets;
use secrecy::ExposeSecret;
use services::{AccountError, Foundation, RevocationLog, Services, UserChange};
use testkit::on_every_database;
use testkit::redis;

use crate::deaf::Deaf;
use crate::desk::{Desk, Member, account, password, token_keys};
use crate::sink::within;

/// What ends sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    LogOut,
    Reuse,
    End,
    EndOthers,
    EndAll,
    Role,
    Disabling,
    Change,
    Reset,
}

const CAUSES: [Cause; 9] = [
    Cause::LogOut,
    Cause::Reuse,
    Cause::End,
    Cause::EndOthers,
    Cause::EndAll,
    Cause::Role,
    Cause::Disabling,
    Cause::Change,
    Cause::Reset,
];

/// A node with a session store of its own.
pub(crate) struct Node {
    pub(crate) services: Services,
    authenticator: Arc<Authenticator>,
}

impl Node {
    pub(crate) async fn start(desk: &Desk, sessions: Arc<dyn SessionStore>) -> Node {
        let foundation = desk.foundation().await;
        let clock = Arc::clone(&foundation.clock);
        let tokens = Tokens::new(token_keys(), Arc::clone(&clock));
        let authenticator = Arc::new(Authenticator::new(tokens, sessions, clock));
        let services = Services::new(Foundation {
            authenticator: Arc::clone(&authenticator),
            ..foundation
        });
        Node {
            services,
            authenticator,
        }
    }

    async fn admin(&self) -> Member {
        let admin = account("Mira");
        let accounts = &self.services.accounts;
        accounts.create_admin(admin.clone()).await.unwrap();
        self.log_in(&admin.email).await
    }

    async fn customer(&self) -> Member {
        let client = ClientInfo::default();
        let registered = self.services.accounts.register(account("Ada"), client);
        let signed_in = registered.await.unwrap();
        Member::of(signed_in, &self.authenticator).await
    }

    async fn log_in(&self, email: &domain::Email) -> Member {
        let (accounts, password) = (&self.services.accounts, password());
        let signed_in = accounts.log_in(email, &password, None, ClientInfo::default());
        Member::of(signed_in.await.unwrap(), &self.authenticator).await
    }

    /// Ends the session of `ended` in this way, if it comes to the store.
    async fn bring_about(
        &self,
        cause: Cause,
        admin: &Member,
        present: &Member,
        ended: &Member,
    ) -> Result<(), AccountError> {
        let Services {
            accounts,
            passwords,
            sessions,
            users,
            ..
        } = &self.services;
        let new = "a long enough passphrase".into();
        match cause {
            Cause::LogOut => accounts.log_out(&ended.refresh_token).await,
            Cause::Reuse => match accounts.refresh(&ended.refresh_token).await {
                Err(AccountError::Session(AuthError::Reused { .. })) => Ok(()),
                outcome => outcome.map(drop),
            },
            Cause::End => {
                let name = ended.session.public_id();
                sessions.end(&present.session, &name).await
            }
            Cause::EndOthers => sessions.end_others(&present.session).await,
            Cause::EndAll => users.end_sessions(&admin.session, ended.id()).await,
            Cause::Role => {
                let role = Some(Role::Admin);
                self.update(
                    admin,
                    ended,
                    UserChange {
                        role,
                        disabled: None,
                    },
                )
                .await
            }
            Cause::Disabling => {
                let disabled = Some(true);
                self.update(
                    admin,
                    ended,
                    UserChange {
                        role: None,
                        disabled,
                    },
                )
                .await
            }
            Cause::Change => passwords.change(&present.session, &password(), &new).await,
            Cause::Reset => {
                let link = passwords.make_link(&admin.session, ended.id()).await?;
                passwords.reset(link.token.expose_secret(), &new).await
            }
        }
    }

    async fn update(
        &self,
        admin: &Member,
        of: &Member,
        change: UserChange,
    ) -> Result<(), AccountError> {
        let users = &self.services.users;
        users
            .update(&admin.session, of.id(), change)
            .await
            .map(drop)
    }

    async fn lives(&self, member: &Member) -> bool {
        member.lives(&self.authenticator).await
    }
}

impl Cause {
    /// What is to be in the database for it, for somebody to whom nothing happened before.
    fn leaves(self, ended: &Member) -> Revocation {
        let user_id = ended.id();
        match self {
            Cause::LogOut | Cause::Reuse | Cause::End => Revocation::Session {
                user_id,
                session_id: ended.session.session_id().clone(),
            },
            _ => Revocation::Epoch { user_id, epoch: 1 },
        }
    }
}

on_every_database! {
    async fn whatever_ends_sessions_is_stored_and_ends_them_again(desk: Desk) {
        let log = desk.revocation_log().await;
        let deaf = Arc::new(Deaf::new(InProcessSessions::new(Arc::new(desk.clock.clone()))));
        let node = Node::start(&desk, deaf.clone()).await;
        let admin = node.admin().await;
        let mut stored = Vec::new();
        for cause in CAUSES {
            let present = node.customer().await;
            let ended = node.log_in(&present.email).await;
            node.bring_about(cause, &admin, &present, &ended).await.unwrap();
            stored.push(cause.leaves(&ended));
            assert_eq!(log.revocations().await.unwrap(), stored, "{cause:?}");
            // The store, which has not heard of it, is told by the rows alone.
            assert!(node.lives(&ended).await, "{cause:?}");
            deaf.put_back(&stored).await;
            assert!(!node.lives(&ended).await, "{cause:?}");
        }
        assert!(node.lives(&admin).await);
    }

    async fn what_the_store_could_not_be_told_is_stored_and_not_acknowledged(desk: Desk) {
        let log = desk.revocation_log().await;
        let deaf = Arc::new(Deaf::new(InProcessSessions::new(Arc::new(desk.clock.clone()))));
        let node = Node::start(&desk, deaf.clone()).await;
        let admin = node.admin().await;
        deaf.fail();
        let mut stored = Vec::new();
        // Reuse is found out by the store itself.
        for cause in CAUSES.into_iter().filter(|cause| *cause != Cause::Reuse) {
            let present = node.customer().await;
            let ended = node.log_in(&present.email).await;
            let outcome = node.bring_about(cause, &admin, &present, &ended).await;
            let error = outcome.unwrap_err();
            assert!(matches!(error, AccountError::Session(AuthError::Unavailable)), "{cause:?}: {error:?}");
            stored.push(cause.leaves(&ended));
            assert_eq!(log.revocations().await.unwrap(), stored, "{cause:?}");
        }
    }

    async fn a_redis_that_went_back_in_time_revives_nobody(desk: Desk) {
        let prefix = redis::key_prefix();
        let old = Node::start(&desk, redis_sessions(&desk, &prefix, None)).await;
        let (out, reset, other) = (old.customer().await, old.customer().await, old.customer().await);
        // The desk has sessions of its own, so that Redis does not hear of this.
        desk.services.accounts.log_out(&out.refresh_token).await.unwrap();
        let link = desk.services.passwords.make_link_for(&reset.email).await.unwrap();
        let new = "a long enough passphrase".into();
        desk.services.passwords.reset(link.token.expose_secret(), &new).await.unwrap();
        assert!(old.lives(&out).await && old.lives(&reset).await);

        let log = desk.revocation_log().await;
        let new = Node::start(&desk, redis_sessions(&desk, &prefix, Some(log))).await;
        assert!(!new.lives(&out).await);
        assert!(!new.lives(&reset).await);
        assert!(new.lives(&other).await);
    }

    async fn a_session_that_ends_twice_is_stored_once(desk: Desk) {
        let log = desk.revocation_log().await;
        let ada = desk.customer("Ada").await;
        for _ in 0..2 {
            desk.services.accounts.log_out(&ada.refresh_token).await.unwrap();
        }
        assert_eq!(log.revocations().await.unwrap(), [Cause::LogOut.leaves(&ada)]);
    }

    async fn revocations_are_kept_as_long_as_a_session_can_live(desk: Desk) {
        let log = desk.revocation_log().await;
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        desk.services.accounts.log_out(&ada.refresh_token).await.unwrap();
        let (second, early) = (Duration::from_secs(1), desk.clock.now().plus(LONGEST_SESSION));
        desk.clock.advance(second);
        desk.services.sessions.end_others(&eve.session).await.unwrap();
        let (ada, eve) = (Cause::LogOut.leaves(&ada), Cause::EndOthers.leaves(&eve));
        desk.clock.set(early.minus(second));
        assert_eq!(log.revocations().await.unwrap(), [ada, eve.clone()]);
        assert_eq!(log.tidy().await.unwrap(), 0);
        desk.clock.set(early);
        assert_eq!(log.revocations().await.unwrap(), std::slice::from_ref(&eve));
        assert_eq!(log.tidy().await.unwrap(), 1);
        assert_eq!(log.revocations().await.unwrap(), [eve]);
    }

    async fn keeping_tidy_forgets_what_has_expired_by_itself(desk: Desk) {
        let log = desk.revocation_log().await;
        let ada = desk.customer("Ada").await;
        desk.services.accounts.log_out(&ada.refresh_token).await.unwrap();
        let link = desk.services.passwords.make_link_for(&ada.email).await.unwrap();
        let hash = crate::resets::hash(&link);
        let made_at = desk.clock.now();
        desk.clock.advance(LONGEST_SESSION);
        let tidying = tokio::spawn({
            let log = log.clone();
            async move { log.keep_tidy().await }
        });
        // As seen by a clock that stands where both would still count.
        let forgotten = async {
            while !repository::revocations::current(&desk.other, made_at).await.unwrap().is_empty()
                || password_resets::find(&desk.other, &hash, made_at).await.unwrap().is_some() {}
        };
        within(forgotten).await;
        tidying.abort();
    }
}

fn redis_sessions(desk: &Desk, prefix: &str, log: Option<RevocationLog>) -> Arc<RedisSessions> {
    let patience = Duration::from_secs(10);
    let options = RedisOptions {
        key_prefix: prefix.to_owned(),
        ..RedisOptions::new(redis::url().as_str().into()).patient_for(patience)
    };
    let log = log.map(|log| Arc::new(log) as Arc<dyn RevocationSource>);
    Arc::new(RedisSessions::new(&options, Arc::new(desk.clock.clone()), log).unwrap())
}
