//! What the crowd says: topics with their words, into which names of things are put.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;

/// What somebody may write about. `{thing}`, `{place}`, `{month}` and `{n}` are filled in.
pub(super) struct Topic {
    /// Name of a category of the first migration.
    pub(super) category: &'static str,
    titles: &'static [&'static str],
    descriptions: &'static [&'static str],
    answers: &'static [&'static str],
}

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        category: "Technical problem",
        titles: &[
            "{thing} does not open in {place}",
            "{thing} is very slow since {month}",
            "Error {n} when saving {thing}",
            "{thing} shows an empty page",
        ],
        descriptions: &[
            "Whenever I open {thing} I see a white page. It worked until last week.",
            "Saving takes half a minute and then says \"error {n}\". Nothing is lost, but everybody in {place} waits.",
            "{thing} stopped working for all of us in {place}. Reloading does not help.",
        ],
        answers: &[
            "Thank you for the details. Could you tell me which browser you use, and whether a private window makes a difference?",
            "I can reproduce this with {thing}. A correction is on its way and should reach you today.",
            "The cause was a setting on our side, which I have changed. Could you try again?",
        ],
    },
    Topic {
        category: "Technical problem",
        titles: &[
            "Import of {n} rows stops halfway",
            "Notifications of {thing} come twice",
            "Printing from {thing} cuts off the margin",
        ],
        descriptions: &[
            "Our file has {n} rows. After about half of them the import ends without a message.",
            "Since {month} each of us gets everything twice, once a minute after the other.",
            "On paper the right column is missing. We print on A4 in {place}.",
        ],
        answers: &[
            "One of the rows has a line break in a name; the import takes that for the end. I have marked it for you.",
            "There were two subscriptions for your team. I removed the older one.",
            "Please choose \"fit to page\" for now. We are going to make that the default.",
        ],
    },
    Topic {
        category: "Billing",
        titles: &[
            "Invoice for {month} is missing",
            "Invoice {n} has the wrong address",
            "Charged twice in {month}",
            "Question about invoice {n}",
        ],
        descriptions: &[
            "We have not received an invoice for {month}. Our bookkeeping closes on Friday.",
            "Invoice {n} still has our old address. Could you send it again with the one in {place}?",
            "Two payments left our account in {month}. Only one of them has an invoice.",
        ],
        answers: &[
            "I have sent the invoice for {month} to you again, and put your bookkeeping in copy.",
            "The second payment was returned today. Your bank should show it within three days.",
            "The address is changed. The next invoice, and a corrected {n}, will have it.",
        ],
    },
    Topic {
        category: "Account and sign-in",
        titles: &[
            "Cannot sign in from {place}",
            "Please add {n} seats to our team",
            "A colleague has left, who gets {thing}?",
            "The reset link has expired",
        ],
        descriptions: &[
            "Since this morning it says that my password is wrong. I am sure it is not.",
            "We have new people in {place}. How do we add them?",
            "Somebody who owned {thing} is not with us any more. How do we take it over?",
        ],
        answers: &[
            "I have sent you a link to set a new password. It works for an hour.",
            "An owner can do that under Settings, Members. I have raised the limit for you.",
            "Ownership is with you now. Please sign out and in again to see it.",
        ],
    },
    Topic {
        category: "Feature request",
        titles: &[
            "Could {thing} have an export?",
            "Dark mode for {thing}",
            "Keyboard shortcuts in {thing}",
            "A link from {thing} to our calendar",
        ],
        descriptions: &[
            "We copy numbers out of {thing} by hand every {month}. A file would save us a day.",
            "In {place} we work at night. {thing} is rather bright.",
            "With {n} entries a day the mouse gets tiring.",
        ],
        answers: &[
            "You are not the first to ask. I have added your vote and will write when there is news.",
            "There is something like that in the beta. Shall I switch it on for you?",
            "That is planned for {month}.",
        ],
    },
    Topic {
        category: "General question",
        titles: &[
            "Is there a price for {n} people?",
            "Where is our data kept?",
            "How long do you keep {thing}?",
            "Do you offer training in {place}?",
        ],
        descriptions: &[
            "We are about {n} people and would like to know what that would cost.",
            "Our lawyers ask in which country {thing} is stored, and for how long.",
            "Do you come to {place}, or is there a course online?",
        ],
        answers: &[
            "From 50 people on there is a reduced price. I have attached our list.",
            "Everything is kept in the region that you chose, and deleted 30 days after the end.",
            "There is a course every first Tuesday; I have reserved a place for you.",
        ],
    },
];

const THINGS: &[&str] = &[
    "the monthly report",
    "the dashboard",
    "the calendar",
    "the customer list",
    "the mobile app",
    "the shared inbox",
    "the archive",
    "the time sheet",
    "the price list",
    "the order form",
    "the stock page",
    "the API",
];
const PLACES: &[&str] = &[
    "Lyon", "Porto", "Graz", "Gent", "Turku", "Aarhus", "Leeds", "Bremen", "Bologna", "Gdynia",
    "Basel", "Cork",
];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const REPLIES: &[&str] = &[
    "Thank you, that helped.",
    "I tried that, but it is still the same.",
    "It works on one computer and not on the other.",
    "Firefox on Linux, and yes, also in a private window.",
    "Great, thank you for the quick help!",
    "When can we expect this?",
    "Here is another example: it happened again with order {n}.",
];
const NOTES: &[&str] = &[
    "Same as the ticket from last week, see the runbook.",
    "Asked engineering; they have it on their list.",
    "Customer is on the large plan, please be quick.",
    "Refund approved, reference DC-{n}.",
    "Called them, nobody there.",
];
const GREETINGS: &[&str] = &["Hello,\n\n", "Hi there,\n\n", "Good morning,\n\n", "", ""];
const FAREWELLS: &[&str] = &["\n\nMany thanks!", "\n\nBest regards", "\n\nThank you", ""];

const FIRST_NAMES: &[&str] = &[
    "Ada", "Ben", "Carla", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jakob", "Kaja",
    "Luis", "Maya", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tara", "Umut", "Vera",
    "Wim", "Xenia", "Yusuf", "Zoe",
];
const LAST_NAMES: &[&str] = &[
    "Abel", "Bauer", "Costa", "Dubois", "Eriksen", "Ferrari", "Garcia", "Hansen", "Ivanova",
    "Jansen", "Keller", "Lopez", "Moreau", "Novak", "Olsen", "Petrov", "Rossi", "Schmidt",
    "Tanaka", "Urban", "Varga", "Weber", "Yilmaz", "Ziegler",
];

impl Topic {
    pub(super) fn title(&self, random: &mut StdRng) -> String {
        // What is filled in may come first.
        capitalised(&one(self.titles, random))
    }

    pub(super) fn description(&self, random: &mut StdRng) -> String {
        let greeting = one(GREETINGS, random);
        let description = capitalised(&one(self.descriptions, random));
        greeting + &description + &one(FAREWELLS, random)
    }

    pub(super) fn answer(&self, random: &mut StdRng) -> String {
        capitalised(&one(self.answers, random))
    }
}

/// What a customer answers.
pub(super) fn reply(random: &mut StdRng) -> String {
    one(REPLIES, random)
}

/// What staff notes.
pub(super) fn note(random: &mut StdRng) -> String {
    one(NOTES, random)
}

/// The name of a person, and the part of their address that is theirs alone.
pub(super) fn name(number: usize, random: &mut StdRng) -> (String, String) {
    let first = FIRST_NAMES.choose(random).copied().unwrap_or("Ada");
    let last = LAST_NAMES.choose(random).copied().unwrap_or("Abel");
    let address = format!("{first}.{last}{number}").to_lowercase();
    (format!("{first} {last}"), address)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

fn one(of: &[&str], random: &mut StdRng) -> String {
    let text = of.choose(random).copied().unwrap_or_default();
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, slot)) = rest.split_once('{') {
        let (slot, after) = slot.split_once('}').unwrap_or((slot, ""));
        filled += before;
        match slot {
            "thing" => filled += THINGS.choose(random).copied().unwrap_or_default(),
            "place" => filled += PLACES.choose(random).copied().unwrap_or_default(),
            "month" => filled += MONTHS.choose(random).copied().unwrap_or_default(),
            _ => filled += &random.random_range(12..999).to_string(),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use domain::{Body, PersonName, Title};
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn all_that_is_said_is_complete_and_valid() {
        let mut random = StdRng::seed_from_u64(1);
        for _ in 0..200 {
            for topic in TOPICS {
                let title = topic.title(&mut random);
                assert!(
                    !title.contains('{') && Title::parse(&title).is_ok(),
                    "{title}"
                );
                let said = [
                    topic.description(&mut random),
                    topic.answer(&mut random),
                    reply(&mut random),
                    note(&mut random),
                ];
                for text in said {
                    assert!(
                        !text.contains(['{', '}']) && Body::parse(&text).is_ok(),
                        "{text}"
                    );
                }
            }
            assert!(PersonName::parse(&name(1, &mut random).0).is_ok());
        }
    }
}
