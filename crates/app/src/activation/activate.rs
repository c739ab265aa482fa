//! Activating a machine on a license.

use latchkey_domain::activation::{Activation, ActivationRefusal, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine::Machine;
use latchkey_domain::text::{FriendlyName, MachineCode};
use latchkey_domain::{ActivationId, LicenseId, MachineId};
use latchkey_store::filter::{ActivationFilter, PageRequest};
use latchkey_store::{Batch, Need, Needs};
use serde_json::json;

use crate::act::{Act, Stop};
use crate::admission::{admitted, ask_whether_admitted};
use crate::permission::within_reach_in;
use crate::return_receipt::not_returned;
use crate::validation::Seen;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// How many of a license's longest unseen machines a refusal names.
const SEAT_HOLDERS_NAMED: u32 = 3;

/// A license, by id or by key.
#[derive(Debug, Clone)]
pub enum WhichLicense {
    /// By its id.
    Id(LicenseId),
    /// By its key.
    Key(LicenseKey),
}

impl WhichLicense {
    pub(crate) fn ask(&self, needs: &mut Needs) {
        needs.ask(match self {
            Self::Id(id) => Need::License(*id),
            Self::Key(key) => Need::LicenseKey(key.clone()),
        });
    }

    pub(crate) fn find<'b>(&self, batch: &'b Batch) -> Option<&'b License> {
        match self {
            Self::Id(id) => batch.get::<License>(*id),
            Self::Key(key) => batch.license_by_key(key),
        }
    }
}

/// A machine to be activated.
#[derive(Debug, Clone)]
pub struct ActivateMachine {
    /// On this license.
    pub license: WhichLicense,
    /// The machine's code.
    pub machine_code: MachineCode,
    /// What people call it; a machine that is known keeps its name where none is given, a new one is called by its
    /// code.
    pub friendly_name: Option<FriendlyName>,
}

impl Act for ActivateMachine {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.license.ask(needs);
        let Some(license) = self.license.find(batch) else {
            return;
        };
        ask_whether_admitted(batch, license, &self.machine_code, needs);
        needs.ask(Need::MachineCode(
            license.customer_id,
            self.machine_code.clone(),
        ));
        let Some(machine) = batch.machine_by_code(license.customer_id, &self.machine_code) else {
            return;
        };
        needs.ask(Need::ActivationOf(license.id, machine.id));
        if self
            .friendly_name
            .as_ref()
            .is_some_and(|name| *name != machine.friendly_name)
        {
            needs.ask(Need::ActivationsOfMachine(machine.id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        self.decide_for(batch, Operation::ActivateMachine)
    }
}

impl ActivateMachine {
    /// The same for whoever was let do this operation.
    pub(crate) fn decide_for(
        &self,
        batch: &mut Batch,
        operation: Operation,
    ) -> Result<ActivationId, Stop<ActivationId>> {
        let now = batch.now();
        let mut license = self
            .license
            .find(batch)
            .ok_or(LicenseRefusal::NotFound)?
            .clone();
        within_reach_in(batch, operation, &license)
            .map_err(|out| out.or(LicenseRefusal::NotFound))?;
        license.holds(now)?;
        let known = batch
            .machine_by_code(license.customer_id, &self.machine_code)
            .cloned();
        let seat = known
            .as_ref()
            .and_then(|machine| batch.activation_of(license.id, machine.id))
            .cloned();
        // What is active stays so, whoever was admitted since.
        let is_active = seat
            .as_ref()
            .is_some_and(|seat| seat.state == ActivationState::Active);
        let mut name = self.friendly_name.clone();
        if !is_active {
            let said = admitted(batch, &license, &self.machine_code).map_err(Stop::Refused)?;
            if known.is_none() {
                name = name.or_else(|| said.and_then(|said| said.friendly_name.clone()));
            }
        }
        let machine = self.machine(batch, &license, known, name)?;
        match batch.activation_of(license.id, machine.id).cloned() {
            // The same machine again is the same activation: no second seat.
            Some(mut activation) if activation.state == ActivationState::Active => {
                let id = activation.id;
                activation.seen(now);
                batch.touch(activation);
                Ok(id)
            }
            Some(mut activation) => {
                let id = activation.id;
                not_returned(batch, &activation)?;
                activation.reactivate(&mut license, now)?;
                batch.record(Verb::ActivationActivate, activation);
                batch.touch(license);
                Ok(id)
            }
            None => {
                let id = ActivationId::generate(now, &*batch.random());
                let activation =
                    Activation::activate(id, batch.salt(), &mut license, &machine, now)?;
                batch.record(Verb::ActivationActivate, activation);
                batch.touch(license);
                Ok(id)
            }
        }
    }

    /// The machine as it is called from now on, recorded.
    fn machine(
        &self,
        batch: &mut Batch,
        license: &License,
        known: Option<Machine>,
        name: Option<FriendlyName>,
    ) -> Result<Machine, Refused> {
        let Some(mut machine) = known else {
            let machine = new_machine(batch, license, &self.machine_code, name.as_ref())?;
            batch.record(Verb::MachineCreate, machine.clone());
            return Ok(machine);
        };
        if let Some(name) = name.filter(|name| *name != machine.friendly_name) {
            machine.friendly_name = name;
            crate::machine::rename(batch, Verb::MachineRename, machine.clone());
            machine = batch.get::<Machine>(machine.id).cloned().unwrap_or(machine);
        }
        Ok(machine)
    }
}

/// A machine seen for the first time, not yet recorded.
pub(crate) fn new_machine(
    batch: &Batch,
    license: &License,
    code: &MachineCode,
    friendly_name: Option<&FriendlyName>,
) -> Result<Machine, Refused> {
    let friendly_name = match friendly_name {
        Some(name) => name.clone(),
        // A code may be longer than a name.
        None => FriendlyName::parse(&code.as_str().chars().take(64).collect::<String>())?,
    };
    Ok(Machine {
        id: MachineId::generate(batch.now(), &*batch.random()),
        customer_id: license.customer_id,
        code: code.clone(),
        friendly_name,
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
    })
}

impl App {
    /// Activates a machine. A machine that is active already stays so, and is seen.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's. Where all seats are in use, the refusal names the
    /// machines that were not seen for longest.
    pub async fn activation_activate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ActivateMachine,
    ) -> Result<Changed<ActivationId>, AppError> {
        let (license, machine) = (command.license.clone(), command.clone());
        let done = self
            .act(actor, Operation::ActivateMachine, idempotency, command)
            .await;
        if let Err(AppError::Refused(refused)) = &done {
            self.note_denied(actor, &license, &machine.machine_code, refused)
                .await?;
        }
        match done {
            Err(AppError::Refused(refused)) if refused.code == "machine_returned" => {
                let seen = refused.context.as_ref();
                let seen = seen.and_then(|seen| seen["activation_id"].as_str()?.parse().ok());
                if let Some(id) = seen {
                    self.log.note(Seen::Returned(id, self.now()));
                }
                Err((*refused).into())
            }
            // An app waits for an administrator; everybody else is one, or knows who is.
            Err(AppError::Refused(refused))
                if refused.code == "machine_not_admitted" && actor.is_app() =>
            {
                Err(self.admission_wait(actor, machine).await?.into())
            }
            // Who holds the seats is told to whoever may look them up.
            Err(AppError::Refused(refused))
                if refused.code == "seats_exhausted"
                    && Operation::ListActivations.permit(actor).is_ok() =>
            {
                Err(self.name_seat_holders(*refused, &license).await?.into())
            }
            done => done,
        }
    }

    /// Adds to a refusal who holds the seats, the longest unseen first.
    async fn name_seat_holders(
        &self,
        refused: Refused,
        license: &WhichLicense,
    ) -> Result<Refused, AppError> {
        let vendor_id = self.scope.vendor_id;
        let Some((license_id, _)) = self.license_meant(license).await? else {
            return Ok(refused);
        };
        let now = self.now();
        let filter = ActivationFilter {
            license_id: Some(license_id),
            state: Some(ActivationState::Active),
            not_seen_since: Some(now.plus_millis(1)),
            ..Default::default()
        };
        let page = PageRequest::uncounted(SEAT_HOLDERS_NAMED, None);
        let holders = self
            .store
            .activation_list(vendor_id, &filter, page)
            .await?
            .rows;
        let Some(longest) = holders.first() else {
            return Ok(refused);
        };
        let unseen = |seen: latchkey_domain::Timestamp| {
            (now.millis() - seen.millis()) / latchkey_domain::time::DAY_MILLIS
        };
        let fix = match unseen(longest.activation.last_seen_at) {
            0 => format!(
                "Deactivate a machine that is no longer used, “{}” for example, or get more seats.",
                longest.friendly_name
            ),
            days => format!(
                "“{}” has not been seen for {days} days: deactivate it, or get more seats.",
                longest.friendly_name
            ),
        };
        let named: Vec<_> = holders
            .iter()
            .map(|holder| {
                json!({
                    "activation_id": holder.activation.id,
                    "friendly_name": holder.friendly_name,
                    "last_seen_at": holder.activation.last_seen_at,
                })
            })
            .collect();
        Ok(Refused {
            fix: Some(fix),
            ..refused.with(json!({ "longest_unseen": named }))
        })
    }
}

impl From<ActivationRefusal> for AppError {
    fn from(refusal: ActivationRefusal) -> Self {
        Refused::from(refusal).into()
    }
}
