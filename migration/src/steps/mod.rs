//! The steps, in order. New ones go to the end; old ones stay as they are.

use sea_orm_migration::MigrationTrait;

mod m0001_users;
mod m0002_categories;
mod m0003_first_categories;
mod m0004_tickets;
mod m0005_timeline;
mod m0006_notifications;
mod m0007_read_cursors;
mod m0008_outbox;
mod m0009_revocations;
mod m0010_password_resets;
mod m0011_timeline_by_time;
mod m0012_search_messages;
mod m0012_search_titles;
mod m0013_list_indexes;
mod m0014_response_times;
mod m0015_past_response_times;
mod m0016_statistics_indexes;
mod m0017_ticket_alerts;
mod m0018_canned_replies;
mod m0019_first_reading;
mod m0020_past_first_readings;
mod m0021_status_orders;

pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_users::Migration),
        Box::new(m0002_categories::Migration),
        Box::new(m0003_first_categories::Migration),
        Box::new(m0004_tickets::Migration),
        Box::new(m0005_timeline::Migration),
        Box::new(m0006_notifications::Migration),
        Box::new(m0007_read_cursors::Migration),
        Box::new(m0008_outbox::Migration),
        Box::new(m0009_revocations::Migration),
        Box::new(m0010_password_resets::Migration),
        Box::new(m0011_timeline_by_time::Migration),
        Box::new(m0012_search_messages::Migration),
        Box::new(m0012_search_titles::Migration),
        Box::new(m0013_list_indexes::Migration),
        Box::new(m0014_response_times::Migration),
        Box::new(m0015_past_response_times::Migration),
        Box::new(m0016_statistics_indexes::Migration),
        Box::new(m0017_ticket_alerts::Migration),
        Box::new(m0018_canned_replies::Migration),
        Box::new(m0019_first_reading::Migration),
        Box::new(m0020_past_first_readings::Migration),
        Box::new(m0021_status_orders::Migration),
    ]
}
