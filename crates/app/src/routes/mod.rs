//! The routes: each parses, calls one service method, and converts the answer.

mod accounts;
mod alerts;
mod canned_replies;
mod categories;
mod export;
mod health;
mod me;
mod messages;
mod notifications;
mod search;
mod sessions;
mod socket;
mod stats;
mod tickets;
mod users;

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every route, and with it its part of the API's document.
pub fn configure(config: &mut ServiceConfig) {
    config.service(health::live).service(health::ready).service(
        scope::scope("/api/v1")
            .service(accounts::set_up)
            .service(accounts::register)
            .service(accounts::log_in)
            .service(accounts::refresh)
            .service(accounts::log_out)
            .service(accounts::reset_password)
            .service(sessions::list)
            .service(sessions::end_others)
            .service(sessions::end)
            .service(me::read)
            .service(me::update)
            .service(me::change_password)
            .service(users::list)
            .service(users::read)
            .service(users::list_sessions)
            .service(users::update)
            .service(users::end_sessions)
            .service(users::create_reset_link)
            .service(tickets::open)
            .service(tickets::list)
            // Before what takes their names for those of tickets.
            .service(tickets::count)
            .service(export::export)
            .service(tickets::read)
            .service(tickets::edit)
            .service(tickets::set_status)
            .service(search::search)
            .service(messages::timeline)
            .service(messages::send)
            .service(messages::mark_read)
            .service(notifications::list)
            .service(notifications::mark_read)
            .service(categories::list)
            .service(alerts::list)
            .service(categories::create)
            .service(categories::update)
            .service(canned_replies::list)
            .service(canned_replies::create)
            .service(canned_replies::update)
            .service(canned_replies::remove)
            .service(stats::read)
            .service(socket::connect),
    );
}
