//! Who may do what.

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::admission::AdmissionDecision;
use latchkey_app::approval::RequestApproval;
use latchkey_app::branding::SetBranding;
use latchkey_app::bulk::{ActivationAction, BulkActivations, BulkLicenses, LicenseAction};
use latchkey_app::customer::{CreateCustomer, UpdateCustomer};
use latchkey_app::entitlement::GrantEntitlement;
use latchkey_app::feature::CreateFeature;
use latchkey_app::import::ImportOptions;
use latchkey_app::ledger::LedgerCheck;
use latchkey_app::license::{IssueLicense, IssueLicenses};
use latchkey_app::license_file::{ExportLicenseFile, ExportLicenseFiles};
use latchkey_app::password::Password;
use latchkey_app::policy::CreatePolicy;
use latchkey_app::policy::apply::{ApplyPolicy, ApplyWhen};
use latchkey_app::product::CreateProduct;
use latchkey_app::reseller::{CreateReseller, FirstManager, ReplaceReseller};
use latchkey_app::session::{ProveSession, SignIn};
use latchkey_app::template::{GrantTemplate, IssueFromTemplate};
use latchkey_app::user::CreateUser;
use latchkey_app::validation::ValidateLicense;
use latchkey_app::view::{ReportBy, UsageFilter};
use latchkey_app::{AppError, Operation};
use latchkey_domain as d;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::letter::{Language, LetterKind, LetterText};
use latchkey_domain::limits::FACTOR_FRESH_SECONDS;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_domain::user::Whose;
use latchkey_store::filter::QuotaFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, size};
use crate::hand_over::{to_the_window, with_code};
use crate::passkey::no_passkey;
use crate::sign_in_service::{no_confirmation, no_way_back};
use crate::sign_up::{nobody_yet, terms as sign_up_terms};
use crate::webhook::{all as all_of, terms as webhook_terms};

/// Every operation by every kind of caller, as the application answers.
fn table(app: &TestApp, permitted: impl Fn(&Actor) -> Vec<Operation>) -> String {
    let callers = app.callers();
    let mut table = format!("{:26}", "operation");
    for (name, _) in &callers {
        table.push_str(&format!(" {name}"));
    }
    for operation in Operation::ALL {
        table.push_str(&format!("\n{:26}", operation.id()));
        for (name, caller) in &callers {
            let may = permitted(caller).contains(operation);
            let width = name.len();
            table.push_str(&format!(" {:width$}", if may { "yes" } else { "-" }));
        }
    }
    let lines: Vec<_> = table.lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[tokio::test]
async fn each_kind_of_caller_may_do_what_the_table_says() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let at_home = table(&app, |caller| Operation::permitted(caller).collect());
    assert_eq!(
        at_home,
        table(&app, |caller| app.permitted(caller).collect())
    );
    insta::assert_snapshot!(at_home);
    app.close().await;
}

#[tokio::test]
async fn in_a_lockdown_each_kind_of_caller_may_do_what_this_table_says() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    app.vendor_lock_down(&app.owner, None).await.unwrap();
    app.vendor(&app.owner).await.unwrap();
    insta::assert_snapshot!(table(&app, |caller| app.permitted(caller).collect()));
    app.close().await;
}

/// Asks for all there is, about what does not exist; answers with codes.
async fn everything(app: &TestApp, actor: &Actor) -> Vec<(Operation, &'static str)> {
    use Operation as O;
    let (now, random) = (app.now(), SeededRandom::new(99));
    let (product, policy) = (
        d::ProductId::generate(now, &random),
        d::PolicyId::generate(now, &random),
    );
    let (customer, license) = (
        d::CustomerId::generate(now, &random),
        d::LicenseId::generate(now, &random),
    );
    let (feature, machine) = (
        d::FeatureId::generate(now, &random),
        d::MachineId::generate(now, &random),
    );
    let (activation, right) = (
        d::ActivationId::generate(now, &random),
        d::EntitlementId::generate(now, &random),
    );
    let (key, file) = (
        d::SigningKeyId::generate(now, &random),
        d::LicenseFileId::generate(now, &random),
    );
    let change = d::ChangeId::generate(now, &random);
    let rules = d::policy::PolicyRules {
        term: d::policy::Term::Perpetual,
        seats_max: 1,
        node_locked: false,
        feature_ids: vec![],
        license_file_days: 1,
        returns: None,
        price: None,
    };
    let (code, name): (d::text::Code, d::text::Name) = ("x".parse().unwrap(), "X".parse().unwrap());
    let nobody = d::ActorId::generate(now, &random);
    let access_token = d::AccessTokenId::generate(now, &random);
    let approval = d::ApprovalId::generate(now, &random);
    let (reseller, template) = (
        d::ResellerId::generate(now, &random),
        d::TemplateId::generate(now, &random),
    );
    let statement = QuotaFilter {
        reseller_id: reseller,
        between: None,
    };
    let reseller_name = name.clone();
    let passkey = d::PasskeyId::generate(now, &random);
    let webhook = d::WebhookId::generate(now, &random);
    let receipt = d::ReturnReceiptId::generate(now, &random);
    let sign_up_link = d::SignUpLinkId::generate(now, &random);
    let letter = LetterText::standard(LetterKind::Invitation, Language::English);
    let admission = d::AdmissionId::generate(now, &random);
    let (token, user_name, token_name) = (Token::received("lki_none"), name.clone(), name.clone());
    let password = Password::typed("seven grey geese".into());
    let mut asked = Vec::new();
    macro_rules! ask {
        ($($operation:ident: $call:expr;)*) => {
            $(asked.push((O::$operation, outcome($call.await.map(drop))));)*
        };
    }
    let look = ImportOptions {
        dry_run: true,
        skip_refused: false,
    };
    ask! {
        GetMe: app.vendor(actor);
        LockDownVendor: app.vendor_lock_down(actor, None);
        LiftLockdown: app.vendor_lift_lockdown(actor, None);
        RequireTwoPeople: app.vendor_require_two_people(actor, None);
        ListRoleRules: app.role_rules(actor);
        SetRoleRule: app.role_rule_set(actor, None, d::role_rule::RoleRule { role: Role::Support, hours: None, networks: vec![] });
        ListApprovals: app.approval_list(actor, PAGE);
        GetApproval: app.approval_get(actor, approval);
        RequestApproval: app.approval_request(actor, None, RequestApproval::RevokeLicenses(Default::default()), Default::default());
        GiveApproval: app.approval_give(actor, None, approval);
        RefuseApproval: app.approval_refuse(actor, None, approval);
        WithdrawApproval: app.approval_withdraw(actor, None, approval);
        GetOverview: app.overview(actor);
        Search: app.search(actor, "nord");
        ListProducts: app.product_list(actor, &Default::default(), PAGE);
        CreateProduct: app.product_create(actor, None, CreateProduct { code: code.clone(), name: name.clone() });
        GetProduct: app.product_get(actor, product);
        RenameProduct: app.product_rename(actor, None, product, name.clone());
        ArchiveProduct: app.product_archive(actor, None, product);
        UnarchiveProduct: app.product_unarchive(actor, None, product);
        ListFeatures: app.feature_list(actor, product, PAGE);
        CreateFeature: app.feature_create(actor, None, CreateFeature { product_id: product, code, name: name.clone() });
        ArchiveFeature: app.feature_archive(actor, None, feature);
        UnarchiveFeature: app.feature_unarchive(actor, None, feature);
        ListPolicies: app.policy_list(actor, &Default::default(), PAGE);
        CreatePolicy: app.policy_create(actor, None, CreatePolicy { product_id: product, name: name.clone(), rules: rules.clone() });
        GetPolicy: app.policy_get(actor, policy);
        RevisePolicy: app.policy_revise(actor, None, policy, rules);
        ApplyPolicy: app.policy_apply(actor, None, ApplyPolicy {
            id: policy,
            filter: Default::default(),
            when: ApplyWhen::AtRenewal,
            dry_run: true,
        });
        RetirePolicy: app.policy_retire(actor, None, policy);
        UnretirePolicy: app.policy_unretire(actor, None, policy);
        ListPolicyRevisions: app.policy_revision_list(actor, policy, PAGE);
        ListCustomers: app.customer_list(actor, &Default::default(), PAGE);
        ExportCustomersCsv: app.customer_table(actor, &Default::default(), PAGE);
        CreateCustomer: app.customer_create(actor, None, CreateCustomer { name: name.clone(), email: None, reference: None, reseller_id: None });
        GetCustomer: app.customer_get(actor, customer);
        UpdateCustomer: app.customer_update(actor, None, customer, UpdateCustomer::default());
        ArchiveCustomer: app.customer_archive(actor, None, customer);
        UnarchiveCustomer: app.customer_unarchive(actor, None, customer);
        ImportCustomers: app.customer_import(actor, None, None, b"name\nX\n", look);
        SetControlledActivation: app.controlled_activation_set(actor, None, customer, true);
        SetReclaim: app.reclaim_set(actor, None, customer, None);
        ListResellers: app.reseller_list(actor, &Default::default(), PAGE);
        CreateReseller: app.reseller_create(actor, None, CreateReseller { name: reseller_name.clone(), parent_id: None });
        GetReseller: app.reseller_get(actor, reseller);
        RenameReseller: app.reseller_rename(actor, None, reseller, reseller_name);
        ArchiveReseller: app.reseller_archive(actor, None, reseller);
        UnarchiveReseller: app.reseller_unarchive(actor, None, reseller);
        InviteFirstManager: app.first_manager_invite(actor, None, FirstManager { reseller_id: reseller, email: "first@reseller.example".parse().unwrap(), name: name.clone() });
        ReplaceReseller: app.reseller_replace(actor, None, ReplaceReseller { id: reseller, by: reseller, dry_run: true });
        ListCustomerTimeline: app.customer_timeline(actor, customer, PAGE);
        ExportCustomerTimelineCsv: app.customer_timeline_table(actor, customer, PAGE);
        ListResellerActs: app.reseller_acts(actor, reseller, PAGE);
        ExportResellerActsCsv: app.reseller_acts_table(actor, reseller, PAGE);
        ListTemplates: app.template_list(actor, None, PAGE);
        GetTemplate: app.template_get(actor, template);
        GrantTemplate: app.template_grant(actor, None, GrantTemplate { reseller_id: reseller, policy_id: policy, narrowing: Default::default(), licenses: 1 });
        GrantQuota: app.quota_grant(actor, None, template, 1);
        WithdrawTemplate: app.template_withdraw(actor, None, template);
        IssueFromTemplate: app.license_issue_from_template(actor, None, IssueFromTemplate { id: template, customer_id: customer, terms: Default::default() });
        ImportFromTemplate: app.license_import_from_template(actor, None, template, (None, b"customer\nX\n"), look);
        ListStatement: app.statement_list(actor, &statement, PAGE);
        ExportStatementCsv: app.statement_table(actor, &statement, PAGE);
        ExportStatementPdf: app.statement_document(actor, &statement, Default::default());
        GetStatementSums: app.statement_sums(actor, &statement);
        ListLicenses: app.license_list(actor, &Default::default(), PAGE);
        ExportLicensesCsv: app.license_table(actor, &Default::default(), PAGE);
        GetLicense: app.license_get(actor, license);
        GetLicenseCertificate: app.license_certificate(actor, license, Default::default());
        IssueLicense: app.license_issue(actor, None, IssueLicense { policy_id: policy, customer_id: customer, terms: Default::default() });
        IssueLicenses: app.licenses_issue(actor, None, IssueLicenses { policy_id: policy, customer_id: customer, count: 1 });
        ImportLicenses: app.license_import(actor, None, None, b"customer,policy\nX,Y\n", look);
        RenewLicense: app.license_renew(actor, None, license, None);
        SuspendLicense: app.license_suspend(actor, None, license, None);
        ReinstateLicense: app.license_reinstate(actor, None, license);
        RevokeLicense: app.license_revoke(actor, None, license, String::new());
        TransferLicense: app.license_transfer(actor, None, license, customer);
        BulkUpdateLicenses: app.licenses_bulk(actor, None, BulkLicenses { action: LicenseAction::Suspend, filter: Default::default(), dry_run: true });
        ListEntitlements: app.entitlement_list(actor, license, PAGE);
        GrantEntitlement: app.entitlement_grant(actor, None, GrantEntitlement { license_id: license, feature_id: feature, limit: None });
        WithdrawEntitlement: app.entitlement_withdraw(actor, None, right);
        GetMachine: app.machine_get(actor, machine);
        RenameMachine: app.machine_rename(actor, None, machine, "X".parse().unwrap());
        ListActivations: app.activation_list(actor, &Default::default(), PAGE);
        ExportActivationsCsv: app.activation_table(actor, &Default::default(), PAGE);
        GetActivation: app.activation_get(actor, activation);
        ActivateMachine: app.activation_activate(actor, None, ActivateMachine { license: WhichLicense::Id(license), machine_code: "M".parse().unwrap(), friendly_name: None });
        DeactivateActivation: app.activation_deactivate(actor, None, activation);
        BindMachineKey: app.activation_bind_key(actor, None, activation, "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=".parse().unwrap());
        AcceptReturnReceipt: app.return_receipt_accept(actor, None, "{}");
        DownloadReturnReceipt: app.return_receipt_content(actor, receipt);
        GetReturnReceiptQr: app.return_receipt_qr(actor, receipt);
        KeepSeat: app.seat_keep(actor, None, activation, true);
        ListAdmissions: app.admission_list(actor, &Default::default(), PAGE);
        ImportAdmissions: app.admission_import(actor, None, customer, b"M-1\tX\n", look);
        AdmitMachines: app.admissions_decide(actor, None, vec![admission], AdmissionDecision::Admit);
        RefuseMachines: app.admissions_decide(actor, None, vec![admission], AdmissionDecision::Refuse);
        ActivateAdmittedMachine: app.admission_activate(actor, None, admission, license);
        GetCollectionScript: std::future::ready(app.collection_script_may(actor));
        ValidateLicense: app.license_validate(actor, ValidateLicense { license_key: d::license_key::LicenseKey::generate(&random), machine_code: "M".parse().unwrap() });
        ListValidations: app.validation_list(actor, &Default::default(), PAGE);
        ImportActivations: app.activation_import(actor, None, license, b"M-1\tX\n", look);
        BulkUpdateActivations: app.activations_bulk(actor, None, BulkActivations { action: ActivationAction::Deactivate, filter: Default::default(), dry_run: true });
        ExportLicenseFile: app.license_file_export(actor, None, ExportLicenseFile { license_id: license, machine_ids: vec![], valid_days: None });
        ExportLicenseFiles: app.license_files_export(actor, None, ExportLicenseFiles { filter: Default::default(), valid_days: None });
        DownloadLicenseFiles: app.license_files_archive(actor, change, std::io::Cursor::new(Vec::new()));
        ListLicenseFiles: app.license_file_list(actor, None, PAGE);
        DownloadLicenseFile: app.license_file_content(actor, file);
        GetLicenseFileQr: app.license_file_qr(actor, file);
        VerifyLicenseFile: app.license_file_verify(actor, b"{}");
        ListSigningKeys: app.signing_key_list(actor, PAGE);
        CreateSigningKey: app.signing_key_create(actor, None, Some(product));
        RotateSigningKey: app.signing_key_rotate(actor, None, key);
        RetireSigningKey: app.signing_key_retire(actor, None, key);
        CompromiseSigningKey: app.signing_key_compromise(actor, None, key, String::new());
        GetTrustBundle: app.trust_bundle(actor);
        GetRootKey: app.root_key(actor);
        ListLedgerEntries: app.ledger_list(actor, &Default::default(), PAGE);
        ExportLedgerEntriesCsv: app.ledger_table(actor, &Default::default(), PAGE);
        GetRecordAsOf: app.record_as_of(actor, &license.to_string(), app.now());
        GetLedgerEntry: app.ledger_get(actor, 0);
        GetCheckpoint: app.checkpoint(actor);
        VerifyLedger: app.ledger_verify(actor, LedgerCheck::default());
        GetChange: app.change_get(actor, change);
        UndoChange: app.change_undo(actor, None, change);
        SignIn: app.sign_in(actor, SignIn {
            email: "nobody@vendor.example".into(),
            password: password.clone(),
            code: None,
            kind: SessionKind::Program,
            address: None,
            agent: None,
        });
        ListSessions: app.session_list(actor, PAGE);
        EndSession: app.session_end(actor, None, d::SessionId::generate(now, &random));
        ChangePassword: app.password_change(actor, None, &password, &password);
        ProveSession: app.session_prove(actor, ProveSession { session_id: None, password: password.clone(), code: None, address: None });
        HandOverSession: app.session_hand_over(actor, to_the_window(None));
        TakeOverSession: app.session_take_over(actor, with_code("lkh_none"));
        BeginSecondFactor: app.second_factor_begin(actor);
        ConfirmSecondFactor: app.second_factor_confirm(actor, None, &GivenCode::read("123456"));
        RenewRecoveryCodes: app.recovery_codes_renew(actor);
        EndSecondFactor: app.second_factor_end(actor, None);
        ListUsers: app.user_list(actor, Whose::Vendor, PAGE);
        CreateUser: app.user_create(actor, None, CreateUser { email: "owner@vendor.example".parse().unwrap(), name: user_name, role: Role::CustomerViewer, whose: Whose::Customer(customer) });
        GetUser: app.user_get(actor, nobody);
        UpdateUser: app.user_update(actor, None, nobody, Default::default());
        DeactivateUser: app.user_deactivate(actor, None, nobody);
        ReactivateUser: app.user_reactivate(actor, None, nobody);
        InviteUser: app.user_invite(actor, None, nobody);
        ResetSecondFactor: app.second_factor_reset(actor, None, nobody);
        ShowInvitation: app.invitation_show(actor, &token);
        AcceptInvitation: app.invitation_accept(actor, None, &token, &password);
        ListAccessTokens: app.access_token_list(actor, PAGE);
        CreateAccessToken: app.access_token_create(actor, None, d::access_token::AccessTokenTerms {
            name: token_name,
            scopes: vec![],
            product_id: None,
            license_id: None,
            expires_at: None,
        });
        GetAccessToken: app.access_token_get(actor, access_token);
        RevokeAccessToken: app.access_token_revoke(actor, None, access_token);
        ListSignInMethods: std::future::ready(app.sign_in_service_name(actor));
        BeginServiceSignIn: app.service_sign_in_begin(actor, None, false);
        FinishServiceSignIn: app.service_sign_in_finish(actor, no_way_back());
        ConfirmServiceSignIn: app.service_sign_in_confirm(actor, no_confirmation());
        UnlinkSignInService: app.sign_in_service_unlink(actor, None, None);
        UnlinkUser: app.user_unlink(actor, None, nobody);
        ListPasskeys: app.passkey_list(actor, PAGE);
        BeginPasskey: app.passkey_begin(actor, None);
        CreatePasskey: app.passkey_create(actor, None, None, name.clone(), &Default::default());
        RenamePasskey: app.passkey_rename(actor, None, passkey, name.clone());
        RemovePasskey: app.passkey_remove(actor, None, None, passkey);
        ResetPasskeys: app.passkeys_reset(actor, None, nobody);
        BeginPasskeySignIn: app.passkey_sign_in_begin(actor, None, false);
        FinishPasskeySignIn: app.passkey_sign_in_finish(actor, no_passkey());
        AskPasswordReset: app.password_reset_ask(actor, "nobody@vendor.example", None, Default::default());
        GetExpiryNotices: app.expiry_notices(actor);
        SetExpiryNotices: app.expiry_notices_set(actor, None, None);
        ListLetterTexts: app.letter_texts(actor);
        SetLetterText: app.letter_text_set(actor, None, letter.clone());
        PreviewLetterText: app.letter_preview(actor, &letter);
        GetBranding: app.branding(actor);
        SetBranding: app.branding_set(actor, None, SetBranding { branding: Default::default(), logo: None });
        GetUsage: app.usage(actor, &UsageFilter::default(), 7);
        ExportUsageCsv: app.usage_export(actor, &UsageFilter::default(), 7);
        GetReport: app.report(actor, ReportBy::Customer, 7);
        ExportReportCsv: app.report_export(actor, ReportBy::Product, 7);
        ListEndings: app.endings(actor);
        ExportValidationsCsv: app.validation_export(actor, &Default::default(), PAGE);
        ListSignUpLinks: app.sign_up_link_list(actor, None, PAGE);
        CreateSignUpLink: app.sign_up_link_create(actor, None, sign_up_terms(customer));
        GetSignUpLink: app.sign_up_link_get(actor, sign_up_link);
        WithdrawSignUpLink: app.sign_up_link_withdraw(actor, None, sign_up_link);
        ShowSignUpLink: app.sign_up_offer(actor, &token);
        SignUp: app.sign_up(actor, &token, nobody_yet(), None, Default::default());
        ViewAs: app.view_as(actor, None, None, Whose::Customer(customer));
        EndViewAs: app.view_as_end(actor, None, None);
        ListWebhooks: app.webhook_list(actor, PAGE);
        CreateWebhook: app.webhook_create(actor, None, webhook_terms("https://shop.example", &[]));
        GetWebhook: app.webhook_get(actor, webhook);
        UpdateWebhook: app.webhook_update(actor, None, webhook, Default::default());
        PauseWebhook: app.webhook_pause(actor, None, webhook);
        ResumeWebhook: app.webhook_resume(actor, None, webhook);
        RotateWebhookSecret: app.webhook_rotate(actor, None, webhook);
        TestWebhook: app.webhook_test(actor, None, webhook);
        ReplayWebhook: app.webhook_replay(actor, None, webhook, d::webhook::Replay::GivenUpSince { at: now });
        RemoveWebhook: app.webhook_remove(actor, None, webhook);
        ListWebhookDeliveries: app.webhook_delivery_list(actor, all_of(webhook), PAGE);
        ListWebhookAttempts: app.webhook_attempt_list(actor, all_of(webhook), PAGE);
        RenameVendor: app.vendor_rename(actor, None, "Nordlicht Software".parse().unwrap());
        // Last: it fills the store.
        LoadDemoData: app.demo_load(actor, None);
    }
    asked
}

fn outcome(result: Result<(), AppError>) -> &'static str {
    match result {
        Ok(()) => "ok",
        Err(error) => error.code(),
    }
}

#[tokio::test]
async fn a_stranger_is_refused_all_but_the_entrances_before_anything_else_is_looked_at() {
    for_each_database(async |app| {
        let before = size(app).await;
        for (operation, code) in everything(app, &app.stranger()).await {
            let entrance = Operation::permitted(&app.stranger()).any(|may| may == operation);
            assert_eq!(code != "not_signed_in", entrance, "{}", operation.id());
        }
        assert_eq!(size(app).await, before, "a stranger leaves no entry");
    })
    .await;
}

#[tokio::test]
async fn each_use_case_asks_the_table_whether_this_caller_may() {
    for_each_database(async |app| {
        // The owner fills the store, so the others ask before.
        for (name, caller) in app.callers().into_iter().rev() {
            if caller.role == Role::Stranger {
                continue;
            }
            for (operation, code) in everything(app, &caller).await {
                let may = Operation::permitted(&caller).any(|permitted| permitted == operation);
                assert_eq!(
                    code != "not_permitted",
                    may,
                    "{} as {name}: {code}",
                    operation.id()
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_sensitive_and_nothing_else_asks_for_a_fresh_factor() {
    for_each_database(async |app| {
        let mut owner = app.owner.clone();
        owner.proved_at = Some(app.now());
        app.clock.advance_millis(FACTOR_FRESH_SECONDS * 1_000);
        for (operation, code) in everything(app, &owner).await {
            assert_ne!(code, "factor_stale", "{}: it is fresh", operation.id());
        }
        app.clock.advance_millis(1_000);
        for (operation, code) in everything(app, &owner).await {
            let stale = code == "factor_stale";
            assert_eq!(stale, operation.is_sensitive(), "{}", operation.id());
        }
    })
    .await;
}

#[tokio::test]
async fn every_operation_but_the_document_about_them_is_asked_for_here() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let asked: Vec<_> = everything(&app, &app.stranger())
        .await
        .into_iter()
        .map(|(operation, _)| operation)
        .collect();
    for operation in Operation::ALL {
        // The description of the API is no use case.
        assert!(
            asked.contains(operation) || *operation == Operation::GetOpenapi,
            "{} is not tested",
            operation.id()
        );
    }
}
