//! Exporting tickets.

use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, get, web};
use auth::VerifiedSession;
use bytes::Bytes;
use contract::export::ExportQuery;
use contract::{ErrorCode, Problem, Time};
use services::{Export, TicketFilter};
use tracing::error;

use super::tickets;
use crate::export::parts::{self, CutOff, Part};
use crate::export::{TRUNCATED, tickets_csv};
use crate::http::input::ValidQuery;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::state::State;

/// Tickets in a part of the file.
const AT_ONCE: u32 = 500;

/// The tickets that match as a file of comma-separated values in UTF-8, the first line with the names of the columns.
/// Admins only.
///
/// The file is written while it is sent; if that fails the answer is cut off, so that it does not look whole. Texts that
/// a spreadsheet would take for a formula begin with an apostrophe. With `q`, the header `deskwire-truncated: true` says
/// that there are, or may be, more tickets that match than those in the file.
#[utoipa::path(
    operation_id = "export_tickets",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(ExportQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv", description = "`tickets-YYYY-MM-DD.csv`",
            headers(("deskwire-truncated" = String, description = "`true` if `q` finds, or may find, more tickets"))),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/tickets/export")]
pub(super) async fn export(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<ExportQuery>,
) -> ApiResult<HttpResponse> {
    let filter = TicketFilter {
        limit: AT_ONCE,
        ..tickets::filter(query.0.into(), &session)?
    };
    let session = VerifiedSession::clone(&session);
    let all = state.services.tickets.export(&session, filter).await?;
    let truncated = all.is_truncated();
    let mut first = part(&state, &session, all).await?;
    let header = tickets_csv::header().map_err(unwritten)?;
    first.bytes = Bytes::from([header.as_slice(), &first.bytes].concat());

    let today = Time(state.clock.now()).rfc3339().unwrap_or_default();
    let name = format!("tickets-{}.csv", today.get(..10).unwrap_or_default());
    let body = parts::body(first, move |rest| {
        let (state, session) = (state.clone(), session.clone());
        async move { later_part(&state, &session, rest).await }
    });
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(name)],
        });
    if truncated {
        answer.insert_header((TRUNCATED, "true"));
    }
    Ok(answer.streaming(body))
}

/// A part of the file, if whoever asked for it is still signed in and staff.
async fn later_part(
    state: &State,
    session: &VerifiedSession,
    rest: Export,
) -> Result<Part<Export>, CutOff> {
    let session = match state.authenticator.look_up_again(session).await {
        Ok(session) => session,
        Err(cause) => {
            error!(%cause, "Cut off an export");
            return Err(CutOff);
        }
    };
    let part = part(state, &session, rest).await;
    part.map_err(|cause| {
        error!(%cause, "Cut off an export");
        CutOff
    })
}

/// The next part, with the export if it goes on.
async fn part(
    state: &State,
    session: &VerifiedSession,
    mut rest: Export,
) -> ApiResult<Part<Export>> {
    let tickets = &state.services.tickets;
    let items = tickets.export_part(session, &mut rest).await?;
    let lines = tickets_csv::lines(items).map_err(unwritten)?;
    Ok(Part {
        bytes: lines.into(),
        next: rest.goes_on().then_some(rest),
    })
}

fn unwritten(cause: csv::Error) -> ApiError {
    error!(%cause, "Could not write an export");
    ApiError::new(ErrorCode::Internal)
}
