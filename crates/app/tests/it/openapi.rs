//! The API's document: committed, complete, served.

use std::path::Path;

use serde_json::Value;
use testkit::on_every_database;

use crate::desk::Desk;

#[test]
fn the_committed_document_is_the_one_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    let current = app::openapi::json().unwrap();
    assert!(
        committed == current,
        "web/openapi.json is stale: run `npx -y rust-just openapi`"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document: Value = serde_json::from_str(&app::openapi::json().unwrap()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let mut names: Vec<_> = operations
        .map(|operation| operation["operationId"].to_string())
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
}

#[test]
fn every_path_names_its_errors_as_problems() {
    let document: Value = serde_json::from_str(&app::openapi::json().unwrap()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if !path.starts_with("/api/") {
                continue;
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                if status.starts_with('4') {
                    let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                    assert_eq!(
                        schema, "#/components/schemas/Problem",
                        "{method} {path} {status}"
                    );
                }
            }
        }
    }
}

on_every_database! {
    async fn document_and_reader_are_served(desk: Desk) {
        let caller = desk.stranger();
        let document = caller.get("api/openapi.json").await.expect(200);
        assert_eq!(document["info"]["title"], "Deskwire");
        let reader = caller.get("api/docs/").await;
        assert_eq!(reader.status, 200);
        assert!(reader.text.contains("swagger-ui"), "{}", reader.text);
        assert!(!reader.text.contains("https://"), "the reader loads from elsewhere: {}", reader.text);
        desk.stop().await;
    }
}
