//! What many need to know at once is found by its keys: a store with a million rows has no time to look at all that a
//! vendor has.

use latchkey_domain::id::TypedId;
use latchkey_store::{Batch, Look, Need, Needs, plan};
use uuid::Uuid;

use crate::support::{Bench, Place};

/// So many of each kind as there are in a batch of a busy server.
const MANY: u128 = 64;

/// Needs many rows of every kind that has keys.
struct Everything;

fn id<T: TypedId>(number: u128) -> T {
    T::from_uuid(Uuid::from_u128(number))
}

impl Look for Everything {
    type Answer = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for number in 0..MANY {
            let code = || format!("M-{number}").parse().unwrap();
            needs.ask(Need::Product(id(number)));
            needs.ask(Need::Feature(id(number)));
            needs.ask(Need::FeaturesOf(id(number)));
            needs.ask(Need::Policy(id(number)));
            needs.ask(Need::PolicyRevision(id(number)));
            needs.ask(Need::Customer(id(number)));
            needs.ask(Need::License(id(number)));
            needs.ask(Need::Entitlement(id(number)));
            needs.ask(Need::EntitlementsOf(id(number)));
            needs.ask(Need::Machine(id(number)));
            needs.ask(Need::Activation(id(number)));
            needs.ask(Need::ActivationsOfMachine(id(number)));
            needs.ask(Need::ActivationsOfLicense(id(number)));
            needs.ask(Need::SigningKey(id(number)));
            needs.ask(Need::LicenseFile(id(number)));
            needs.ask(Need::User(id(number)));
            needs.ask(Need::Session(id(number)));
            needs.ask(Need::SessionsOf(id(number)));
            needs.ask(Need::Invitation(id(number)));
            needs.ask(Need::InvitationsOf(id(number)));
            needs.ask(Need::AccessToken(id(number)));
            needs.ask(Need::Approval(id(number)));
            needs.ask(Need::Reseller(id(number)));
            needs.ask(Need::ResellersBelow(id(number)));
            needs.ask(Need::Template(id(number)));
            needs.ask(Need::TemplatesOf(id(number)));
            needs.ask(Need::TemplatesBelow(id(number)));
            needs.ask(Need::Passkey(id(number)));
            needs.ask(Need::PasskeysOf(id(number)));
            needs.ask(Need::Webhook(id(number)));
            needs.ask(Need::SignUpLink(id(number)));
            needs.ask(Need::Admission(id(number)));
            needs.ask(Need::ProductCode(
                format!("product-{number}").parse().unwrap(),
            ));
            needs.ask(Need::CustomerReference(
                format!("C-{number}").parse().unwrap(),
            ));
            needs.ask(Need::CustomerNamed(format!("customer {number}")));
            needs.ask(Need::UserEmail(format!("{number}@vendor.example")));
            needs.ask(Need::PasskeyCredential(format!("passkey {number}")));
            needs.ask(Need::MachineCode(id(number), code()));
            needs.ask(Need::AdmissionCode(id(number), code()));
            needs.ask(Need::ActivationOf(id(number), id(number)));
        }
    }

    fn answer(&self, _: &Batch) {}
}

#[tokio::test]
async fn what_many_need_to_know_is_found_by_its_keys() {
    let bench = Bench::open(Place::sqlite()).await;
    let (scope, now) = (&bench.scope, bench.clock_now());
    let plan = plan::of_look(&bench.store, scope, Everything, now, bench.random.clone());
    let plan = plan.await.unwrap();
    assert!(plan.len() >= 40, "{plan:#?}");
    let all = |line: &&String| line.contains("SCAN t") || line.ends_with("(vendor_id=?)");
    let all: Vec<&String> = plan.iter().filter(all).collect();
    assert!(all.is_empty(), "all rows of a vendor: {all:#?}");
}

/// Each is asked in a store with millions of entries and a hundred thousand licenses as well.
#[tokio::test]
async fn a_change_a_past_state_and_what_ends_soon_are_found_by_an_index() {
    let bench = Bench::open(Place::sqlite()).await;
    let (store, vendor, now) = (&bench.store, bench.scope.vendor_id, bench.clock_now());
    let look = OneChange;
    let plan = plan::of_look(store, &bench.scope, look, now, bench.random.clone());
    let plan = plan.await.unwrap();
    assert!(plan[0].contains("ledger_entry_by_change"), "{plan:?}");
    let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let (_, plan) = plan::of(store.ledger_as_of(vendor, &ids, now)).await;
    assert!(plan[0].contains("INTEGER PRIMARY KEY"), "{plan:?}");
    let (_, plan) = plan::of(store.licenses_expiring(vendor, 30, now, 100)).await;
    assert!(plan[0].contains("license_by_end"), "{plan:?}");
}

/// Needs the entries of a change, as undoing it does.
struct OneChange;

impl Look for OneChange {
    type Answer = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Change(id(1)));
    }

    fn answer(&self, _: &Batch) {}
}
