//! A reseller's people look after those directly below theirs, and are told nothing else of them: tried on every operation
//! that they may use. Those beside and below are told nothing at all.

use latchkey_app::Operation;
use latchkey_domain::actor::{Actor, Role};
use latchkey_testkit::{DatabaseKind, TestClient};
use serde_json::json;

use crate::asked::{operations, request};
use crate::permission::undo_preparation;
use crate::world::{Ask, AskBody, Shop, World, text};

/// What they may ask about a reseller below theirs, and are answered.
const ABOUT_BELOW: &[&str] = &[
    "get_reseller",
    "rename_reseller",
    "archive_reseller",
    "unarchive_reseller",
    "invite_first_manager",
    "list_resellers",
    "list_templates",
    "get_template",
    "grant_quota",
    "withdraw_template",
    "list_statement",
    "export_statement_csv",
    "export_statement_pdf",
    "get_statement_sums",
];

/// A reseller below the world's, with a template of the same policy, a customer, a license and an active machine.
async fn below(w: &World, name: &str, customer: &str) -> Shop {
    let own = w.shop().await;
    let new = json!({ "name": name, "parent_id": own.reseller });
    let reseller = text(&w.after("/v1/resellers", new).await, "/item/id");
    let grant = json!({ "reseller_id": reseller, "policy_id": w.policy, "licenses": 5 });
    let template = text(&w.after("/v1/templates", grant).await, "/item/id");
    let new = json!({ "name": customer, "reseller_id": reseller });
    let customer = text(&w.after("/v1/customers", new).await, "/item/id");
    let issue = format!("/v1/templates/{template}/licenses");
    let license = w.after(&issue, json!({ "customer_id": customer })).await;
    let (license, license_key) = (text(&license, "/item/id"), text(&license, "/item/key"));
    let machine = json!({ "license_id": license, "machine_code": format!("{name}-1"),
        "friendly_name": "Hafenkontor" });
    let activation = text(&w.after("/v1/activations", machine).await, "/item/id");
    Shop {
        reseller,
        template,
        customer,
        license,
        license_key,
        activation,
    }
}

fn swapped(own: &Shop, other: &Shop, w: &World, text: &str) -> String {
    let pairs = [
        (&w.license, &other.license),
        (&w.license_key, &other.license_key),
        (&w.activation, &other.activation),
        (&w.customer, &other.customer),
        (&own.license, &other.license),
        (&own.license_key, &other.license_key),
        (&own.activation, &other.activation),
        (&own.customer, &other.customer),
        (&own.template, &other.template),
        (&own.reseller, &other.reseller),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(*from, to))
}

fn about(own: &Shop, other: &Shop, w: &World, asked: &Ask) -> Ask {
    Ask {
        path: swapped(own, other, w, &asked.path),
        body: match &asked.body {
            AskBody::Json(body) => {
                let body = swapped(own, other, w, &body.to_string());
                AskBody::Json(serde_json::from_str(&body).unwrap())
            }
            kept => kept.clone(),
        },
        ..asked.clone()
    }
}

fn is_other(one: &Ask, asked: &Ask) -> bool {
    let body = |ask: &Ask| match &ask.body {
        AskBody::Json(body) => body.to_string(),
        _ => String::new(),
    };
    one.path != asked.path || body(one) != body(asked)
}

fn people(w: &World, reseller: &str) -> Vec<(Actor, TestClient)> {
    let reseller = reseller.parse().unwrap();
    [Role::ResellerManager, Role::ResellerAgent]
        .map(|role| w.app.person_of_reseller(reseller, role))
        .map(|actor| (actor.clone(), w.app.client_of(actor)))
        .into()
}

#[tokio::test]
async fn of_a_reseller_below_the_one_above_is_told_what_it_grants_and_nothing_else() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let world = World::make_on(kind).await;
        let own = world.shop().await;
        let low = below(&world, "Hafenhandel", "Hafenkunde").await;
        let people = people(&world, &own.reseller);
        let mut told = std::collections::BTreeSet::new();
        for operation in operations(&world.client) {
            let id = operation.id.clone();
            for (actor, client) in &people {
                if !Operation::permitted(actor).any(|may| may.id() == id) {
                    continue;
                }
                let asked = request(&operation, &world).await;
                let foreign = about(own, &low, &world, &asked);
                if is_other(&foreign, &asked) {
                    let size = world.ledger_size().await;
                    let answer = foreign.send(client, &[]).await;
                    let said = answer.text();
                    let marks = ["Hafenkunde", "Hafenkontor", &low.license_key, &low.customer];
                    for mark in marks {
                        assert!(!said.contains(mark), "{id} tells {mark}: {said}");
                    }
                    let is_empty = said.contains("\"items\":[]")
                        || id == "get_usage" && said.contains("\"licenses\":0");
                    let did = answer.status.is_success() && !is_empty;
                    if did && id.ends_with("_csv") && said.lines().count() == 1 {
                        // A table of nothing has its headings.
                    } else if did {
                        assert!(ABOUT_BELOW.contains(&id.as_str()), "{id}: {said}");
                        told.insert(id.clone());
                    } else if !ABOUT_BELOW.contains(&id.as_str()) {
                        assert_eq!(world.ledger_size().await, size, "{id}: {said}");
                    }
                }
                undo_preparation(&id, &world).await;
                for reseller in [&own.reseller, &low.reseller] {
                    // Some of it stops one of the two.
                    let path = format!("/v1/resellers/{reseller}/unarchive");
                    world.client.post(&path, &json!({})).await;
                }
            }
        }
        for id in ABOUT_BELOW {
            // The first two are asked about others than the one that is swapped here, the last about one that is archived.
            let known = [
                "list_resellers",
                "invite_first_manager",
                "unarchive_reseller",
            ]
            .contains(id);
            assert!(known || told.contains(*id), "{id} was answered");
        }
        drop(people);
        world.close().await;
    }
}

#[tokio::test]
async fn those_beside_and_those_below_are_told_nothing_of_each_other_and_of_the_one_above() {
    let world = World::make().await;
    let own = world.shop().await;
    let low = below(&world, "Hafenhandel", "Hafenkunde").await;
    let beside = below(&world, "Deichhandel", "Deichkunde").await;
    for (actor, client) in people(&world, &beside.reseller) {
        for operation in operations(&world.client) {
            let id = operation.id.clone();
            let may = Operation::permitted(&actor).any(|may| may.id() == id);
            if operation.is_command() || !may || id == "get_openapi" {
                continue;
            }
            let asked = request(&operation, &world).await;
            let answers = [
                asked.send(&client, &[]).await,
                about(own, &low, &world, &asked).send(&client, &[]).await,
            ];
            for answer in answers {
                let said = answer.text();
                for mark in ["Hafenhandel", "Hafenkunde", "Inselhandel", "Inselkunde"] {
                    assert!(!said.contains(mark), "{id} tells {mark}: {said}");
                }
            }
        }
    }
}
