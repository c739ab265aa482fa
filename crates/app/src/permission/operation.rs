//! Everything that can be asked of the program, and what it takes to do it: the one list of operations. The policies
//! speak of grades, so that a new operation is a line here and no change of a policy.

/// What it takes to do something, from least to most. Each is a group of actions in `policy/latchkey.cedarschema`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    Enter,
    Account,
    Enrol,
    Call,
    Validate,
    Activate,
    Deactivate,
    Look,
    Carry,
    Survey,
    Meet,
    See,
    Tend,
    Undo,
    Help,
    Invite,
    Serve,
    Manage,
    Decide,
    Own,
}

impl Grade {
    /// The name of its group.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Account => "account",
            Self::Enrol => "enrol",
            Self::Call => "call",
            Self::Validate => "validate",
            Self::Activate => "activate",
            Self::Deactivate => "deactivate",
            Self::Look => "look",
            Self::Carry => "carry",
            Self::Survey => "survey",
            Self::Meet => "meet",
            Self::See => "see",
            Self::Tend => "tend",
            Self::Undo => "undo",
            Self::Help => "help",
            Self::Invite => "invite",
            Self::Serve => "serve",
            Self::Manage => "manage",
            Self::Decide => "decide",
            Self::Own => "own",
        }
    }

    /// The grade that it is a part of, if any.
    pub(super) fn within(self) -> Option<Self> {
        match self {
            Self::Look | Self::Carry | Self::Survey | Self::Meet => Some(Self::See),
            Self::Tend | Self::Undo => Some(Self::Help),
            Self::Serve => Some(Self::Manage),
            _ => None,
        }
    }
}

macro_rules! operations {
    ($($name:ident = $id:literal: $grade:ident,)*) => {
        /// Everything that can be asked of the program; each is one operation of the HTTP API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operation {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        impl Operation {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its id in the API.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it takes to do it.
            pub(super) fn grade(self) -> Grade {
                match self { $(Self::$name => Grade::$grade,)* }
            }
        }
    };
}

operations! {
    GetMe = "get_me": Look,
    RenameVendor = "rename_vendor": Own,
    LoadDemoData = "load_demo_data": Own,
    LockDownVendor = "lock_down_vendor": Own,
    LiftLockdown = "lift_lockdown": Own,
    RequireTwoPeople = "require_two_people": Own,
    ListRoleRules = "list_role_rules": See,
    SetRoleRule = "set_role_rule": Own,
    ListApprovals = "list_approvals": See,
    GetApproval = "get_approval": See,
    RequestApproval = "request_approval": Decide,
    GiveApproval = "give_approval": Decide,
    RefuseApproval = "refuse_approval": Decide,
    WithdrawApproval = "withdraw_approval": Decide,
    GetOverview = "get_overview": See,
    Search = "search": Look,
    ListProducts = "list_products": See,
    CreateProduct = "create_product": Manage,
    GetProduct = "get_product": See,
    RenameProduct = "rename_product": Manage,
    ArchiveProduct = "archive_product": Manage,
    UnarchiveProduct = "unarchive_product": Manage,
    ListFeatures = "list_features": See,
    CreateFeature = "create_feature": Manage,
    ArchiveFeature = "archive_feature": Manage,
    UnarchiveFeature = "unarchive_feature": Manage,
    ListPolicies = "list_policies": See,
    CreatePolicy = "create_policy": Manage,
    GetPolicy = "get_policy": See,
    RevisePolicy = "revise_policy": Manage,
    ApplyPolicy = "apply_policy": Manage,
    RetirePolicy = "retire_policy": Manage,
    UnretirePolicy = "unretire_policy": Manage,
    ListPolicyRevisions = "list_policy_revisions": See,
    ListCustomers = "list_customers": Survey,
    ExportCustomersCsv = "export_customers_csv": Survey,
    CreateCustomer = "create_customer": Serve,
    GetCustomer = "get_customer": Look,
    UpdateCustomer = "update_customer": Serve,
    ArchiveCustomer = "archive_customer": Manage,
    UnarchiveCustomer = "unarchive_customer": Manage,
    ImportCustomers = "import_customers": Manage,
    ListResellers = "list_resellers": See,
    CreateReseller = "create_reseller": Manage,
    GetReseller = "get_reseller": Survey,
    RenameReseller = "rename_reseller": Manage,
    ArchiveReseller = "archive_reseller": Manage,
    UnarchiveReseller = "unarchive_reseller": Manage,
    ListTemplates = "list_templates": Survey,
    GetTemplate = "get_template": Survey,
    GrantTemplate = "grant_template": Manage,
    GrantQuota = "grant_quota": Manage,
    WithdrawTemplate = "withdraw_template": Manage,
    IssueFromTemplate = "issue_from_template": Serve,
    ListStatement = "list_statement": Survey,
    ExportStatementCsv = "export_statement_csv": Survey,
    GetStatementSums = "get_statement_sums": Survey,
    ListLicenses = "list_licenses": Look,
    ExportLicensesCsv = "export_licenses_csv": Look,
    GetLicense = "get_license": Look,
    GetLicenseCertificate = "get_license_certificate": Look,
    IssueLicense = "issue_license": Manage,
    IssueLicenses = "issue_licenses": Manage,
    ImportLicenses = "import_licenses": Manage,
    RenewLicense = "renew_license": Serve,
    SuspendLicense = "suspend_license": Serve,
    ReinstateLicense = "reinstate_license": Serve,
    RevokeLicense = "revoke_license": Serve,
    TransferLicense = "transfer_license": Manage,
    BulkUpdateLicenses = "bulk_update_licenses": Manage,
    ListEntitlements = "list_entitlements": Look,
    GrantEntitlement = "grant_entitlement": Manage,
    WithdrawEntitlement = "withdraw_entitlement": Manage,
    GetMachine = "get_machine": Carry,
    RenameMachine = "rename_machine": Tend,
    ListActivations = "list_activations": Look,
    ExportActivationsCsv = "export_activations_csv": Look,
    GetActivation = "get_activation": Call,
    ActivateMachine = "activate_machine": Activate,
    DeactivateActivation = "deactivate_activation": Deactivate,
    BindMachineKey = "bind_machine_key": Tend,
    AcceptReturnReceipt = "accept_return_receipt": Tend,
    DownloadReturnReceipt = "download_return_receipt": Carry,
    ValidateLicense = "validate_license": Validate,
    ListValidations = "list_validations": See,
    ImportActivations = "import_activations": Help,
    BulkUpdateActivations = "bulk_update_activations": Tend,
    ExportLicenseFile = "export_license_file": Tend,
    ExportLicenseFiles = "export_license_files": Tend,
    DownloadLicenseFiles = "download_license_files": Carry,
    ListLicenseFiles = "list_license_files": Carry,
    DownloadLicenseFile = "download_license_file": Carry,
    GetLicenseFileQr = "get_license_file_qr": Carry,
    VerifyLicenseFile = "verify_license_file": Carry,
    ListSigningKeys = "list_signing_keys": See,
    CreateSigningKey = "create_signing_key": Own,
    RotateSigningKey = "rotate_signing_key": Own,
    RetireSigningKey = "retire_signing_key": Own,
    CompromiseSigningKey = "compromise_signing_key": Own,
    GetTrustBundle = "get_trust_bundle": Call,
    GetRootKey = "get_root_key": Call,
    ListLedgerEntries = "list_ledger_entries": See,
    GetRecordAsOf = "get_record_as_of": See,
    ExportLedgerEntriesCsv = "export_ledger_entries_csv": See,
    GetLedgerEntry = "get_ledger_entry": See,
    GetCheckpoint = "get_checkpoint": See,
    VerifyLedger = "verify_ledger": See,
    GetChange = "get_change": Look,
    UndoChange = "undo_change": Undo,
    GetOpenapi = "get_openapi": Look,
    SignIn = "sign_in": Enter,
    ListSessions = "list_sessions": Account,
    EndSession = "end_session": Account,
    ChangePassword = "change_password": Account,
    ProveSession = "prove_session": Account,
    BeginSecondFactor = "begin_second_factor": Account,
    ConfirmSecondFactor = "confirm_second_factor": Account,
    RenewRecoveryCodes = "renew_recovery_codes": Account,
    EndSecondFactor = "end_second_factor": Account,
    ListUsers = "list_users": Meet,
    CreateUser = "create_user": Invite,
    GetUser = "get_user": Look,
    UpdateUser = "update_user": Invite,
    DeactivateUser = "deactivate_user": Invite,
    ReactivateUser = "reactivate_user": Invite,
    InviteUser = "invite_user": Invite,
    ResetSecondFactor = "reset_second_factor": Own,
    ShowInvitation = "show_invitation": Enter,
    AcceptInvitation = "accept_invitation": Enter,
    AskPasswordReset = "ask_password_reset": Enter,
    ListSignInMethods = "list_sign_in_methods": Enter,
    BeginServiceSignIn = "begin_service_sign_in": Enter,
    FinishServiceSignIn = "finish_service_sign_in": Enter,
    ConfirmServiceSignIn = "confirm_service_sign_in": Enter,
    UnlinkSignInService = "unlink_sign_in_service": Account,
    UnlinkUser = "unlink_user": Own,
    ListPasskeys = "list_passkeys": Account,
    BeginPasskey = "begin_passkey": Enrol,
    CreatePasskey = "create_passkey": Enrol,
    RenamePasskey = "rename_passkey": Account,
    RemovePasskey = "remove_passkey": Account,
    ResetPasskeys = "reset_passkeys": Own,
    BeginPasskeySignIn = "begin_passkey_sign_in": Enter,
    FinishPasskeySignIn = "finish_passkey_sign_in": Enter,
    ListAccessTokens = "list_access_tokens": See,
    CreateAccessToken = "create_access_token": Own,
    GetAccessToken = "get_access_token": See,
    RevokeAccessToken = "revoke_access_token": Own,
}
