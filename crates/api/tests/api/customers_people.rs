//! A customer's people are told nothing of other customers: tried on every operation that they may use.

use latchkey_app::Operation;
use latchkey_domain::actor::{Actor, Role};
use latchkey_testkit::{DatabaseKind, TestClient};
use serde_json::{Value, json};

use crate::asked::{operations, request};
use crate::permission::undo_preparation;
use crate::world::{Ask, AskBody, World, text};

/// What the world's other customer has: each beside what the world's own customer has of the kind.
struct Twin {
    pairs: Vec<(String, String)>,
    /// What no answer may hold.
    marks: Vec<String>,
}

impl Twin {
    async fn make(w: &World) -> Self {
        let terms = json!({ "policy_id": w.policy, "customer_id": w.other_customer });
        let license = w.after("/v1/licenses", terms).await;
        let (license, key) = (text(&license, "/item/id"), text(&license, "/item/key"));
        let machine = json!({ "license_id": license, "machine_code": "S-1", "friendly_name": "Südbüro Nord" });
        let activation = w.after("/v1/activations", machine).await;
        let machine = text(&activation, "/item/machine_id");
        let activation = text(&activation, "/item/id");
        let files = format!("/v1/licenses/{license}/files");
        let file = w.after(&files, json!({ "machine_ids": [machine] })).await;
        let (file, change) = (text(&file, "/item/id"), text(&file, "/change/id"));
        let person = json!({ "email": "sol@suedwind.example", "name": "Sol", "role": "customer_admin",
            "customer_id": w.other_customer });
        let person = text(&w.after("/v1/users", person).await, "/item/user/id");
        let pairs = [
            (&w.license, &license),
            (&w.license_key, &key),
            (&w.machine, &machine),
            (&w.activation, &activation),
            (&w.file, &file),
            (&w.file_change, &change),
            (&w.customer, &w.other_customer),
            (&w.user, &person),
        ]
        .map(|(own, other)| (own.clone(), other.clone()))
        .to_vec();
        let mut marks: Vec<_> = pairs.iter().map(|(_, other)| other.clone()).collect();
        marks.extend(["Südbüro", "Südwind", "suedwind", "Sol", "S-1"].map(str::to_owned));
        Self { pairs, marks }
    }

    /// The same text about what the other customer has.
    fn about_other(&self, text: &str) -> String {
        let swap = |text: String, (own, other): &(String, String)| text.replace(own, other);
        self.pairs.iter().fold(text.to_owned(), swap)
    }

    fn assert_untold(&self, said: &str, what: &str) {
        for mark in &self.marks {
            assert!(!said.contains(mark.as_str()), "{what} tells {mark}: {said}");
        }
    }
}

/// The people who ask: of the world's own customer, and a colleague who is there to be seen.
async fn people(w: &World) -> Vec<(Actor, TestClient)> {
    let colleague = json!({ "email": "nora@nordwind.example", "name": "Nora", "role": "customer_viewer",
        "customer_id": w.customer });
    w.after("/v1/users", colleague).await;
    let customer = w.customer.parse().unwrap();
    [Role::CustomerAdmin, Role::CustomerViewer]
        .map(|role| w.app.person_of(customer, role))
        .map(|actor| (actor.clone(), w.app.client_of(actor)))
        .into()
}

fn permitted(actor: &Actor, operation: &str) -> bool {
    Operation::permitted(actor).any(|may| may.id() == operation)
}

#[tokio::test]
async fn no_list_and_no_record_tells_of_another_customer() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let world = World::make_on(kind).await;
        let twin = Twin::make(&world).await;
        let people = people(&world).await;
        let mut lists = Vec::new();
        for operation in operations(&world.client) {
            let id = operation.id.clone();
            let asked = people.iter().filter(|(actor, _)| permitted(actor, &id));
            let asked: Vec<_> = asked.collect();
            if operation.is_command() || asked.is_empty() {
                continue;
            }
            let own = request(&operation, &world).await.path;
            let bare = own.split('?').next().unwrap_or_default().to_owned();
            let is_list = operation.has_parameter("after") || id.ends_with("_csv");
            for (actor, client) in asked {
                let name = actor.role.as_str();
                if id == "get_change" {
                    // It was the owner who exported the file.
                    assert_eq!(client.get(&own).await.problem(), "change_not_found");
                } else if id != "get_user" {
                    let answer = client.get(&own).await;
                    assert!(
                        answer.status.is_success(),
                        "{id} as {name}: {}",
                        answer.text()
                    );
                    twin.assert_untold(&answer.text(), &id);
                }
                if is_list {
                    let all = client.get(&bare).await;
                    assert!(all.status.is_success(), "{id} as {name}");
                    twin.assert_untold(&all.text(), &id);
                    if let Some(items) = all.text().starts_with('{').then(|| all.json()) {
                        let length = items["items"].as_array().map_or(0, Vec::len);
                        assert_eq!(items["count"]["value"], json!(length), "{id} counts");
                    }
                    lists.push(id.clone());
                }
                let other = twin.about_other(&own);
                if other != own {
                    let answer = client.get(&other).await;
                    let empty = (is_list || id == "get_usage") && answer.status.is_success();
                    assert!(
                        empty || answer.status == 404,
                        "{id} as {name}: {}",
                        answer.text()
                    );
                    let said = answer.text();
                    assert!(
                        !said.contains("Südwind") && !said.contains("Südbüro"),
                        "{id}: {said}"
                    );
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
            "list_license_files",
            "list_customer_timeline",
            "export_customer_timeline_csv",
            "list_licenses",
            "export_licenses_csv",
            "list_entitlements",
            "list_sessions",
            "list_users",
        ];
        for list in expected {
            assert!(lists.iter().any(|known| known == list), "{list} was tried");
        }
        // The owner sees both, so what is looked for would be found.
        let both = world.client.get("/v1/activations").await.text();
        assert!(both.contains("Südbüro") && both.contains("Büro 1"));
        drop(people);
        world.close().await;
    }
}

#[tokio::test]
async fn a_search_for_what_another_customer_has_finds_nothing() {
    let world = World::make().await;
    let twin = Twin::make(&world).await;
    for (_, client) in people(&world).await {
        let key = twin.about_other(&world.license_key);
        for words in [
            "S%C3%BCdb%C3%BCro",
            "nord",
            "S-1",
            "Atlas",
            "Professional",
            &key[..11],
        ] {
            let found = client.get(&format!("/v1/search?q={words}")).await;
            twin.assert_untold(&found.ok().to_string(), words);
        }
        let found = client.get("/v1/search?q=b%C3%BCro").await.ok();
        assert!(
            found.to_string().contains("Büro 1"),
            "what is theirs is found: {found}"
        );
    }
}

#[tokio::test]
async fn no_command_of_a_customers_people_changes_what_another_customer_has() {
    let world = World::make().await;
    let twin = Twin::make(&world).await;
    let people = people(&world).await;
    for operation in operations(&world.client) {
        let id = operation.id.clone();
        let is_command = operation.is_command();
        let (actor, client) = &people[0];
        if !is_command || !permitted(actor, &id) {
            continue;
        }
        let own = request(&operation, &world).await;
        let other = Ask {
            path: twin.about_other(&own.path),
            body: match &own.body {
                AskBody::Json(body) => AskBody::Json(about_other(&twin, body)),
                other => other.clone(),
            },
            ..own.clone()
        };
        // What names nothing of a customer has no counterpart, and filters that name nothing are tried elsewhere.
        let changed = other.path != own.path || body_text(&other) != body_text(&own);
        if changed {
            let size = world.ledger_size().await;
            let answer = other.send(client, &[]).await;
            assert_eq!(world.ledger_size().await, size, "{id}: {}", answer.text());
            let said = answer.text();
            assert!(
                !said.contains("Südwind") && !said.contains("Südbüro"),
                "{id}: {said}"
            );
        }
        undo_preparation(&id, &world).await;
    }
}

fn about_other(twin: &Twin, body: &Value) -> Value {
    serde_json::from_str(&twin.about_other(&body.to_string())).unwrap()
}

fn body_text(ask: &Ask) -> String {
    match &ask.body {
        AskBody::Json(body) => body.to_string(),
        _ => String::new(),
    }
}
