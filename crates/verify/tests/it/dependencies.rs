//! What the verifier is built from: "signing separated from verification", made checkable.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn the_verifier_brings_no_network_no_database_no_randomness() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "latchkey-verify",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        packages.contains("ed25519-dalek"),
        "the tree was read: {packages:?}"
    );
    for banned in [
        "aws-lc-rs",
        "getrandom",
        "hyper",
        "libsqlite3-sys",
        "openssl",
        "rand",
        "rand_chacha",
        "rand_core",
        "reqwest",
        "ring",
        "rsa",
        "rustls",
        "sqlx",
        "sqlx-core",
        "tokio",
        "chrono",
        "latchkey-domain",
    ] {
        assert!(
            !packages.contains(banned),
            "{banned} is in the verifier's tree; it must stay out"
        );
    }
    assert!(
        packages.len() <= 40,
        "{} packages: the verifier must stay small",
        packages.len()
    );
}

#[test]
fn the_verifier_s_own_code_signs_nothing() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["SigningKey", "Signer", ".sign("] {
                assert!(!text.contains(word), "{} names {word}", path.display());
            }
        }
    }
}
