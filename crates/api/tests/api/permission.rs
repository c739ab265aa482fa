//! Every operation asks for permission, and the list of permissions knows every operation.

use std::collections::BTreeSet;

use latchkey_app::Operation;
use latchkey_domain::actor::Role;

use crate::asked::{listed, operations, request};
use crate::world::World;

#[test]
fn the_permission_table_and_the_document_name_the_same_operations() {
    let document = serde_json::to_value(latchkey_api::openapi()).unwrap();
    let documented: BTreeSet<String> = listed(&document)
        .into_iter()
        .map(|operation| operation.id)
        .collect();
    let permitted: BTreeSet<String> = Operation::ALL
        .iter()
        .map(|operation| operation.id().to_owned())
        .collect();
    let unknown: Vec<_> = documented.symmetric_difference(&permitted).collect();
    assert!(
        unknown.is_empty(),
        "add to `permission/operation.rs` in app, or to the router: {unknown:?}"
    );
}

#[tokio::test]
async fn whoever_may_not_is_refused_by_every_operation_and_nothing_changes() {
    let world = World::make().await;
    // A router takes long to build: one for each kind of caller, and not for each question.
    let callers: Vec<_> = (world.app.callers().into_iter())
        .map(|(name, caller)| {
            let client = world.app.client_of(caller.clone());
            (name, caller, client)
        })
        .collect();
    for operation in operations(&world.client) {
        // Demo data needs a store that the world is not in; nothing else of the request matters here.
        let ask = request(&operation, &world).await;
        let size = world.ledger_size().await;
        for (name, caller, client) in &callers {
            let allowed =
                Operation::permitted(caller).any(|permitted| permitted.id() == operation.id);
            if allowed {
                continue;
            }
            let stranger = caller.role == Role::Stranger;
            let answer = ask.send(client, &[]).await;
            let expected = if stranger {
                (401, "not_signed_in")
            } else {
                (403, "not_permitted")
            };
            let found = (answer.status.as_u16(), answer.problem());
            assert_eq!(
                (found.0, found.1.as_str()),
                expected,
                "{} by {name}",
                operation.id
            );
        }
        assert_eq!(
            world.ledger_size().await,
            size,
            "{} changed something for somebody it refused",
            operation.id
        );
        undo_preparation(&operation.id, &world).await;
    }
}

/// Takes back what preparing the request did, so that the next can be prepared in the same world.
pub(crate) async fn undo_preparation(operation: &str, world: &World) {
    if operation == "lift_lockdown" {
        world
            .after("/v1/vendor/lift-lockdown", serde_json::json!({}))
            .await;
    }
    let prepares = [
        "unarchive_",
        "unretire_",
        "reinstate_",
        "transfer_",
        "grant_entitlement",
        "undo_",
    ];
    if operation.contains("_approval") {
        crate::asked::one_person(world).await;
    }
    if !prepares.iter().any(|prefix| operation.starts_with(prefix)) {
        return;
    }
    let last = world.client.get("/v1/ledger/entries?limit=1").await.ok();
    let change = last["items"][0]["change_id"].as_str().unwrap().to_owned();
    world
        .after(&format!("/v1/changes/{change}/undo"), serde_json::json!({}))
        .await;
}

#[tokio::test]
async fn the_owner_may_do_everything_and_a_stranger_only_come_in() {
    let world = World::make().await;
    assert_eq!(
        Operation::permitted(&world.app.owner).count(),
        Operation::ALL.len()
    );
    let entrances: Vec<_> = Operation::permitted(&world.app.stranger())
        .map(Operation::id)
        .collect();
    assert_eq!(
        entrances,
        [
            "sign_in",
            "take_over_session",
            "show_sign_up_link",
            "sign_up",
            "show_invitation",
            "accept_invitation",
            "ask_password_reset",
            "list_sign_in_methods",
            "begin_service_sign_in",
            "finish_service_sign_in",
            "confirm_service_sign_in",
            "begin_passkey_sign_in",
            "finish_passkey_sign_in",
            "get_branding"
        ]
    );
    let me = world.client.get("/v1/me").await.ok();
    assert_eq!(
        me["permissions"].as_array().unwrap().len(),
        Operation::ALL.len()
    );
}
