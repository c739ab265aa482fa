//! Looking as a customer's or a reseller's people do.

use latchkey_domain::actor::Role;
use latchkey_domain::session::SessionKind;
use latchkey_domain::user::Whose;
use latchkey_store::filter::{LedgerFilter, LicenseFilter};
use latchkey_testkit::for_each_database;

use crate::common::{PAGE, check_ledger, code};
use crate::user::owner_signed_in;

#[tokio::test]
async fn who_looks_as_a_customer_sees_the_same_and_changes_nothing_and_it_is_recorded() {
    for_each_database(async |app| {
        let policy = app.policy(2).await;
        let (nord, sued) = (
            app.customer("Nordwind").await,
            app.customer("Südwind").await,
        );
        let license = app.license(policy, nord).await;
        app.license(policy, sued).await;
        let signed_in = owner_signed_in(app).await;
        let actor = async || {
            let known = app.signed_in(&signed_in.token, SessionKind::Browser).await;
            known.unwrap().unwrap().0
        };
        let session = Some(signed_in.session_id);
        let owner = actor().await;
        app.view_as(&owner, None, session, Whose::Customer(nord))
            .await
            .unwrap();
        let looking = actor().await;
        assert_eq!((looking.id, looking.role), (owner.id, Role::CustomerAdmin));
        let all = LicenseFilter::default();
        let seen = app.license_list(&looking, &all, PAGE).await.unwrap().rows;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].license.id, license);
        let users = app.user_list(&looking, Whose::Vendor, PAGE).await.unwrap();
        assert!(
            users.rows.is_empty(),
            "the customer's people, of whom there are none"
        );
        let activation = app.activate(license, "M-1", "One").await;
        let freed = app.activation_deactivate(&looking, None, activation).await;
        assert_eq!(code(freed), "viewing_only");
        let password = app.session_list(&looking, PAGE).await;
        assert_eq!(code(password), "viewing_only", "their own account neither");
        assert_eq!(
            code(
                app.report(&looking, latchkey_store::ReportBy::Customer, 7)
                    .await
            ),
            "not_permitted"
        );
        let again = app.view_as(&looking, None, session, Whose::Customer(nord));
        assert_eq!(code(again.await), "views_so_already");
        app.view_as(&looking, None, session, Whose::Customer(sued))
            .await
            .unwrap();
        app.view_as_end(&actor().await, None, session)
            .await
            .unwrap();
        assert_eq!(actor().await.role, Role::Owner);
        let filter = LedgerFilter {
            entity_id: Some(latchkey_domain::id::TypedId::uuid(signed_in.session_id)),
            ..LedgerFilter::default()
        };
        let entries = app.ledger_list(&owner, &filter, PAGE).await.unwrap().rows;
        let verbs: Vec<_> = entries
            .iter()
            .map(|entry| entry.row.verb.as_str())
            .collect();
        assert_eq!(
            verbs,
            [
                "session.end_view_as",
                "session.view_as",
                "session.view_as",
                "session.create"
            ]
        );
        check_ledger(app).await;
    })
    .await;
}
