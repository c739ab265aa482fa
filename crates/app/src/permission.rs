//! Who may do what: one table, asked at the beginning of every use case.

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::refusal::{Refusal, RefusalKind};

/// An actor may not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermissionRefusal {
    /// Nobody known.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// Known, and not allowed.
    #[error("the role “{}” may not do this", .role.as_str())]
    NotPermitted {
        /// The actor's role.
        role: Role,
    },
}

impl Refusal for PermissionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotPermitted { .. } => "not_permitted",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Forbidden
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotSignedIn => Some("Sign in first.".into()),
            Self::NotPermitted { .. } => {
                Some("Ask the vendor's owner to do it or to give you a role that may.".into())
            }
        }
    }
}

/// What it takes to do something, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    /// What nobody has to be known for: signing in.
    Enter,
    /// Looking.
    See,
    /// Seats, machines and license files: helping customers.
    Help,
    /// Products, policies, customers, licenses: the daily business.
    Manage,
    /// Keys and users.
    Own,
}

impl Grade {
    fn allows(self, role: Role) -> bool {
        match role {
            Role::Owner => true,
            Role::Admin => self != Self::Own,
            Role::Support => matches!(self, Self::Enter | Self::See | Self::Help),
            Role::Auditor => matches!(self, Self::Enter | Self::See),
            Role::Stranger => self == Self::Enter,
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

            fn grade(self) -> Grade {
                match self { $(Self::$name => Grade::$grade,)* }
            }
        }
    };
}

operations! {
    GetMe = "get_me": See,
    LoadDemoData = "load_demo_data": Own,
    GetOverview = "get_overview": See,
    Search = "search": See,
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
    ListCustomers = "list_customers": See,
    ExportCustomersCsv = "export_customers_csv": See,
    CreateCustomer = "create_customer": Manage,
    GetCustomer = "get_customer": See,
    UpdateCustomer = "update_customer": Manage,
    ArchiveCustomer = "archive_customer": Manage,
    UnarchiveCustomer = "unarchive_customer": Manage,
    ImportCustomers = "import_customers": Manage,
    ListLicenses = "list_licenses": See,
    ExportLicensesCsv = "export_licenses_csv": See,
    GetLicense = "get_license": See,
    GetLicenseCertificate = "get_license_certificate": See,
    IssueLicense = "issue_license": Manage,
    IssueLicenses = "issue_licenses": Manage,
    ImportLicenses = "import_licenses": Manage,
    RenewLicense = "renew_license": Manage,
    SuspendLicense = "suspend_license": Manage,
    ReinstateLicense = "reinstate_license": Manage,
    RevokeLicense = "revoke_license": Manage,
    TransferLicense = "transfer_license": Manage,
    BulkUpdateLicenses = "bulk_update_licenses": Manage,
    ListEntitlements = "list_entitlements": See,
    GrantEntitlement = "grant_entitlement": Manage,
    WithdrawEntitlement = "withdraw_entitlement": Manage,
    GetMachine = "get_machine": See,
    RenameMachine = "rename_machine": Help,
    ListActivations = "list_activations": See,
    ExportActivationsCsv = "export_activations_csv": See,
    GetActivation = "get_activation": See,
    ActivateMachine = "activate_machine": Help,
    DeactivateActivation = "deactivate_activation": Help,
    ValidateActivation = "validate_activation": Help,
    ImportActivations = "import_activations": Help,
    BulkUpdateActivations = "bulk_update_activations": Help,
    ExportLicenseFile = "export_license_file": Help,
    ExportLicenseFiles = "export_license_files": Help,
    DownloadLicenseFiles = "download_license_files": See,
    ListLicenseFiles = "list_license_files": See,
    DownloadLicenseFile = "download_license_file": See,
    GetLicenseFileQr = "get_license_file_qr": See,
    VerifyLicenseFile = "verify_license_file": See,
    ListSigningKeys = "list_signing_keys": See,
    CreateSigningKey = "create_signing_key": Own,
    RotateSigningKey = "rotate_signing_key": Own,
    RetireSigningKey = "retire_signing_key": Own,
    CompromiseSigningKey = "compromise_signing_key": Own,
    GetTrustBundle = "get_trust_bundle": See,
    GetRootKey = "get_root_key": See,
    ListLedgerEntries = "list_ledger_entries": See,
    GetRecordAsOf = "get_record_as_of": See,
    ExportLedgerEntriesCsv = "export_ledger_entries_csv": See,
    GetLedgerEntry = "get_ledger_entry": See,
    GetCheckpoint = "get_checkpoint": See,
    VerifyLedger = "verify_ledger": See,
    GetChange = "get_change": See,
    UndoChange = "undo_change": Help,
    GetOpenapi = "get_openapi": See,
    SignIn = "sign_in": Enter,
    ListSessions = "list_sessions": See,
    EndSession = "end_session": See,
    ChangePassword = "change_password": See,
    ListUsers = "list_users": See,
    CreateUser = "create_user": Own,
    GetUser = "get_user": See,
    UpdateUser = "update_user": Own,
    DeactivateUser = "deactivate_user": Own,
    ReactivateUser = "reactivate_user": Own,
    InviteUser = "invite_user": Own,
    ShowInvitation = "show_invitation": Enter,
    AcceptInvitation = "accept_invitation": Enter,
}

impl Operation {
    /// Refuses unless the actor may do it.
    ///
    /// # Errors
    /// [`PermissionRefusal`].
    pub fn permit(self, actor: &Actor) -> Result<(), PermissionRefusal> {
        match actor.role {
            role if self.grade().allows(role) => Ok(()),
            Role::Stranger => Err(PermissionRefusal::NotSignedIn),
            role => Err(PermissionRefusal::NotPermitted { role }),
        }
    }

    /// Everything that this role may do.
    pub fn permitted(role: Role) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |operation| operation.grade().allows(role))
    }
}
