//! Properties of the rules, over random lives of a ticket.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

mod ticket_life;
