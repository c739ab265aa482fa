//! What customers' and resellers' people come for, done in the window on their vendor's server.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use latchkey_domain::Timestamp;
use latchkey_domain::time::DAY_MILLIS;
use reqwest::Client;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::home::Home;
use crate::program::harness::{Server, run};
use crate::window::harness::{Start, Window, answer};

const OWNER: &str = "olga@vendor.example";
const GUEST: &str = "nora@guest.example";
const PASSWORD: &str = "seven grey geese";

/// How many idle seats a customer has: enough to be worth it, and no more than one page.
const IDLE: std::ops::RangeInclusive<usize> = 11..=49;

/// A vendor's server on this computer, and its owner's session.
struct Vendor {
    home: Home,
    server: Server,
    client: Client,
    token: String,
}

impl Vendor {
    async fn new() -> Self {
        let home = Home::new();
        run(&home, &["seed", "--licenses", "300"]).exits(0);
        let init = ["init", "--email", OWNER, "--url", "https://x.example/"];
        let said = run(&home, &init).exits(0);
        let secret = said.out.lines().nth(1).unwrap().rsplit_once('#').unwrap().1;
        let mut vendor = Self {
            server: Server::start(&home),
            home,
            client: Client::new(),
            token: String::new(),
        };
        vendor.accept(secret).await;
        let credentials = json!({ "email": OWNER, "password": PASSWORD, "kind": "program" });
        let session = vendor.post("/v1/sign-in", credentials).await;
        session["token"]
            .as_str()
            .unwrap()
            .clone_into(&mut vendor.token);
        vendor
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(self.server.at(path)).json(&body);
        answer(request.bearer_auth(&self.token).send().await.unwrap()).await
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.client.get(self.server.at(path));
        answer(request.bearer_auth(&self.token).send().await.unwrap()).await
    }

    async fn accept(&self, secret: &str) {
        let request = self.client.post(self.server.at("/v1/invitations/accept"));
        let body = json!({ "token": secret, "password": PASSWORD });
        answer(request.json(&body).send().await.unwrap()).await;
    }

    /// Invites somebody of a customer or a reseller, who accepts.
    async fn guest(&self, role: &str, whose: &str, id: &str) {
        let person = json!({ "email": GUEST, "name": "Nora", "role": role, whose: id });
        let invited = self.post("/v1/users", person).await;
        self.accept(invited["item"]["token"].as_str().unwrap())
            .await;
    }

    /// Opens a window in a home of the guest's own, and signs them in.
    async fn window(&self, name: &str, home: &Home) -> Window {
        let window = Window::open(name, home, Start::with_keychain()).await;
        window.press("Connections").await;
        window.press("Add a server").await;
        window.dialog("Add a server").await;
        let address = &self.server.address;
        window.fill_labelled("Address of the server", address).await;
        window.press("Look it up").await;
        window.press("Add and open").await;
        window.says("You sign in to").await;
        window.fill("[name=email]", GUEST).await;
        window.fill("[name=password]", PASSWORD).await;
        window.press("Sign in").await;
        window
    }
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap()
}

/// All active seats that the query selects, page by page.
async fn seats(vendor: &Vendor, query: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/activations?state=active&limit=200{query}{after}");
        let mut page = vendor.get(&path).await;
        found.append(page["items"].as_array_mut().unwrap());
        match page["next"].as_str() {
            Some(cursor) => after = format!("&after={cursor}"),
            None => return found,
        }
    }
}

/// A customer with idle seats.
async fn customer_with_idle_seats(vendor: &Vendor) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the window reckons from the real time"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Timestamp::from_millis(now.as_millis().try_into().unwrap());
    let since = now.plus_millis(-90 * DAY_MILLIS);
    let mut idle: HashMap<String, usize> = HashMap::new();
    for seat in seats(vendor, &format!("&not_seen_since={since}")).await {
        *idle
            .entry(text(&seat, "customer_id").to_owned())
            .or_default() += 1;
    }
    let mut found = idle.into_iter().filter(|(_, count)| IDLE.contains(count));
    let (customer, _) = found.next().expect("a customer with idle seats");
    customer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_frees_idle_seats_takes_that_back_and_takes_a_license_to_a_basement() {
    let (vendor, home) = (Vendor::new().await, Home::new());
    let customer = customer_with_idle_seats(&vendor).await;
    let own = format!("&customer_id={customer}");
    let had = seats(&vendor, &own).await.len();
    vendor
        .guest("customer_admin", "customer_id", &customer)
        .await;
    let mut window = vendor.window("a_customer", &home).await;
    window.says("Activations").await;
    window.press("Not seen for 90 days").await;
    let all = "//button[contains(., 'that match')]";
    let all = window.find(By::XPath(all)).await;
    let idle: usize = all
        .text()
        .await
        .unwrap()
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .expect("how many match");
    all.click().await.unwrap();
    window.press("Deactivate").await;
    window.dialog("Deactivate activations").await;
    let deactivate = format!("Deactivate {idle}");
    window.says(&deactivate).await;
    window.picture("dry-run").await;
    window.press(&deactivate).await;
    let freed = format!("{idle} activations are deactivated.");
    window.says(&freed).await;
    window.picture("freed").await;
    let left = seats(&vendor, &own).await;
    assert_eq!(left.len(), had - idle);
    window.press("Undo").await;
    window.says("Undone.").await;
    assert_eq!(seats(&vendor, &own).await.len(), had);

    let path = format!("/v1/licenses?state=active&limit=200{own}");
    let active = vendor.get(&path).await;
    let active = active["items"].as_array().unwrap();
    let usable = |seat: &&Value| {
        let license = &seat["license_id"];
        active.iter().any(|one| one["id"] == *license)
    };
    let seat = left.iter().find(usable).expect("a seat that is not idle");
    window.press("Licenses").await;
    let (key, machine) = (text(seat, "license_key"), text(seat, "friendly_name"));
    let row = format!("//*[@role='row'][contains(., '{key}')]//*[@role='cell'][last()]");
    window.find(By::XPath(&row)).await.click().await.unwrap();
    window.press("Export license file").await;
    window.dialog("Export license file").await;
    window.choose_labelled(machine).await;
    window.press("Export and save").await;
    let file = home.path("basement.lkl");
    window.save_dialog_takes(&file).await;
    window.picture("exported").await;
    window.close().await;

    let root = vendor.get("/v1/root-key").await;
    let root = vendor.home.write("root.pem", text(&root, "pem"));
    let words = [
        "verify",
        file.to_str().unwrap(),
        "--root",
        root.to_str().unwrap(),
    ];
    let said = run(&home, &words).exits(0);
    assert!(said.out.contains("valid: "), "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_issues_from_a_list_within_a_quota_and_closes_the_month() {
    let (vendor, home) = (Vendor::new().await, Home::new());
    let reseller = vendor
        .post("/v1/resellers", json!({ "name": "Südlicht" }))
        .await;
    let reseller = text(&reseller["item"], "id");
    let policies = vendor.get("/v1/policies?state=active&limit=1").await;
    let template = json!({
        "reseller_id": reseller,
        "policy_id": policies["items"][0]["id"],
        "licenses": 50,
    });
    vendor.post("/v1/templates", template).await;
    vendor
        .guest("reseller_manager", "reseller_id", reseller)
        .await;

    let mut window = vendor.window("a_reseller", &home).await;
    window.press("Customers").await;
    window.press("New customer").await;
    window.dialog("New customer").await;
    window.fill_labelled("Name", "Inselwerft").await;
    window.press("Create").await;
    window.says("Inselwerft is created.").await;

    window.press("Templates").await;
    window.click("[aria-label^='Actions for']").await;
    window.press("Issue from a list").await;
    window.says("50 of 50 licenses are left.").await;
    check(&window, 40).await;
    window.press("Apply 40 rows").await;
    window.says("40 rows are applied.").await;
    window.picture("issued").await;
    window.press("Import another file").await;
    check(&window, 20).await;
    window.says("is used up: all 50 licenses were issued").await;
    window.picture("used-up").await;
    window.choose_labelled("Leave 10 refused rows out").await;
    window.press("Apply 10 rows").await;
    window.says("10 rows are applied.").await;

    window.press("Templates").await;
    window.says("0 of 50").await;
    window.press("Statement").await;
    window.says("What is returned was revoked").await;
    window.picture("statement").await;
    window.press("Export CSV").await;
    let file = home.path("statement.csv");
    window.save_dialog_takes(&file).await;
    window.close().await;
    let statement = std::fs::read_to_string(file).unwrap();
    assert_eq!(statement.matches("Inselwerft").count(), 50, "{statement}");
}

/// Looks at a list of as many licenses for one customer.
async fn check(window: &Window, licenses: usize) {
    let lines = ["Inselwerft;1\n"; 50];
    let list = format!("Kunde;Plätze\n{}", lines[..licenses].concat());
    window.press("Paste text").await;
    window
        .paste_labelled("Text, as copied from a table or an e-mail", &list)
        .await;
    window.press("Check it").await;
    window.says("This is a dry run").await;
}
