//! Lists are found by an index, not by looking at every row.

mod needs;

use latchkey_domain::ResellerId;
use latchkey_domain::activation::ActivationState;
use latchkey_domain::admission::AdmissionState;
use latchkey_domain::license::LicenseState;
use latchkey_domain::policy::PolicyState;
use latchkey_domain::product::Archival;
use latchkey_domain::user::Whose;
use latchkey_store::filter::{
    ActivationFilter, ActivationSort, AdmissionFilter, CustomerFilter, CustomerSort, LedgerFilter,
    LicenseFileFilter, LicenseFilter, LicenseSort, PageRequest, PolicyFilter, ProductFilter,
    QuotaFilter, ReclaimFilter, ResellerFilter, ValidationFilter,
};
use latchkey_store::{StoreUrl, plan};

use crate::fixture::Fixture;
use crate::names::names;
use crate::support::{Bench, Place};

const PAGE: PageRequest = PageRequest::counted(50, None);

/// The plans of the lists that the window offers, each under a name.
async fn plans(bench: &Bench, fixture: &Fixture) -> Vec<(String, Vec<String>)> {
    let (store, vendor, now) = (&bench.store, bench.scope.vendor_id, bench.clock_now());
    let mut plans = Vec::new();
    let mut add = |name: String, plan: Vec<String>| plans.push((name, plan));

    let (_, plan) = plan::of(store.product_list(vendor, &ProductFilter::default(), PAGE)).await;
    add("products all".into(), plan);
    let filter = ProductFilter {
        state: Some(Archival::Active),
        fragment: None,
    };
    let (_, plan) = plan::of(store.product_list(vendor, &filter, PAGE)).await;
    add("products by state".into(), plan);
    let (_, plan) = plan::of(store.customer_list(vendor, &CustomerFilter::default(), PAGE)).await;
    add("customers all".into(), plan);
    let filter = CustomerFilter {
        state: Some(Archival::Archived),
        ..CustomerFilter::default()
    };
    let (_, plan) = plan::of(store.customer_list(vendor, &filter, PAGE)).await;
    add("customers by state".into(), plan);
    let filter = CustomerFilter {
        sort: CustomerSort::Name,
        ..CustomerFilter::default()
    };
    let (_, plan) = plan::of(store.customer_list(vendor, &filter, PAGE)).await;
    add("customers by name".into(), plan);
    let reseller = ResellerId::generate(now, bench.random());
    let filter = CustomerFilter {
        reseller_id: Some(reseller),
        ..CustomerFilter::default()
    };
    let (_, plan) = plan::of(store.customer_list(vendor, &filter, PAGE)).await;
    add("customers of a reseller".into(), plan);
    let (_, plan) = plan::of(store.reseller_list(vendor, &ResellerFilter::default(), PAGE)).await;
    add("resellers all".into(), plan);
    let filter = ResellerFilter {
        parent_id: Some(reseller),
        ..ResellerFilter::default()
    };
    let (_, plan) = plan::of(store.reseller_list(vendor, &filter, PAGE)).await;
    add("resellers below one".into(), plan);
    let filter = LedgerFilter {
        reseller_id: Some(reseller),
        ..LedgerFilter::default()
    };
    let (_, plan) = plan::of(store.ledger_list(vendor, &filter, PAGE)).await;
    add("ledger of a reseller's people".into(), plan);
    let customer = fixture.customers[0].id;
    let (_, plan) = plan::of(store.customer_entries(vendor, customer, PAGE)).await;
    add("ledger of a customer".into(), plan);
    for (name, of) in [("all", None), ("of a reseller", Some(reseller))] {
        let (_, plan) = plan::of(store.template_list(vendor, of, PAGE)).await;
        add(format!("templates {name}"), plan);
    }
    for (name, between) in [("whole", None), ("of a month", Some((now, now)))] {
        let filter = QuotaFilter {
            reseller_id: reseller,
            between,
        };
        let (_, plan) = plan::of(store.quota_list(vendor, &filter, PAGE)).await;
        add(format!("statement {name}"), plan);
    }
    let (_, plan) = plan::of(store.user_list(vendor, Whose::Reseller(reseller), PAGE)).await;
    add("users of a reseller".into(), plan);
    let filter = LicenseFilter {
        reseller_id: Some(reseller),
        state: Some(LicenseState::Active),
        ..LicenseFilter::default()
    };
    let (_, plan) = plan::of(store.license_list(vendor, &filter, now, PAGE)).await;
    add("licenses of a reseller".into(), plan);
    let filter = ActivationFilter {
        reseller_id: Some(reseller),
        state: Some(ActivationState::Active),
        ..ActivationFilter::default()
    };
    let (_, plan) = plan::of(store.activation_list(vendor, &filter, PAGE)).await;
    // They are few of all.
    add("activations of a reseller, few".into(), plan);
    let filter = PolicyFilter {
        product_id: Some(fixture.products[0].id),
        state: Some(PolicyState::Active),
        fragment: None,
    };
    let (_, plan) = plan::of(store.policy_list(vendor, &filter, PAGE)).await;
    add("policies of a product".into(), plan);

    for (name, filter) in license_filters(fixture, now) {
        let (_, plan) = plan::of(store.license_list(vendor, &filter, now, PAGE)).await;
        add(format!("licenses {name}"), plan);
    }
    for (name, filter) in activation_filters(fixture, now) {
        let (_, plan) = plan::of(store.activation_list(vendor, &filter, PAGE)).await;
        add(format!("activations {name}"), plan);
    }
    let (_, plan) = plan::of(store.ledger_list(vendor, &LedgerFilter::default(), PAGE)).await;
    add("ledger".into(), plan);
    let id = latchkey_domain::id::TypedId::uuid(fixture.licenses[0].id);
    let filter = LedgerFilter {
        entity_id: Some(id),
        ..LedgerFilter::default()
    };
    let (_, plan) = plan::of(store.ledger_list(vendor, &filter, PAGE)).await;
    add("ledger of an entity".into(), plan);
    let (_, plan) = plan::of(store.user_list(vendor, Whose::Vendor, PAGE)).await;
    add("users of the vendor".into(), plan);
    let customer = fixture.licenses[0].customer_id;
    let of = Whose::Customer(customer);
    let (_, plan) = plan::of(store.user_list(vendor, of, PAGE)).await;
    add("users of a customer".into(), plan);
    let filter = LicenseFileFilter {
        customer_id: Some(customer),
        ..LicenseFileFilter::default()
    };
    let (_, plan) = plan::of(store.license_file_list(vendor, &filter, PAGE)).await;
    add("license files of a customer".into(), plan);
    for (name, state) in [("", None), (" in a state", Some(AdmissionState::Waiting))] {
        let filter = AdmissionFilter {
            customer_id: Some(customer),
            state,
            ..AdmissionFilter::default()
        };
        let (_, plan) = plan::of(store.admission_list(vendor, &filter, PAGE)).await;
        add(format!("admissions of a customer{name}"), plan);
    }
    let id = latchkey_domain::id::TypedId::from_uuid(id);
    let (_, plan) = plan::of(store.session_list(vendor, id, PAGE)).await;
    add("sessions of a user".into(), plan);
    let (_, plan) = plan::of(store.access_token_list(vendor, PAGE)).await;
    add("access tokens all".into(), plan);
    for (name, license_id, refused) in [
        ("all", None, false),
        ("refused", None, true),
        ("of a license", Some(fixture.licenses[0].id), false),
        ("of a license, refused", Some(fixture.licenses[0].id), true),
    ] {
        let filter = ValidationFilter {
            license_id,
            refused,
            ..ValidationFilter::default()
        };
        let (_, plan) = plan::of(store.validation_list(vendor, &filter, PAGE)).await;
        add(format!("validations {name}"), plan);
    }
    plans
}

fn license_filters(
    fixture: &Fixture,
    now: latchkey_domain::Timestamp,
) -> Vec<(&'static str, LicenseFilter)> {
    let none = LicenseFilter::default();
    vec![
        ("all", none.clone()),
        (
            "of a product",
            LicenseFilter {
                product_id: Some(fixture.products[0].id),
                ..none.clone()
            },
        ),
        (
            "of a policy",
            LicenseFilter {
                policy_id: Some(fixture.policies[0].id),
                ..none.clone()
            },
        ),
        (
            "of a customer",
            LicenseFilter {
                customer_id: Some(fixture.customers[0].id),
                ..none.clone()
            },
        ),
        (
            "suspended",
            LicenseFilter {
                state: Some(LicenseState::Suspended),
                ..none.clone()
            },
        ),
        (
            "expired",
            LicenseFilter {
                state: Some(LicenseState::Expired),
                ..none.clone()
            },
        ),
        (
            "ending soon",
            LicenseFilter {
                expires_before: Some(now.plus_days(30)),
                ..none.clone()
            },
        ),
        (
            "by key",
            LicenseFilter {
                key_prefix: Some(fixture.licenses[0].key.as_str()[..5].to_owned()),
                ..none.clone()
            },
        ),
        (
            "sorted by their end",
            LicenseFilter {
                sort: LicenseSort::Expires,
                ..none.clone()
            },
        ),
        (
            "oldest first, all",
            LicenseFilter {
                sort: LicenseSort::Oldest,
                ..none
            },
        ),
    ]
}

fn activation_filters(
    fixture: &Fixture,
    now: latchkey_domain::Timestamp,
) -> Vec<(&'static str, ActivationFilter)> {
    let none = ActivationFilter::default();
    vec![
        ("all", none.clone()),
        (
            "of a license",
            ActivationFilter {
                license_id: Some(fixture.licenses[0].id),
                ..none.clone()
            },
        ),
        (
            "of a customer",
            ActivationFilter {
                customer_id: Some(fixture.customers[0].id),
                ..none.clone()
            },
        ),
        (
            "of a product",
            ActivationFilter {
                product_id: Some(fixture.products[0].id),
                ..none.clone()
            },
        ),
        (
            "deactivated",
            ActivationFilter {
                state: Some(ActivationState::Deactivated),
                ..none.clone()
            },
        ),
        (
            "not seen since",
            ActivationFilter {
                not_seen_since: Some(now.plus_days(0)),
                ..none.clone()
            },
        ),
        (
            "by one letter",
            ActivationFilter {
                fragment: Some("q".into()),
                ..none.clone()
            },
        ),
        (
            "by a fragment",
            ActivationFilter {
                fragment: Some("strasse".into()),
                ..none.clone()
            },
        ),
        (
            "by a machine code, few",
            ActivationFilter {
                machine_code_prefix: Some("M-1".into()),
                ..none.clone()
            },
        ),
        (
            "sorted by last seen",
            ActivationFilter {
                sort: ActivationSort::LastSeen,
                ..none.clone()
            },
        ),
        (
            "of a customer by last seen",
            ActivationFilter {
                customer_id: Some(fixture.customers[0].id),
                state: Some(ActivationState::Active),
                sort: ActivationSort::LastSeen,
                ..none.clone()
            },
        ),
        (
            "of a customer not seen since",
            ActivationFilter {
                customer_id: Some(fixture.customers[0].id),
                not_seen_since: Some(now.plus_days(0)),
                ..none.clone()
            },
        ),
        (
            "that will be freed",
            ActivationFilter {
                reclaim: Some(ReclaimFilter::Warned),
                ..none.clone()
            },
        ),
        (
            "of a customer that will be freed",
            ActivationFilter {
                customer_id: Some(fixture.customers[0].id),
                reclaim: Some(ReclaimFilter::Warned),
                ..none.clone()
            },
        ),
        (
            "that are kept, few",
            ActivationFilter {
                reclaim: Some(ReclaimFilter::Kept),
                ..none.clone()
            },
        ),
        (
            "of a customer that were freed, few",
            ActivationFilter {
                customer_id: Some(fixture.customers[0].id),
                reclaim: Some(ReclaimFilter::Freed),
                ..none
            },
        ),
    ]
}

/// How the rows of the page are found: the plan without what is joined to them afterwards.
fn finding(lines: &[String]) -> Vec<&str> {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim_start_matches([' ', '-', '>']))
        .collect();
    match lines
        .iter()
        .position(|line| *line == "CO-ROUTINE a" || *line == "MATERIALIZE a")
    {
        // SQLite: then comes how `a` is found, and then that it is gone through.
        Some(begin) => {
            let found = lines
                .iter()
                .rposition(|line| line.starts_with("SCAN a"))
                .unwrap_or(lines.len());
            lines.get(begin + 1..found).unwrap_or_default().to_vec()
        }
        None => lines,
    }
}

/// What is wrong with a plan: it looks at every row, or sorts all that it finds to show a page.
fn wrong(name: &str, lines: &[String]) -> Option<&'static str> {
    let finding = finding(lines);
    let looks_at_all = |line: &&str| {
        // Newest first without a filter: SQLite goes backwards from the end of its table, and stops after the page.
        let newest = name.ends_with(" all") || name == "ledger";
        line.starts_with("Seq Scan") || (**line == *"SCAN a" && !newest)
    };
    if finding.is_empty() {
        return Some("has no plan");
    }
    if finding.iter().any(looks_at_all) {
        return Some("looks at every row");
    }
    let many = ["licenses", "activations", "ledger"]
        .iter()
        .any(|list| name.starts_with(list));
    // These select a few rows of many; what is few may be sorted.
    let few = ["by key", "ending soon", "expired", "of an entity", ", few"]
        .iter()
        .any(|filter| name.ends_with(filter));
    if many && !few && finding.iter().any(|line| line.contains("TEMP B-TREE")) {
        return Some("sorts all that it finds");
    }
    None
}

#[tokio::test]
async fn every_list_is_found_by_an_index() {
    let sqlite = Place::sqlite();
    let postgres = Place::postgres().await;
    // With a few hundred rows PostgreSQL would rightly read the whole table; the question is whether it could do else.
    let StoreUrl::Postgres(address) = &postgres.url else {
        unreachable!()
    };
    let url = StoreUrl::parse(&format!("{address}?options[enable_seqscan]=off")).unwrap();
    let postgres = Place { url, folder: None };
    for place in [sqlite, postgres] {
        let bench = Bench::open(place).await;
        let fixture = Fixture::fill(&bench, 90, &names(200)).await;
        let mut complaints = Vec::new();
        for (name, lines) in plans(&bench, &fixture).await {
            if let Some(wrong) = wrong(&name, &lines) {
                complaints.push(format!("{name} {wrong}:\n{}\n", lines.join("\n")));
            }
        }
        assert!(
            complaints.is_empty(),
            "in {:?}:\n{}",
            bench.place.url,
            complaints.join("\n")
        );
    }
}

/// It is done every minute, in a store with a million seats as well.
#[tokio::test]
async fn idle_seats_are_looked_for_where_they_are_to_be_freed() {
    let bench = Bench::open(Place::sqlite()).await;
    let (vendor, now) = (bench.scope.vendor_id, bench.clock_now());
    let (_, plan) = plan::of(bench.store.activations_idle(vendor, now, 1)).await;
    let first = plan.first().expect("a plan");
    assert!(first.contains("customer_by_reclaim"), "{plan:?}");
}
