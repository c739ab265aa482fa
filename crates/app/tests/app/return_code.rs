//! What a machine without a network has to say, read out or scanned instead of carried as a file.

use latchkey_app::Idempotency;
use latchkey_domain::actor::Role;
use latchkey_domain::machine_key::MachineKeyPair;
use latchkey_domain::scanned::scanned_text;
use latchkey_testkit::for_each_database;
use latchkey_verify::{ReturnReceipt, SCANNED_RETURN_RECEIPT};

use crate::common::{check_ledger, code};
use crate::return_receipt::{basement, pair, public};

#[tokio::test]
async fn a_return_code_that_is_read_out_does_what_the_receipt_does() {
    for_each_database(async |app| {
        let of = basement(app).await;
        let code_of = |pair: &MachineKeyPair| pair.return_code().unwrap().to_string();
        let said = code_of(&of.pair).to_lowercase().replace('-', " ");
        // Nobody's, a typing error, and one of a machine that was given nothing to return.
        let unknown = of.bring(app, &code_of(&pair(8))).await;
        assert_eq!(code(unknown), "return_code_unknown");
        let mistyped = of.bring(app, &said[1..]).await;
        assert_eq!(code(mistyped), "return_code_mistyped");
        let other = app.activate(of.license, "CAD-08", "Office").await;
        let theirs = pair(9);
        let bound = app.activation_bind_key(&of.admin, None, other, public(&theirs));
        bound.await.unwrap();
        let nothing = of.bring(app, &code_of(&theirs)).await;
        assert_eq!(code(nothing), "return_code_no_file");
        // Another customer's people do not learn that there is such a machine.
        let stranger = app.person_of(app.customer("Ostwind").await, Role::CustomerAdmin);
        let refused = app.return_receipt_accept(&stranger, None, &said).await;
        assert_eq!(code(refused), "return_code_unknown");
        assert_eq!(of.used(app).await, 2);

        app.clock.advance_days(2);
        let retry = || {
            Some(Idempotency {
                key: "read-out".into(),
                request: [7; 32],
            })
        };
        let taken = app.return_receipt_accept(&of.admin, retry(), &said).await;
        let taken = taken.unwrap();
        assert_eq!(of.used(app).await, 1);
        let repeated = app.return_receipt_accept(&of.admin, retry(), &said).await;
        assert_eq!(repeated.unwrap().value, taken.value);
        // Both sides keep the same proof as of a receipt.
        let kept = app.return_receipt_content(&of.admin, taken.value.0).await;
        let kept = kept.unwrap().content;
        let (read, _) = ReturnReceipt::read_countersigned(kept.as_bytes(), &of.root).unwrap();
        assert_eq!(read, of.said(app));
        assert_eq!(code(of.bring(app, &said).await), "return_receipt_taken");
        let receipt = of.receipt(app);
        assert_eq!(code(of.bring(app, &receipt).await), "return_receipt_taken");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_comes_and_goes_as_the_text_of_a_qr_code() {
    for_each_database(async |app| {
        let of = basement(app).await;
        let scanned = scanned_text(SCANNED_RETURN_RECEIPT, &of.receipt(app)).unwrap();
        let cut = &scanned[..scanned.len() - 9];
        assert_eq!(code(of.bring(app, cut).await), "return_receipt_unreadable");
        let taken = of.bring(app, &format!("{scanned}\n")).await.unwrap();
        let kept = app.return_receipt_content(&of.admin, taken.value.0).await;
        let kept = scanned_text(SCANNED_RETURN_RECEIPT, &kept.unwrap().content).unwrap();
        ReturnReceipt::read_countersigned(kept.as_bytes(), &of.root).unwrap();
        let drawn = app.return_receipt_qr(&of.admin, taken.value.0).await;
        assert!(drawn.unwrap().starts_with("<svg "));
    })
    .await;
}
