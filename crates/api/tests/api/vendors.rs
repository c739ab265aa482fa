//! Several vendors in one store: no operation of one reads or changes anything of another.

use std::collections::BTreeSet;
use std::sync::Arc;

use latchkey_api::{Access, ApiState, Doors};
use latchkey_app::Vendors;
use latchkey_app::vendors::NewVendor;
use latchkey_testkit::{DatabaseKind, TestClient};
use serde_json::Value;

use crate::asked::{operations, request};
use crate::permission::undo_preparation;
use crate::world::{Ask, AskBody, OWNER, World};

const FIRST: &str = "https://licenses.nordlicht.example";
const SECOND: &str = "https://licenses.acme.example";

/// The vendors of the world's store: its own, and a second one whose owner signs in with the same e-mail address.
async fn two_vendors(world: &World) -> Vendors {
    let vendors = world.app.vendors().await;
    let id = world.app.vendor_id();
    vendors.relocate(id, FIRST.parse().unwrap()).await.unwrap();
    let acme = NewVendor {
        name: "Acme".parse().unwrap(),
        url: SECOND.parse().unwrap(),
        owner_email: OWNER.0.parse().unwrap(),
        owner_name: "Anna".parse().unwrap(),
    };
    vendors.add(acme).await.unwrap();
    vendors
}

/// All ids in a document.
fn ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| ids(value, into)),
        Value::Object(all) => {
            for (name, value) in all {
                match value {
                    Value::String(id) if name == "id" || name.ends_with("_id") => {
                        into.insert(id.clone());
                    }
                    other => ids(other, into),
                }
            }
        }
        _ => {}
    }
}

/// What was sent, as text.
fn sent(ask: &Ask) -> String {
    match &ask.body {
        AskBody::Nothing => ask.path.clone(),
        AskBody::Json(body) => format!("{} {body}", ask.path),
        AskBody::File(_, bytes) => format!("{} {}", ask.path, String::from_utf8_lossy(bytes)),
    }
}

#[tokio::test]
async fn no_operation_of_a_vendor_reads_or_changes_anything_of_another() {
    let world = World::make_on(DatabaseKind::Postgres).await;
    world.shop().await;
    let vendors = two_vendors(&world).await;
    let acme = vendors.meant(Some(&SECOND.parse().unwrap())).unwrap();
    let stranger = TestClient::new(latchkey_api::router(ApiState {
        access: Access::Everybody(acme.owner()),
        vendors: Arc::new(Vendors::one(Arc::clone(&acme))),
    }));
    let mut tried = 0;
    for operation in operations(&world.client) {
        let ask = request(&operation, &world).await;
        let size = world.ledger_size().await;
        let mut own = BTreeSet::new();
        for list in [
            "/v1/ledger/entries",
            "/v1/licenses",
            "/v1/customers",
            "/v1/activations",
            "/v1/users",
        ] {
            ids(&world.client.get(list).await.ok(), &mut own);
        }
        assert!(own.len() > 10, "the world is not empty: {own:?}");
        let answer = ask.send(&stranger, &[]).await;
        let name = &operation.id;
        assert_eq!(world.ledger_size().await, size, "{name} changed something");
        assert!(answer.status.as_u16() < 500, "{name}: {}", answer.status);
        let (said, asked) = (String::from_utf8_lossy(&answer.bytes), sent(&ask));
        let foreign: Vec<_> = own
            .iter()
            .filter(|id| said.contains(*id) && !asked.contains(*id))
            .collect();
        assert!(foreign.is_empty(), "{name} tells of {foreign:?}: {said}");
        if operation.path.contains("_id}") || operation.path.contains("{id}") {
            tried += 1;
            assert!(
                answer.status.is_client_error(),
                "{name} answers {} for what is another vendor's: {said}",
                answer.status
            );
        }
        undo_preparation(&operation.id, &world).await;
    }
    assert!(tried > 60, "only {tried} operations name something");
    drop((stranger, acme));
    vendors.close().await;
    world.close().await;
}

#[tokio::test]
async fn each_vendor_is_reached_at_its_own_address_and_nowhere_else() {
    let world = World::make_on(DatabaseKind::Postgres).await;
    let vendors = Arc::new(two_vendors(&world).await);
    let client = TestClient::new(latchkey_api::router(ApiState {
        vendors: Arc::clone(&vendors),
        access: Access::UntilSignIn(Doors::default()),
    }));
    let bearer = format!("Bearer {}", world.session_token);
    let me = async |host: &str| {
        let headers = [("host", host), ("authorization", bearer.as_str())];
        let me = client
            .send(http::Method::GET, "/v1/me", &headers, Vec::new().into())
            .await;
        match me.status.as_u16() {
            200 => me.json()["vendor"]["name"].as_str().unwrap().to_owned(),
            _ => me.problem(),
        }
    };
    for host in [
        "licenses.nordlicht.example",
        "LICENSES.nordlicht.example:443",
    ] {
        assert_eq!(me(host).await, "My company", "{host}");
    }
    // The session is another vendor's: here it is nobody's. And nobody is taken for the owner.
    assert_eq!(me("licenses.acme.example").await, "not_signed_in");
    for host in [
        "licenses.nordlicht.example:80",
        "127.0.0.1",
        "localhost:7878",
        "x.example",
        "?",
    ] {
        assert_eq!(me(host).await, "vendor_unknown", "{host}");
    }
    for page in ["/healthz", "/readyz"] {
        let headers = [("host", "10.0.0.7:8080")];
        let page = client
            .send(http::Method::GET, page, &headers, Vec::new().into())
            .await;
        assert_eq!(page.status.as_u16(), 200, "who watches asks by any name");
    }
    drop(client);
    Arc::into_inner(vendors).unwrap().close().await;
    world.close().await;
}
