//! A reseller's people are told nothing of other resellers, and nothing of what the vendor sells by itself: tried on every
//! operation that they may use.

use latchkey_app::Operation;
use latchkey_domain::actor::{Actor, Role};
use latchkey_testkit::{DatabaseKind, TestClient};
use serde_json::{Value, json};

use crate::asked::{operations, request};
use crate::permission::undo_preparation;
use crate::world::{Ask, AskBody, Shop, World, text};

/// Replaces ids of one by ids of another.
fn swapped(text: &str, pairs: &[(&str, &str)]) -> String {
    let swap = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    pairs.iter().fold(text.to_owned(), swap)
}

/// The same text about what the world's reseller has, where it is about what the vendor sells by itself.
fn about_own(w: &World, own: &Shop, text: &str) -> String {
    let pairs = [
        (&*w.license, &*own.license),
        (&*w.license_key, &*own.license_key),
        (&*w.activation, &*own.activation),
        (&*w.customer, &*own.customer),
    ];
    swapped(text, &pairs)
}

/// The same text about what the other reseller has.
fn about_other(own: &Shop, other: &Shop, text: &str) -> String {
    let pairs = [
        (&*own.license, &*other.license),
        (&*own.license_key, &*other.license_key),
        (&*own.activation, &*other.activation),
        (&*own.customer, &*other.customer),
        (&*own.template, &*other.template),
        (&*own.reseller, &*other.reseller),
    ];
    swapped(text, &pairs)
}

fn assert_untold(w: &World, other: &Shop, said: &str, what: &str) {
    let names = ["Südhandel", "Seekunde", "Nordwind", "Südwind", "Büro 1"];
    let ids = [
        &other.license,
        &other.license_key,
        &other.customer,
        &other.template,
        &other.reseller,
        &w.license,
        &w.license_key,
        &w.customer,
    ];
    for mark in names.into_iter().chain(ids.map(String::as_str)) {
        assert!(!said.contains(mark), "{what} tells {mark}: {said}");
    }
}

async fn other(w: &World) -> Shop {
    let shop = w.new_shop("Südhandel", "Seekunde").await;
    let person = json!({ "email": "sol@suedhandel.example", "name": "Südhandel Sol", "role": "reseller_manager",
        "reseller_id": shop.reseller });
    w.after("/v1/users", person).await;
    shop
}

/// The people who ask, and a colleague who is there to be seen.
async fn people(w: &World) -> Vec<(Actor, TestClient)> {
    let own = w.shop().await;
    let colleague = json!({ "email": "ina@insel.example", "name": "Ina", "role": "reseller_agent",
        "reseller_id": own.reseller });
    w.after("/v1/users", colleague).await;
    let reseller = own.reseller.parse().unwrap();
    [Role::ResellerManager, Role::ResellerAgent]
        .map(|role| w.app.person_of_reseller(reseller, role))
        .map(|actor| (actor.clone(), w.app.client_of(actor)))
        .into()
}

fn permitted(actor: &Actor, operation: &str) -> bool {
    Operation::permitted(actor).any(|may| may.id() == operation)
}

#[tokio::test]
async fn no_list_and_no_record_tells_of_another_reseller() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let world = World::make_on(kind).await;
        let (own, other) = (world.shop().await, other(&world).await);
        let people = people(&world).await;
        let mut lists = Vec::new();
        for operation in operations(&world.client) {
            let id = operation.id.clone();
            let asked = people.iter().filter(|(actor, _)| permitted(actor, &id));
            let asked: Vec<_> = asked.collect();
            if operation.is_command() || asked.is_empty() {
                continue;
            }
            let path = request(&operation, &world).await.path;
            let path = about_own(&world, own, &path);
            let bare = path.split('?').next().unwrap_or_default().to_owned();
            let is_list = operation.has_parameter("after") || id.ends_with("_csv");
            for (actor, client) in asked {
                let name = actor.role.as_str();
                match id.as_str() {
                    "get_change" => {
                        let answer = client.get(&path).await;
                        assert_eq!(answer.problem(), "change_not_found");
                    }
                    // The user and the file of the world are the vendor's.
                    "get_user" => {
                        assert_eq!(client.get(&path).await.problem(), "user_not_found");
                    }
                    _ => {
                        let answer = client.get(&path).await;
                        let said = answer.text();
                        assert!(answer.status.is_success(), "{id} as {name}: {said}");
                        // The document speaks of nobody, but has examples.
                        if id != "get_openapi" {
                            assert_untold(&world, &other, &said, &id);
                        }
                    }
                }
                if is_list {
                    let all = client.get(&bare).await;
                    assert!(all.status.is_success(), "{id} as {name}");
                    assert_untold(&world, &other, &all.text(), &id);
                    if let Some(items) = all.text().starts_with('{').then(|| all.json()) {
                        let length = items["items"].as_array().map_or(0, Vec::len);
                        assert_eq!(items["count"]["value"], json!(length), "{id} counts");
                    }
                    lists.push(id.clone());
                }
                let foreign = about_other(own, &other, &path);
                if foreign != path {
                    let answer = client.get(&foreign).await;
                    let said = answer.text();
                    let empty = (is_list || id == "get_usage") && answer.status.is_success();
                    assert!(empty || answer.status == 404, "{id} as {name}: {said}");
                    for mark in ["Südhandel", "Seekunde"] {
                        assert!(!said.contains(mark), "{id}: {said}");
                    }
                    if id == "get_usage" {
                        let told = answer.json();
                        assert_eq!(
                            (&told["seats_max"], &told["denied"]),
                            (&json!(0), &json!([]))
                        );
                    }
                    if id.starts_with("list_") && empty {
                        assert_eq!(answer.json()["items"], json!([]), "{id} as {name}");
                    }
                }
            }
        }
        lists.dedup();
        let expected = [
            "list_activations",
            "export_activations_csv",
            "list_customers",
            "export_customers_csv",
            "list_licenses",
            "export_licenses_csv",
            "list_entitlements",
            "list_templates",
            "list_statement",
            "export_statement_csv",
            "list_resellers",
            "list_reseller_acts",
            "export_reseller_acts_csv",
            "list_sessions",
            "list_users",
        ];
        for list in expected {
            assert!(lists.iter().any(|known| known == list), "{list} was tried");
        }
        // The owner sees both, so what is looked for would be found.
        let both = world.client.get("/v1/activations").await.text();
        assert!(both.contains("Südhandel") && both.contains("Inselhandel"));
        drop(people);
        world.close().await;
    }
}

#[tokio::test]
async fn a_search_finds_what_ones_own_reseller_has() {
    let world = World::make().await;
    let other = other(&world).await;
    for (_, client) in people(&world).await {
        for words in [
            "S%C3%BCdhandel",
            "seekunde",
            "nord",
            "Atlas",
            &other.license_key[..11],
        ] {
            let found = client.get(&format!("/v1/search?q={words}")).await;
            assert_untold(&world, &other, &found.ok().to_string(), words);
        }
        let found = client.get("/v1/search?q=insel").await.ok();
        assert_eq!(found["customers"][0]["name"], "Inselkunde", "{found}");
        assert_eq!(
            found["activations"][0]["friendly_name"],
            "Inselhandel Kontor"
        );
    }
}

#[tokio::test]
async fn no_command_of_a_resellers_people_changes_what_another_reseller_has() {
    let world = World::make().await;
    let other = other(&world).await;
    let people = people(&world).await;
    for operation in operations(&world.client) {
        let id = operation.id.clone();
        let (actor, client) = &people[0];
        if !operation.is_command() || !permitted(actor, &id) {
            continue;
        }
        let own = world.shop().await;
        let asked = request(&operation, &world).await;
        let about = |text: &str| about_other(own, &other, &about_own(&world, own, text));
        let foreign = Ask {
            path: about(&asked.path),
            body: match &asked.body {
                AskBody::Json(body) => {
                    AskBody::Json(serde_json::from_str(&about(&body.to_string())).unwrap())
                }
                kept => kept.clone(),
            },
            ..asked.clone()
        };
        if foreign.path != asked.path || body_text(&foreign) != body_text(&asked) {
            let size = world.ledger_size().await;
            let answer = foreign.send(client, &[]).await;
            let said = answer.text();
            assert_eq!(world.ledger_size().await, size, "{id}: {said}");
            assert!(
                !said.contains("Südhandel") && !said.contains("Seekunde"),
                "{id}: {said}"
            );
            // Nor what the vendor sells by itself.
            let answer = asked.send(client, &[]).await;
            if asked.path.contains(&world.license) || asked.path.contains(&world.customer) {
                assert_eq!(world.ledger_size().await, size, "{id}: {}", answer.text());
            }
        }
        undo_preparation(&id, &world).await;
    }
}

fn body_text(ask: &Ask) -> String {
    match &ask.body {
        AskBody::Json(body) => body.to_string(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn a_quota_is_issued_from_until_it_is_used_up_and_the_statement_adds_up() {
    let world = World::make().await;
    let shop = world.shop().await;
    let (agent, client) = &people(&world).await[1];
    let issue = format!("/v1/templates/{}/licenses", shop.template);
    let body = json!({ "customer_id": shop.customer });
    for _ in 1..50 {
        client.post(&issue, &body).await.ok();
    }
    let refused = client.post(&issue, &body).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().as_str()),
        (409, "quota_used_up")
    );
    let said = refused.json();
    assert!(text(&said, "/detail").contains("used up"), "{said}");
    assert!(text(&said, "/fix").contains("more quota"), "{said}");
    let template = client
        .get(&format!("/v1/templates/{}", shop.template))
        .await
        .ok();
    let quota =
        json!({ "granted": 50, "left": 0, "below": 0, "issued": 50, "returned": 0, "expired": 0 });
    assert_eq!(template["quota"], quota);
    let me = client.get("/v1/me").await.ok();
    assert_eq!(me["actor"]["reseller"]["name"], "Inselhandel");
    assert_eq!(me["actor"]["role"], agent.role.as_str());
    let base = format!("/v1/resellers/{}/statement", shop.reseller);
    let page = client
        .get(&format!("{base}?month=2027-03&limit=200"))
        .await
        .ok();
    let lines = page["items"].as_array().unwrap().clone();
    assert_eq!(lines.len(), 51);
    let sum = |field: &str| {
        lines
            .iter()
            .filter_map(|line| line[field].as_i64())
            .sum::<i64>()
    };
    assert_eq!((sum("left"), sum("issued")), (0, 50));
    let entry = &lines[50]["entry_index"];
    let entry = world
        .client
        .get(&format!("/v1/ledger/entries/{entry}"))
        .await
        .ok();
    assert!(entry.to_string().contains("quota.consume"), "{entry}");
    let sums = client.get(&format!("{base}/sums?month=2027-03")).await.ok();
    assert_eq!(
        (
            &sums["templates"][0]["granted"],
            &sums["templates"][0]["issued"]
        ),
        (&json!(50), &json!(50))
    );
    let table = client
        .get(&format!("{base}/csv?month=2027-03"))
        .await
        .text();
    assert_eq!(table.lines().count(), 52);
    let other_month = client.get(&format!("{base}?month=2027-02")).await.ok();
    assert_eq!(other_month["items"], json!([]));
    let odd = client.get(&format!("{base}?month=march")).await;
    assert_eq!(odd.problem(), "query_invalid");
}

#[tokio::test]
async fn nobody_is_a_customers_and_a_resellers_at_once() {
    let world = World::make().await;
    let shop = world.shop().await;
    let both: Value = json!({ "email": "both@vendor.example", "name": "Both", "role": "reseller_agent",
        "customer_id": world.customer, "reseller_id": shop.reseller });
    let refused = world.client.post("/v1/users", &both).await;
    assert_eq!(refused.json()["errors"][0]["pointer"], "/reseller_id");
    let path = format!(
        "/v1/users?customer_id={}&reseller_id={}",
        world.customer, shop.reseller
    );
    assert_eq!(world.client.get(&path).await.problem(), "query_invalid");
}
