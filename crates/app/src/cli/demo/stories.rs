//! Who is in the demonstration and what happens to them.

use domain::{Priority, Status};

/// Name and address of each admin.
pub(super) const ADMINS: &[(&str, &str)] = &[
    ("Mira Okafor", "mira@desk.example"),
    ("Jonas Lindqvist", "jonas@desk.example"),
];

/// Name and address of each customer.
pub(super) const CUSTOMERS: &[(&str, &str)] = &[
    ("Ada Brunner", "ada@customers.example"),
    ("Tomás Rivera", "tomas@customers.example"),
    ("Keiko Tanaka", "keiko@customers.example"),
    ("Samir Haddad", "samir@customers.example"),
    ("Lotte de Vries", "lotte@customers.example"),
];

/// One ticket's life.
pub(super) struct Story {
    /// When it begins.
    pub(super) minutes_ago: u32,
    /// Index of the customer.
    pub(super) customer: usize,
    /// Name of a category of the first migration.
    pub(super) category: &'static str,
    pub(super) priority: Priority,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) steps: &'static [Step],
}

/// What happens next, after so many minutes; admins by their index.
pub(super) enum Step {
    Asks(u32, &'static str),
    Answers(u32, usize, &'static str),
    Notes(u32, usize, &'static str),
    Takes(u32, usize),
    Moves(u32, usize, Status),
    Closes(u32),
}

impl Step {
    pub(super) fn minutes_later(&self) -> u32 {
        match *self {
            Step::Asks(minutes, _)
            | Step::Answers(minutes, ..)
            | Step::Notes(minutes, ..)
            | Step::Takes(minutes, _)
            | Step::Moves(minutes, ..)
            | Step::Closes(minutes) => minutes,
        }
    }
}

const DAY: u32 = 24 * 60;

/// The stories, the oldest first.
pub(super) const STORIES: &[Story] = &[
    Story {
        minutes_ago: 9 * DAY,
        customer: 4,
        category: "Billing",
        priority: Priority::Normal,
        title: "Charged twice for September",
        description: "Hello,\n\nmy card statement shows the September invoice twice, on the 3rd and on the 4th. \
            Both say 49.00 EUR. Could you have a look?\n\nLotte",
        steps: &[
            Step::Takes(35, 0),
            Step::Answers(
                4,
                0,
                "Hi Lotte, thank you for writing. I can see both payments. The second one was made \
                while our payment provider was being restarted; I have asked for it to be returned.",
            ),
            Step::Notes(
                2,
                0,
                "Provider confirms a duplicate capture, reference DC-20931. Refund is on its way.",
            ),
            Step::Asks(90, "That was quick, thank you! How long will it take?"),
            Step::Answers(12, 0, "Three to five working days, depending on your bank."),
            Step::Moves(1, 0, Status::Resolved),
            Step::Closes(3 * DAY),
        ],
    },
    Story {
        minutes_ago: 6 * DAY,
        customer: 2,
        category: "Feature request",
        priority: Priority::Low,
        title: "Export the monthly report as CSV",
        description: "The monthly report is only there as a PDF. We would like to load it into our own spreadsheets. \
            Is a CSV export planned?",
        steps: &[
            Step::Answers(
                4 * 60,
                1,
                "Good idea, and you are not the first to ask. I have added your vote.",
            ),
            Step::Moves(1, 1, Status::Pending),
        ],
    },
    Story {
        minutes_ago: 3 * DAY,
        customer: 1,
        category: "Technical problem",
        priority: Priority::High,
        title: "Webhook deliveries stop after a redirect",
        description: "Since we moved our endpoint behind a load balancer, deliveries fail. The balancer answers with a 308 \
            to the https address, and after that nothing arrives.\n\nRequest id of one that failed: 7c1e-0042.",
        steps: &[
            Step::Takes(20, 1),
            Step::Answers(
                15,
                1,
                "Thanks for the request id, that helped. We do not follow redirects for webhooks, so \
                that a delivery cannot be sent somewhere else. Could you register the https address directly?",
            ),
            Step::Asks(
                55,
                "Understood. I changed it, but now I see this:\n\nTLS handshake failed: unable to get local \
                issuer certificate",
            ),
            Step::Notes(8, 1, "Their chain lacks the intermediate certificate."),
            Step::Answers(
                3,
                1,
                "Your server sends its own certificate without the intermediate one. Browsers find it by \
                themselves, our client does not. Adding the full chain should do it.",
            ),
            Step::Asks(2 * 60, "Working now. I learned something today!"),
        ],
    },
    Story {
        minutes_ago: DAY + 180,
        customer: 3,
        category: "Account and sign-in",
        priority: Priority::Normal,
        title: "Change the owner of our workspace",
        description: "Our colleague who created the workspace is leaving at the end of the month. How do we hand it over?",
        steps: &[
            Step::Takes(50, 0),
            Step::Answers(
                5,
                0,
                "Hello Samir, the present owner can do that under Settings, Members, Hand over. If they \
                have left already, we need a letter from the company instead.",
            ),
        ],
    },
    Story {
        minutes_ago: 11 * 60,
        customer: 0,
        category: "Technical problem",
        priority: Priority::Normal,
        title: "Search does not find words with umlauts",
        description: "Searching for \u{201e}Rechnung\u{201c} works, \u{201e}M\u{fc}ller\u{201c} finds nothing although there are three.",
        steps: &[
            Step::Answers(
                40,
                1,
                "Which browser do you use? I can find them with both spellings here.",
            ),
            Step::Asks(
                30,
                "Firefox on Linux. It works in a private window, so it might be an extension of mine.",
            ),
        ],
    },
    Story {
        minutes_ago: 150,
        customer: 4,
        category: "General question",
        priority: Priority::Low,
        title: "Do you have a price for schools?",
        description: "We are a small primary school with twelve teachers. Is there a reduced price?",
        steps: &[],
    },
    Story {
        minutes_ago: 42,
        customer: 1,
        category: "Technical problem",
        priority: Priority::Urgent,
        title: "Nobody of us can sign in since 8:40",
        description: "All fourteen of us get \"session expired\" right after signing in. We cannot work.",
        steps: &[
            Step::Takes(3, 0),
            Step::Answers(
                2,
                0,
                "I am on it. Do you use single sign-on, and did anything change on your side this morning?",
            ),
            Step::Asks(
                4,
                "Yes, single sign-on. Our IT says the clock of the identity server was wrong and has been set.",
            ),
        ],
    },
    Story {
        minutes_ago: 9,
        customer: 2,
        category: "Billing",
        priority: Priority::Normal,
        title: "Invoice needs our new address",
        description: "We moved last week. Please put this on the next invoice:\n\nTanaka Design\n2-4-1 Shibakoen\nTokyo",
        steps: &[],
    },
];
