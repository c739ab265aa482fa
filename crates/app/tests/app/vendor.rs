//! The vendor's name: in its row, and in what the root certifies.

use latchkey_domain::ledger::Verb;
use latchkey_testkit::for_each_database;
use latchkey_verify::dsse::Envelope;
use latchkey_verify::{RootKey, TrustBundle};

use crate::common::size;

#[tokio::test]
async fn another_name_is_certified_by_the_root_and_the_same_name_changes_nothing() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let root = app.root_key(owner).await.unwrap();
        let root = RootKey::from_pem(&root.pem).unwrap();
        let before = app.vendor(owner).await.unwrap();
        let name = "Nordlicht Software GmbH";
        let renamed = app.vendor_rename(owner, None, name.parse().unwrap());
        let renamed = renamed.await.unwrap();
        assert!(renamed.change.is_some() && renamed.undo_until.is_none());

        let vendor = app.vendor(owner).await.unwrap();
        assert_eq!(vendor.name.to_string(), name);
        assert_eq!(vendor.trust_version, before.trust_version + 1);
        let bundle = app.trust_bundle(owner).await.unwrap();
        let envelope = Envelope::parse(bundle.as_bytes()).unwrap();
        let certified = TrustBundle::verify(&envelope, &root).unwrap();
        assert_eq!(certified.vendor.name, name);
        assert_eq!(Verb::VendorRename.as_str(), "vendor.rename");

        let entries = size(app).await;
        let again = app.vendor_rename(owner, None, name.parse().unwrap());
        assert!(again.await.unwrap().change.is_none());
        assert_eq!(size(app).await, entries);
    })
    .await;
}
