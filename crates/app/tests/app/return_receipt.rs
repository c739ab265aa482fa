//! A license goes to a machine without a network, and comes back with a receipt.

use std::time::Duration;

use latchkey_app::access_token::key_holder;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::license_file::ExportLicenseFile;
use latchkey_app::validation::ValidateLicense;
use latchkey_app::{AppError, Changed};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::machine_key::{MachineKey, MachineKeyPair};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::return_limit::ReturnLimit;
use latchkey_domain::{ActivationId, CustomerId, LicenseId, ReturnReceiptId};
use latchkey_testkit::{TestApp, for_each_database};
use latchkey_verify::{Grants, Machine, Refusal, ReturnReceipt, RootKey, verify_license_file};

use crate::common::{check_ledger, code};

/// A machine in a basement: its key pair, and the license file it was given.
pub(crate) struct Basement {
    pub(crate) admin: Actor,
    customer: CustomerId,
    pub(crate) license: LicenseId,
    activation: ActivationId,
    pub(crate) pair: MachineKeyPair,
    file: String,
    pub(crate) root: RootKey,
}

pub(crate) fn pair(seed: u64) -> MachineKeyPair {
    MachineKeyPair::generate(&SeededRandom::new(seed))
}

pub(crate) fn public(pair: &MachineKeyPair) -> MachineKey {
    MachineKey::of(&pair.public())
}

async fn export(app: &TestApp, by: &Actor, license_id: LicenseId, of: ActivationId) -> String {
    let seat = app.activation_get(by, of).await.unwrap();
    let command = ExportLicenseFile {
        license_id,
        machine_ids: vec![seat.activation.machine_id],
        valid_days: None,
    };
    let id = app.license_file_export(by, None, command).await.unwrap();
    let content = app.license_file_content(by, id.value).await.unwrap();
    content.content
}

pub(crate) async fn basement(app: &TestApp) -> Basement {
    let customer = app.customer("Nordwind").await;
    let license = app.license(app.policy(3).await, customer).await;
    let activation = app.activate(license, "CAD-07", "Basement").await;
    let admin = app.person_of(customer, Role::CustomerAdmin);
    let pair = pair(7);
    let bound = app
        .activation_bind_key(&admin, None, activation, public(&pair))
        .await;
    assert!(bound.unwrap().change.is_some());
    let file = export(app, &admin, license, activation).await;
    let root = app.root_key(&app.owner).await.unwrap().pem;
    Basement {
        admin,
        customer,
        license,
        activation,
        pair,
        file,
        root: RootKey::from_pem(&root).unwrap(),
    }
}

impl Basement {
    fn grants(&self, app: &TestApp) -> Grants {
        let now = app.now().seconds();
        verify_license_file(self.file.as_bytes(), &self.root, now, Machine::NotChecked).unwrap()
    }

    /// What the machine writes when it gives the license back.
    pub(crate) fn said(&self, app: &TestApp) -> ReturnReceipt {
        let now = app.now().seconds();
        ReturnReceipt::of(&self.grants(app), self.pair.public(), now).unwrap()
    }

    pub(crate) fn receipt(&self, app: &TestApp) -> String {
        self.pair.sign(&self.said(app))
    }

    pub(crate) async fn bring(
        &self,
        app: &TestApp,
        receipt: &str,
    ) -> Result<Changed<(ReturnReceiptId, ActivationId)>, AppError> {
        app.return_receipt_accept(&self.admin, None, receipt).await
    }

    pub(crate) async fn used(&self, app: &TestApp) -> u32 {
        app.license_now(self.license).await.license.seats_used
    }
}

/// A receipt that was taken.
pub(crate) async fn returned(app: &TestApp) {
    let of = basement(app).await;
    of.bring(app, &of.receipt(app)).await.unwrap();
}

#[tokio::test]
async fn a_receipt_frees_the_seat_and_is_countersigned_for_both_sides() {
    for_each_database(async |app| {
        let of = basement(app).await;
        let key = of.pair.public();
        let now = app.now().seconds();
        for (machine, expected) in [
            (Machine::CodeAndKey("CAD-07", Some(&key)), Ok(())),
            (Machine::Code("CAD-07"), Ok(())),
            (
                Machine::CodeAndKey("CAD-07", None),
                Err(Refusal::OtherMachineKey),
            ),
            (
                Machine::CodeAndKey("CAD-07", Some(&pair(8).public())),
                Err(Refusal::OtherMachineKey),
            ),
        ] {
            let judged = verify_license_file(of.file.as_bytes(), &of.root, now, machine);
            assert_eq!(judged.map(|_| ()), expected, "{machine:?}");
        }
        let receipt = of.receipt(app);
        app.clock.advance_days(2);
        let done = of.bring(app, &receipt).await.unwrap();
        assert_eq!(done.undo_until, None, "both sides hold the proof of it");
        assert_eq!(of.used(app).await, 0);
        let seat = app.activation_get(&of.admin, of.activation).await.unwrap();
        assert_eq!(seat.activation.return_receipt_id, Some(done.value.0));
        let kept = app
            .return_receipt_content(&of.admin, done.value.0)
            .await
            .unwrap();
        let (read, received_at) =
            ReturnReceipt::read_countersigned(kept.content.as_bytes(), &of.root).unwrap();
        assert_eq!(read.machine_code, "CAD-07");
        assert_eq!(received_at, app.now().seconds());
        assert!(ReturnReceipt::read_countersigned(receipt.as_bytes(), &of.root).is_err());
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_counts_once_and_its_key_never_again() {
    for_each_database(async |app| {
        let of = basement(app).await;
        let receipt = of.receipt(app);
        let taken = of.bring(app, &receipt).await.unwrap();
        let kept = app.return_receipt_content(&of.admin, taken.value.0).await;
        // The same once more, the countersigned one, and another one that the same key has signed.
        app.clock.advance_days(1);
        for again in [
            receipt.clone(),
            kept.unwrap().content,
            of.pair.sign(&ReturnReceipt {
                returned_at: app.now().seconds(),
                ..of.said(app)
            }),
        ] {
            let refused = of.bring(app, &again).await;
            assert_eq!(code(refused), "return_receipt_taken");
        }
        // Replayed after the machine has got a license anew.
        app.activate(of.license, "CAD-07", "Basement").await;
        assert_eq!(code(of.bring(app, &receipt).await), "return_receipt_taken");
        assert_eq!(of.used(app).await, 1, "the new seat is still held");
        let again = app
            .activation_bind_key(&of.admin, None, of.activation, public(&of.pair))
            .await;
        assert_eq!(code(again), "machine_key_returned");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_is_forged_or_of_another_machine_or_file_frees_nothing() {
    for_each_database(async |app| {
        let of = basement(app).await;
        let said = of.said(app);
        let other = app.activate(of.license, "CAD-08", "Office").await;
        let (theirs, second) = (pair(8), pair(9));
        app.activation_bind_key(&of.admin, None, other, public(&theirs))
            .await
            .unwrap();
        let taken = app
            .activation_bind_key(&of.admin, None, other, public(&of.pair))
            .await;
        assert_eq!(code(taken), "machine_key_taken");
        let file = |file: &str| ReturnReceipt {
            file_id: file.into(),
            ..said.clone()
        };
        let signed = of.receipt(app);
        let swapped = second.sign(&said);
        let of_other = ReturnReceipt {
            machine_key: theirs.public(),
            ..said.clone()
        };
        let cases = [
            ("not a receipt".to_owned(), "return_code_mistyped"),
            ("LKR1:BB8".to_owned(), "return_receipt_unreadable"),
            ("{}".to_owned(), "return_receipt_unreadable"),
            (of.file.clone(), "return_receipt_unreadable"),
            // Signed by somebody else than it says, and with a letter changed.
            (swapped, "return_receipt_forged"),
            (altered(&signed), "return_receipt_forged"),
            // By the key of the machine beside it, and by one that nobody knows.
            (theirs.sign(&of_other), "return_receipt_other_machine"),
            (
                second.sign(&ReturnReceipt {
                    machine_key: second.public(),
                    ..said.clone()
                }),
                "return_receipt_other_machine",
            ),
            (
                of.pair.sign(&ReturnReceipt {
                    machine_code: "CAD-08".into(),
                    ..said.clone()
                }),
                "return_receipt_other_machine",
            ),
            (of.pair.sign(&file("fil_0")), "return_receipt_other_file"),
            (
                of.pair.sign(&ReturnReceipt {
                    vendor_id: "vnd_0".into(),
                    ..said.clone()
                }),
                "license_not_found",
            ),
        ];
        for (receipt, expected) in cases {
            assert_eq!(code(of.bring(app, &receipt).await), expected, "{receipt}");
        }
        // The file of the other machine.
        let of_office = export(app, &of.admin, of.license, other).await;
        let now = app.now().seconds();
        let office = verify_license_file(of_office.as_bytes(), &of.root, now, Machine::NotChecked);
        let receipt = of.pair.sign(&file(&office.unwrap().file_id));
        assert_eq!(
            code(of.bring(app, &receipt).await),
            "return_receipt_other_file"
        );
        // Another customer's people do not even learn that the license is there.
        let stranger = app.person_of(app.customer("Ostwind").await, Role::CustomerAdmin);
        let refused = app.return_receipt_accept(&stranger, None, &signed).await;
        assert_eq!(code(refused), "license_not_found");
        assert_eq!(of.used(app).await, 2);
        // And after all of that, the real one.
        assert_eq!(code(of.bring(app, &signed).await), "ok");
        check_ledger(app).await;
    })
    .await;
}

/// The receipt with one letter of what was signed changed.
fn altered(receipt: &str) -> String {
    let at = receipt.find("\"payload\": \"").unwrap() + 40;
    let old = &receipt[at..=at];
    let new = if old == "A" { "B" } else { "A" };
    format!("{}{new}{}", &receipt[..at], &receipt[at + 1..])
}

#[tokio::test]
async fn a_machine_that_gave_its_license_back_and_shows_up_again_is_refused_and_marked() {
    for_each_database(async |app| {
        let of = basement(app).await;
        of.bring(app, &of.receipt(app)).await.unwrap();
        let key = app.license_now(of.license).await.license.key;
        let machine = key_holder(app.vendor_id(), key.clone());
        for asks in 0..2 {
            app.clock.advance_days(1);
            if asks == 0 {
                let about = ValidateLicense {
                    license_key: key.clone(),
                    machine_code: "CAD-07".parse().unwrap(),
                };
                let answer = app.license_validate(&machine, about).await.unwrap().0;
                assert_eq!(answer.refusal.unwrap().code, "machine_returned");
            } else {
                let command = ActivateMachine {
                    license: WhichLicense::Key(key.clone()),
                    machine_code: "CAD-07".parse().unwrap(),
                    friendly_name: None,
                };
                let refused = app.activation_activate(&machine, None, command).await;
                assert_eq!(code(refused), "machine_returned");
            }
            marked(app, &of).await;
        }
        assert_eq!(of.used(app).await, 0);
        // Whoever looks after the license can give it to the machine anew; then it is as any other.
        app.activate(of.license, "CAD-07", "Basement").await;
        let seat = app.activation_get(&of.admin, of.activation).await.unwrap();
        assert_eq!(seat.activation.return_receipt_id, None);
        assert_eq!(seat.activation.machine_key, None);
        assert!(!seat.activation.is_seen_after_return());
        check_ledger(app).await;
    })
    .await;
}

/// Waits until the mark is there: it is written a moment later, from the clock of now.
async fn marked(app: &TestApp, of: &Basement) {
    for _ in 0..200 {
        let seat = app.activation_get(&of.admin, of.activation).await.unwrap();
        let activation = seat.activation;
        if activation.is_seen_after_return() && activation.last_seen_at == app.now() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the machine was seen again, and nobody is told");
}

#[tokio::test]
async fn a_receipt_is_a_return_within_the_limit_and_waits_until_one_is_free() {
    for_each_database(async |app| {
        let product = app.product("atlas").await;
        let rules = PolicyRules {
            term: Term::Perpetual,
            seats_max: 3,
            node_locked: true,
            feature_ids: Vec::new(),
            license_file_days: 90,
            returns: Some(ReturnLimit { max: 1, days: 30 }),
            price: None,
        };
        let policy = app.policy_with(product, "Limited", rules).await;
        let mut of = basement(app).await;
        of.license = app.license(policy, of.customer).await;
        of.activation = app.activate(of.license, "CAD-07", "Basement").await;
        of.pair = pair(11);
        app.activation_bind_key(&of.admin, None, of.activation, public(&of.pair))
            .await
            .unwrap();
        of.file = export(app, &of.admin, of.license, of.activation).await;
        let other = app.activate(of.license, "CAD-08", "Office").await;
        app.activation_deactivate(&of.admin, None, other)
            .await
            .unwrap();
        let receipt = of.receipt(app);
        assert_eq!(code(of.bring(app, &receipt).await), "returns_exhausted");
        app.clock.advance_days(30);
        assert_eq!(code(of.bring(app, &receipt).await), "ok");
    })
    .await;
}
