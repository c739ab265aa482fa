//! What is wrong with a request is said so that a person, or a form, knows what to do.

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};

use crate::asked::{operations, request};
use crate::world::{Ask, AskBody, World};

const JSON: (&str, &str) = ("content-type", "application/json");

fn as_sent(body: &AskBody) -> Value {
    match body {
        AskBody::Json(value) => value.clone(),
        AskBody::Nothing | AskBody::File(..) => json!({}),
    }
}

#[tokio::test]
async fn every_command_refuses_what_it_does_not_know() {
    for operation in operations(&World::make().await.client) {
        let id = &operation.id;
        let upload = operation.described.get("requestBody").is_some() && !operation.takes_json();
        if !operation.is_command() || upload || id == "load_demo_data" {
            continue;
        }
        let world = World::make().await;
        let ask = request(&operation, &world).await;
        let size = world.ledger_size().await;
        let send = async |headers: &[(&str, &str)], body: Bytes| {
            world
                .client
                .send(ask.method.clone(), &ask.path, headers, body)
                .await
        };

        let mut surprised = as_sent(&ask.body);
        surprised["surprise"] = json!(1);
        let refused = send(&[JSON], surprised.to_string().into()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.problem().as_str()),
            (422, "body_invalid"),
            "{id}"
        );
        let error = &refused.json()["errors"][0];
        assert_eq!(
            (&error["pointer"], &error["code"]),
            (&json!("/surprise"), &json!("field_unknown")),
            "{id}"
        );

        let refused = send(&[JSON], "{\"half\": ".into()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.problem().as_str()),
            (400, "json_malformed"),
            "{id}"
        );
        let refused = send(&[JSON], "[]".into()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.problem().as_str()),
            (422, "body_invalid"),
            "{id}"
        );

        for media_type in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ] {
            let refused = send(&[("content-type", media_type)], "{}".into()).await;
            assert_eq!(
                (refused.status.as_u16(), refused.problem().as_str()),
                (415, "content_type_wrong"),
                "{id}"
            );
        }
        let refused = send(&[], "{}".into()).await;
        assert_eq!(refused.status.as_u16(), 415, "{id}: no content type");

        let refused = send(&[JSON], vec![b' '; 1024 * 1024 + 1].into()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.problem().as_str()),
            (413, "body_too_large"),
            "{id}"
        );
        assert!(refused.json()["fix"].is_string(), "{id} says what to do");

        assert_eq!(world.ledger_size().await, size, "{id}: nothing was done");
    }
}

#[tokio::test]
async fn every_required_field_is_missed_by_name() {
    let world = World::make().await;
    for operation in operations(&world.client)
        .into_iter()
        .filter(|operation| operation.takes_json())
    {
        let name =
            &operation.described["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let schema = world
            .client
            .document()
            .pointer(name.as_str().unwrap().trim_start_matches('#'))
            .unwrap();
        let Some(required) = schema["required"].as_array() else {
            continue;
        };
        let path = if operation.path.contains("{id}") {
            let id = format!("{}_{}", prefix(&operation.path), "0".repeat(26));
            operation.path.replace("{id}", &id)
        } else {
            operation.path.clone()
        };
        let refused = world
            .client
            .command(operation.method.clone(), &path, &[], &json!({}))
            .await;
        assert_eq!(refused.problem(), "body_invalid", "{}", operation.id);
        let error = &refused.json()["errors"][0];
        assert_eq!(error["code"], "field_missing", "{}", operation.id);
        let missed = error["pointer"].as_str().unwrap().trim_start_matches('/');
        assert!(
            required.contains(&json!(missed)),
            "{}: {missed}",
            operation.id
        );
    }
}

/// The prefix of the id in a path.
fn prefix(path: &str) -> &'static str {
    let prefixes = [
        ("/v1/products", "prd"),
        ("/v1/features", "fea"),
        ("/v1/policies", "pol"),
        ("/v1/customers", "cus"),
        ("/v1/licenses", "lic"),
        ("/v1/entitlements", "ent"),
        ("/v1/machines", "mch"),
        ("/v1/activations", "act"),
        ("/v1/license-files", "fil"),
        ("/v1/signing-keys", "key"),
        ("/v1/changes", "chg"),
        ("/v1/users", "usr"),
        ("/v1/sessions", "ses"),
        ("/v1/access-tokens", "tok"),
        ("/v1/approvals", "apr"),
        ("/v1/resellers", "rsl"),
        ("/v1/templates", "tpl"),
        ("/v1/passkeys", "pky"),
        ("/v1/webhooks", "whk"),
        ("/v1/return-receipts", "rcp"),
        ("/v1/sign-up-links", "sul"),
        ("/v1/admissions", "adm"),
    ];
    prefixes
        .into_iter()
        .find(|(start, _)| path.starts_with(start))
        .unwrap_or_else(|| panic!("{path}"))
        .1
}

#[tokio::test]
async fn every_id_in_a_path_is_checked_and_looked_up() {
    let world = World::make().await;
    for operation in operations(&world.client)
        .into_iter()
        .filter(|operation| operation.path.contains("{id}"))
    {
        let id = &operation.id;
        let ask = request(&operation, &world).await;
        let with = async |given: &str| {
            let path = operation.path.replace("{id}", given);
            Ask {
                path,
                ..ask.clone()
            }
            .send(&world.client, &[])
            .await
        };
        let right = prefix(&operation.path);
        let wrong = if right == "lic" { "prd" } else { "lic" };
        for given in [
            format!("{wrong}_{}", "0".repeat(26)),
            format!("{right}_{}", "0".repeat(25)),
            format!("{right}_{}", "Z".repeat(26)),
            format!("{right}_8{}", "0".repeat(25)),
            "x".repeat(3000),
            "%FF".to_owned(),
            "%20".to_owned(),
        ] {
            let refused = with(&given).await;
            assert_eq!(
                (refused.status.as_u16(), refused.problem().as_str()),
                (422, "id_malformed"),
                "{id}: {given}"
            );
        }
        let missing = with(&format!("{right}_{}", "0".repeat(26))).await;
        assert_eq!(missing.status.as_u16(), 404, "{id}: {}", missing.text());
        assert!(
            missing.problem().ends_with("_not_found"),
            "{id}: {}",
            missing.text()
        );
        crate::permission::undo_preparation(id, &world).await;
    }
}

#[tokio::test]
async fn a_place_in_the_ledger_is_a_number_that_is_there() {
    let world = World::make().await;
    for (index, status) in [
        ("x", 422),
        ("-1", 422),
        ("99999999999999999999999", 422),
        ("999999", 404),
    ] {
        let refused = world
            .client
            .get(&format!("/v1/ledger/entries/{index}"))
            .await;
        assert_eq!(
            refused.status.as_u16(),
            status,
            "{index}: {}",
            refused.text()
        );
    }
}

#[tokio::test]
async fn a_fault_deep_in_a_body_is_pointed_at() {
    let world = World::make().await;
    let refused = async |pointer: &str, value: Value| {
        let mut policy = json!({ "product_id": world.product, "name": "Trial", "rules": crate::world::rules(&world.feature) });
        *policy.pointer_mut(pointer).unwrap() = value;
        let answer = world.client.post("/v1/policies", &policy).await;
        assert_eq!(answer.status.as_u16(), 422, "{pointer}: {}", answer.text());
        let error = answer.json()["errors"][0].clone();
        (
            answer.problem(),
            error["pointer"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let body = |pointer: &str| ("body_invalid".to_owned(), pointer.to_owned());
    assert_eq!(
        refused("/rules/seats_max", json!("many")).await,
        body("/rules/seats_max")
    );
    assert_eq!(
        refused("/rules/seats_max", json!(-1)).await,
        body("/rules/seats_max")
    );
    assert_eq!(
        refused("/rules/term", json!({ "kind": "weeks" })).await.0,
        "body_invalid"
    );
    assert_eq!(
        refused("/rules/term", json!({ "kind": "days" })).await,
        body("/rules/term/days")
    );
    assert_eq!(
        refused("/rules/feature_ids", json!([world.license])).await,
        body("/rules/feature_ids/0")
    );
    let bounds = |pointer: &str| ("policy_out_of_bounds".to_owned(), pointer.to_owned());
    assert_eq!(
        refused("/rules/seats_max", json!(0)).await,
        bounds("/rules/seats_max")
    );
    assert_eq!(
        refused("/rules/seats_max", json!(1_000_001)).await,
        bounds("/rules/seats_max")
    );
    assert_eq!(
        refused("/rules/license_file_days", json!(3651)).await,
        bounds("/rules/license_file_days")
    );
    assert_eq!(
        refused("/name", json!("n".repeat(10_000))).await,
        ("text_too_long".into(), "/name".into())
    );
    assert_eq!(
        refused("/name", json!(" ")).await,
        ("text_empty".into(), "/name".into())
    );
}

#[tokio::test]
async fn what_is_not_there_is_said_too() {
    let world = World::make().await;
    for path in ["/v1", "/v1/", "/v1/nothing", "/v1/products/x/y/z"] {
        let answer = world.client.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (404, "route_not_found"),
            "{path}"
        );
    }
    for (method, path) in [(Method::DELETE, "/v1/products"), (Method::PUT, "/v1/me")] {
        let answer = world.client.send(method, path, &[], Bytes::new()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (405, "method_not_allowed"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn pages_of_other_sites_are_kept_out() {
    let world = World::make().await;
    let host = ("host", "127.0.0.1:7878");
    for headers in [
        [host, ("origin", "https://elsewhere.example")],
        [host, ("sec-fetch-site", "cross-site")],
        [
            ("host", "elsewhere.example"),
            ("origin", "http://elsewhere.example"),
        ],
    ] {
        for (method, path) in [(Method::GET, "/v1/me"), (Method::POST, "/v1/demo-data")] {
            let answer = world
                .client
                .send(method, path, &headers, Bytes::new())
                .await;
            assert_eq!(
                (answer.status.as_u16(), answer.problem().as_str()),
                (403, "cross_site_request")
            );
        }
    }
    let own = [host, ("origin", "http://127.0.0.1:7878")];
    world
        .client
        .send(Method::GET, "/v1/me", &own, Bytes::new())
        .await
        .ok();
}

#[tokio::test]
async fn every_answer_is_fresh_and_is_what_it_says() {
    let world = World::make().await;
    for path in ["/v1/me", "/v1/nothing", "/healthz", "/v1/openapi.json"] {
        let answer = world.client.get(path).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
    }
    assert_eq!(world.client.get("/healthz").await.text(), "ok");
}

#[tokio::test]
async fn who_tried_too_often_is_told_when_to_try_again() {
    let world = World::make().await;
    let people = world.app.client_of_people();
    let wrong = json!({ "email": "ada@vendor.example", "password": "no goose at all" });
    let refused = loop {
        let answer = people.post("/v1/sign-in", &wrong).await;
        match answer.status.as_u16() {
            401 => assert_eq!(answer.header("retry-after"), None),
            429 => break answer,
            status => panic!("{status}: {}", answer.text()),
        }
    };
    assert_eq!(refused.problem(), "too_many_tries");
    assert_eq!(refused.header("retry-after"), Some("60"));
}
