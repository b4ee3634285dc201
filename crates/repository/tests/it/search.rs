//! Texts that have the words of a search.

use domain::{
    Audience, Change, Person, Priority, SearchQuery, Seq, Status, TicketId, Timestamp, Title,
};
use repository::search::{self, Found};
use repository::tickets::{self, AssigneeFilter, TicketQuery};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, message, note};

/// What staff finds on the whole desk.
async fn find(desk: &Desk, text: &str) -> Found {
    find_in(desk, text, &TicketQuery::default()).await
}

async fn find_in(desk: &Desk, text: &str, query: &TicketQuery) -> Found {
    let search = SearchQuery::parse(text);
    let found = search::find(&desk.db, &search, query, Audience::Staff).await;
    found.unwrap()
}

/// What a customer finds.
async fn find_own(desk: &Desk, person: &Person, text: &str) -> Found {
    let query = TicketQuery {
        requester: Some(person.id),
        ..TicketQuery::default()
    };
    let search = SearchQuery::parse(text);
    let found = search::find(&desk.db, &search, &query, Audience::Customer).await;
    found.unwrap()
}

fn titles(ids: &[TicketId]) -> Found {
    Found {
        titles: ids.to_vec(),
        ..Found::default()
    }
}

fn bodies(places: &[(TicketId, i64)]) -> Found {
    Found {
        bodies: places.iter().map(|(id, seq)| (*id, Seq(*seq))).collect(),
        ..Found::default()
    }
}

async fn retitle(desk: &Desk, id: TicketId, actor: &Person, from: &str, to: &str) {
    let [from, to] = [from, to].map(|title| Title::parse(title).unwrap());
    let change = Change::TitleChanged { from, to };
    desk.record(id, actor, change).await;
}

/// The list of an admin.
fn of(admin: &Person) -> TicketQuery {
    TicketQuery {
        assignee: Some(AssigneeFilter::Is(admin.id)),
        ..TicketQuery::default()
    }
}

async fn assign(desk: &Desk, admin: &Person, which: &str) {
    let sql = format!(
        "UPDATE tickets SET assignee_id = {} WHERE {which}",
        admin.id.0
    );
    desk.database.execute(&sql).await;
}

on_every_database! {
    async fn words_are_found_by_their_beginning_in_titles_and_bodies(desk: Desk) {
        let (ada, mira) = (desk.user("ada").await, desk.admin("mira").await);
        let id = desk.ticket(&ada, "Printer on fire").await.id;
        desk.record(id, &mira, message("Which floor is the café on?")).await;
        for text in ["printer", "PRINT", "fire pri", "pri"] {
            assert_eq!(find(&desk, text).await, titles(&[id]), "{text}");
            assert_eq!(find_own(&desk, &ada, text).await, titles(&[id]), "{text}");
        }
        for text in ["floor", "CAFE", "cafe\u{301} whi", "the", "which the"] {
            assert_eq!(find(&desk, text).await, bodies(&[(id, 2)]), "{text}");
            assert_eq!(find_own(&desk, &ada, text).await, bodies(&[(id, 2)]), "{text}");
        }
        // The end of a word, and words of two texts.
        for text in ["rinter", "printer floor"] {
            assert_eq!(find(&desk, text).await, Found::default(), "{text}");
            assert_eq!(find_own(&desk, &ada, text).await, Found::default(), "{text}");
        }
    }

    async fn notes_are_found_by_staff_only(desk: Desk) {
        let (ada, mira) = (desk.user("ada").await, desk.admin("mira").await);
        let id = desk.ticket(&ada, "Printer").await.id;
        desk.record(id, &mira, note("A difficult customer")).await;
        assert_eq!(find(&desk, "difficult").await, bodies(&[(id, 2)]));
        let of_ada = TicketQuery { requester: Some(ada.id), ..TicketQuery::default() };
        assert_eq!(find_in(&desk, "difficult", &of_ada).await, bodies(&[(id, 2)]));
        assert_eq!(find_own(&desk, &ada, "difficult").await, Found::default());
    }

    async fn customers_find_nothing_of_others(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.user("bob").await);
        desk.ticket(&ada, "Secret printer").await;
        assert_eq!(find_own(&desk, &bob, "secret").await, Found::default());
        assert_eq!(find_own(&desk, &bob, "work").await, Found::default());
        // Nor if nobody said whose tickets they are.
        let search = SearchQuery::parse("secret");
        let everybody = TicketQuery::default();
        let found = search::find(&desk.db, &search, &everybody, Audience::Customer).await;
        assert_eq!(found.unwrap(), Found::default());
    }

    async fn a_new_title_is_found_and_the_old_one_is_not(desk: Desk) {
        let (ada, mira) = (desk.user("ada").await, desk.admin("mira").await);
        let id = desk.ticket(&ada, "Printer").await.id;
        retitle(&desk, id, &mira, "Printer", "Scanner").await;
        assert_eq!(find(&desk, "scanner").await, titles(&[id]));
        assert_eq!(find(&desk, "printer").await, Found::default());
        retitle(&desk, id, &mira, "Scanner", "SCANNER printer").await;
        assert_eq!(find(&desk, "printer scan").await, titles(&[id]));
        // A save that leaves the title leaves it in the index, once.
        desk.record(id, &mira, message("Hello")).await;
        assert_eq!(find(&desk, "scanner").await, titles(&[id]));
    }

    async fn no_character_is_an_operator(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Printer fire under_score").await.id;
        for c in "%_\\+-\"*()~<>@'`;:^{}[]/?!#&|=,.$ \u{a0}\u{2019}👩\u{200d}🔬".chars() {
            for text in [
                format!("{c}printer{c}"), format!("{c}{c}fire {c} printer{c}"), format!("printer {c}fire"),
                format!("fire{c} -printer"), format!("{c} under_score"),
            ] {
                assert_eq!(find(&desk, &text).await, titles(&[id]), "{text}");
                assert_eq!(find_own(&desk, &ada, &text).await, titles(&[id]), "{text}");
            }
            for text in [format!("{c}"), format!("{c}{c}{c}"), format!("{c}flood{c}")] {
                assert_eq!(find(&desk, &text).await, Found::default(), "{text}");
            }
        }
        for text in ["printer AND flood", "fire OR flood", "NOT printer", "NEAR(printer fire)", "title : printer"] {
            assert_eq!(find(&desk, text).await, Found::default(), "{text}");
        }
    }

    async fn every_script_can_be_searched_for(desk: Desk) {
        let ada = desk.user("ada").await;
        for (title, text) in [
            ("打印机坏了 在三楼", "打印机"), ("プリンターが壊れた", "プリンター"), ("한국어 프린터", "한국"),
            ("Мой принтер", "мой ПРИНТ"), ("Müllabfuhr 2026", "mullab"), ("הדפסת שלום", "שלום"),
            ("नमस्ते दुनिया", "नमस्ते"), ("طابعة معطلة", "طابعة"), ("Łódź ÅNGSTRÖM", "angstrom"),
        ] {
            let id = desk.ticket(&ada, title).await.id;
            assert_eq!(find(&desk, text).await, titles(&[id]), "{text}");
            assert_eq!(find_own(&desk, &ada, text).await, titles(&[id]), "{text}");
        }
        assert_eq!(find(&desk, "👩‍👩‍👧‍👦").await, Found::default());
    }

    async fn short_words_find_what_begins_with_them(desk: Desk) {
        let ada = desk.user("ada").await;
        let tv = desk.ticket(&ada, "TV in the lobby").await.id;
        let other = desk.ticket(&ada, "Lobby of the hotel").await.id;
        assert_eq!(find(&desk, "tv").await, titles(&[tv]));
        assert_eq!(find(&desk, "tv_").await, titles(&[tv]));
        // Beside longer words MySQL does not ask for them; whoever finds more has it lower.
        let found = find(&desk, "tv lobby").await.titles;
        assert!(found.contains(&tv), "{found:?}");
        assert_eq!(find_own(&desk, &ada, "tv lobby").await, titles(&[tv]));
        assert_eq!(find_own(&desk, &ada, "of lobby").await, titles(&[other]));
    }

    async fn filters_narrow_a_search(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.user("bob").await);
        let urgent = desk.ticket_at(&ada, "Printer", Priority::Urgent, NOON).await.id;
        let low = desk.ticket_at(&bob, "Printer", Priority::Low, NOON).await.id;
        let of = |priority| TicketQuery { priority: Some(priority), ..TicketQuery::default() };
        assert_eq!(find_in(&desk, "printer", &of(Priority::Urgent)).await, titles(&[urgent]));
        assert_eq!(find_in(&desk, "printer", &of(Priority::Low)).await, titles(&[low]));
        assert_eq!(find_in(&desk, "printer", &of(Priority::High)).await, Found::default());
        let of_bob = TicketQuery { requester: Some(bob.id), ..of(Priority::Urgent) };
        assert_eq!(find_in(&desk, "printer", &of_bob).await, Found::default());
    }

    async fn a_search_of_a_hundred_words_is_answered(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "w0 w1 w2 w3 word4 word5 word6 word7 word8 word9 word10 word11").await.id;
        let words: Vec<_> = (0..100).map(|n| format!("{}{n}", if n < 4 { "w" } else { "word" })).collect();
        assert_eq!(find(&desk, &words.join(" ")).await, titles(&[id]));
    }

    async fn the_work_of_a_search_is_bounded(desk: Desk) {
        testkit::many_tickets::fill(&desk.database, 2_500).await;
        let found = find(&desk, "ticket").await;
        assert_eq!((found.titles.len(), found.more), (2_000, true));
        let rare = find(&desk, "number77").await;
        assert!(!rare.more && !rare.titles.is_empty(), "{rare:?}");
    }

    async fn what_matches_elsewhere_crowds_nothing_out_of_a_list(desk: Desk) {
        let (ada, mira) = (desk.user("ada").await, desk.admin("mira").await);
        let mine = desk.ticket(&ada, "Ticket of mine").await.id;
        desk.record(mine, &ada, message("Hello, is anybody there?")).await;
        assign(&desk, &mira, &format!("id = {}", mine.0)).await;
        testkit::many_tickets::fill(&desk.database, 2_500).await;
        assert_eq!(find_in(&desk, "ticket", &of(&mira)).await, titles(&[mine]));
        assert_eq!(find_in(&desk, "hello", &of(&mira)).await, bodies(&[(mine, 2)]));
        assert_eq!(find_in(&desk, "nowhere", &of(&mira)).await, Found::default());
        let found = find(&desk, "hello").await;
        assert_eq!((found.bodies.len(), found.more), (2_000, true));
    }

    async fn a_long_list_is_searched_by_the_index(desk: Desk) {
        testkit::many_tickets::fill(&desk.database, 3_500).await;
        let closed = TicketQuery { status: vec![Status::Closed], ..TicketQuery::default() };
        let all = find(&desk, "printer").await;
        assert!(!all.more);
        let (mut expected, mut others) = (Vec::new(), 0);
        for ticket in tickets::find_all(&desk.db, &all.titles).await.unwrap() {
            match ticket.status {
                Status::Closed => expected.push(ticket.id),
                _ => others += 1,
            }
        }
        assert!(expected.len() > 10 && others > 10, "{} {others}", expected.len());
        let mut found = find_in(&desk, "printer", &closed).await;
        found.titles.sort_unstable();
        expected.sort_unstable();
        assert!(found.titles == expected && !found.more);
        // More of them match than are given.
        let found = find_in(&desk, "ticket", &closed).await;
        assert_eq!((found.titles.len(), found.more), (2_000, true));
    }

    async fn what_is_left_out_of_a_long_list_is_said(desk: Desk) {
        let mira = desk.admin("mira").await;
        testkit::many_tickets::fill(&desk.database, 22_500).await;
        let first = "SELECT id FROM (SELECT id FROM tickets ORDER BY id LIMIT 2100) AS first";
        assign(&desk, &mira, &format!("id IN ({first})")).await;
        let found = find_in(&desk, "ticket", &of(&mira)).await;
        assert!(found.more, "{}", found.titles.len());
        let found = find_in(&desk, "number1 printer", &of(&mira)).await;
        assert!(!found.more && !found.titles.is_empty());
    }

    async fn of_long_tickets_the_index_knows_what_was_not_read(desk: Desk) {
        let (ada, mira) = (desk.user("ada").await, desk.admin("mira").await);
        let id = desk.ticket(&ada, "Knitting").await.id;
        desk.record(id, &ada, message("A thread")).await;
        let row = |seq: i64| format!("({}, {seq}, 'message', {}, 'straw', {seq})", id.0, ada.id.0);
        for part in (3..=5_100).collect::<Vec<_>>().chunks(1_000) {
            let rows: Vec<_> = part.iter().map(|seq| row(*seq)).collect();
            let sql = format!(
                "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) VALUES {}",
                rows.join(", ")
            );
            desk.database.execute(&sql).await;
        }
        assign(&desk, &mira, &format!("id = {}", id.0)).await;
        assert_eq!(find_in(&desk, "thread", &of(&mira)).await, bodies(&[(id, 2)]));
        // A customer's search is not told by the index.
        let own = find_own(&desk, &ada, "thread").await;
        assert!(own.bodies.is_empty() && own.more);
        let straw = find_in(&desk, "straw", &of(&mira)).await;
        let mut places = straw.bodies.clone();
        places.sort_unstable();
        places.dedup();
        assert_eq!((places.len(), straw.more), (straw.bodies.len(), true));
        // Not every index knows words as short as this.
        let short = find_in(&desk, "th", &of(&mira)).await;
        assert!(short.more || short == bodies(&[(id, 2)]));
    }

    async fn the_tickets_of_one_customer_are_read_to_the_end(desk: Desk) {
        let ada = desk.user("ada").await;
        let first = desk.ticket(&ada, "Needle").await.id;
        for _ in 0..130 {
            desk.ticket(&ada, "Hay").await;
        }
        let tx = desk.db.begin().await.unwrap();
        let mut ticket = tickets::lock(&tx, first).await.unwrap().unwrap();
        for n in 2..=520 {
            let text = if n == 3 { "thread" } else { "straw" };
            let now = Timestamp(NOON.0 + n);
            let entry = ticket.record(message(text), ada.clone(), None, None, now);
            repository::timeline::add(&tx, &entry).await.unwrap();
        }
        tickets::save(&tx, &ticket).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find_own(&desk, &ada, "needle").await, titles(&[first]));
        assert_eq!(find_own(&desk, &ada, "thread").await, bodies(&[(first, 3)]));
        assert_eq!(find_own(&desk, &ada, "straw").await.bodies.len(), 518);
        assert_eq!(find(&desk, "thread").await, bodies(&[(first, 3)]));
    }
}
