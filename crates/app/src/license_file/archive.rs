//! All license files of one export as a zip archive, proven against one head of the ledger.

use std::collections::HashMap;
use std::io::Write;

use latchkey_domain::ChangeId;
use latchkey_domain::actor::Actor;
use latchkey_domain::change::UndoRefusal;
use latchkey_domain::license_file::LicenseFileRefusal;
use latchkey_report::{Archive, FileName};
use latchkey_store::StoreError;
use latchkey_store::filter::PageRequest;
use tokio::sync::mpsc;

use super::LicenseFileItem;
use super::content::{damaged, put_together};
use crate::{App, AppError, Operation, Refused};

/// Files that are read at once: finding those of a change costs the same however few are wanted.
const FILES_PER_READING: u32 = 5_000;

/// Files that may wait to be compressed.
const FILES_WAITING_MAX: usize = 64;

impl App {
    /// Writes all license files that one change exported to `out`, as a zip archive, and gives `out` back.
    ///
    /// # Errors
    /// If there is no such change or it exported none, the actor may not, the store fails, or `out` cannot be
    /// written to.
    pub async fn license_files_archive<W: Write + Send + 'static>(
        &self,
        actor: &Actor,
        change: ChangeId,
        out: W,
    ) -> Result<W, AppError> {
        self.permit(actor, Operation::DownloadLicenseFiles)?;
        let vendor_id = self.scope.vendor_id;
        let customer = actor.reach.customer;
        let span = self.store.change_span(vendor_id, change).await?;
        let (first, last) = span.ok_or_else(|| Refused::from(UndoRefusal::NotFound))?;
        let mut page = PageRequest::uncounted(FILES_PER_READING, None);
        let mut found = self
            .store
            .license_file_of_change(vendor_id, change, customer, page)
            .await?;
        if found.rows.is_empty() && customer.is_some() {
            // What was done to what others have is not there.
            return Err(Refused::from(UndoRefusal::NotFound).into());
        }
        if found.rows.is_empty() {
            return Err(Refused::from(LicenseFileRefusal::Nothing).into());
        }
        let trust = self.trust_envelope().await?;
        let mut prover = self.prover().await?;
        prover.load(&self.store, first..last + 1).await?;

        let modified_at = self.now().to_chrono();
        let (files, mut waiting) = mpsc::channel::<(FileName, String)>(FILES_WAITING_MAX);
        let compressing = tokio::task::spawn_blocking(move || {
            let mut archive = Archive::new(out, modified_at);
            while let Some((name, content)) = waiting.blocking_recv() {
                archive.add(&name, content.as_bytes())?;
            }
            archive.finish()
        });
        'pages: loop {
            let mut entries = self.entries_of(&found.rows).await?;
            for view in found.rows {
                let file = LicenseFileItem::of(view);
                let index = file.view.file.ledger_index;
                let entry = entries.remove(&index);
                let entry = entry.ok_or_else(|| damaged(format!("entry {index} is missing")))?;
                let content = put_together(&file.view.file, &trust, &entry, &mut prover)?;
                if files.send((file.file_name, content)).await.is_err() {
                    break 'pages;
                }
            }
            if found.next.is_none() {
                break;
            }
            page.after = found.next;
            found = self
                .store
                .license_file_of_change(vendor_id, change, customer, page)
                .await?;
        }
        drop(files);
        let written = compressing.await.map_err(|_| StoreError::Closed)?;
        let failed = |error: latchkey_report::ReportError| StoreError::Unavailable {
            reason: error.to_string(),
        };
        Ok(written.map_err(failed)?)
    }

    /// The entries of these files, by index. A change's entries lie side by side.
    async fn entries_of(
        &self,
        files: &[latchkey_store::LicenseFileView],
    ) -> Result<HashMap<u64, String>, StoreError> {
        let indexes = || files.iter().map(|view| view.file.ledger_index);
        let (Some(first), Some(last)) = (indexes().min(), indexes().max()) else {
            return Ok(HashMap::new());
        };
        let limit = u32::try_from(last - first + 1).unwrap_or(u32::MAX);
        let vendor_id = self.scope.vendor_id;
        let entries = self.store.ledger_entries(vendor_id, first, limit).await?;
        Ok((first..).zip(entries).collect())
    }
}
