//! Exporting license files: what they say is read, they are signed outside of the writer's turn, and then recorded if
//! nothing that they rest on has changed since; if something has, it is tried again.

use std::collections::HashMap;
use std::sync::Arc;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::license_file::{LicenseFileRefusal, VendorPart};
use latchkey_domain::limits::{BULK_REPORT_ROWS_MAX, LICENSE_FILE_DAYS_MAX};
use latchkey_domain::refusal::Refusal;
use latchkey_domain::signing_key::{KeyState, SigningKey};
use latchkey_domain::{ChangeId, LicenseFileId, LicenseId, MachineId};
use latchkey_store::filter::LicenseFilter;
use latchkey_store::{Batch, JobContext, Need, Needs, StoreError};
use serde::{Deserialize, Serialize};

use super::draft::{ByLicense, Draft};
use super::gather::{Gather, Gathered, Selection};
use super::sign::{Common, Signed, sign_all};
use crate::act::{Act, Stop};
use crate::bulk::check_ids;
use crate::permission::narrowed;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// Tries before it is said that the licenses keep changing.
const TRIES_MAX: u32 = 3;

/// A license file to export.
#[derive(Debug, Clone)]
pub struct ExportLicenseFile {
    /// Of which license.
    pub license_id: LicenseId,
    /// The machines to bind it to; none means any, which a node-locked license does not allow.
    pub machine_ids: Vec<MachineId>,
    /// For how many days; none means as many as the license's policy says.
    pub valid_days: Option<u32>,
}

/// License files to export for all licenses that a filter selects.
///
/// A license that is not node-locked gets one file, bound to no machine. A node-locked one gets files bound to all its
/// active machines: one for each [`latchkey_domain::limits::MACHINES_PER_LICENSE_FILE_MAX`] of them. Licenses for
/// which there can be no file (suspended, expired, revoked, or node-locked without an active machine) are skipped, and
/// the answer says why.
#[derive(Debug, Clone)]
pub struct ExportLicenseFiles {
    /// Of which licenses.
    pub filter: LicenseFilter,
    /// For how many days; none means as many as each license's policy says.
    pub valid_days: Option<u32>,
}

/// What a bulk export made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedLicenseFiles {
    /// How many files.
    pub count: u64,
    /// How many licenses were skipped.
    pub skipped: u64,
    /// The first [`BULK_REPORT_ROWS_MAX`] of those.
    pub skipped_licenses: Vec<SkippedRow>,
}

/// A license that got no file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedRow {
    /// The license.
    pub license_id: LicenseId,
    /// The last group of its key.
    pub key_hint: String,
    /// The reason's stable code.
    pub code: String,
    /// The reason.
    pub detail: String,
    /// What would help.
    pub fix: Option<String>,
}

/// A license that gets no file, and the reason.
pub(super) struct SkippedLicense {
    row: SkippedRow,
    pub(super) refused: Refused,
}

impl SkippedLicense {
    pub(super) fn new(license: &License, refused: Refused) -> Self {
        let row = SkippedRow {
            license_id: license.id,
            key_hint: license.key.hint().to_owned(),
            code: refused.code.to_owned(),
            detail: refused.sentence.clone(),
            fix: refused.fix.clone(),
        };
        Self { row, refused }
    }
}

/// Records signed files.
struct Record {
    /// The files; or why there are none, which is answered only if the request is not a repeated one.
    prepared: Result<Arc<Prepared>, Refused>,
}

struct Prepared {
    files: Vec<Signed>,
    skipped: Vec<SkippedLicense>,
}

/// What is remembered of an export.
#[derive(Clone, Serialize, Deserialize)]
struct Recorded {
    first: LicenseFileId,
    #[serde(flatten)]
    exported: ExportedLicenseFiles,
}

impl Act for Record {
    type Value = Recorded;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        let Ok(prepared) = &self.prepared else { return };
        needs.ask(Need::SigningKeys);
        for signed in &prepared.files {
            needs.ask(Need::License(signed.file.license_id));
            needs.ask(Need::EntitlementsOf(signed.file.license_id));
            for (activation_id, _) in &signed.basis.activations {
                needs.ask(Need::Activation(*activation_id));
            }
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Recorded, Stop<Recorded>> {
        let prepared = self
            .prepared
            .as_ref()
            .map_err(|refused| Stop::Refused(refused.clone()))?;
        let first = prepared
            .files
            .first()
            .ok_or(LicenseFileRefusal::Nothing)?
            .file
            .id;
        let known = ByLicense::of(batch);
        if !prepared
            .files
            .iter()
            .all(|signed| still_holds(batch, &known, signed))
        {
            return Err(LicenseFileRefusal::Changed.into());
        }
        for signed in &prepared.files {
            let mut file = signed.file.clone();
            file.ledger_index = batch.next_index();
            let until = file.expires_at;
            batch.record_document(Verb::LicenseFileExport, file, Some(&signed.file.document));
            for (id, _) in &signed.basis.activations {
                if let Some(mut activation) = batch.get::<Activation>(*id).cloned() {
                    activation.has_file(until);
                    batch.touch(activation);
                }
            }
        }
        let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let rows = prepared.skipped.iter().take(BULK_REPORT_ROWS_MAX);
        Ok(Recorded {
            first,
            exported: ExportedLicenseFiles {
                count: length(prepared.files.len()),
                skipped: length(prepared.skipped.len()),
                skipped_licenses: rows.map(|skipped| skipped.row.clone()).collect(),
            },
        })
    }
}

/// A customer's people choose fewer days than the licenses' policy says, never more.
fn too_long(drafts: &[Draft], valid_days: Option<u32>) -> Option<LicenseFileRefusal> {
    let days = valid_days?;
    let allowed = drafts.iter().map(|draft| draft.license.license_file_days);
    let max = allowed.min().filter(|max| days > *max)?;
    Some(LicenseFileRefusal::LongerThanLicense { days, max })
}

fn still_holds(batch: &Batch, known: &ByLicense<'_>, signed: &Signed) -> bool {
    let Signed { file, basis } = signed;
    let license = batch.get::<License>(file.license_id);
    let key = batch.get::<SigningKey>(file.signing_key_id);
    license.is_some_and(|license| {
        license.version == basis.license && license.holds(batch.now()).is_ok()
    }) && key.is_some_and(|key| key.state == KeyState::Active)
        && known.granted(file.license_id) == basis.entitlements
        && basis.activations.iter().all(|(id, version)| {
            batch.get::<Activation>(*id).is_some_and(|activation| {
                activation.version == *version && activation.state == ActivationState::Active
            })
        })
}

/// License files: exporting. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Exports one license file. Its own end is after its days, and never later than the license's.
    pub async fn license_file_export(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ExportLicenseFile,
    ) -> Result<Changed<LicenseFileId>, AppError> {
        let selection = Selection::One(command.license_id, command.machine_ids);
        let operation = Operation::ExportLicenseFile;
        let changed = self
            .export(actor, operation, idempotency, selection, command.valid_days)
            .await?;
        Ok(changed.map(|recorded| recorded.first))
    }

    /// Exports the license files of all licenses that a filter selects, as one change; see [`ExportLicenseFiles`].
    pub async fn license_files_export(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ExportLicenseFiles,
    ) -> Result<Changed<ExportedLicenseFiles>, AppError> {
        check_ids(command.filter.ids.as_ref())?;
        let selection = Selection::Where(narrowed(actor, &command.filter));
        let operation = Operation::ExportLicenseFiles;
        let changed = self
            .export(actor, operation, idempotency, selection, command.valid_days)
            .await?;
        Ok(changed.map(|recorded| recorded.exported))
    }

    async fn export(
        &self,
        actor: &Actor,
        operation: Operation,
        idempotency: Option<Idempotency>,
        selection: Selection,
        valid_days: Option<u32>,
    ) -> Result<Changed<Recorded>, AppError> {
        self.permit(actor, operation)?;
        if let Some(days) = valid_days.filter(|days| !(1..=LICENSE_FILE_DAYS_MAX).contains(days)) {
            return Err(Refused::from(LicenseFileRefusal::Days { days }).into());
        }
        let mut tries = 1;
        loop {
            let prepared = self
                .prepare(actor, operation, selection.clone(), valid_days)
                .await?;
            let act = Record { prepared };
            match self.act(actor, operation, idempotency.clone(), act).await {
                Err(AppError::Refused(refused))
                    if refused.code == LicenseFileRefusal::Changed.code() && tries < TRIES_MAX =>
                {
                    tries += 1;
                }
                answer => return answer,
            }
        }
    }

    /// Reads what the files are to say, and signs them.
    async fn prepare(
        &self,
        actor: &Actor,
        operation: Operation,
        selection: Selection,
        valid_days: Option<u32>,
    ) -> Result<Result<Arc<Prepared>, Refused>, AppError> {
        let now = self.now();
        let context = JobContext::unasked(actor.clone(), ChangeId::generate(now, &*self.random));
        let outcome = self
            .store
            .write(&self.scope, context, Gather(operation, selection))
            .await?;
        let Gathered {
            vendor_name,
            drafts,
            skipped,
        } = match outcome.result {
            Err(Ok(gathered)) => gathered,
            Err(Err(refused)) => return Ok(Err(refused)),
            Ok(()) => return Err(StoreError::Closed.into()),
        };
        if actor.reach.customer.is_some()
            && let Some(refused) = too_long(&drafts, valid_days)
        {
            return Ok(Err(refused.into()));
        }
        let mut keys = HashMap::new();
        for draft in &drafts {
            if let std::collections::hash_map::Entry::Vacant(e) = keys.entry(draft.issuer.id) {
                let key = self.vault.open(&draft.issuer);
                let key = key.map_err(|error| crate::signing_key::damaged(&error.to_string()))?;
                e.insert(key);
            }
        }
        let id = self.scope.vendor_id.to_string();
        let vendor = VendorPart {
            id,
            name: vendor_name,
        };
        let common = Common {
            vendor,
            now,
            valid_days,
            keys,
        };
        let random = Arc::clone(&self.random);
        let signing = tokio::task::spawn_blocking(move || sign_all(&drafts, &common, &*random));
        let files = signing.await.map_err(|_| StoreError::Closed)??;
        Ok(Ok(Arc::new(Prepared { files, skipped })))
    }
}
