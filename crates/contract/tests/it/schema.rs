//! OpenAPI attributes and query limits take literals; they must equal the constants of the domain.

use contract::accounts::{
    ChangePasswordRequest, LoginRequest, RegisterRequest, ResetPasswordRequest, SetupRequest,
    UpdateMeRequest,
};
use contract::counts::ViewCount;
use contract::export::ExportQuery;
use contract::search::SearchRequest;
use contract::tickets::{CreateTicketRequest, TicketQuery, UpdateTicketRequest};
use contract::timeline::{SendMessageRequest, TimelineQuery};
use domain::limits;
use serde_json::Value;
use utoipa::{IntoParams, PartialSchema};

fn limit<T: PartialSchema>(field: &str, name: &str) -> u64 {
    let schema = serde_json::to_value(T::schema()).unwrap();
    schema["properties"][field][name]
        .as_u64()
        .unwrap_or_else(|| panic!("{field} has no {name}: {schema}"))
}

fn param<T: IntoParams>(name: &str) -> Value {
    let params = serde_json::to_value(T::into_params(|| None)).unwrap();
    let params = params.as_array().unwrap();
    let param = params.iter().find(|param| param["name"] == name);
    param.unwrap()["schema"].clone()
}

#[test]
fn published_text_limits_are_those_of_the_domain() {
    let cases = [
        (
            limit::<SetupRequest>("email", "maxLength"),
            limits::EMAIL_MAX,
        ),
        (
            limit::<SetupRequest>("name", "maxLength"),
            limits::PERSON_NAME_MAX,
        ),
        (
            limit::<SetupRequest>("password", "minLength"),
            limits::PASSWORD_MIN,
        ),
        (
            limit::<SetupRequest>("password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<RegisterRequest>("email", "maxLength"),
            limits::EMAIL_MAX,
        ),
        (
            limit::<RegisterRequest>("name", "maxLength"),
            limits::PERSON_NAME_MAX,
        ),
        (
            limit::<RegisterRequest>("password", "minLength"),
            limits::PASSWORD_MIN,
        ),
        (
            limit::<RegisterRequest>("password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<ResetPasswordRequest>("password", "minLength"),
            limits::PASSWORD_MIN,
        ),
        (
            limit::<ResetPasswordRequest>("password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<ChangePasswordRequest>("password", "minLength"),
            limits::PASSWORD_MIN,
        ),
        (
            limit::<ChangePasswordRequest>("password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<ChangePasswordRequest>("current_password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<LoginRequest>("email", "maxLength"),
            limits::EMAIL_MAX,
        ),
        (
            limit::<LoginRequest>("password", "maxLength"),
            limits::PASSWORD_MAX,
        ),
        (
            limit::<UpdateMeRequest>("name", "maxLength"),
            limits::PERSON_NAME_MAX,
        ),
        (
            limit::<CreateTicketRequest>("title", "maxLength"),
            limits::TITLE_MAX,
        ),
        (
            limit::<CreateTicketRequest>("description", "maxLength"),
            limits::BODY_MAX,
        ),
        (
            limit::<UpdateTicketRequest>("title", "maxLength"),
            limits::TITLE_MAX,
        ),
        (
            limit::<SendMessageRequest>("body", "maxLength"),
            limits::BODY_MAX,
        ),
    ];
    for (published, constant) in cases {
        assert_eq!(published, constant as u64);
    }
}

#[test]
fn published_page_limits_are_those_of_the_domain() {
    for schema in [
        param::<TicketQuery>("limit"),
        param::<TimelineQuery>("limit"),
    ] {
        assert_eq!(schema["maximum"].as_u64(), Some(limits::PAGE_MAX.into()));
        assert_eq!(schema["minimum"].as_u64(), Some(1));
    }
    let schema = param::<SearchRequest>("limit");
    assert_eq!(schema["maximum"].as_u64(), Some(limits::SEARCH_MAX.into()));
    assert_eq!(schema["minimum"].as_u64(), Some(1));
    for schema in [
        param::<TicketQuery>("q"),
        param::<ExportQuery>("q"),
        param::<SearchRequest>("q"),
    ] {
        assert_eq!(schema["maxLength"].as_u64(), Some(limits::QUERY_MAX as u64));
    }
    let counts = limit::<ViewCount>("count", "maximum");
    assert_eq!(counts, limits::VIEW_COUNT_MAX.cast_unsigned());
}
