//! Who may do what: one table, asked at the beginning of every use case.

mod fresh;

use latchkey_domain::actor::{Actor, Role, Scope};
use latchkey_domain::license::License;
use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_store::Batch;

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
    /// An access token without the scope for it.
    #[error("the access token has no scope for this")]
    NoScope,
    /// Somebody who has no more than a license key.
    #[error("a license key alone does not allow this")]
    KeyAlone,
    /// Locked to another product or license.
    #[error("this license is not one that the access token or license key is for")]
    Locked,
}

impl Refusal for PermissionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotPermitted { .. } | Self::NoScope | Self::KeyAlone => "not_permitted",
            Self::Locked => "credential_locked",
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
            Self::NoScope => Some("Use an access token that has the scope.".into()),
            Self::KeyAlone => Some("Use an access token, or sign in.".into()),
            Self::Locked => Some("Use the access token or the key of that license.".into()),
        }
    }
}

/// What it takes to do something, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    /// What nobody has to be known for: signing in.
    Enter,
    /// One's own account: for people.
    Account,
    /// What licensed apps need with any of their scopes.
    Call,
    /// Asking whether a machine may use its license.
    Validate,
    /// Activating a machine.
    Activate,
    /// Giving a seat back.
    Deactivate,
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
    fn allows(self, actor: &Actor) -> bool {
        match actor.role {
            Role::Owner => true,
            Role::Admin => self != Self::Own,
            Role::Support => !matches!(self, Self::Own | Self::Manage),
            Role::Auditor => matches!(self, Self::Enter | Self::Account | Self::Call | Self::See),
            Role::Token => {
                self == Self::Enter || actor.reach.scopes.iter().any(|scope| self.within(*scope))
            }
            Role::KeyHolder => self == Self::Enter || self.is_call(),
            Role::Stranger => self == Self::Enter,
        }
    }

    /// Whether licensed apps need it.
    fn is_call(self) -> bool {
        matches!(
            self,
            Self::Call | Self::Validate | Self::Activate | Self::Deactivate
        )
    }

    /// Whether an access token with this scope may.
    fn within(self, scope: Scope) -> bool {
        match scope {
            Scope::Validate => matches!(self, Self::Call | Self::Validate),
            Scope::Activate => matches!(self, Self::Call | Self::Activate),
            Scope::Deactivate => matches!(self, Self::Call | Self::Deactivate),
            Scope::Read => matches!(self, Self::Call | Self::See),
            Scope::Support => self.is_call() || matches!(self, Self::See | Self::Help),
            Scope::Manage => {
                self.is_call() || matches!(self, Self::See | Self::Help | Self::Manage)
            }
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
    GetActivation = "get_activation": Call,
    ActivateMachine = "activate_machine": Activate,
    DeactivateActivation = "deactivate_activation": Deactivate,
    ValidateLicense = "validate_license": Validate,
    ListValidations = "list_validations": See,
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
    GetTrustBundle = "get_trust_bundle": Call,
    GetRootKey = "get_root_key": Call,
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
    ListSessions = "list_sessions": Account,
    EndSession = "end_session": Account,
    ChangePassword = "change_password": Account,
    ProveSession = "prove_session": Account,
    BeginSecondFactor = "begin_second_factor": Account,
    ConfirmSecondFactor = "confirm_second_factor": Account,
    RenewRecoveryCodes = "renew_recovery_codes": Account,
    EndSecondFactor = "end_second_factor": Account,
    ListUsers = "list_users": See,
    CreateUser = "create_user": Own,
    GetUser = "get_user": See,
    UpdateUser = "update_user": Own,
    DeactivateUser = "deactivate_user": Own,
    ReactivateUser = "reactivate_user": Own,
    InviteUser = "invite_user": Own,
    ResetSecondFactor = "reset_second_factor": Own,
    ShowInvitation = "show_invitation": Enter,
    AcceptInvitation = "accept_invitation": Enter,
    ListAccessTokens = "list_access_tokens": See,
    CreateAccessToken = "create_access_token": Own,
    GetAccessToken = "get_access_token": See,
    RevokeAccessToken = "revoke_access_token": Own,
}

impl Operation {
    /// Refuses unless the actor may do it.
    ///
    /// # Errors
    /// [`PermissionRefusal`].
    pub fn permit(self, actor: &Actor) -> Result<(), PermissionRefusal> {
        if self.grade().allows(actor) {
            return Ok(());
        }
        Err(match actor.role {
            Role::Stranger => PermissionRefusal::NotSignedIn,
            Role::Token => PermissionRefusal::NoScope,
            Role::KeyHolder => PermissionRefusal::KeyAlone,
            role => PermissionRefusal::NotPermitted { role },
        })
    }

    /// Everything that this actor may do; some of it perhaps only to the licenses within their
    /// [reach](latchkey_domain::actor::Reach).
    pub fn permitted(actor: &Actor) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |operation| operation.grade().allows(actor))
    }
}

/// Refuses a license that is not within an actor's reach.
///
/// # Errors
/// [`PermissionRefusal::Locked`].
pub(crate) fn within_reach(actor: &Actor, license: &License) -> Result<(), PermissionRefusal> {
    let covered = actor
        .reach
        .covers(license.id, license.product_id, &license.key);
    if covered {
        Ok(())
    } else {
        Err(PermissionRefusal::Locked)
    }
}

/// The same for whoever does the present work of a batch.
///
/// # Errors
/// [`PermissionRefusal::Locked`].
pub(crate) fn within_reach_in(batch: &Batch, license: &License) -> Result<(), PermissionRefusal> {
    match batch.actor() {
        Some(actor) => within_reach(actor, license),
        None => Err(PermissionRefusal::Locked),
    }
}
