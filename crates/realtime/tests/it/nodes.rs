//! Several hubs on one database and one line.

use std::sync::Arc;
use std::time::Duration;

use contract::frames::ServerFrame;
use realtime::{Bus, HubOptions};

use crate::backlog::FakeBacklog;
use crate::ether::{Ether, Fault, Weather};
use crate::support::{CUSTOMER, World, assert_empty, notice, present, seqs, settled, start};

/// Longer than the time between two head checks, and what the tests give them to complete.
const HEALED: Duration = Duration::from_secs(40);

/// Nodes on one backlog and one line, which is clear.
pub(crate) fn nodes<const N: usize>(ether: &Arc<Ether>) -> [World; N] {
    let backlog = Arc::new(FakeBacklog::new());
    let mut number = 0;
    [(); N].map(|()| {
        number += 1;
        let bus: Arc<dyn Bus> = ether.line();
        World {
            hub: start(HubOptions::default(), &backlog, Some(bus), number),
            backlog: Arc::clone(&backlog),
        }
    })
}

fn clear() -> Arc<Ether> {
    Ether::new(0, Weather::CLEAR)
}

fn heads_told(frames: &[ServerFrame]) -> Vec<i64> {
    let heads = frames.iter().filter_map(|frame| match frame {
        ServerFrame::Ticket { ticket } => Some(ticket.head_seq),
        _ => None,
    });
    heads.collect()
}

fn typists(frames: &[ServerFrame]) -> Vec<i64> {
    let typists = frames.iter().filter_map(|frame| match frame {
        ServerFrame::Typing { person, .. } => Some(person.id),
        _ => None,
    });
    typists.collect()
}

fn notified(frames: &[ServerFrame]) -> usize {
    let is_it = |frame: &&ServerFrame| matches!(frame, ServerFrame::Notification { .. });
    frames.iter().filter(is_it).count()
}

#[tokio::test(start_paused = true)]
async fn an_event_reaches_every_entitled_socket_on_every_node_once() {
    let [here, there] = nodes(&clear());
    let ticket = here.ticket();
    let mut member = there.customer(CUSTOMER);
    member.join(ticket).await;
    let mut admin = there.admin(2);
    let mut stranger = there.customer(555);
    settled().await;
    for client in [&mut member, &mut admin, &mut stranger] {
        client.received().await;
    }

    let mut event = here.message(ticket);
    event.notices.push(notice(&event, CUSTOMER, 9));
    assert!(here.hub.publish(event.clone()).await);
    here.hub.publish(event).await;
    let frames = member.received().await;
    assert_eq!(seqs(&frames), [2]);
    assert_eq!(heads_told(&frames), [2]);
    assert_eq!(notified(&frames), 1);
    let frames = admin.received().await;
    assert_eq!((seqs(&frames), heads_told(&frames)), (vec![], vec![2]));
    assert_eq!(stranger.received().await, []);
}

#[tokio::test(start_paused = true)]
async fn what_customers_may_not_see_stays_hidden_on_other_nodes() {
    let [here, there] = nodes(&clear());
    let ticket = here.ticket();
    let mut customer = there.customer(CUSTOMER);
    customer.join(ticket).await;
    here.hub.publish(here.note(ticket)).await;
    let frames = customer.received().await;
    assert_eq!(seqs(&frames), [2]);
    let shown = serde_json::to_string(&frames).unwrap();
    assert!(!shown.contains("Secret"), "{shown}");
    assert!(shown.contains("hidden"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn alerts_reach_the_admins_of_all_nodes_and_nobody_else() {
    let [here, there] = nodes(&clear());
    let ticket = here.ticket();
    let mut customer = there.customer(CUSTOMER);
    customer.join(ticket).await;
    let (mut near, mut far) = (here.admin(2), there.admin(3));
    settled().await;
    for client in [&mut customer, &mut near, &mut far] {
        client.received().await;
    }
    here.hub.alert(domain::Alert {
        ticket_id: ticket,
        title: "Printer".to_owned(),
        level: 3,
        raised_at: domain::Timestamp(5),
        acknowledged: None,
        ended_at: None,
    });
    for admin in [&mut near, &mut far] {
        let frames = admin.received().await;
        let [ServerFrame::Alert { alert }] = &frames[..] else {
            panic!("{frames:?}")
        };
        assert_eq!((alert.ticket_id, alert.level), (ticket.0, 3));
    }
    assert_eq!(customer.received().await, []);
}

#[tokio::test(start_paused = true)]
async fn read_cursors_and_typing_reach_other_nodes() {
    let [here, there] = nodes(&clear());
    let ticket = here.ticket();
    let writer = here.customer(CUSTOMER);
    writer.join(ticket).await;
    let mut reader = there.admin(2);
    reader.join(ticket).await;
    let mut own_tab = there.customer(CUSTOMER);
    own_tab.join(ticket).await;
    settled().await;
    own_tab.received().await;
    reader.received().await;

    writer.connection.typing();
    assert_eq!(typists(&reader.received().await), [CUSTOMER]);
    assert_eq!(typists(&own_tab.received().await), [0; 0]);

    let user = domain::UserId(CUSTOMER);
    here.hub.read_moved(ticket, user, domain::Seq(1)).await;
    let frames = reader.received().await;
    assert!(
        matches!(
            frames[..],
            [ServerFrame::Read {
                user_id: CUSTOMER,
                seq: 1,
                ..
            }]
        ),
        "{frames:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_lost_in_silence_is_found_by_the_head_check() {
    let ether = clear();
    let [here, there] = nodes(&ether);
    let ticket = here.ticket();
    let elsewhere = here.ticket();
    let mut member = there.admin(2);
    member.join(ticket).await;
    settled().await;
    member.received().await;

    ether.fault(1, Fault::Silent);
    here.say(ticket).await;
    here.say(elsewhere).await;
    ether.fault(1, Fault::None);
    assert_eq!(member.received().await, []);
    tokio::time::sleep(HEALED).await;
    let frames = member.received().await;
    assert_eq!(seqs(&frames), [2]);
    // In lists as well: both tickets, those that nobody has open included.
    assert!(heads_told(&frames).len() >= 2, "{frames:?}");
    assert!(there.hub.counts().announcements_missed >= 2);
    assert_eq!(here.hub.counts().announcements_missed, 0);
}

#[tokio::test(start_paused = true)]
async fn a_line_that_comes_back_is_caught_up_with_at_once() {
    let ether = clear();
    let [here, there] = nodes(&ether);
    let ticket = here.ticket();
    let mut member = there.admin(2);
    member.join(ticket).await;
    settled().await;
    member.received().await;

    ether.fault(1, Fault::Down);
    settled().await;
    assert_eq!(there.hub.counts().fanout_up, 0);
    for _ in 0..3 {
        here.say(ticket).await;
    }
    ether.fault(1, Fault::None);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(there.hub.counts().fanout_up, 1);
    assert_eq!(seqs(&member.received().await), [2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn whoever_cannot_tell_the_others_says_so_and_tells_those_who_are_here() {
    let ether = clear();
    let [here, there] = nodes(&ether);
    let ticket = here.ticket();
    let mut near = here.admin(1);
    near.join(ticket).await;
    let mut far = there.admin(2);
    far.join(ticket).await;
    ether.fault(0, Fault::Down);
    let event = here.message(ticket);
    assert!(!here.hub.publish(event.clone()).await);
    assert_eq!(seqs(&near.received().await), [2]);
    assert_eq!(seqs(&far.received().await), [0; 0]);
    ether.fault(0, Fault::None);
    assert!(here.hub.publish(event).await);
    assert_eq!(seqs(&far.received().await), [2]);
    assert_eq!(seqs(&near.received().await), [0; 0]);
    assert_eq!(here.hub.counts().publish_failures, 1);
}

#[tokio::test(start_paused = true)]
async fn a_failed_head_check_is_repeated_soon() {
    let ether = clear();
    let [here, there] = nodes(&ether);
    let ticket = here.ticket();
    let mut member = there.admin(2);
    member.join(ticket).await;
    settled().await;
    member.received().await;
    ether.fault(1, Fault::Down);
    here.say(ticket).await;
    *here.backlog.down.lock().unwrap() = true;
    ether.fault(1, Fault::None);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(seqs(&member.received().await), [0; 0]);
    *here.backlog.down.lock().unwrap() = false;
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(seqs(&member.received().await), [2]);
}

#[tokio::test(start_paused = true)]
async fn people_are_present_wherever_they_are_connected() {
    let ether = clear();
    let [here, there] = nodes(&ether);
    let ticket = here.ticket();
    let mut customer = here.customer(CUSTOMER);
    customer.join(ticket).await;
    settled().await;
    let mut admin = there.admin(2);
    admin.join(ticket).await;
    let both = Some(vec![2, CUSTOMER]);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(present(&customer.received().await), both);
    assert_eq!(present(&admin.received().await), both);

    let tab = there.customer(CUSTOMER);
    tab.join(ticket).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    customer.connection.leave();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let shown = present(&admin.received().await);
    assert!(
        shown.is_none() || shown == both,
        "still there in the other tab: {shown:?}"
    );
    drop(tab);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(present(&admin.received().await), Some(vec![2]));
}

#[tokio::test(start_paused = true)]
async fn those_of_a_node_that_dies_are_gone_after_a_while() {
    let ether = clear();
    let [here, dying] = nodes(&ether);
    let ticket = here.ticket();
    let mut admin = here.admin(1);
    admin.join(ticket).await;
    let customer = dying.customer(CUSTOMER);
    customer.join(ticket).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(present(&admin.received().await), Some(vec![1, CUSTOMER]));
    // Refreshed again and again while the node lives.
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(present(&admin.received().await), None);
    ether.fault(1, Fault::Silent);
    tokio::time::sleep(HEALED).await;
    assert_eq!(present(&admin.received().await), Some(vec![1]));
    ether.fault(1, Fault::None);
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert_eq!(present(&admin.received().await), Some(vec![1, CUSTOMER]));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_of_anybody_on_any_node() {
    let worlds: [World; 3] = nodes(&clear());
    let ticket = worlds[0].ticket();
    for world in &worlds {
        let clients: Vec<_> = (1..20).map(|id| world.admin(id)).collect();
        for client in &clients {
            client.join(ticket).await;
        }
        world.say(ticket).await;
    }
    for world in &worlds {
        assert_empty(world).await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_a_hub_with_a_line_end_with_its_last_handle() {
    let before = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    let worlds: [World; 2] = nodes(&clear());
    settled().await;
    drop(worlds);
    tokio::time::sleep(HEALED).await;
    let metrics = tokio::runtime::Handle::current().metrics();
    assert_eq!(metrics.num_alive_tasks(), before);
}
