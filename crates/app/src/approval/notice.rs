//! Letters to whoever could approve: an approval waits for a quarter of an hour only.

use latchkey_domain::ApprovalId;
use latchkey_domain::actor::Actor;
use latchkey_domain::limits::USERS_MAX;
use latchkey_domain::user::{User, Whose};
use latchkey_store::filter::PageRequest;

use super::operation;
use crate::mail::{Language, Reader, approval_asked};
use crate::{App, AppError, Operation};

/// Users that are read at once.
const PAGE: u32 = 200;

impl App {
    /// Tells everybody who could give this approval that it waits, if letters can be sent.
    pub(super) async fn tell_approvers(
        &self,
        id: ApprovalId,
        asker: &Actor,
        language: Language,
    ) -> Result<(), AppError> {
        let Some(mail) = &self.mail else {
            return Ok(());
        };
        let approval = self.approval(id).await?;
        let vendor = self.find_vendor().await?;
        let link = mail.page("/approvals");
        for user in self.own_users().await? {
            let actor = user.actor(self.scope.vendor_id);
            let could = user.id != asker.id
                && user.active().is_ok()
                && user.password.is_some()
                && self.may(&actor, Operation::GiveApproval).is_ok()
                && self.may_jointly(&actor, operation(&approval.act)).is_ok();
            if could {
                let reader = Reader {
                    user: &user,
                    vendor: &vendor,
                    link: &link,
                    until: approval.expires_at,
                };
                mail.send(approval_asked(
                    language,
                    &reader,
                    &asker.name,
                    &approval.act,
                ));
            }
        }
        Ok(())
    }

    async fn own_users(&self) -> Result<Vec<User>, AppError> {
        let (mut users, mut after) = (Vec::new(), None);
        while users.len() <= USERS_MAX {
            let page = PageRequest::uncounted(PAGE, after);
            let page = self
                .store
                .user_list(self.scope.vendor_id, Whose::Vendor, page)
                .await?;
            users.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(users)
    }
}
