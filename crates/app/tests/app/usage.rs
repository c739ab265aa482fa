//! How many seats were in use, by day, and what machines were told no for.

use latchkey_app::App;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_domain::LicenseId;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::price::{Currency, Price, PricePer};
use latchkey_store::filter::ValidationFilter;
use latchkey_store::{ReportBy, UsageFilter};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, change, code};

async fn days(app: &TestApp, filter: UsageFilter, days: u32) -> Vec<(u64, u64)> {
    let usage = app.usage(&app.owner, &filter, days).await.unwrap();
    assert_eq!(usage.behind, 0);
    usage.days.iter().map(|day| (day.used, day.peak)).collect()
}

fn of(license: LicenseId) -> UsageFilter {
    UsageFilter {
        license_id: Some(license),
        ..UsageFilter::default()
    }
}

#[tokio::test]
async fn seats_in_use_are_counted_by_day_with_what_was_undone() {
    for_each_database(async |app| {
        let license = app.license_with_seats(3).await;
        let one = app.activate(license, "M-1", "One").await;
        let two = app.activate(license, "M-2", "Two").await;
        app.activation_deactivate(&app.owner, None, two)
            .await
            .unwrap();
        app.clock.advance_days(2);
        let back = app
            .activation_deactivate(&app.owner, None, one)
            .await
            .unwrap();
        app.change_undo(&app.owner, None, change(back))
            .await
            .unwrap();
        app.activate(license, "M-3", "Three").await;
        assert_eq!(
            days(app, of(license), 4).await,
            [(0, 0), (1, 2), (1, 1), (2, 2)]
        );
        // Counted once, however often it is asked for.
        let usage = app.usage(&app.owner, &of(license), 1).await.unwrap();
        assert_eq!((usage.days[0].used, usage.now.seats_max), (2, 3));
        assert_eq!(days(app, UsageFilter::default(), 1).await, [(2, 2)]);
    })
    .await;
}

#[tokio::test]
async fn two_servers_that_count_at_once_count_nothing_twice() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = app.another_server().await;
    let license = app.license_with_seats(300).await;
    for number in 0..250 {
        app.activate(license, &format!("M-{number}"), "Desk").await;
    }
    let filter = of(license);
    let ask = async |app: &App, owner: &Actor| app.usage(owner, &filter, 1).await;
    let owner = &app.owner;
    let asked = tokio::try_join!(
        ask(&app, owner),
        ask(&other, owner),
        ask(&app, owner),
        ask(&other, owner)
    );
    asked.unwrap();
    assert_eq!(days(&app, filter, 1).await, [(250, 250)]);
    other.close().await;
    app.close().await;
}

#[tokio::test]
async fn a_customers_people_see_their_own_usage_and_denials_and_nobody_elses() {
    for_each_database(async |app| {
        let policy = app.policy(1).await;
        let (nord, sued) = (
            app.customer("Nordwind").await,
            app.customer("Südwind").await,
        );
        for customer in [nord, sued] {
            let license = app.license(policy, customer).await;
            app.activate(license, "M-1", "One").await;
            let command = ActivateMachine {
                license: WhichLicense::Id(license),
                machine_code: "M-2".parse().unwrap(),
                friendly_name: None,
            };
            let full = app.activation_activate(&app.owner, None, command).await;
            assert_eq!(code(full), "seats_exhausted");
        }
        // What was denied is noted a moment later.
        let mut tries = 0;
        let denied = loop {
            let usage = app.usage(&app.owner, &UsageFilter::default(), 2).await;
            let denied = usage.unwrap().denied;
            if denied.first().is_some_and(|(_, count)| *count == 2) || tries > 400 {
                break denied;
            }
            tries += 1;
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        };
        assert_eq!(denied, [("seats_exhausted".to_owned(), 2)]);
        let ida = app.person_of(nord, Role::CustomerViewer);
        let own = app.usage(&ida, &UsageFilter::default(), 2).await.unwrap();
        assert_eq!(
            own.days.last().map(|day| (day.used, day.denied)),
            Some((1, 1))
        );
        assert_eq!(own.now.licenses, 1);
        let foreign = UsageFilter {
            customer_id: Some(sued),
            ..UsageFilter::default()
        };
        let none = app.usage(&ida, &foreign, 2).await.unwrap();
        assert_eq!((none.days[1].used, none.now.licenses), (0, 0));
        assert!(none.denied.is_empty());
        let filter = ValidationFilter::default();
        let told = app.validation_list(&ida, &filter, PAGE).await.unwrap();
        assert_eq!(told.rows.len(), 1);
        assert_eq!(told.rows[0].validation.customer_id, Some(nord));
        let filter = ValidationFilter {
            customer_id: Some(sued),
            ..filter
        };
        let told = app.validation_list(&ida, &filter, PAGE).await.unwrap();
        assert!(told.rows.is_empty());
        assert_eq!(
            code(app.report(&ida, ReportBy::Customer, 7).await),
            "not_permitted"
        );
    })
    .await;
}

#[tokio::test]
async fn reports_add_up_what_each_has_and_tell_what_ends_when() {
    for_each_database(async |app| {
        let policy = app.policy(5).await;
        let (nord, sued) = (
            app.customer("Nordwind").await,
            app.customer("Südwind").await,
        );
        for (customer, licenses) in [(nord, 1), (sued, 2)] {
            for _ in 0..licenses {
                let license = app.license(policy, customer).await;
                for code in ["M-1", "M-2"] {
                    app.activate(license, code, code).await;
                }
            }
        }
        let report = app.report(&app.owner, ReportBy::Customer, 7).await.unwrap();
        let told: Vec<_> = report
            .lines
            .iter()
            .map(|line| {
                let sum = &line.sum;
                (
                    sum.name.as_str(),
                    sum.licenses,
                    sum.seats_max,
                    sum.seats_used,
                    line.peak,
                )
            })
            .collect();
        assert_eq!(told, [("Südwind", 2, 10, 4, 4), ("Nordwind", 1, 5, 2, 2)]);
        let products = app.report(&app.owner, ReportBy::Product, 7).await.unwrap();
        assert_eq!(products.lines.len(), 1);
        assert_eq!(products.lines[0].peak, 6);
        let resellers = app.report(&app.owner, ReportBy::Reseller, 7).await.unwrap();
        assert!(resellers.lines.is_empty());
        let endings = app.endings(&app.owner).await.unwrap();
        assert_eq!(endings.len(), 12);
        // The policy's term is a year: they end in the month that is not told of any more, or never.
        let seats: u64 = endings.iter().map(|ending| ending.seats_max).sum();
        assert_eq!(seats, 0);
        app.clock.advance_days(40);
        let endings = app.endings(&app.owner).await.unwrap();
        let last = endings.last().unwrap();
        assert_eq!((last.licenses, last.seats_max), (3, 15));
        assert!(last.revenue.is_empty(), "the policy has no price");
    })
    .await;
}

#[tokio::test]
async fn what_ends_is_worth_what_its_own_revision_of_the_policy_costs() {
    for_each_database(async |app| {
        let customer = app.customer("Nordwind").await;
        let rules = |price| PolicyRules {
            term: Term::Days { days: 10 },
            seats_max: 5,
            node_locked: true,
            feature_ids: vec![],
            license_file_days: 30,
            returns: None,
            price,
        };
        let price = |amount, currency, per| {
            let currency = Currency::parse(currency).unwrap();
            Some(Price {
                amount,
                currency,
                per,
            })
        };
        let product = app.product("atlas").await;
        let by_seat = price(4_900, "EUR", PricePer::Seat);
        let policy = app.policy_with(product, "Team", rules(by_seat)).await;
        app.license(policy, customer).await;
        app.license(policy, customer).await;
        let dearer = rules(price(100_000, "EUR", PricePer::License));
        app.policy_revise(&app.owner, None, policy, dearer)
            .await
            .unwrap();
        app.license(policy, customer).await;
        let abroad = rules(price(700, "JPY", PricePer::License));
        let abroad = app.policy_with(product, "Abroad", abroad).await;
        app.license(abroad, customer).await;
        let free = app.policy_with(product, "Free", rules(None)).await;
        app.license(free, customer).await;
        let endings = app.endings(&app.owner).await.unwrap();
        assert_eq!((endings[0].licenses, endings[0].seats_max), (5, 25));
        let said = endings[0].revenue.iter();
        let said: Vec<_> = said.map(|(of, sum)| (of.to_string(), *sum)).collect();
        let expected = [
            ("EUR".to_owned(), 2 * 5 * 4_900 + 100_000),
            ("JPY".to_owned(), 700),
        ];
        assert_eq!(said, expected);
        let refused = rules(price(0, "EUR", PricePer::Seat));
        let refused = app.policy_revise(&app.owner, None, policy, refused).await;
        assert_eq!(code(refused), "policy_out_of_bounds");
    })
    .await;
}
