//! The owner of a store, who prepares it over HTTP.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Connection, Request};
use super::server::{self, Server, id_of, post};

/// Licenses that may be issued from each template; more than are.
const QUOTA: u32 = 1_000_000;

#[derive(Deserialize)]
struct Templates {
    items: Vec<Template>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Template {
    quota: Quota,
}

#[derive(Deserialize)]
struct Quota {
    granted: i64,
    left: i64,
    below: i64,
    issued: i64,
    returned: i64,
    expired: i64,
}

/// Somebody who issues, and from what.
pub(super) struct Seller {
    pub(super) token: String,
    pub(super) template: String,
    pub(super) customer: String,
}

/// The owner, who prepares everything.
pub(super) struct Owner<'a> {
    server: &'a Server,
    connection: Connection,
    token: String,
}

impl<'a> Owner<'a> {
    pub(super) async fn enter(server: &'a Server, link: &str) -> Result<Self> {
        let mut connection = Connection::open(server.address()).await?;
        server.accept(&mut connection, link).await?;
        let token = server::signed_in(&mut connection, server::EMAIL).await?;
        Ok(Self {
            server,
            connection,
            token,
        })
    }

    pub(super) async fn post(&mut self, path: String, body: &Value) -> Result<&[u8]> {
        let request = Request {
            authorization: format!("Bearer {}", self.token),
            ..post(path, body)
        };
        self.connection.ask("POST", &request).await
    }

    pub(super) async fn made(&mut self, path: &str, body: &Value) -> Result<String> {
        id_of(self.post(path.to_owned(), body).await?)
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<&[u8]> {
        let request = Request {
            path: path.to_owned().into(),
            authorization: format!("Bearer {}", self.token),
            ..Request::default()
        };
        self.connection.ask("GET", &request).await
    }

    pub(super) async fn upload(&mut self, path: String, list: String) -> Result<()> {
        let request = Request {
            path: path.into(),
            authorization: format!("Bearer {}", self.token),
            body: list,
            is_csv: true,
            ..Request::default()
        };
        self.connection.ask("POST", &request).await.map(drop)
    }

    pub(super) async fn policy(&mut self) -> Result<String> {
        let product = json!({ "code": "roomy", "name": "Roomy" });
        let product = self.made("/v1/products", &product).await?;
        let rules = json!({
            "term": { "kind": "perpetual" }, "seats_max": 1_000_000, "node_locked": true,
            "feature_ids": [], "license_file_days": 30,
        });
        let policy = json!({ "product_id": product, "name": "Roomy", "rules": rules });
        self.made("/v1/policies", &policy).await
    }

    pub(super) async fn customer(&mut self, name: &str) -> Result<String> {
        self.made("/v1/customers", &json!({ "name": name })).await
    }

    /// Invites somebody; answers the token of their session.
    pub(super) async fn person(&mut self, email: &str, whose: &Value) -> Result<String> {
        let mut new = json!({ "email": email, "name": "Somebody" });
        if let (Some(new), Some(whose)) = (new.as_object_mut(), whose.as_object()) {
            new.extend(whose.clone());
        }
        let token = server::token_of(self.post("/v1/users".into(), &new).await?)?;
        let mut connection = Connection::open(self.server.address()).await?;
        self.server.accept(&mut connection, &token).await?;
        server::signed_in(&mut connection, email).await
    }

    pub(super) async fn template(&mut self, policy: &str, reseller: &str) -> Result<String> {
        let grant = json!({ "reseller_id": reseller, "policy_id": policy, "licenses": QUOTA });
        self.made("/v1/templates", &grant).await
    }

    /// A reseller with a template, a customer, and somebody who issues.
    pub(super) async fn seller(&mut self, policy: &str, number: usize) -> Result<Seller> {
        let new = json!({ "name": format!("Reseller {number}") });
        let reseller = self.made("/v1/resellers", &new).await?;
        let template = self.template(policy, &reseller).await?;
        let theirs = json!({ "name": format!("Customer {number}"), "reseller_id": reseller });
        let customer = self.made("/v1/customers", &theirs).await?;
        let whose = json!({ "role": "reseller_agent", "reseller_id": reseller });
        let email = format!("agent-{number}@reseller.example");
        let token = self.person(&email, &whose).await?;
        Ok(Seller {
            token,
            template,
            customer,
        })
    }

    /// Holds every account against what was done.
    pub(super) async fn check_sums(&mut self, expected: usize) -> Result<()> {
        let (mut issued, mut after) = (0, String::new());
        loop {
            let page = self.get(&format!("/v1/templates?limit=200{after}")).await?;
            let page: Templates = serde_json::from_slice(page)?;
            for Template { quota } in page.items {
                let there =
                    quota.left + quota.below + quota.issued + quota.returned + quota.expired;
                ensure!(there == quota.granted, "a template does not add up");
                issued += quota.issued;
            }
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        ensure!(
            usize::try_from(issued) == Ok(expected),
            "{issued} in the accounts, {expected} issued"
        );
        Ok(())
    }

    /// Gives a customer a license with so many machines.
    pub(super) async fn seats(&mut self, policy: &str, customer: &str, seats: usize) -> Result<()> {
        let new = json!({ "policy_id": policy, "customer_id": customer });
        let license = self.made("/v1/licenses", &new).await?;
        let list = String::from_utf8(crate::names::list(5_000_000, seats))?;
        self.upload(format!("/v1/activations/import?license_id={license}"), list)
            .await
    }

    /// A reseller whose statement has so many lines; answers its id.
    pub(super) async fn long_statement(&mut self, policy: &str, lines: usize) -> Result<String> {
        let new = json!({ "name": "Fleißiger Händler" });
        let reseller = self.made("/v1/resellers", &new).await?;
        let template = self.template(policy, &reseller).await?;
        let theirs = json!({ "name": "Sammelkunde", "reseller_id": reseller });
        self.made("/v1/customers", &theirs).await?;
        let list = format!("customer\n{}", "Sammelkunde\n".repeat(lines));
        self.upload(format!("/v1/templates/{template}/licenses/import"), list)
            .await?;
        Ok(reseller)
    }
}
