//! Activates every machine of a list on one license.

use latchkey_domain::activation::{Activation, ActivationRefusal, ActivationState, search_name};
use latchkey_domain::actor::Actor;
use latchkey_domain::import::{ActivationRow, parse_activation_list};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::machine::Machine;
use latchkey_domain::refusal::Refusal;
use latchkey_domain::text::FriendlyName;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_store::{Batch, Need, Needs};

use super::{Fields, ImportOptions, ImportOutcome, ImportReport, Parsed, Verdict, end};
use crate::act::{Act, Stop};
use crate::activation::new_machine;
use crate::admission::{admitted, ask_whether_admitted};
use crate::machine::rename;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

impl App {
    /// Activates every machine of a list, in either form that [`parse_activation_list`] reads. Machines that are
    /// active already are only renamed, if the list calls them otherwise.
    ///
    /// # Errors
    /// If the actor may not, the file cannot be read, the license does not hold, or (unless they are to be skipped)
    /// any row is refused.
    pub async fn activation_import(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        license_id: LicenseId,
        bytes: &[u8],
        options: ImportOptions,
    ) -> Result<Changed<ImportReport>, AppError> {
        self.permit(actor, Operation::ImportActivations)?;
        let list = parse_activation_list(bytes).map_err(Refused::from)?;
        let list = Parsed {
            encoding: list.encoding,
            columns: list.headers,
            rows: list.rows,
        };
        let act = ImportActivations {
            license_id,
            list,
            options,
        };
        self.act(actor, Operation::ImportActivations, idempotency, act)
            .await
    }
}

struct ImportActivations {
    license_id: LicenseId,
    list: Parsed<ActivationRow>,
    options: ImportOptions,
}

impl Fields for ActivationRow {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("machine_code", self.machine_code.to_string())];
        fields.extend(
            self.friendly_name
                .as_ref()
                .map(|name| ("friendly_name", name.to_string())),
        );
        fields
    }
}

impl Act for ImportActivations {
    type Value = ImportReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::License(self.license_id));
        let Some(license) = batch.get::<License>(self.license_id) else {
            return;
        };
        for row in self.list.readable() {
            ask_whether_admitted(batch, license, &row.machine_code, needs);
            let Some(machine) = batch.machine_by_code(license.customer_id, &row.machine_code)
            else {
                needs.ask(Need::MachineCode(
                    license.customer_id,
                    row.machine_code.clone(),
                ));
                continue;
            };
            needs.ask(Need::ActivationOf(license.id, machine.id));
            if new_name(machine, row).is_some() {
                needs.ask(Need::ActivationsOfMachine(machine.id));
            }
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ImportReport, Stop<ImportReport>> {
        let license = batch
            .get::<License>(self.license_id)
            .ok_or(LicenseRefusal::NotFound)?;
        license.holds(batch.now())?;
        let seats_before = license.seats_used;
        let mut list = Seating {
            license: license.clone(),
            turned_away: 0,
        };
        let mut report = self
            .list
            .decide(batch, self.options, |batch, _, row| list.seat(batch, row));
        if list.license.seats_used != seats_before {
            batch.touch(list.license);
        }
        say_how_many_seats(&mut report, list.turned_away);
        end(report, self.options)
    }
}

/// The name that a row gives a machine, if it is another than it has.
fn new_name<'a>(machine: &Machine, row: &'a ActivationRow) -> Option<&'a FriendlyName> {
    row.friendly_name
        .as_ref()
        .filter(|name| **name != machine.friendly_name)
}

/// A list being worked through.
struct Seating {
    /// The license, with the seats taken so far; put back once, at the end.
    license: License,
    /// Rows for which there was no seat.
    turned_away: u32,
}

impl Seating {
    fn seat(&mut self, batch: &mut Batch, row: &ActivationRow) -> Result<Verdict, Refused> {
        let known = batch
            .machine_by_code(self.license.customer_id, &row.machine_code)
            .cloned();
        let seated = match known {
            None => self.seat_new(batch, row),
            Some(machine) => self.seat_known(batch, machine, row),
        };
        if let Err(refused) = &seated
            && refused.code == (ActivationRefusal::SeatsExhausted { seats_max: 0 }).code()
        {
            self.turned_away += 1;
        }
        seated
    }

    fn seat_new(&mut self, batch: &mut Batch, row: &ActivationRow) -> Result<Verdict, Refused> {
        admitted(batch, &self.license, &row.machine_code)?;
        let machine = new_machine(
            batch,
            &self.license,
            &row.machine_code,
            row.friendly_name.as_ref(),
        )?;
        let activation = self.activate(batch, &machine)?;
        batch.record(Verb::MachineCreate, machine);
        batch.record(Verb::ActivationActivate, activation);
        Ok(Verdict::new(ImportOutcome::Create))
    }

    fn seat_known(
        &mut self,
        batch: &mut Batch,
        mut machine: Machine,
        row: &ActivationRow,
    ) -> Result<Verdict, Refused> {
        let name = new_name(&machine, row).cloned();
        let old_name = name.map(|name| std::mem::replace(&mut machine.friendly_name, name));
        let active = batch.activation_of(self.license.id, machine.id);
        if active.is_none_or(|seat| seat.state != ActivationState::Active) {
            admitted(batch, &self.license, &row.machine_code)?;
        }
        // The seat first: a row that is refused renames nothing.
        let (activated, again) = match batch.activation_of(self.license.id, machine.id) {
            Some(activation) if activation.state == ActivationState::Active => (None, false),
            Some(activation) => {
                let mut activation = activation.clone();
                activation.reactivate(&mut self.license, batch.now())?;
                activation.name_folded = search_name(&machine.friendly_name);
                (Some(activation), true)
            }
            None => (Some(self.activate(batch, &machine)?), false),
        };
        let (created, renamed) = (activated.is_some(), old_name.is_some());
        if renamed {
            rename(batch, Verb::MachineRename, machine);
        }
        if let Some(activation) = activated {
            batch.record(Verb::ActivationActivate, activation);
        }
        let verdict = Verdict::new(match (created, renamed) {
            (true, _) => ImportOutcome::Create,
            (false, true) => ImportOutcome::Update,
            (false, false) => ImportOutcome::Unchanged,
        });
        Ok(match (again, old_name) {
            (false, None) => verdict,
            (true, None) => verdict.because("activated again".into()),
            (false, Some(old)) => verdict.because(format!("was called “{old}”")),
            (true, Some(old)) => verdict.because(format!("activated again; was called “{old}”")),
        })
    }

    fn activate(
        &mut self,
        batch: &Batch,
        machine: &Machine,
    ) -> Result<Activation, ActivationRefusal> {
        let id = ActivationId::generate(batch.now(), &*batch.random());
        Activation::activate(id, batch.salt(), &mut self.license, machine, batch.now())
    }
}

/// Tells the rows for which there was no seat how many seats would help.
fn say_how_many_seats(report: &mut ImportReport, turned_away: u32) {
    let code = ActivationRefusal::SeatsExhausted { seats_max: 0 }.code();
    let missing = if turned_away == 1 {
        "1 seat is".to_owned()
    } else {
        format!("{turned_away} seats are")
    };
    for row in report
        .rows
        .iter_mut()
        .filter(|row| row.code.as_deref() == Some(code))
    {
        row.fix = Some(format!(
            "{missing} missing for this list: deactivate machines that are no longer used, or get more seats."
        ));
    }
}
