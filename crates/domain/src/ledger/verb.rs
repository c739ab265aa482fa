//! What was done, as it stands in the ledger: one list of an entity and a verb each.

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $text:literal $(, $reversible:ident)?;)*) => {
        /// What was done. The text stands in the ledger and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Verb {
            $($(#[$doc])* $name,)*
        }

        impl Verb {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text in the ledger: entity and verb.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads the text back.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }

            /// Whether a change that did this can be undone.
            #[must_use]
            pub fn reversible(self) -> bool {
                match self { $(Self::$name => verbs!(@ $($reversible)?),)* }
            }
        }
    };
    (@ reversible) => { true };
    (@) => { false };
}

verbs! {
    /// A vendor was created.
    VendorCreate = "vendor.create";
    /// The vendor got another name, and with it another trust bundle.
    VendorRename = "vendor.rename";
    /// The vendor's trust bundle was renewed.
    VendorTrust = "vendor.trust";
    /// The vendor was locked down: nobody but owners may change anything.
    VendorLockDown = "vendor.lock_down";
    /// The vendor's lockdown was lifted.
    VendorLiftLockdown = "vendor.lift_lockdown";
    /// A product was created.
    ProductCreate = "product.create", reversible;
    /// A product was renamed.
    ProductRename = "product.rename", reversible;
    /// A product was archived.
    ProductArchive = "product.archive", reversible;
    /// A product was unarchived.
    ProductUnarchive = "product.unarchive", reversible;
    /// A feature was created.
    FeatureCreate = "feature.create", reversible;
    /// A feature was archived.
    FeatureArchive = "feature.archive", reversible;
    /// A feature was unarchived.
    FeatureUnarchive = "feature.unarchive", reversible;
    /// A policy was created.
    PolicyCreate = "policy.create", reversible;
    /// A policy was revised.
    PolicyRevise = "policy.revise";
    /// A policy was retired.
    PolicyRetire = "policy.retire", reversible;
    /// A policy was unretired.
    PolicyUnretire = "policy.unretire", reversible;
    /// A customer was created.
    CustomerCreate = "customer.create", reversible;
    /// A customer was updated.
    CustomerUpdate = "customer.update", reversible;
    /// A customer was archived.
    CustomerArchive = "customer.archive", reversible;
    /// A customer was unarchived.
    CustomerUnarchive = "customer.unarchive", reversible;
    /// Only admitted machines are activated on a customer's licenses from now on, or all of them.
    CustomerControlActivation = "customer.control_activation", reversible;
    /// When idle seats of a customer are freed was set.
    CustomerSetReclaim = "customer.set_reclaim", reversible;
    /// A license was issued.
    LicenseIssue = "license.issue", reversible;
    /// A license was renewed.
    LicenseRenew = "license.renew", reversible;
    /// A license was brought to another revision of its policy, or will be when it is renewed.
    LicenseRevise = "license.revise", reversible;
    /// A license was suspended.
    LicenseSuspend = "license.suspend", reversible;
    /// A license was reinstated.
    LicenseReinstate = "license.reinstate", reversible;
    /// A license was revoked.
    LicenseRevoke = "license.revoke";
    /// A license was transferred.
    LicenseTransfer = "license.transfer", reversible;
    /// A license is about to end, and whoever has it is told.
    LicenseExpiring = "license.expiring";
    /// An entitlement was granted.
    EntitlementGrant = "entitlement.grant", reversible;
    /// An entitlement was withdrawn.
    EntitlementWithdraw = "entitlement.withdraw", reversible;
    /// A machine was first seen.
    MachineCreate = "machine.create", reversible;
    /// A machine was renamed.
    MachineRename = "machine.rename", reversible;
    /// A machine was activated.
    ActivationActivate = "activation.activate", reversible;
    /// A machine was deactivated.
    ActivationDeactivate = "activation.deactivate", reversible;
    /// A machine's public key was bound to its activation.
    ActivationBindKey = "activation.bind_key";
    /// A machine's seat is kept, however long it is not seen.
    ActivationKeep = "activation.keep", reversible;
    /// A machine's seat is not kept any more.
    ActivationUnkeep = "activation.unkeep", reversible;
    /// A seat is idle, and will be freed unless its machine is seen.
    ActivationWarn = "activation.warn";
    /// The program freed an idle seat.
    ActivationReclaim = "activation.reclaim", reversible;
    /// A machine that nobody had admitted asked to be activated.
    AdmissionAsk = "admission.ask";
    /// A machine was admitted.
    AdmissionAdmit = "admission.admit", reversible;
    /// A machine was refused.
    AdmissionRefuse = "admission.refuse", reversible;
    /// A return receipt was taken and countersigned.
    ReturnReceiptAccept = "return_receipt.accept";
    /// A license file was exported.
    LicenseFileExport = "license_file.export";
    /// A signing key was created.
    SigningKeyCreate = "signing_key.create";
    /// A signing key was retired.
    SigningKeyRetire = "signing_key.retire";
    /// A signing key was declared compromised.
    SigningKeyCompromise = "signing_key.compromise";
    /// A user was made, and invited.
    UserCreate = "user.create";
    /// A user got another name or role.
    UserUpdate = "user.update";
    /// A user was kept out.
    UserDeactivate = "user.deactivate";
    /// A user was let in again.
    UserReactivate = "user.reactivate";
    /// A user chose a password.
    UserPassword = "user.password";
    /// A user began to set a second factor up.
    UserSecondFactorBegin = "user.second_factor_begin";
    /// A user turned their second factor on.
    UserSecondFactorConfirm = "user.second_factor_confirm";
    /// A user turned their second factor off.
    UserSecondFactorEnd = "user.second_factor_end";
    /// An owner took a user's second factor away.
    UserSecondFactorReset = "user.second_factor_reset";
    /// A user's recovery codes were made anew.
    UserRecoveryCodesRenew = "user.recovery_codes_renew";
    /// A recovery code was used instead of a one-time code.
    UserRecoveryCodeUse = "user.recovery_code_use";
    /// A user came in by the sign-in service for the first time, and is linked.
    UserLink = "user.link";
    /// A user's link to the sign-in service was taken away.
    UserUnlink = "user.unlink";
    /// A user added a passkey.
    PasskeyCreate = "passkey.create";
    /// A user gave a passkey another name.
    PasskeyRename = "passkey.rename";
    /// A passkey is kept elsewhere from now on, or no longer.
    PasskeyMove = "passkey.move";
    /// A passkey counted back: there seems to be a copy of it.
    PasskeySuspect = "passkey.suspect";
    /// A user removed a passkey.
    PasskeyRemove = "passkey.remove";
    /// An owner took a user's passkey away.
    PasskeyReset = "passkey.reset";
    /// A user signed in.
    SessionCreate = "session.create";
    /// A user gave password and second factor anew.
    SessionProve = "session.prove";
    /// A user signed out, or a session was ended.
    SessionEnd = "session.end";
    /// A user was invited to choose a password.
    InvitationCreate = "invitation.create";
    /// An invitation was accepted.
    InvitationAccept = "invitation.accept";
    /// An invitation was withdrawn.
    InvitationWithdraw = "invitation.withdraw";
    /// An access token was made.
    AccessTokenCreate = "access_token.create";
    /// An access token was revoked.
    AccessTokenRevoke = "access_token.revoke";
    /// Somebody asked a second person for an act that takes two.
    ApprovalRequest = "approval.request";
    /// The second person gave it; the act is in the same change.
    ApprovalGive = "approval.give";
    /// A second person refused.
    ApprovalRefuse = "approval.refuse";
    /// Whoever asked took that back.
    ApprovalWithdraw = "approval.withdraw";
    /// A reseller was created.
    ResellerCreate = "reseller.create", reversible;
    /// A reseller was renamed.
    ResellerRename = "reseller.rename", reversible;
    /// A reseller was archived.
    ResellerArchive = "reseller.archive", reversible;
    /// A reseller was unarchived.
    ResellerUnarchive = "reseller.unarchive", reversible;
    /// A reseller was replaced by another, which got all that it had.
    ResellerReplace = "reseller.replace";
    /// A customer went from one reseller to another.
    CustomerHandOver = "customer.hand_over";
    /// A license went from one reseller to another, with its customer.
    LicenseHandOver = "license.hand_over";
    /// A template was granted to a reseller.
    TemplateGrant = "template.grant";
    /// A template was withdrawn from a reseller.
    TemplateWithdraw = "template.withdraw";
    /// Quota was granted to a reseller.
    QuotaGrant = "quota.grant";
    /// Unused quota came back with a template that was withdrawn.
    QuotaWithdraw = "quota.withdraw";
    /// A reseller granted quota on to one below.
    QuotaDelegate = "quota.delegate";
    /// Unused quota came back from a reseller below.
    QuotaRecall = "quota.recall";
    /// A reseller issued a license within its quota.
    QuotaConsume = "quota.consume";
    /// A reseller's license was renewed.
    QuotaRenew = "quota.renew";
    /// A reseller's license was revoked in time, and its quota came back.
    QuotaReturn = "quota.return";
    /// A reseller's license was revoked too late for its quota to come back.
    QuotaExpire = "quota.expire";
    /// Some acts take two people from now on.
    VendorRequireTwoPeople = "vendor.require_two_people";
    /// No act takes two people any more.
    VendorEndTwoPeople = "vendor.end_two_people";
    /// A role was given a rule by hours and networks, or none any more.
    VendorSetRoleRule = "vendor.set_role_rule";
    /// The vendor got another address, under which people reach it.
    VendorRelocate = "vendor.relocate";
    /// A webhook was made.
    WebhookCreate = "webhook.create";
    /// A webhook got another name or address, or other kinds of records.
    WebhookUpdate = "webhook.update";
    /// A webhook was paused.
    WebhookPause = "webhook.pause";
    /// A webhook goes on.
    WebhookResume = "webhook.resume";
    /// A webhook had failed for too long, and the program switched it off.
    WebhookSwitchOff = "webhook.switch_off";
    /// A webhook got another secret.
    WebhookRotateSecret = "webhook.rotate_secret";
    /// A webhook is sent a test event, which is this entry.
    WebhookTest = "webhook.test";
    /// A webhook is sent something again.
    WebhookReplay = "webhook.replay";
    /// A webhook was removed.
    WebhookRemove = "webhook.remove";
    /// When notices before a license ends are sent was set.
    VendorSetExpiryNotices = "vendor.set_expiry_notices";
    /// What letters of a kind say was set.
    VendorSetLetterText = "vendor.set_letter_text";
    /// A link was made by which people sign up.
    SignUpLinkCreate = "sign_up_link.create";
    /// Somebody signed up by a link.
    SignUpLinkUse = "sign_up_link.use";
    /// A sign-up link was withdrawn.
    SignUpLinkWithdraw = "sign_up_link.withdraw";
    /// Somebody of the vendor looks as a customer's or a reseller's people do.
    SessionViewAs = "session.view_as";
    /// They look as themselves again.
    SessionEndViewAs = "session.end_view_as";
    /// The window was let in.
    SessionHandOver = "session.hand_over";
    /// It took the session over.
    SessionTakeOver = "session.take_over";
    /// The branding of the vendor's pages was set.
    VendorSetBranding = "vendor.set_branding";
    /// A change was undone.
    ChangeUndo = "change.undo", reversible;
}
