//! Acts that take two people: one asks, another looks at exactly that and has it done.
//!
//! An approval keeps the act itself, so what is done is what was looked at. Giving it and doing it are one change: the
//! approval is spent, or nothing has happened.

mod notice;

use latchkey_domain::actor::Actor;
use latchkey_domain::approval::{Approval, ApprovalRefusal, JointAct};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseStanding};
use latchkey_domain::user::User;
use latchkey_domain::vendor::VendorRefusal;
use latchkey_domain::{ApprovalId, LicenseId};
use latchkey_store::filter::{LicenseFilter, Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::bulk::{BulkLicenses, LicenseAction, check_ids};
use crate::mail::Language;
use crate::permission::Circumstances;
use crate::vendor::Change;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What somebody asks a second person for.
#[derive(Debug, Clone)]
pub enum RequestApproval {
    /// Revoking all licenses that a filter selects now; those that are revoked already are left out.
    RevokeLicenses(LicenseFilter),
    /// Lifting the vendor's lockdown.
    LiftLockdown,
    /// Letting one person alone do what takes two so far.
    EndTwoPeople,
}

impl RequestApproval {
    fn operation(&self) -> Operation {
        match self {
            Self::RevokeLicenses(_) => Operation::BulkUpdateLicenses,
            Self::LiftLockdown => Operation::LiftLockdown,
            Self::EndTwoPeople => Operation::RequireTwoPeople,
        }
    }

    fn selected(&self) -> Option<Need> {
        match self {
            Self::RevokeLicenses(filter) => Some(Need::LicensesWhere(filter.clone())),
            Self::LiftLockdown | Self::EndTwoPeople => None,
        }
    }
}

/// What takes the same right as doing it alone where that is allowed.
fn operation(act: &JointAct) -> Operation {
    match act {
        JointAct::RevokeLicenses { .. } => Operation::BulkUpdateLicenses,
        JointAct::LiftLockdown => Operation::LiftLockdown,
        JointAct::EndTwoPeople => Operation::RequireTwoPeople,
    }
}

struct Request {
    asked: RequestApproval,
    by: Actor,
}

impl Act for Request {
    type Value = ApprovalId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        if let Some(selected) = self.asked.selected() {
            needs.ask(selected);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ApprovalId, Stop<ApprovalId>> {
        let vendor = batch.vendor();
        if vendor.is_none_or(|vendor| vendor.two_people_at.is_none()) {
            return Err(VendorRefusal::OnePerson.into());
        }
        if let RequestApproval::LiftLockdown = self.asked
            && vendor.is_none_or(|vendor| vendor.locked_down_at.is_none())
        {
            return Err(VendorRefusal::NotLockedDown.into());
        }
        let act = match &self.asked {
            RequestApproval::RevokeLicenses(filter) => {
                let all = batch.found::<LicenseId>(&Need::LicensesWhere(filter.clone()));
                let holds = |id: &LicenseId| {
                    let license = batch.get::<License>(*id);
                    license.is_some_and(|license| license.standing != LicenseStanding::Revoked)
                };
                JointAct::revoke(all.into_iter().filter(holds).collect())?
            }
            RequestApproval::LiftLockdown => JointAct::LiftLockdown,
            RequestApproval::EndTwoPeople => JointAct::EndTwoPeople,
        };
        let id = ApprovalId::generate(batch.now(), &*batch.random());
        let approval = Approval::request(id, batch.salt(), act, &self.by, batch.now());
        batch.record(Verb::ApprovalRequest, approval);
        Ok(id)
    }
}

/// Gives an approval, and does what it is for.
struct Give {
    id: ApprovalId,
    by: Actor,
    circumstances: Circumstances,
}

/// What an approval answers when the act that it is for has been decided.
fn answering<V>(
    id: ApprovalId,
    decided: Result<V, Stop<V>>,
) -> Result<ApprovalId, Stop<ApprovalId>> {
    match decided {
        Ok(_) => Ok(id),
        Err(Stop::Refused(refused)) => Err(Stop::Refused(refused)),
        Err(Stop::DryRun(_)) => Err(Stop::DryRun(id)),
    }
}

fn revoke(license_ids: &[LicenseId]) -> BulkLicenses {
    BulkLicenses {
        action: LicenseAction::Revoke,
        filter: LicenseFilter {
            ids: Some(license_ids.to_vec()),
            ..LicenseFilter::default()
        },
        dry_run: false,
    }
}

impl Act for Give {
    type Value = ApprovalId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Approval(self.id));
        let Some(approval) = batch.get::<Approval>(self.id) else {
            return;
        };
        needs.ask(Need::User(approval.requested_by));
        match &approval.act {
            JointAct::RevokeLicenses { license_ids } => revoke(license_ids).needs(batch, needs),
            JointAct::LiftLockdown => Change::LiftLockdown.needs(batch, needs),
            JointAct::EndTwoPeople => Change::EndTwoPeople.needs(batch, needs),
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ApprovalId, Stop<ApprovalId>> {
        let approval = batch.get::<Approval>(self.id);
        let mut approval = approval.ok_or(ApprovalRefusal::NotFound)?.clone();
        approval.give(&self.by, batch.now())?;
        let asker = batch
            .get::<User>(approval.requested_by)
            .filter(|asker| asker.active().is_ok())
            .map(|asker| asker.actor(batch.vendor_id()));
        let still_may = asker.is_some_and(|asker| {
            operation(&approval.act)
                .permit_to(&asker, batch.vendor_id(), self.circumstances)
                .is_ok()
        });
        if !still_may {
            return Err(ApprovalRefusal::AskerMayNot {
                name: approval.requested_by_name,
            }
            .into());
        }
        let (id, act) = (self.id, approval.act.clone());
        batch.record(Verb::ApprovalGive, approval);
        match act {
            JointAct::RevokeLicenses { license_ids } => {
                answering(id, revoke(&license_ids).decide(batch))
            }
            JointAct::LiftLockdown => answering(id, Change::LiftLockdown.decide(batch)),
            JointAct::EndTwoPeople => answering(id, Change::EndTwoPeople.decide(batch)),
        }
    }
}

/// Decides an approval without doing what it is for.
struct Close {
    id: ApprovalId,
    by: Actor,
    verb: Verb,
    close: fn(&mut Approval, &Actor, latchkey_domain::Timestamp) -> Result<(), ApprovalRefusal>,
}

impl Act for Close {
    type Value = ApprovalId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Approval(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ApprovalId, Stop<ApprovalId>> {
        let approval = batch.get::<Approval>(self.id);
        let mut approval = approval.ok_or(ApprovalRefusal::NotFound)?.clone();
        (self.close)(&mut approval, &self.by, batch.now())?;
        batch.record(self.verb, approval);
        Ok(self.id)
    }
}

/// Approvals: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Asks a second person for an act that takes two. Whoever could approve it is told by letter, in this language, if
    /// letters can be sent.
    pub async fn approval_request(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        asked: RequestApproval,
        language: Language,
    ) -> Result<Changed<ApprovalId>, AppError> {
        self.may(actor, Operation::RequestApproval)?;
        self.may_jointly(actor, asked.operation())?;
        if let RequestApproval::RevokeLicenses(filter) = &asked {
            check_ids(filter.ids.as_ref())?;
        }
        let act = Request {
            asked,
            by: actor.clone(),
        };
        let asked = self
            .act(actor, Operation::RequestApproval, idempotency, act)
            .await?;
        if !asked.replayed {
            let told = self.tell_approvers(asked.value, actor, language).await;
            // It waits all the same, and stands in the list.
            if let Err(error) = told {
                tracing::warn!(%error, "those who could approve were not told");
            }
        }
        Ok(asked)
    }

    /// Gives an approval, and does what it is for in the same change.
    pub async fn approval_give(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ApprovalId,
    ) -> Result<Changed<ApprovalId>, AppError> {
        self.permit(actor, Operation::GiveApproval)?;
        let approval = self.approval(id).await?;
        self.may_jointly(actor, operation(&approval.act))?;
        let act = Give {
            id,
            by: actor.clone(),
            circumstances: self.joint_circumstances(actor),
        };
        let done = self
            .act(actor, Operation::GiveApproval, idempotency, act)
            .await;
        self.believed.forget();
        done
    }

    /// Refuses an approval that somebody else asked for.
    pub async fn approval_refuse(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ApprovalId,
    ) -> Result<Changed<ApprovalId>, AppError> {
        let act = Close {
            id,
            by: actor.clone(),
            verb: Verb::ApprovalRefuse,
            close: Approval::refuse,
        };
        self.act(actor, Operation::RefuseApproval, idempotency, act)
            .await
    }

    /// Takes back that one has asked for an approval.
    pub async fn approval_withdraw(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ApprovalId,
    ) -> Result<Changed<ApprovalId>, AppError> {
        let act = Close {
            id,
            by: actor.clone(),
            verb: Verb::ApprovalWithdraw,
            close: Approval::withdraw,
        };
        self.act(actor, Operation::WithdrawApproval, idempotency, act)
            .await
    }

    /// One approval.
    pub async fn approval_get(&self, actor: &Actor, id: ApprovalId) -> Result<Approval, AppError> {
        self.permit(actor, Operation::GetApproval)?;
        self.approval(id).await
    }

    /// Approvals, newest first.
    pub async fn approval_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Approval>, AppError> {
        self.permit(actor, Operation::ListApprovals)?;
        Ok(self.store.approval_list(self.scope.vendor_id, page).await?)
    }

    async fn approval(&self, id: ApprovalId) -> Result<Approval, AppError> {
        let approval = self.store.approval_get(self.scope.vendor_id, id).await?;
        approval.ok_or_else(|| Refused::from(ApprovalRefusal::NotFound).into())
    }
}
