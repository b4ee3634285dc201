//! Which new tickets somebody has taken notice of.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_alerts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: i64,
    pub raised_at: i64,
    pub level: i16,
    pub next_at: Option<i64>,
    pub acknowledged_by: Option<i64>,
    pub acknowledged_at: Option<i64>,
    /// Acknowledged, or closed before anybody was there.
    pub ended_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
