//! The golden files against today's writer.

use std::fs;
use std::path::Path;

use crate::cases;

#[test]
fn today_s_writer_still_makes_the_golden_files_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../verify/tests/golden");
    for case in cases::all() {
        let path = folder.join(&case.name);
        let advice = "if the format was changed on purpose, keep the old golden files, give the changed cases new \
                      names and run `cargo run -p latchkey-domain --example golden`";
        let file = fs::read_to_string(path.with_extension("lkl")).unwrap_or_default();
        assert!(
            file == case.file,
            "{} is made differently now; {advice}",
            case.name
        );
        let text = fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        assert_eq!(text, case.text, "{}; {advice}", case.name);
    }
}

#[test]
fn a_file_of_a_large_ledger_stays_near_four_kilobytes() {
    let sizes = cases::all()
        .into_iter()
        .map(|case| (case.file.len(), case.name))
        .max();
    let (bytes, name) = sizes.unwrap();
    assert!(bytes <= 5 * 1024, "{name} has {bytes} bytes");
}
