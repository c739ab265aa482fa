//! Looking as a customer's or a reseller's people do: what they see, and nothing that can be changed. That somebody began to
//! is recorded; all else that they may do then follows from who they look as.

use latchkey_domain::SessionId;
use latchkey_domain::actor::{Actor, Reach, Role};
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::session::{Session, SessionRefusal};
use latchkey_domain::user::Whose;
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// Has somebody look as those do as whom they look in their session.
pub(super) fn look(actor: &mut Actor, whose: Whose) {
    let (role, customer, reseller) = match whose {
        Whose::Vendor => return,
        Whose::Customer(id) => (Role::CustomerAdmin, Some(id), None),
        Whose::Reseller(id) => (Role::ResellerManager, None, Some(id)),
    };
    actor.reach.viewing = Some(actor.role);
    actor.reach.customer = customer;
    actor.reach.reseller = reseller;
    actor.role = role;
}

/// The same person as they are themselves.
fn themselves(actor: &Actor) -> Actor {
    let Some(role) = actor.reach.viewing else {
        return actor.clone();
    };
    Actor {
        role,
        reach: Reach {
            customer: None,
            reseller: None,
            viewing: None,
            ..actor.reach.clone()
        },
        ..actor.clone()
    }
}

struct ViewAs {
    id: SessionId,
    whose: Whose,
    verb: Verb,
}

impl Act for ViewAs {
    type Value = SessionId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Session(self.id));
        match self.whose {
            Whose::Vendor => {}
            Whose::Customer(id) => needs.ask(Need::Customer(id)),
            Whose::Reseller(id) => needs.ask(Need::Reseller(id)),
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<SessionId, Stop<SessionId>> {
        match self.whose {
            Whose::Vendor => {}
            Whose::Customer(id) => {
                batch.get::<Customer>(id).ok_or(CustomerRefusal::NotFound)?;
            }
            Whose::Reseller(id) => {
                batch.get::<Reseller>(id).ok_or(ResellerRefusal::NotFound)?;
            }
        }
        let session = batch.get::<Session>(self.id);
        let mut session = session.ok_or(SessionRefusal::NotFound)?.clone();
        session.view_as(self.whose)?;
        batch.record(self.verb, session);
        Ok(self.id)
    }
}

/// Looking as others do: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Has one of the vendor's people look, in this session, as the people of a customer or a reseller do.
    pub async fn view_as(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        session: Option<SessionId>,
        whose: Whose,
    ) -> Result<Changed<SessionId>, AppError> {
        // Whoever looks as others do already may look as somebody else.
        let who = themselves(actor);
        self.permit(&who, Operation::ViewAs)?;
        if whose == Whose::Vendor {
            // As oneself one looks anyway; ending is another act.
            return Err(Refused::from(SessionRefusal::ViewsSo).into());
        }
        let act = ViewAs {
            id: session.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?,
            whose,
            verb: Verb::SessionViewAs,
        };
        self.act(&who, Operation::ViewAs, idempotency, act).await
    }

    /// Has them look as themselves again.
    pub async fn view_as_end(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        session: Option<SessionId>,
    ) -> Result<Changed<SessionId>, AppError> {
        self.permit(actor, Operation::EndViewAs)?;
        let act = ViewAs {
            id: session.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?,
            whose: Whose::Vendor,
            verb: Verb::SessionEndViewAs,
        };
        let who = themselves(actor);
        self.act(&who, Operation::EndViewAs, idempotency, act).await
    }
}
