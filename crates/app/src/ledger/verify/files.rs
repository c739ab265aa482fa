//! Checks what the rows of license files keep beside their state: the signed document and its place in the ledger.

use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::hex;
use latchkey_domain::license_file::LicenseFile;
use latchkey_store::filter::{LicenseFileFilter, PageRequest};
use sha2::{Digest, Sha256};

use super::replay::Replay;
use super::{Halt, problem};
use crate::App;
use crate::license_file::payload_of;

/// Files that are read at once.
const FILES_PER_READING: u32 = 1_000;

/// Holds each license file against its entry. Those exported since the entries were read are left for the next check.
pub(super) async fn check(app: &App, replay: &Replay) -> Result<(), Halt> {
    let mut page = PageRequest::uncounted(FILES_PER_READING, None);
    loop {
        let found = app
            .store
            .license_file_list(app.scope.vendor_id, &LicenseFileFilter::default(), page)
            .await?;
        for view in &found.rows {
            if let Some(last) = replay.last.get(&view.file.id.uuid()) {
                check_file(&view.file, last.index)?;
            }
        }
        let Some(next) = found.next else {
            return Ok(());
        };
        page.after = Some(next);
    }
}

fn check_file(file: &LicenseFile, index: u64) -> Result<(), Halt> {
    let id = file.id;
    if file.ledger_index != index {
        return problem(format!(
            "license_file {id} names entry {}, and entry {index} speaks of it",
            file.ledger_index
        ));
    }
    let payload = payload_of(&file.envelope);
    if payload.map(|payload| hex(&Sha256::digest(payload))) != Some(file.document.clone()) {
        return problem(format!(
            "license_file {id}: its envelope does not hold the document that entry {index} records"
        ));
    }
    Ok(())
}
