//! The commands of `docs/license-file.md`, run as they stand there.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::cases::pem;
use crate::kit::{Ledger, NOW, Vendor, bound_license, key};

/// The year 2100: the documented commands ask the machine for the time.
const FAR_OFF: i64 = 4_102_444_800;

struct Desk {
    folder: TempDir,
    demonstration: String,
}

/// A folder with the documented script, a fresh license file and the root key.
fn desk(vendor: &Vendor) -> Desk {
    let doc = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/license-file.md");
    let doc = fs::read_to_string(doc).unwrap();
    let mut blocks = doc
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("check.sh"), blocks.next().unwrap()).unwrap();
    let mut license = bound_license();
    (license.expires_at, license.file_expires_at) = (Some(FAR_OFF), FAR_OFF);
    license.starts_at = NOW - 300_000_000;
    let file = vendor.export(&license, Ledger::of_others(1000), 337);
    fs::write(folder.path().join("acme.lkl"), file).unwrap();
    fs::write(folder.path().join("root.pem"), pem(&vendor.root)).unwrap();
    Desk {
        folder,
        demonstration: blocks.next().unwrap().to_owned(),
    }
}

impl Desk {
    fn bash(&self, args: &[&str]) -> (bool, String) {
        let output = Command::new("bash")
            .args(args)
            .current_dir(self.folder.path())
            .output()
            .expect("bash starts");
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }

    fn check(&self) -> (bool, String) {
        self.bash(&["check.sh", "acme.lkl", "root.pem"])
    }

    fn read(&self) -> String {
        fs::read_to_string(self.folder.path().join("acme.lkl")).unwrap()
    }

    /// The refusal of the file with `from` changed to `to` once.
    fn refusal_with(&self, from: &str, to: &str) -> String {
        let original = self.read();
        assert!(original.contains(from), "{from}");
        fs::write(
            self.folder.path().join("acme.lkl"),
            original.replacen(from, to, 1),
        )
        .unwrap();
        let (accepted, says) = self.check();
        fs::write(self.folder.path().join("acme.lkl"), original).unwrap();
        assert!(!accepted, "accepted with {to}");
        says.trim().to_owned()
    }
}

#[test]
fn the_documented_commands_accept_a_fresh_file_and_refuse_it_altered() {
    let desk = desk(&Vendor::default());
    let (succeeded, says) = desk.bash(&["-ec", &desk.demonstration]);
    assert!(succeeded, "{says}");
    assert!(says.contains("Müller & Söhne"), "{says}");
    assert!(
        says.contains("refused: the license is not signed by an issuer key that counts"),
        "{says}"
    );
}

#[test]
fn the_documented_commands_check_every_part() {
    let desk = desk(&Vendor::default());
    let file = desk.read();
    let line = |start: &str| {
        file.lines()
            .map(str::trim)
            .find(|line| line.starts_with(start))
            .unwrap()
            .to_owned()
    };
    // One character in the middle of a line.
    let altered = |line: &str| {
        let (left, right) = line.split_at(line.len() / 2);
        let other = if right.starts_with('A') { "B" } else { "A" };
        format!("{left}{other}{}", &right[1..])
    };
    let refused = |line: &str| desk.refusal_with(line, &altered(line));

    let (_, trust) = file.split_once("\"trust\": {").unwrap();
    let trust_line = |start: &str| {
        trust
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with(start))
            .unwrap()
    };
    let by_root = "refused: the trust bundle is not signed by this root key";
    assert_eq!(refused(trust_line("\"payload\"")), by_root);
    assert_eq!(refused(trust_line("{\"keyid\"")), by_root);
    assert_eq!(
        refused(trust_line("\"payloadType\"")),
        "refused: the trust section has another type"
    );
    let by_issuer = "refused: the license is not signed by an issuer key that counts";
    assert_eq!(refused(&line("{\"keyid\"")), by_issuer);
    assert_eq!(refused(&line("\"payload\"")), by_issuer);
    let by_ledger = "refused: the checkpoint is not signed by a ledger key that counts";
    assert_eq!(desk.refusal_with("\\n1338\\n", "\\n1339\\n"), by_ledger);
    let no_proof = "refused: the proof does not lead to the root";
    assert_eq!(
        desk.refusal_with("\"index\": 1000", "\"index\": 1001"),
        no_proof
    );
    assert_eq!(
        desk.refusal_with("\"index\": 1000", "\"index\": 1338"),
        "refused: the index is beyond the ledger"
    );
    let hashes = file.split_once("\"hashes\": [\n").unwrap().1;
    let first_hash = hashes.lines().next().unwrap().trim();
    assert_eq!(refused(first_hash), no_proof);
    assert_eq!(
        desk.refusal_with(&format!("      {first_hash}\n"), ""),
        no_proof
    );
    assert_eq!(refused(&line("\"entry\"")), no_proof);

    assert_eq!(
        desk.check(),
        (true, desk.check().1),
        "and as it was, it is accepted still"
    );
}

#[test]
fn the_documented_commands_know_key_states_and_roots() {
    let with = |change: fn(&mut Vendor)| {
        let mut vendor = Vendor::default();
        change(&mut vendor);
        desk(&vendor).check()
    };
    let void = |from| {
        move |v: &mut Vendor| {
            (v.trust.keys[1].state, v.trust.keys[1].void_from_index) = ("compromised", from);
        }
    };
    let check = |from: Option<u64>| {
        let mut vendor = Vendor::default();
        void(from)(&mut vendor);
        desk(&vendor).check().0
    };
    assert!(check(Some(1001)), "the file has index 1000");
    assert!(!check(Some(1000)) && !check(None));
    assert!(with(|v| v.trust.keys[1].product_id = Some(bound_license().product.id)).0);
    assert!(!with(|v| v.trust.keys[1].product_id = Some("prd_other".into())).0);
    assert!(!with(|v| v.trust.ledger_origin = "latchkey/vnd_other/ledger".into()).0);
    assert!(!with(|v| v.ledger = key(98)).0);
    let (accepted, says) = with(|v| {
        v.trust
            .keys
            .insert(0, crate::kit::trust_key("key_new", "issuer", &key(97)));
    });
    assert!(accepted, "{says}");
    let desk = desk(&Vendor::default());
    fs::write(desk.folder.path().join("root.pem"), pem(&key(98))).unwrap();
    assert_eq!(
        desk.check().1.trim(),
        "refused: the trust bundle is not signed by this root key"
    );
}
