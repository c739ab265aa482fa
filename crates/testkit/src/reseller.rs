//! Resellers with templates, customers and people.

#![expect(
    clippy::expect_used,
    reason = "part of tests: what cannot be prepared must stop the test"
)]

use latchkey_app::AppError;
use latchkey_app::customer::CreateCustomer;
use latchkey_app::reseller::CreateReseller;
use latchkey_app::template::{GrantTemplate, IssueFromTemplate};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::quota::Postings;
use latchkey_domain::template::Narrowing;
use latchkey_domain::{CustomerId, LicenseId, PolicyId, ResellerId, TemplateId};

use crate::TestApp;

impl TestApp {
    /// Makes a reseller with this name.
    ///
    /// # Panics
    /// If it is refused, as do all that make something.
    pub async fn reseller(&self, name: &str) -> ResellerId {
        let name = name.parse().expect("a name");
        let command = CreateReseller {
            name,
            parent_id: None,
        };
        let made = self.reseller_create(&self.owner, None, command).await;
        made.expect("a reseller is created").value
    }

    /// Makes a reseller with this name below another.
    pub async fn reseller_below(&self, parent_id: ResellerId, name: &str) -> ResellerId {
        let command = CreateReseller {
            name: name.parse().expect("a name"),
            parent_id: Some(parent_id),
        };
        let made = self.reseller_create(&self.owner, None, command).await;
        made.expect("a reseller is created").value
    }

    /// Offers a policy to a reseller, with quota for so many licenses of up to ten seats.
    pub async fn template(
        &self,
        reseller_id: ResellerId,
        policy_id: PolicyId,
        licenses: u32,
    ) -> TemplateId {
        let command = GrantTemplate {
            reseller_id,
            policy_id,
            narrowing: Narrowing {
                seats_max: Some(10),
                ..Narrowing::default()
            },
            licenses,
        };
        let made = self.template_grant(&self.owner, None, command).await;
        made.expect("a template is granted").value
    }

    /// Makes a customer of a reseller.
    pub async fn customer_of(&self, reseller_id: ResellerId, name: &str) -> CustomerId {
        let command = CreateCustomer {
            name: name.parse().expect("a name"),
            email: None,
            reference: None,
            reseller_id: Some(reseller_id),
        };
        let made = self.customer_create(&self.owner, None, command).await;
        made.expect("a customer is created").value
    }

    /// Issues a license from a template as the policy has it.
    ///
    /// # Errors
    /// Whatever it is refused with.
    pub async fn issue_from(
        &self,
        by: &Actor,
        id: TemplateId,
        customer_id: CustomerId,
    ) -> Result<LicenseId, AppError> {
        let command = IssueFromTemplate {
            id,
            customer_id,
            terms: IssueTerms::default(),
        };
        let issued = self.license_issue_from_template(by, None, command).await;
        issued.map(|issued| issued.value)
    }

    /// One of this reseller's people, with this role.
    #[must_use]
    pub fn person_of_reseller(&self, reseller: ResellerId, role: Role) -> Actor {
        let mut person = self.person(role);
        person.reach.reseller = Some(reseller);
        person
    }

    /// What is in the accounts of a template.
    pub async fn balance(&self, id: TemplateId) -> Postings {
        let view = self.template_get(&self.owner, id).await;
        view.expect("the template is there").template.balance
    }
}
