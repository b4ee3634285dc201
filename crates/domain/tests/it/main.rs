//! Properties of the rules, over random lives of a ticket.

mod ticket_life;
