//! The routes: each parses, calls one service method, and converts the answer.

mod accounts;
mod categories;
mod health;
mod me;
mod messages;
mod notifications;
mod socket;
mod tickets;

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
            .service(me::read)
            .service(me::update)
            .service(tickets::open)
            .service(tickets::list)
            .service(tickets::read)
            .service(tickets::edit)
            .service(tickets::set_status)
            .service(messages::timeline)
            .service(messages::send)
            .service(messages::mark_read)
            .service(notifications::list)
            .service(notifications::mark_read)
            .service(categories::list)
            .service(socket::connect),
    );
}
