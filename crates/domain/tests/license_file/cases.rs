//! The golden files: what each is, and how it is made.

use ed25519_dalek::SigningKey;
use latchkey_domain::license_file::LicenseFilePayload;
use latchkey_verify::{Machine, PublicKey, RootKey, verify_license_file};

use crate::kit::{DAY, Ledger, NOW, Vendor, bound_license, key, open_license, trust_key};

/// A golden file and the text beside it.
pub(crate) struct Case {
    /// Folder and name without extension.
    pub(crate) name: String,
    /// The license file.
    pub(crate) file: String,
    /// Root key, time and machine, and what the verifier says.
    pub(crate) text: String,
}

/// The two root keys that the texts name.
pub(crate) fn roots() -> [(&'static str, SigningKey); 2] {
    [("root.pem", key(1)), ("other.pem", key(77))]
}

/// A public key as PEM.
pub(crate) fn pem(key: &SigningKey) -> String {
    PublicKey::from(&key.verifying_key()).to_pem()
}

struct Check {
    root: &'static str,
    now: i64,
    machine: Option<&'static str>,
}

const USUAL: Check = Check {
    root: "root.pem",
    now: NOW + DAY,
    machine: Some("4C4C4544-0051-3511"),
};

fn case(name: &str, file: String, check: &Check) -> Case {
    let root = roots()
        .into_iter()
        .find(|(name, _)| *name == check.root)
        .unwrap()
        .1;
    let root = RootKey::from_pem(&pem(&root)).unwrap();
    let machine = check.machine.map_or(Machine::NotChecked, Machine::Code);
    let (folder, says) = match verify_license_file(file.as_bytes(), &root, check.now, machine) {
        Ok(grants) => ("accept", serde_json::to_string_pretty(&grants).unwrap()),
        Err(refusal) => (
            "refuse",
            format!("{}\n{refusal}.\n{}.", refusal.code(), refusal.fix()),
        ),
    };
    let machine = check
        .machine
        .map_or(String::new(), |code| format!("machine: {code}\n"));
    let text = format!(
        "root: {}\nnow: {}\n{machine}\n{says}\n",
        check.root, check.now
    );
    Case {
        name: format!("{folder}/{name}"),
        file,
        text,
    }
}

fn usual_file(vendor: &Vendor, license: &LicenseFilePayload) -> String {
    vendor.export(license, Ledger::of_others(1000), 300)
}

fn vendor(change: impl FnOnce(&mut Vendor)) -> Vendor {
    let mut vendor = Vendor::default();
    change(&mut vendor);
    vendor
}

fn license(change: impl FnOnce(&mut LicenseFilePayload)) -> LicenseFilePayload {
    let mut license = bound_license();
    change(&mut license);
    license
}

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    let plain = Vendor::default();
    let bound = usual_file(&plain, &bound_license());
    let mut cases = accepted(&plain, &bound);
    cases.extend(refused_for_rules(&plain, &bound));
    cases.extend(refused_for_signatures(&bound));
    cases
}

fn accepted(plain: &Vendor, bound: &str) -> Vec<Case> {
    let product_key = vendor(|v| {
        v.trust.keys[1].product_id = Some(bound_license().product.id);
        v.trust.keys[1].state = "compromised";
        v.trust.keys[1].void_from_index = Some(1001);
        let mut old = trust_key("key_01k5nq3v8r0000000000000009", "issuer", &key(4));
        old.state = "retired";
        v.trust.keys.push(old);
    });
    let unfamiliar = license(|l| l.critical = vec!["machines".into(), "node_locked".into()]);
    let one_line: String = bound.lines().map(str::trim).collect();
    vec![
        case("bound", bound.to_owned(), &USUAL),
        case(
            "open",
            usual_file(plain, &open_license()),
            &Check {
                machine: None,
                ..USUAL
            },
        ),
        case(
            "first-entry",
            plain.export(&bound_license(), Ledger::default(), 0),
            &USUAL,
        ),
        case(
            "large-ledger",
            plain.export(&bound_license(), Ledger::of_others(70_000), 3),
            &USUAL,
        ),
        case(
            "issuer-of-product-void-later",
            usual_file(&product_key, &bound_license()),
            &USUAL,
        ),
        case("known-critical", usual_file(plain, &unfamiliar), &USUAL),
        case("other-layout", one_line, &USUAL),
    ]
}

fn refused_for_rules(plain: &Vendor, bound: &str) -> Vec<Case> {
    let at = |now| Check { now, ..USUAL };
    let with = |change: fn(&mut Vendor)| usual_file(&vendor(change), &bound_license());
    let unknown_critical = license(|l| l.critical = vec!["hardware_token".into()]);
    let other_vendor = license(|l| l.vendor.id = "vnd_01k5nq3v8r00000000000000zz".into());
    vec![
        case("file-expired", bound.to_owned(), &at(NOW + 90 * DAY)),
        case("license-expired", bound.to_owned(), &at(NOW + 365 * DAY)),
        case("clock-behind", bound.to_owned(), &at(NOW - 301)),
        case(
            "not-started",
            usual_file(plain, &license(|l| l.starts_at = NOW + 2 * DAY)),
            &USUAL,
        ),
        case(
            "other-machine",
            bound.to_owned(),
            &Check {
                machine: Some("4C4C4544-0051-3512"),
                ..USUAL
            },
        ),
        case(
            "other-root",
            bound.to_owned(),
            &Check {
                root: "other.pem",
                ..USUAL
            },
        ),
        case(
            "unknown-critical",
            usual_file(plain, &unknown_critical),
            &USUAL,
        ),
        case("other-vendor", usual_file(plain, &other_vendor), &USUAL),
        case(
            "issuer-void",
            with(|v| {
                (v.trust.keys[1].state, v.trust.keys[1].void_from_index) =
                    ("compromised", Some(1000));
            }),
            &USUAL,
        ),
        case(
            "issuer-of-other-product",
            with(|v| v.trust.keys[1].product_id = Some("prd_other".into())),
            &USUAL,
        ),
        case(
            "root-compromised",
            with(|v| v.trust.keys[0].state = "compromised"),
            &USUAL,
        ),
        case(
            "other-ledger",
            with(|v| v.origin = "latchkey/vnd_other/ledger".into()),
            &USUAL,
        ),
    ]
}

fn refused_for_signatures(bound: &str) -> Vec<Case> {
    let stranger = vendor(|v| v.issuer = key(99));
    let ledger_stranger = vendor(|v| v.ledger = key(99));
    let swapped = |from: &str, to: &str| {
        assert!(bound.contains(from), "{from}");
        bound.replacen(from, to, 1)
    };
    let signature = bound.lines().find(|line| line.contains("\"sig\"")).unwrap();
    let other = usual_file(&Vendor::default(), &license(|l| l.seats_max = 500));
    let (other_license, _) = other.split_once("\n  \"trust\"").unwrap();
    let (_, rest) = bound.split_once("\n  \"trust\"").unwrap();
    vec![
        case(
            "signed-by-stranger",
            usual_file(&stranger, &bound_license()),
            &USUAL,
        ),
        case(
            "checkpoint-by-stranger",
            usual_file(&ledger_stranger, &bound_license()),
            &USUAL,
        ),
        case("signature-stripped", swapped(signature, ""), &USUAL),
        case(
            "payload-altered",
            swapped("\"payload\": \"eyJ", "\"payload\": \"eyK"),
            &USUAL,
        ),
        case(
            "type-renamed",
            swapped("vnd.latchkey.license.v1", "vnd.latchkey.license.v2"),
            &USUAL,
        ),
        case(
            "index-altered",
            swapped("\"index\": 1000", "\"index\": 1001"),
            &USUAL,
        ),
        case(
            "proof-of-other-file",
            format!("{other_license}\n  \"trust\"{rest}"),
            &USUAL,
        ),
        case(
            "other-format",
            swapped("license-file/1", "license-file/2"),
            &USUAL,
        ),
        case(
            "member-twice",
            swapped("\"index\": 1000", "\"index\": 1000, \"index\": 1000"),
            &USUAL,
        ),
        case(
            "number-with-fraction",
            swapped("\"index\": 1000", "\"index\": 1000.0"),
            &USUAL,
        ),
        case("truncated", bound[..bound.len() / 2].to_owned(), &USUAL),
    ]
}
