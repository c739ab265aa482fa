//! Writes the golden license files that are not there yet, from fixed keys. Never changes one
//! that is: what a released version has accepted or refused stays so.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "makes test data from fixed input, together with the tests"
)]

use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "../tests/license_file/cases.rs"]
mod cases;
#[path = "../tests/license_file/kit.rs"]
mod kit;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../verify/tests/golden");
    for kind in ["accept", "refuse"] {
        fs::create_dir_all(folder.join(kind))?;
    }
    for (name, key) in cases::roots() {
        fs::write(folder.join(name), cases::pem(&key))?;
    }
    for case in cases::all() {
        let path = folder.join(&case.name);
        if !path.with_extension("lkl").exists() {
            fs::write(path.with_extension("lkl"), &case.file)?;
            fs::write(path.with_extension("txt"), &case.text)?;
            println!("{}", case.name);
        }
    }
    Ok(())
}
