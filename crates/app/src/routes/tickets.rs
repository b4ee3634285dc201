//! Tickets: opening, listing, reading, editing, moving to a status.

use actix_web::web::Json;
use actix_web::{HttpResponse, get, patch, post, put, web};
use contract::Problem;
use contract::counts::{TicketCounts, ViewCount};
use contract::cursor::Cursor;
use contract::tickets::{
    self, CreateTicketRequest, SetStatusRequest, StatusSet, Ticket, TicketDetail, TicketPage,
    TicketQuery, UpdateTicketRequest,
};
use contract::timeline::Entry;
use domain::{Body, CategoryId, ClientId, Seq, Status, TicketId, Title, UserId};
use services::{OpenTicket, StatusChange, TicketCursor, TicketEdit, TicketFilter, TicketSort};

use crate::http::input::{self, CheckedText as _, PathId, ValidJson, ValidQuery};
use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::state::State;

/// Opens a ticket. The same `client_id` again gives the ticket that it made.
#[utoipa::path(
    operation_id = "open_ticket",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = CreateTicketRequest,
    responses(
        (status = 201, body = Ticket),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: only admins open tickets for others"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`client_id_reused`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/tickets")]
pub(super) async fn open(
    session: Session,
    state: web::Data<State>,
    body: ValidJson<CreateTicketRequest>,
) -> ApiResult<HttpResponse> {
    let body = body.0;
    let new = OpenTicket {
        client_id: ClientId(body.client_id),
        title: Title::checked("title", &body.title)?,
        description: Body::checked("description", &body.description)?,
        category_id: body.category_id.map(CategoryId),
        priority: body.priority.map_or(domain::Priority::Normal, Into::into),
        requester_id: body.requester_id.map(UserId),
        follows_id: body.follows_id.map(TicketId),
    };
    let view = state.services.tickets.open(&session, new).await?;
    Ok(HttpResponse::Created().json(Ticket::new(view.ticket, view.unread)))
}

/// The tickets that one may see and that match: all for admins, their own for customers.
#[utoipa::path(
    operation_id = "list_tickets",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(TicketQuery),
    responses(
        (status = 200, body = TicketPage),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/tickets")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<TicketQuery>,
) -> ApiResult<Json<TicketPage>> {
    let filter = filter(query.0, &session)?;
    let sort = filter.sort;
    let page = state.services.tickets.list(&session, filter).await?;
    let place = |next: TicketCursor| Cursor {
        order: order(sort),
        key: next.key,
        id: next.id.0,
    };
    Ok(Json(TicketPage {
        items: page
            .items
            .into_iter()
            .map(|view| Ticket::new(view.ticket, view.unread))
            .collect(),
        next_cursor: page.next.map(|next| place(next).encode()),
        truncated: page.truncated,
    }))
}

/// A ticket with the people in it.
#[utoipa::path(
    operation_id = "read_ticket",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket")),
    responses(
        (status = 200, body = TicketDetail),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
    ),
)]
#[get("/tickets/{id}")]
pub(super) async fn read(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<Json<TicketDetail>> {
    let detail = state
        .services
        .tickets
        .read(&session, TicketId(id.0))
        .await?;
    let participants = detail
        .participants
        .into_iter()
        .map(|participant| tickets::Participant {
            id: participant.person.id.0,
            name: participant.person.name,
            role: participant.person.role.into(),
            read_seq: participant.read_seq.0,
        });
    Ok(Json(TicketDetail {
        participants: participants.collect(),
        ticket: Ticket::new(detail.view.ticket, detail.view.unread),
        read_seq: detail.read_seq.0,
    }))
}

/// Edits a ticket: title, category, priority, assignee. Admins only.
#[utoipa::path(
    operation_id = "edit_ticket",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket")),
    request_body = UpdateTicketRequest,
    responses(
        (status = 200, body = Ticket),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`: somebody changed the same field; see `missed`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[patch("/tickets/{id}")]
pub(super) async fn edit(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<UpdateTicketRequest>,
) -> ApiResult<Json<Ticket>> {
    let body = body.0;
    let edit = TicketEdit {
        title: body
            .title
            .map(|title| Title::checked("title", &title))
            .transpose()?,
        category_id: body.category_id.map(|id| id.map(CategoryId)),
        priority: body.priority.map(Into::into),
        assignee_id: body.assignee_id.map(|id| id.map(UserId)),
        seen: Seq(body.seen_seq),
    };
    let view = state
        .services
        .tickets
        .edit(&session, TicketId(id.0), edit)
        .await;
    let view = view.map_err(|error| refusal(error, &session))?;
    Ok(Json(Ticket::new(view.ticket, view.unread)))
}

/// Moves a ticket to a status. Customers may only close.
#[utoipa::path(
    operation_id = "set_ticket_status",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket")),
    request_body = SetStatusRequest,
    responses(
        (status = 200, body = StatusSet, description = "`entry` is null when the ticket was in that status already"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`, see `missed`; `client_id_reused`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[put("/tickets/{id}/status")]
pub(super) async fn set_status(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<SetStatusRequest>,
) -> ApiResult<Json<StatusSet>> {
    let change = StatusChange {
        client_id: ClientId(body.0.client_id),
        status: body.0.status.into(),
        seen: body.0.seen_seq.map(Seq),
    };
    let written = state
        .services
        .tickets
        .set_status(&session, TicketId(id.0), change)
        .await;
    let written = written.map_err(|error| refusal(error, &session))?;
    let view = state
        .services
        .tickets
        .view(&session, written.ticket)
        .await?;
    let audience = session.role().audience();
    Ok(Json(StatusSet {
        ticket: Ticket::new(view.ticket, view.unread),
        entry: written.entry.map(|entry| Entry::render(entry, audience)),
    }))
}

/// An error whose missed entries are rendered for the viewer.
pub(super) fn refusal(error: services::TicketError, session: &Session) -> ApiError {
    ApiError::from(error).for_audience(session.role().audience())
}

/// What a list, a search or an export asks for.
pub(super) fn filter(query: TicketQuery, session: &Session) -> ApiResult<TicketFilter> {
    let sort = match query.sort.unwrap_or_default() {
        tickets::TicketSort::Updated => TicketSort::Updated,
        tickets::TicketSort::Created => TicketSort::Created,
        tickets::TicketSort::Priority => TicketSort::Priority,
    };
    let after = input::cursor(query.cursor.as_deref(), order(sort))?;
    Ok(TicketFilter {
        statuses: query.status.as_deref().map_or(Ok(Vec::new()), statuses)?,
        priority: query.priority.map(Into::into),
        category: query.category.map(CategoryId),
        assignee: query
            .assignee
            .as_deref()
            .map(|text| assignee(text, session))
            .transpose()?,
        requester: query.requester.map(UserId),
        waiting_on: query.waiting_on.map(Into::into),
        text: query.q.filter(|text| !text.trim().is_empty()),
        sort,
        after: after.map(|cursor| TicketCursor {
            key: cursor.key,
            id: TicketId(cursor.id),
        }),
        limit: input::limit(query.limit),
    })
}

/// How many tickets each view of staff holds; counts stop at 1,000. Admins only.
#[utoipa::path(
    operation_id = "count_tickets",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 200, body = TicketCounts),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`"),
    ),
)]
#[get("/tickets/counts")]
pub(super) async fn count(
    session: Session,
    state: web::Data<State>,
) -> ApiResult<Json<TicketCounts>> {
    let counts = state.services.tickets.counts(&session).await?;
    Ok(Json(TicketCounts {
        mine: ViewCount::of(counts.mine),
        unassigned: ViewCount::of(counts.unassigned),
        open: ViewCount::of(counts.open),
        waiting: ViewCount::of(counts.waiting),
        closed: ViewCount::of(counts.closed),
        all: ViewCount::of(counts.all),
    }))
}

/// Marks cursors of a list in this order.
fn order(sort: TicketSort) -> u8 {
    match sort {
        TicketSort::Updated => 1,
        TicketSort::Created => 2,
        TicketSort::Priority => 3,
    }
}

fn statuses(text: &str) -> ApiResult<Vec<Status>> {
    let parse = |name: &str| {
        let unknown = "is not one of the allowed values";
        Status::parse(name).ok_or_else(|| ApiError::field("status", "unknown_value", unknown))
    };
    text.split(',').map(parse).collect()
}

fn assignee(text: &str, session: &Session) -> ApiResult<Option<UserId>> {
    match text {
        "me" => Ok(Some(session.user_id())),
        "none" => Ok(None),
        id => id.parse().map(|id| Some(UserId(id))).map_err(|_| {
            ApiError::field("assignee", "unknown_value", "must be a user id, me or none")
        }),
    }
}
