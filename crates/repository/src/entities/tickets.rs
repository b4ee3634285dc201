//! Tickets as they stand.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub requester_id: i64,
    pub assignee_id: Option<i64>,
    pub category_id: Option<i64>,
    pub follows_id: Option<i64>,
    pub title: String,
    pub status: String,
    /// Place in `Priority::ALL`.
    pub priority: i16,
    pub waiting_on: String,
    pub last_seq: i64,
    pub last_message_seq: i64,
    pub last_message_author_id: i64,
    pub last_message_preview: String,
    pub last_message_at: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub closed_at: Option<i64>,
    pub first_response_at: Option<i64>,
    /// `Took` in seconds, as the next of its kind.
    pub first_response_s: Option<i64>,
    pub resolved_at: Option<i64>,
    pub resolution_s: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::users::Entity",
        from = "Column::RequesterId",
        to = "super::users::Column::Id"
    )]
    Requester,
    #[sea_orm(
        belongs_to = "super::users::Entity",
        from = "Column::AssigneeId",
        to = "super::users::Column::Id"
    )]
    Assignee,
    #[sea_orm(
        belongs_to = "super::users::Entity",
        from = "Column::LastMessageAuthorId",
        to = "super::users::Column::Id"
    )]
    LastMessageAuthor,
    #[sea_orm(
        belongs_to = "super::categories::Entity",
        from = "Column::CategoryId",
        to = "super::categories::Column::Id"
    )]
    Category,
}

impl ActiveModelBehavior for ActiveModel {}
