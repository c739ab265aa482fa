//! What takes two people where the vendor asks for that: what does most harm, or opens again what was shut.

use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Permission;

use super::{Circumstances, Operation};
use crate::bulk::{BulkLicenses, LicenseAction};
use crate::{App, AppError, Refused};

/// What takes two people whatever it is done to. Revoking licenses in bulk does as well, see [`App::alone_for_bulk`];
/// so does ending that anything takes two, which is done by nothing else than an approval.
const JOINT: &[Operation] = &[Operation::LiftLockdown];

impl App {
    /// The circumstances under which somebody does this alone.
    pub(crate) fn circumstances(&self, actor: &Actor, operation: Operation) -> Circumstances {
        Circumstances {
            takes_two: self.believed.two_people() && JOINT.contains(&operation),
            ..self.believed.circumstances(actor, self.now())
        }
    }

    /// The circumstances under which two people do something.
    pub(crate) fn joint_circumstances(&self, actor: &Actor) -> Circumstances {
        Circumstances {
            takes_two: true,
            approved: true,
            ..self.believed.circumstances(actor, self.now())
        }
    }

    /// Refuses unless the actor may do it together with a second person.
    pub(crate) fn may_jointly(
        &self,
        actor: &Actor,
        operation: Operation,
    ) -> Result<Arc<Permission>, AppError> {
        operation
            .permit_to(actor, self.scope.vendor_id, self.joint_circumstances(actor))
            .map_err(|refusal| Refused::from(refusal).into())
    }

    /// Refuses what is done to many licenses if it takes two people: only taking them back does, and looking what it
    /// would do does not.
    pub(crate) fn alone_for_bulk(
        &self,
        actor: &Actor,
        command: &BulkLicenses,
    ) -> Result<(), AppError> {
        let revokes = command.action == LicenseAction::Revoke && !command.dry_run;
        let circumstances = Circumstances {
            takes_two: revokes && self.believed.two_people(),
            ..self.believed.circumstances(actor, self.now())
        };
        Operation::BulkUpdateLicenses
            .permit_to(actor, self.scope.vendor_id, circumstances)
            .map(drop)
            .map_err(|refusal| Refused::from(refusal).into())
    }
}
