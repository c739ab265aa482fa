//! Replacing a reseller by another: its customers, its licenses and what is left of its quota go over in one change.
//!
//! What was issued counts where it was issued: licenses keep the template that they are from, and the statement stays with
//! the reseller that is replaced. What is left of a template goes back to whoever granted it, and from there to the other
//! reseller, which is granted the template where it has none of that policy. As quota has moved then, it is not undone.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::limits::{
    BULK_REPORT_ROWS_MAX, QUOTA_LICENSES_MAX, TEMPLATES_PER_RESELLER_MAX,
};
use latchkey_domain::product::Archival;
use latchkey_domain::quota::QuotaRefusal;
use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::template::{Template, TemplateRefusal, TemplateState};
use latchkey_domain::{ResellerId, TemplateId};
use latchkey_store::filter::LicenseFilter;
use latchkey_store::{Batch, Need, Needs, Stored};
use serde::{Deserialize, Serialize};

use super::line;
use crate::act::{Act, Stop};
use crate::bulk::check_size;
use crate::template::{ask_below, granted_to, record_granted, supply, unused, withdraw};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused, quota};

/// A reseller to be replaced by another.
#[derive(Debug, Clone)]
pub struct ReplaceReseller {
    /// The one that is replaced.
    pub id: ResellerId,
    /// The one that takes its place.
    pub by: ResellerId,
    /// Whether it is only tried.
    pub dry_run: bool,
}

/// What replacing a reseller does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplaceReport {
    /// The customers that go over.
    pub customers: Handed,
    /// The licenses that go over with them.
    pub licenses: Handed,
    /// What becomes of the templates.
    pub templates: Vec<HandedTemplate>,
    /// What is in the way; nothing is done until it is not.
    pub obstacles: Vec<Obstacle>,
}

/// Things that go over to another reseller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// How many.
    pub count: usize,
    /// The first [`BULK_REPORT_ROWS_MAX`], oldest first: the id, and what people call it.
    pub rows: Vec<(String, String)>,
}

/// What becomes of a template of the reseller that is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedTemplate {
    /// The template.
    pub id: TemplateId,
    /// What people call it.
    pub name: String,
    /// How many licenses are left of it, and go over.
    pub left: i64,
    /// Whether the other reseller has none of the policy, and is granted one with the same bounds.
    pub is_new: bool,
}

/// What is in the way of replacing a reseller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// The code of the refusal.
    pub code: String,
    /// The sentence.
    pub sentence: String,
    /// The smallest change that helps.
    pub fix: Option<String>,
}

impl From<&Refused> for Obstacle {
    fn from(refused: &Refused) -> Self {
        Self {
            code: refused.code.to_owned(),
            sentence: refused.sentence.clone(),
            fix: refused.fix.clone(),
        }
    }
}

/// Why one reseller does not take the place of another.
#[derive(Debug, thiserror::Error)]
enum ReplaceRefusal {
    #[error("a reseller is not replaced by itself")]
    Itself,
    #[error("“{name}” does not stand below the same reseller")]
    Elsewhere { name: String },
    #[error("{count} resellers that are in use stand below “{name}”")]
    HasBelow { name: String, count: usize },
}

impl Refusal for ReplaceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Itself => "reseller_itself",
            Self::Elsewhere { .. } => "reseller_elsewhere",
            Self::HasBelow { .. } => "reseller_has_below",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Itself => "Choose another reseller.".into(),
            Self::Elsewhere { .. } => {
                "Choose one that the quota comes to from where it came to this one.".into()
            }
            Self::HasBelow { .. } => {
                "Archive those first, or have each replaced by one that stands beside it.".into()
            }
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::Itself | Self::Elsewhere { .. }).then_some("/by")
    }
}

/// Everything of a kind that a batch knows and that belongs to a reseller, oldest first.
fn owned<E: Stored>(batch: &Batch, is_theirs: impl Fn(&E) -> bool) -> Vec<E> {
    let mut owned: Vec<E> = batch
        .all::<E>()
        .filter(|known| is_theirs(known))
        .cloned()
        .collect();
    owned.sort_unstable_by_key(|known| known.id());
    owned
}

fn handed<E: Stored>(owned: &[E]) -> Handed {
    let rows = owned.iter().take(BULK_REPORT_ROWS_MAX);
    Handed {
        count: owned.len(),
        rows: rows
            .map(|one| (one.id().to_string(), one.label()))
            .collect(),
    }
}

impl ReplaceReseller {
    fn licenses(&self) -> Need {
        Need::LicensesWhere(LicenseFilter {
            reseller_id: Some(self.id),
            ..LicenseFilter::default()
        })
    }

    /// What is against it, of the two resellers and what is to go over.
    fn against(
        &self,
        batch: &Batch,
        (old, new): (&Reseller, &Reseller),
        report: &ReplaceReport,
    ) -> Vec<Refused> {
        let mut against: Vec<Refused> = Vec::new();
        if old.id == new.id {
            return vec![ReplaceRefusal::Itself.into()];
        }
        against.extend(line::in_use(batch, new.id).err().map(Refused::from));
        if old.parent_id != new.parent_id {
            let name = new.name.to_string();
            against.push(ReplaceRefusal::Elsewhere { name }.into());
        }
        let below = batch.all::<Reseller>();
        let below = below.filter(|known| known.parent_id == Some(old.id));
        let count = below
            .filter(|known| known.state == Archival::Active)
            .count();
        if count > 0 {
            let name = old.name.to_string();
            against.push(ReplaceRefusal::HasBelow { name, count }.into());
        }
        for size in [report.customers.count, report.licenses.count] {
            against.extend(check_size(size).err());
        }
        let theirs = batch.all::<Template>();
        let theirs = theirs.filter(|known| known.reseller_id == new.id).count();
        let more = report.templates.iter().filter(|handed| handed.is_new);
        if theirs + more.count() > TEMPLATES_PER_RESELLER_MAX {
            against.push(TemplateRefusal::TooMany.into());
        }
        for handed in &report.templates {
            let had = batch.get::<Template>(handed.id);
            let had = had.and_then(|had| granted_to(batch, new.id, had.policy_id));
            let licenses = handed.left - had.map_or(0, |had| had.balance.vendor);
            if licenses > i64::from(QUOTA_LICENSES_MAX) {
                against.push(QuotaRefusal::OutOfBounds { licenses }.into());
            }
        }
        against
    }

    /// Has what is left of a template go to the other reseller.
    fn hand_template(&self, batch: &mut Batch, template: &Template) -> Result<(), Refused> {
        let left = unused(batch, template.id);
        withdraw(batch, template.id)?;
        let theirs = granted_to(batch, self.by, template.policy_id).map(|known| known.id);
        let id = match theirs {
            Some(id) => id,
            None => {
                let of = (template.policy_id, template.name.clone());
                let bounds = template.bounds.clone();
                record_granted(batch, self.by, of, bounds, template.parent_id)?
            }
        };
        match u32::try_from(left) {
            Ok(left @ 1..) => supply(batch, id, left),
            _ => Ok(()),
        }
    }
}

impl Act for ReplaceReseller {
    type Value = ReplaceReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(self.licenses());
        needs.ask(Need::CustomersOf(self.id));
        needs.ask(Need::ResellersBelow(self.id));
        for id in [self.id, self.by] {
            line::ask(batch, needs, id);
            needs.ask(Need::TemplatesOf(id));
        }
        let theirs = batch.all::<Template>();
        for template in theirs.filter(|known| known.reseller_id == self.id) {
            quota::ask_up(batch, needs, template.id);
            ask_below(batch, needs, template.id);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ReplaceReport, Stop<ReplaceReport>> {
        let reseller = |id| batch.get::<Reseller>(id).ok_or(ResellerRefusal::NotFound);
        let (old, new) = (reseller(self.id)?.clone(), reseller(self.by)?.clone());
        let customers = owned(batch, |known: &Customer| known.reseller_id == Some(self.id));
        let licenses = owned(batch, |known: &License| known.reseller_id == Some(self.id));
        let templates = owned(batch, |known: &Template| {
            known.reseller_id == self.id && known.state == TemplateState::Granted
        });
        let mut report = ReplaceReport {
            customers: handed(&customers),
            licenses: handed(&licenses),
            ..ReplaceReport::default()
        };
        for template in &templates {
            report.templates.push(HandedTemplate {
                id: template.id,
                name: template.name.to_string(),
                left: unused(batch, template.id),
                is_new: granted_to(batch, self.by, template.policy_id).is_none(),
            });
        }
        let against = self.against(batch, (&old, &new), &report);
        report.obstacles = against.iter().map(Obstacle::from).collect();
        if self.dry_run {
            return Err(Stop::DryRun(report));
        }
        if let Some(first) = against.into_iter().next() {
            return Err(Stop::Refused(first));
        }
        for template in &templates {
            self.hand_template(batch, template).map_err(Stop::Refused)?;
        }
        for mut customer in customers {
            customer.reseller_id = Some(self.by);
            batch.record(Verb::CustomerHandOver, customer);
        }
        for mut license in licenses {
            license.reseller_id = Some(self.by);
            batch.record(Verb::LicenseHandOver, license);
        }
        let replaced = Reseller {
            state: Archival::Archived,
            ..old
        };
        batch.record(Verb::ResellerReplace, replaced);
        Ok(report)
    }
}

impl App {
    /// Replaces a reseller by another, or says what that would do and what is in the way.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn reseller_replace(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ReplaceReseller,
    ) -> Result<Changed<ReplaceReport>, AppError> {
        self.act(actor, Operation::ReplaceReseller, idempotency, command)
            .await
    }
}
