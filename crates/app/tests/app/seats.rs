//! What must hold about seats whatever happens: never more than the license has, and counted right.

mod crowd;

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::bulk::{ActivationAction, BulkActivations};
use latchkey_domain::activation::ActivationState;
use latchkey_domain::{ActivationId, ChangeId, LicenseId};
use latchkey_store::filter::ActivationFilter;
use latchkey_testkit::{DatabaseKind, TestApp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::common::{PAGE, check_ledger, shown};

/// What is done at random.
#[derive(Debug, Clone)]
enum Step {
    Activate {
        license: usize,
        machine: u8,
        name: u8,
    },
    Deactivate(usize),
    Suspend(usize),
    Reinstate(usize),
    Rename {
        machine: usize,
        name: u8,
    },
    DeactivateAll {
        license: usize,
        dry_run: bool,
    },
    /// Undoes the change before and compares with the state before it.
    UndoLast,
    /// Undoes some earlier change, which may be refused.
    UndoOlder(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_usize..2, 0_u8..6, 0_u8..3).prop_map(|(license, machine, name)| Step::Activate { license, machine, name }),
        3 => (0_usize..12).prop_map(Step::Deactivate),
        1 => (0_usize..2).prop_map(Step::Suspend),
        1 => (0_usize..2).prop_map(Step::Reinstate),
        1 => (0_usize..12, 0_u8..3).prop_map(|(machine, name)| Step::Rename { machine, name }),
        1 => (0_usize..2, any::<bool>()).prop_map(|(license, dry_run)| Step::DeactivateAll { license, dry_run }),
        3 => Just(Step::UndoLast),
        2 => (0_usize..30).prop_map(Step::UndoOlder),
    ]
}

/// The state machine: an app, and what it was asked so far.
struct Machine<'a> {
    app: &'a TestApp,
    licenses: [LicenseId; 2],
    activations: Vec<ActivationId>,
    /// The last change, and what was shown before it, unless it created something: that is closed, not removed.
    last: Option<(ChangeId, Option<Vec<String>>)>,
    changes: Vec<ChangeId>,
}

impl Machine<'_> {
    async fn step(&mut self, step: &Step) {
        let (app, owner) = (self.app, &self.app.owner);
        let before = shown(app).await;
        let pick = |at: usize| {
            (!self.activations.is_empty()).then(|| self.activations[at % self.activations.len()])
        };
        let mut created = false;
        let change = match step {
            Step::Activate {
                license,
                machine,
                name,
            } => {
                let command = ActivateMachine {
                    license: WhichLicense::Id(self.licenses[*license]),
                    machine_code: format!("M-{machine}").parse().unwrap(),
                    friendly_name: Some(format!("Büro {name}").parse().unwrap()),
                };
                match app.activation_activate(owner, None, command).await {
                    Ok(done) => {
                        if !self.activations.contains(&done.value) {
                            self.activations.push(done.value);
                            created = true;
                        }
                        done.change
                    }
                    Err(error) => {
                        assert!(
                            ["seats_exhausted", "license_suspended"].contains(&error.code()),
                            "{error:?}"
                        );
                        None
                    }
                }
            }
            Step::Deactivate(at) => match pick(*at) {
                Some(id) => app
                    .activation_deactivate(owner, None, id)
                    .await
                    .ok()
                    .and_then(|done| done.change),
                None => None,
            },
            Step::Suspend(at) => app
                .license_suspend(owner, None, self.licenses[*at], None)
                .await
                .ok()
                .and_then(|done| done.change),
            Step::Reinstate(at) => app
                .license_reinstate(owner, None, self.licenses[*at])
                .await
                .ok()
                .and_then(|done| done.change),
            Step::Rename { machine, name } => match pick(*machine) {
                Some(id) => {
                    let id = app
                        .activation_get(owner, id)
                        .await
                        .unwrap()
                        .activation
                        .machine_id;
                    let name = format!("Büro {name}").parse().unwrap();
                    app.machine_rename(owner, None, id, name)
                        .await
                        .ok()
                        .and_then(|done| done.change)
                }
                None => None,
            },
            Step::DeactivateAll { license, dry_run } => {
                let filter = ActivationFilter {
                    license_id: Some(self.licenses[*license]),
                    ..Default::default()
                };
                let command = BulkActivations {
                    action: ActivationAction::Deactivate,
                    filter,
                    dry_run: *dry_run,
                };
                let done = app.activations_bulk(owner, None, command).await.unwrap();
                if *dry_run {
                    assert_eq!(shown(app).await, before, "a dry run changes nothing");
                }
                done.change
            }
            Step::UndoLast => {
                let Some((id, shown_before)) = self.last.take() else {
                    return;
                };
                let done = app
                    .change_undo(owner, None, id)
                    .await
                    .expect("the last change can be undone");
                if let Some(shown_before) = shown_before {
                    assert_eq!(
                        shown(app).await,
                        shown_before,
                        "undoing restores the state before"
                    );
                }
                done.change
            }
            Step::UndoOlder(at) => {
                let Some(id) = self.changes.get(at % self.changes.len().max(1)) else {
                    return;
                };
                match app.change_undo(owner, None, *id).await {
                    Ok(done) => done.change,
                    Err(error) => {
                        let codes = [
                            "change_overtaken",
                            "change_undone",
                            "change_nothing_left",
                            "seats_exhausted",
                        ];
                        assert!(codes.contains(&error.code()), "{error:?}");
                        assert_eq!(shown(app).await, before, "a refusal changes nothing");
                        None
                    }
                }
            }
        };
        if let Some(change) = change {
            self.changes.push(change);
            // What was seen is not put back: it happened. The clock stands still here, so there is no difference.
            self.last = Some((change, (!created).then_some(before)));
        }
    }

    async fn check(&self) {
        for id in self.licenses {
            let license = self.app.license_now(id).await.license;
            let of = ActivationFilter {
                license_id: Some(id),
                state: Some(ActivationState::Active),
                ..Default::default()
            };
            let active = self
                .app
                .activation_list(&self.app.owner, &of, PAGE)
                .await
                .unwrap()
                .count;
            assert!(
                license.seats_used <= license.seats_max,
                "more seats used than there are"
            );
            assert_eq!(
                license.seats_used, active,
                "seats used are the active activations"
            );
        }
    }
}

#[test]
fn whatever_happens_one_after_the_other_seats_are_kept_undo_restores_and_the_ledger_fits() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (kind, cases) in [(DatabaseKind::Sqlite, 24), (DatabaseKind::Postgres, 8)] {
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 40,
            ..Config::default()
        };
        let mut runner =
            TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let steps = proptest::collection::vec(step(), 1..40);
        runner
            .run(&steps, |steps| {
                runtime.block_on(async {
                    let app = TestApp::open(kind).await;
                    let (policy_id, customer_id) =
                        (app.policy(3).await, app.customer("Nordwind").await);
                    let one = app.license(policy_id, customer_id).await;
                    let two = app.license(policy_id, customer_id).await;
                    let mut machine = Machine {
                        app: &app,
                        licenses: [one, two],
                        activations: Vec::new(),
                        last: None,
                        changes: Vec::new(),
                    };
                    for step in &steps {
                        machine.step(step).await;
                        machine.check().await;
                    }
                    check_ledger(&app).await;
                    app.close().await;
                });
                Ok(())
            })
            .unwrap();
    }
}
