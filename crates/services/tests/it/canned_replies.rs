//! Canned replies: one's own and the shared ones.

use domain::{CannedReply, CannedReplyId, CannedReplyName, limits};
use services::{CannedReplyChange, CannedReplyError, NewCannedReply};
use testkit::on_every_database;

use crate::desk::{Desk, Member};
use crate::drafts;

fn new(name: &str, shared: bool) -> NewCannedReply {
    NewCannedReply {
        name: CannedReplyName::parse(name).unwrap(),
        body: drafts::body("Hello {{customer.name}}"),
        shared,
    }
}

fn shared(shared: bool) -> CannedReplyChange {
    CannedReplyChange {
        shared: Some(shared),
        ..CannedReplyChange::default()
    }
}

async fn keep(desk: &Desk, of: &Member, name: &str, shared: bool) -> CannedReply {
    let replies = &desk.services.canned_replies;
    replies.add(&of.session, new(name, shared)).await.unwrap()
}

async fn names(desk: &Desk, viewer: &Member) -> Vec<String> {
    let list = desk.services.canned_replies.list(&viewer.session).await;
    let list = list.unwrap();
    list.into_iter()
        .map(|reply| reply.name.into_string())
        .collect()
}

on_every_database! {
    async fn own_replies_are_seen_by_oneself_and_shared_ones_by_all(desk: Desk) {
        let (mira, otto) = (desk.admin("Mira").await, desk.admin("Otto").await);
        keep(&desk, &mira, "greeting", true).await;
        let own = keep(&desk, &mira, "Apology", false).await;
        keep(&desk, &otto, "zeal", false).await;
        assert_eq!(names(&desk, &mira).await, ["Apology", "greeting"]);
        assert_eq!(names(&desk, &otto).await, ["greeting", "zeal"]);

        let replies = &desk.services.canned_replies;
        for id in [own.id, CannedReplyId(9_999)] {
            let missing = replies.update(&otto.session, id, shared(true)).await.unwrap_err();
            assert!(matches!(missing, CannedReplyError::NotFound), "{missing:?}");
            let missing = replies.remove(&otto.session, id).await.unwrap_err();
            assert!(matches!(missing, CannedReplyError::NotFound), "{missing:?}");
        }
        assert_eq!(names(&desk, &mira).await, ["Apology", "greeting"]);
    }

    async fn a_reply_is_changed_shared_taken_and_removed(desk: Desk) {
        let (mira, otto) = (desk.admin("Mira").await, desk.admin("Otto").await);
        let replies = &desk.services.canned_replies;
        let reply = keep(&desk, &mira, "Hello", false).await;
        let change = CannedReplyChange {
            name: Some(CannedReplyName::parse("Goodbye").unwrap()),
            body: Some(drafts::body("Bye")),
            shared: Some(true),
        };
        let changed = replies.update(&mira.session, reply.id, change).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.body.as_str(), changed.owner), ("Goodbye", "Bye", None));
        assert_eq!(names(&desk, &otto).await, ["Goodbye"]);

        // Whoever stops sharing it keeps it.
        let taken = replies.update(&otto.session, reply.id, shared(false)).await.unwrap();
        assert_eq!((taken.owner, taken.body.as_str()), (Some(otto.id()), "Bye"));
        assert_eq!(names(&desk, &mira).await, Vec::<String>::new());
        replies.remove(&otto.session, reply.id).await.unwrap();
        assert_eq!(names(&desk, &otto).await, Vec::<String>::new());
    }

    async fn customers_have_no_canned_replies(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let reply = keep(&desk, &mira, "Hello", true).await;
        let replies = &desk.services.canned_replies;
        let refused = [
            replies.list(&ada.session).await.map(drop).unwrap_err(),
            replies.add(&ada.session, new("x", false)).await.map(drop).unwrap_err(),
            replies.update(&ada.session, reply.id, shared(false)).await.map(drop).unwrap_err(),
            replies.remove(&ada.session, reply.id).await.unwrap_err(),
        ];
        for error in refused {
            assert!(matches!(error, CannedReplyError::Forbidden), "{error:?}");
        }
        assert_eq!(names(&desk, &mira).await, ["Hello"]);
    }

    async fn there_is_room_for_a_limited_number_of_each_kind(desk: Desk) {
        let mira = desk.admin("Mira").await;
        let row = format!("({}, 'x', 'x', 0, 0)", mira.id());
        let rows = vec![row; limits::CANNED_REPLIES_MAX as usize - 1].join(", ");
        let sql = format!("INSERT INTO canned_replies (owner_id, name, body, created_at, updated_at) VALUES {rows}");
        desk.database.execute(&sql).await;

        let replies = &desk.services.canned_replies;
        let other = keep(&desk, &mira, "shared", true).await;
        let last = keep(&desk, &mira, "last", false).await;
        for full in [
            replies.add(&mira.session, new("more", false)).await.unwrap_err(),
            replies.update(&mira.session, other.id, shared(false)).await.unwrap_err(),
        ] {
            assert!(matches!(full, CannedReplyError::TooMany), "{full:?}");
        }
        // What is there can still be changed.
        replies.update(&mira.session, last.id, shared(false)).await.unwrap();
        assert_eq!(names(&desk, &mira).await.len(), limits::CANNED_REPLIES_MAX as usize + 1);
    }
}
