//! Of quota, bounds and renewals.

mod narrow;

use super::*;
use crate::CustomerId;
use crate::license_key::LicenseKey;
use crate::policy::{Policy, PolicyRevision, PolicyState};
use crate::random::SeededRandom;
use crate::refusal::Refusal as _;

fn template(seats_max: u32) -> Template {
    Template {
        id: "tpl_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
        reseller_id: "rsl_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
        policy_id: "pol_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
        name: "Professional".parse().unwrap(),
        bounds: Bounds::offered(seats_max).unwrap(),
        parent_id: None,
        state: TemplateState::Granted,
        created_at: Timestamp::from_millis(1),
        version: 1,
        salt: Salt::default(),
        balance: Postings::default(),
    }
}

fn rules(seats_max: u32) -> PolicyRules {
    PolicyRules {
        term: Term::Months { months: 12 },
        seats_max,
        node_locked: true,
        feature_ids: Vec::new(),
        license_file_days: 90,
        returns: None,
        price: None,
    }
}

fn now() -> Timestamp {
    Timestamp::parse("2027-03-01").unwrap()
}

fn license(terms: IssueTerms) -> License {
    let random = SeededRandom::new(1);
    let policy = Policy {
        id: template(1).policy_id,
        product_id: "prd_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
        name: "Professional".parse().unwrap(),
        state: PolicyState::Active,
        revision: 1,
        revision_id: "rev_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
        created_at: now(),
        version: 1,
        salt: Salt::default(),
    };
    let revision = PolicyRevision {
        id: policy.revision_id,
        policy_id: policy.id,
        revision: 1,
        rules: rules(3),
        created_at: now(),
        version: 1,
        salt: Salt::default(),
    };
    License::issue(
        crate::LicenseId::generate(now(), &random),
        LicenseKey::generate(&random),
        Salt::default(),
        &policy,
        &revision,
        CustomerId::generate(now(), &random),
        terms,
        now(),
    )
    .unwrap()
}

#[test]
fn quota_is_granted_up_to_the_limit_and_refused_one_past_it() {
    let mut template = template(3);
    assert_eq!(template.grant(0).unwrap_err().code(), "quota_out_of_bounds");
    template.grant(QUOTA_LICENSES_MAX).unwrap();
    assert_eq!(template.grant(1).unwrap_err().code(), "quota_out_of_bounds");
    assert_eq!(template.balance.reseller, i64::from(QUOTA_LICENSES_MAX));
}

#[test]
fn what_is_used_up_is_refused_and_what_is_revoked_in_time_comes_back() {
    let mut template = template(3);
    template.grant(2).unwrap();
    template.consume().unwrap();
    template.consume().unwrap();
    let refused = template.consume().unwrap_err();
    assert_eq!(refused.code(), "quota_used_up");
    assert!(refused.to_string().contains("all 2 licenses"), "{refused}");
    let license = license(IssueTerms::default());
    let in_time = now().plus_days(QUOTA_RETURN_DAYS);
    assert_eq!(
        template.take_back(&license, in_time).0,
        MovementKind::Return
    );
    template.consume().unwrap();
    let late = in_time.plus_millis(1);
    assert_eq!(template.take_back(&license, late).0, MovementKind::Expire);
    assert_eq!(template.consume().unwrap_err().code(), "quota_used_up");
    assert_eq!(template.balance.sum(), 0);
    assert_eq!(
        (template.balance.customer, template.balance.expired),
        (1, 1)
    );
}

#[test]
fn a_withdrawn_template_gives_its_unused_quota_back_and_issues_nothing_more() {
    let mut template = template(3);
    template.grant(5).unwrap();
    template.consume().unwrap();
    assert_eq!(template.withdraw().unwrap(), Postings::withdraw(4));
    assert_eq!(
        template.withdraw().unwrap_err().code(),
        "template_withdrawn"
    );
    assert_eq!(template.consume().unwrap_err().code(), "quota_used_up");
    assert_eq!(template.in_use().unwrap_err().code(), "template_withdrawn");
    template.take_back(&license(IssueTerms::default()), now());
    let expected = Postings {
        vendor: -5,
        returned: 5,
        ..Postings::default()
    };
    assert_eq!(template.balance, expected);
}

#[test]
fn seats_and_end_keep_within_the_templates_bounds() {
    let template = template(10);
    let bounded = |seats_max, expires_at| {
        let terms = IssueTerms {
            seats_max,
            expires_at,
        };
        let outcome = template.bounded(terms, &rules(3), now());
        outcome
            .map(|terms| terms.seats_max)
            .map_err(|refusal| refusal.code())
    };
    let end = now().plus_months(12);
    assert_eq!(bounded(None, None), Ok(Some(3)), "the policy's own");
    assert_eq!(bounded(Some(10), Some(end)), Ok(Some(10)));
    assert_eq!(bounded(Some(11), None), Err("template_seats_exceeded"));
    assert_eq!(bounded(Some(0), None), Err("template_seats_exceeded"));
    let later = Some(end.plus_millis(1));
    assert_eq!(bounded(None, later), Err("template_term_exceeded"));
    let narrow = Template {
        bounds: Bounds::offered(2).unwrap(),
        ..template.clone()
    };
    let usual = narrow.bounded(IssueTerms::default(), &rules(3), now());
    assert_eq!(
        usual.unwrap().seats_max,
        Some(2),
        "never more than the bound"
    );
}

#[test]
fn a_reseller_renews_by_one_term_when_the_last_one_has_begun() {
    let mut template = template(10);
    let mut license = license(IssueTerms::default());
    let term = rules(3).term;
    let end = license.expires_at.unwrap();
    let renew = |template: &Template, license: &License, to| {
        let outcome = template.may_renew(license, to, term, now());
        outcome.map_err(|refusal| refusal.code())
    };
    assert_eq!(renew(&template, &license, None), Ok(None));
    let next = end.plus_months(12);
    assert_eq!(renew(&template, &license, Some(next)), Ok(Some(next)));
    let later = Some(next.plus_millis(1));
    assert_eq!(
        renew(&template, &license, later),
        Err("template_term_exceeded")
    );
    license.expires_at = Some(next);
    let early = renew(&template, &license, None);
    assert_eq!(early, Err("template_renewal_too_early"));
    license.expires_at = Some(end);
    template.withdraw().unwrap();
    assert_eq!(renew(&template, &license, None), Err("template_withdrawn"));
}
