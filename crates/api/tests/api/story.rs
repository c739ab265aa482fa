//! The main job through the API, on both databases.

use latchkey_testkit::DatabaseKind;
use serde_json::json;

use crate::world::{World, text};

#[tokio::test]
async fn the_main_job_is_done_through_the_api_on_both_databases() {
    for kind in DatabaseKind::BOTH {
        let world = World::make_on(kind).await;
        main_job(&world).await;
        world.close().await;
    }
}

async fn main_job(world: &World) {
    let client = &world.client;
    let license = &world.license;

    // A machine more than there are seats is told who holds them.
    for number in 2..=3 {
        let machine = json!({ "license_id": license, "machine_code": format!("M-{number}"), "friendly_name": format!("Büro {number}") });
        client.post("/v1/activations", &machine).await.ok();
    }
    let fourth = json!({ "license_key": world.license_key, "machine_code": "M-4" });
    world.app.clock.advance_days(40);
    let still_used = json!({ "license_key": world.license_key, "machine_code": "M-3" });
    assert_eq!(
        client.post("/v1/validate", &still_used).await.ok()["valid"],
        true
    );
    let refused = client.post("/v1/activations", &fourth).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().as_str()),
        (409, "seats_exhausted")
    );
    assert!(
        refused.json()["fix"].as_str().unwrap().contains("40 days"),
        "{}",
        refused.text()
    );
    assert!(refused.json()["context"]["longest_unseen"].is_array());

    // The same machine again is the same activation, and nothing that the ledger would record.
    let again = client.post("/v1/activations", &still_used).await.ok();
    assert_eq!(again["change"], json!(null));

    // A key with a typing error is told from an unknown one.
    let swap = |from: char, to: char| world.license_key.replacen(from, &to.to_string(), 1);
    let first = world.license_key.chars().next().unwrap();
    let mistyped = swap(first, if first == '0' { '1' } else { '0' });
    let mistyped = json!({ "license_key": mistyped, "machine_code": "M-1" });
    assert_eq!(
        client.post("/v1/validate", &mistyped).await.problem(),
        "license_key_mistyped"
    );

    // Found by a fragment of the name, in any case, from one letter on.
    for fragment in ["B%C3%9CRO", "%C3%BC", "ro+2"] {
        let found = client
            .get(&format!("/v1/activations?friendly_name={fragment}"))
            .await
            .ok();
        assert_eq!(
            found["items"].as_array().unwrap().len(),
            if fragment == "ro+2" { 1 } else { 3 },
            "{fragment}"
        );
    }

    // Those not seen for a month are deactivated as one change, after a look; and undone.
    let since = world
        .app
        .now()
        .plus_days(0)
        .plus_millis(-30 * 86_400_000)
        .to_string();
    let filter = json!({ "license_id": license, "not_seen_since": since, "state": "active" });
    let look = json!({ "action": "deactivate", "filter": filter, "dry_run": true });
    assert_eq!(
        client.post("/v1/activations/bulk", &look).await.ok()["summary"]["change"],
        2
    );
    let act = json!({ "action": "deactivate", "filter": filter });
    let done = client.post("/v1/activations/bulk", &act).await.ok();
    assert_eq!(done["summary"]["change"], 2);
    let seats =
        async || client.get(&format!("/v1/licenses/{license}")).await.ok()["seats_used"].clone();
    assert_eq!(seats().await, 1);
    let change = text(&done, "/change/id");
    let undone = client
        .post(&format!("/v1/changes/{change}/undo"), &json!({}))
        .await
        .ok();
    assert_eq!(
        (&undone["item"]["entries"], seats().await),
        (&json!(2), json!(3))
    );
    let twice = client
        .post(&format!("/v1/changes/{change}/undo"), &json!({}))
        .await;
    assert_eq!(twice.problem(), "change_undone");
    let known = client.get(&format!("/v1/changes/{change}")).await.ok();
    assert_eq!(known["undone_by"], undone["change"]["id"]);

    // Time passes: the license runs out, and renewing brings it back.
    world.app.clock.advance_days(400);
    assert_eq!(
        client.get(&format!("/v1/licenses/{license}")).await.ok()["state"],
        "expired"
    );
    let refused = client.post("/v1/validate", &still_used).await.ok();
    assert_eq!(
        (&refused["valid"], &refused["refusal"]["code"]),
        (&json!(false), &json!("license_expired"))
    );
    client
        .post(
            &format!("/v1/licenses/{license}/renew"),
            &json!({ "expires_at": "2040-01-01" }),
        )
        .await
        .ok();
    let renewed = client.get(&format!("/v1/licenses/{license}")).await.ok();
    assert_eq!(
        (&renewed["state"], &renewed["expires_at"]),
        (&json!("active"), &json!("2040-01-01T00:00:00.000Z"))
    );

    // The timeline has it all, and the ledger is whole.
    let timeline = client
        .get(&format!("/v1/ledger/entries?entity_id={license}"))
        .await
        .ok();
    assert_eq!(timeline["items"][0]["verb"], "license.renew");
    let index = timeline["items"][0]["index"].as_u64().unwrap();
    let proven = client
        .get(&format!("/v1/ledger/entries/{index}"))
        .await
        .ok();
    assert_eq!(proven["entry"], timeline["items"][0]);
    let verified = client.get("/v1/ledger/verification").await.ok();
    assert_eq!(
        (&verified["ok"], &verified["first_problem"]),
        (&json!(true), &json!(null))
    );
}
