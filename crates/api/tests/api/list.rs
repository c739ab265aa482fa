//! Every list is cut into pages of at most 200, and gives all of itself page by page.

use std::collections::BTreeSet;

use serde_json::json;

use crate::asked::{operations, request};
use crate::world::World;

#[tokio::test]
async fn every_list_takes_a_limit_of_200_and_refuses_201() {
    let world = World::make().await;
    for operation in operations(&world.client)
        .into_iter()
        .filter(|operation| operation.has_parameter("after"))
    {
        let id = &operation.id;
        let ask = request(&operation, &world).await;
        let with = async |more: &str| {
            let glue = if ask.path.contains('?') { '&' } else { '?' };
            world.client.get(&format!("{}{glue}{more}", ask.path)).await
        };
        let page = with("limit=200").await.ok();
        assert!(
            !page["items"].as_array().unwrap().is_empty(),
            "{id} finds something in the world"
        );
        assert!(
            page["next"].is_null() && page["count"]["exact"] == true,
            "{id}: {page}"
        );
        for limit in ["201", "0", "-1", "many", "99999999999999999999"] {
            let refused = with(&format!("limit={limit}")).await;
            assert_eq!(
                (refused.status.as_u16(), refused.problem().as_str()),
                (422, "query_invalid"),
                "{id}"
            );
            assert_eq!(refused.json()["errors"][0]["pointer"], "/limit", "{id}");
        }
        for after in [
            "x",
            "%20",
            "0123456789abcdef0123456789abcdef0",
            "%F0%9F%94%91",
        ] {
            assert_eq!(
                with(&format!("after={after}")).await.problem(),
                "cursor_invalid",
                "{id}"
            );
        }
        let unknown = with("surprise=1").await;
        assert_eq!(unknown.problem(), "query_invalid", "{id}");
        assert_eq!(unknown.json()["errors"][0]["pointer"], "/surprise", "{id}");
        assert_eq!(unknown.json()["errors"][0]["code"], "field_unknown", "{id}");
    }
}

#[tokio::test]
async fn every_operation_that_answers_a_page_takes_limit_and_after() {
    let world = World::make().await;
    for operation in operations(&world.client) {
        let answer = &operation.described["responses"]["200"]["content"]["application/json"]["schema"]
            ["$ref"];
        let is_page = answer.as_str().is_some_and(|name| name.contains("/Page_"));
        assert_eq!(
            is_page,
            operation.has_parameter("limit") && operation.has_parameter("after"),
            "{}",
            operation.id
        );
    }
}

#[tokio::test]
async fn page_by_page_a_list_gives_each_item_once() {
    let world = World::make().await;
    let many = json!({ "policy_id": world.policy, "customer_id": world.customer, "count": 23 });
    world.after("/v1/licenses/batch", many).await;
    let mut seen = BTreeSet::new();
    let mut after = String::new();
    let mut pages = 0;
    loop {
        let page = world
            .client
            .get(&format!("/v1/licenses?limit=5{after}"))
            .await
            .ok();
        assert_eq!(page["count"], json!({ "value": 24, "exact": true }));
        for item in page["items"].as_array().unwrap() {
            assert!(
                seen.insert(item["id"].as_str().unwrap().to_owned()),
                "{item} twice"
            );
        }
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (24, 5));
}

#[tokio::test]
async fn a_parameter_that_stands_twice_is_refused() {
    let world = World::make().await;
    let answer = world
        .client
        .get("/v1/products?state=active&state=archived")
        .await;
    assert_eq!(answer.problem(), "query_invalid");
    assert_eq!(answer.json()["errors"][0]["pointer"], "/state");
}

#[tokio::test]
async fn a_fragment_to_search_for_has_at_most_200_characters() {
    let world = World::make().await;
    let search = async |fragment: String| {
        world
            .client
            .get(&format!("/v1/products?q={fragment}"))
            .await
    };
    search("ü".repeat(200).replace('ü', "%C3%BC")).await.ok();
    let refused = search("a".repeat(201)).await;
    assert_eq!(refused.problem(), "text_too_long");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/q");
}
