//! Rules of roles: people act within their office hours and from their own networks, and nobody shuts themselves out.

use std::net::IpAddr;

use latchkey_app::product::CreateProduct;
use latchkey_app::{App, AppError};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::role_rule::{Hours, OfficeHours, RoleRule};
use latchkey_domain::session::{SessionKind, Token};
use latchkey_store::filter::{LedgerFilter, ProductFilter};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code, once};
use crate::user::{PASSWORD, asked, owner_signed_in, user};

const ADA: &str = "ada@vendor.example";
const OFFICE: &str = "192.0.2.7";
const HOME: &str = "198.51.100.7";
const HOUR: i64 = 3_600_000;

/// Tests begin on a Monday at nine in Berlin, where it is an hour later than in UTC.
fn monday_in_berlin() -> OfficeHours {
    let monday = Hours {
        day: 1,
        from: 8 * 60,
        until: 11 * 60,
    };
    OfficeHours::new("Europe/Berlin", vec![monday]).unwrap()
}

fn rule(role: Role, hours: Option<OfficeHours>, networks: &[&str]) -> RoleRule {
    let networks = networks.iter().map(|text| text.parse().unwrap()).collect();
    RoleRule::new(role, hours, networks).unwrap()
}

/// Who has this token, asking from an address, as the API finds out.
async fn acting(app: &App, token: &Token, from: &str) -> Actor {
    let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
    let (mut actor, _) = known.unwrap();
    actor.reach.address = Some(from.parse::<IpAddr>().unwrap());
    actor
}

async fn signed_in(app: &TestApp, email: &str) -> Token {
    let came = app.sign_in(&app.stranger(), asked(email, PASSWORD)).await;
    came.unwrap().token
}

async fn looks(app: &App, actor: &Actor) -> &'static str {
    let all = ProductFilter::default();
    code(app.product_list(actor, &all, PAGE).await)
}

async fn set(app: &App, actor: &Actor, rule: RoleRule) -> Result<(), AppError> {
    app.role_rule_set(actor, None, rule).await.map(drop)
}

#[tokio::test]
async fn outside_of_office_hours_nothing_is_seen_or_done_but_signing_in_and_out() {
    for_each_database(async |app| {
        user(app, ADA, Role::Admin).await;
        user(app, "bob@vendor.example", Role::Support).await;
        let (ada, bob) = (
            signed_in(app, ADA).await,
            signed_in(app, "bob@vendor.example").await,
        );
        let hours = rule(Role::Admin, Some(monday_in_berlin()), &[]);
        set(app, &app.owner, hours.clone()).await.unwrap();
        let all = LedgerFilter::default();
        let entries = app.ledger_list(&app.owner, &all, PAGE).await.unwrap();
        let newest = entries.rows[0].row.verb;
        assert_eq!(newest, Verb::VendorSetRoleRule);
        let within = acting(app, &ada, OFFICE).await;
        assert_eq!(looks(app, &within).await, "ok");
        app.clock.advance_millis(2 * HOUR);
        let at_night = acting(app, &ada, OFFICE).await;
        assert_eq!(looks(app, &at_night).await, "outside_office_hours");
        let command = CreateProduct {
            code: "atlas".parse().unwrap(),
            name: "Atlas".parse().unwrap(),
        };
        let refused = app.product_create(&at_night, None, command).await;
        assert_eq!(code(refused), "outside_office_hours");
        // What she may never do is told as ever.
        let never = app.vendor_lock_down(&at_night, None).await;
        assert_eq!(code(never), "not_permitted");
        app.vendor(&at_night).await.unwrap();
        let may: Vec<_> = app.permitted(&at_night).map(|found| found.id()).collect();
        assert!(may.contains(&"end_session") && !may.contains(&"list_sessions"));
        assert_eq!(looks(app, &acting(app, &bob, OFFICE).await).await, "ok");
        signed_in(app, ADA).await;
        let again = set(app, &app.owner, rule(Role::Admin, None, &[])).await;
        again.unwrap();
        assert_eq!(looks(app, &acting(app, &ada, OFFICE).await).await, "ok");
        assert_eq!(app.role_rules(&app.owner).await.unwrap(), []);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_role_with_networks_of_its_own_acts_from_within_them() {
    for_each_database(async |app| {
        user(app, ADA, Role::Support).await;
        let ada = signed_in(app, ADA).await;
        let office = rule(Role::Support, None, &["192.0.2.0/24", "2001:db8::/32"]);
        set(app, &app.owner, office.clone()).await.unwrap();
        for (from, expected) in [
            (OFFICE, "ok"),
            ("2001:db8::7", "ok"),
            (HOME, "outside_own_network"),
        ] {
            let ada = acting(app, &ada, from).await;
            assert_eq!(looks(app, &ada).await, expected, "{from}");
        }
        let known = app.signed_in(&ada, SessionKind::Browser).await.unwrap();
        let (nowhere, session) = known.unwrap();
        assert_eq!(looks(app, &nowhere).await, "outside_own_network");
        app.session_end(&nowhere, None, session).await.unwrap();
        let key = app.role_rule_set(&app.owner, once("r", 1), office).await;
        assert_eq!(key.unwrap().change, None, "it has this rule already");
    })
    .await;
}

#[tokio::test]
async fn owners_do_not_shut_themselves_out_and_who_runs_the_store_lets_them_in_again() {
    for_each_database(async |app| {
        let token = owner_signed_in(app).await.token;
        let olga = acting(app, &token, OFFICE).await;
        let elsewhere = rule(Role::Owner, None, &["198.51.100.0/24"]);
        let refused = set(app, &olga, elsewhere).await;
        assert_eq!(code(refused), "role_rule_shuts_out");
        let here = || rule(Role::Owner, Some(monday_in_berlin()), &["192.0.2.0/24"]);
        set(app, &olga, here()).await.unwrap();
        app.clock.advance_millis(2 * HOUR);
        let late = acting(app, &token, OFFICE).await;
        assert_eq!(looks(app, &late).await, "outside_office_hours");
        let nowhere = set(app, &app.owner, here()).await;
        assert_eq!(code(nowhere), "role_rule_shuts_out", "nor from outside");
        app.free_owners().await.unwrap();
        let free = acting(app, &token, HOME).await;
        assert_eq!(looks(app, &free).await, "ok");
        let ada = user(app, ADA, Role::Admin).await;
        let ada = app.user_get(&app.owner, ada).await.unwrap();
        let ada = ada.actor(app.vendor_id());
        let refused = set(app, &ada, rule(Role::Support, None, &[])).await;
        assert_eq!(code(refused), "not_permitted");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_rule_holds_on_another_server_within_two_seconds_also_for_who_only_looks() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    user(&app, ADA, Role::Support).await;
    let ada = signed_in(&app, ADA).await;
    let other = app.another_server().await;
    let here = acting(&other, &ada, HOME).await;
    assert_eq!(looks(&other, &here).await, "ok");
    let office = rule(Role::Support, None, &["192.0.2.0/24"]);
    set(&app, &app.owner, office).await.unwrap();
    app.clock.advance_millis(2_000);
    let here = acting(&other, &ada, HOME).await;
    assert_eq!(looks(&other, &here).await, "outside_own_network");
    other.close().await;
    let app = app.restarted().await;
    let here = acting(&app, &ada, HOME).await;
    assert_eq!(looks(&app, &here).await, "outside_own_network");
    app.close().await;
}
