//! Requests that no route serves: 405 where another method would do, else 404.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::dev::ResourceDef;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError as _};
use contract::ErrorCode;
use utoipa::openapi::OpenApi;

use crate::http::problem::ApiError;

/// The methods of every path of the API, as its document lists them.
pub struct KnownPaths(Vec<(ResourceDef, String)>);

impl KnownPaths {
    /// Reads them from the document.
    #[must_use]
    pub fn new(document: &OpenApi) -> KnownPaths {
        let methods = |item: &utoipa::openapi::PathItem| {
            let served = [
                ("GET", item.get.is_some()),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ];
            let served = served.into_iter().filter(|(_, served)| *served);
            served.map(|(name, _)| name).collect::<Vec<_>>().join(", ")
        };
        let paths: BTreeMap<_, _> = document.paths.paths.iter().collect();
        let known = paths
            .into_iter()
            .map(|(path, item)| (ResourceDef::new(path.as_str()), methods(item)));
        KnownPaths(known.collect())
    }

    /// Answers a request that no route served.
    #[must_use]
    pub fn refuse(&self, request: &HttpRequest) -> HttpResponse {
        let known = self
            .0
            .iter()
            .find(|(path, _)| path.is_match(request.path()));
        let Some((_, methods)) = known else {
            return ApiError::new(ErrorCode::NotFound).error_response();
        };
        let mut response = ApiError::new(ErrorCode::MethodNotAllowed).error_response();
        if let Ok(methods) = HeaderValue::from_str(methods) {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        response
    }
}
