//! Every code a problem document can carry, with its status and what it says.
//!
//! Handlers name the codes that are theirs in `x-problems`, singly or as an `@group`; `openapi.rs` adds what the kind
//! of operation implies and makes responses of them. A test client refuses an answer whose code is not documented.

mod groups;

pub(crate) use groups::GROUPS;

/// A problem code.
pub(crate) struct Code {
    /// The stable name.
    pub(crate) code: &'static str,
    /// The HTTP status that goes with it.
    pub(crate) status: u16,
    /// What it means, for the document.
    pub(crate) meaning: &'static str,
}

/// Looks a code up.
pub(crate) fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == name)
}

const fn code(code: &'static str, status: u16, meaning: &'static str) -> Code {
    Code {
        code,
        status,
        meaning,
    }
}

/// The table, by status.
pub(crate) const CODES: &[Code] = &[
    code("json_malformed", 400, "the body is not JSON, or broke off"),
    code("not_signed_in", 401, "nobody is signed in"),
    code(
        "credentials_wrong",
        401,
        "the e-mail address or the password is wrong",
    ),
    code(
        "second_factor_needed",
        401,
        "the account has a second factor, and no code was given",
    ),
    code(
        "second_factor_wrong",
        401,
        "the code is wrong, too old, or was used before",
    ),
    code(
        "sign_in_attempt_over",
        401,
        "the attempt has run out, or was not begun in this browser",
    ),
    code(
        "sign_in_service_not_believed",
        401,
        "what came back from the sign-in service does not hold",
    ),
    code(
        "sign_in_email_not_verified",
        401,
        "the sign-in service has no verified e-mail address",
    ),
    code(
        "sign_in_no_account",
        401,
        "nobody with the e-mail address may sign in",
    ),
    code(
        "sign_in_other_identity",
        401,
        "the account is linked to another identity",
    ),
    code(
        "sign_in_not_anew",
        401,
        "the sign-in service did not ask anew who it is",
    ),
    code(
        "passkey_attempt_over",
        401,
        "the question has run out, or was not asked in this browser",
    ),
    code("passkey_not_believed", 401, "the new passkey does not hold"),
    code(
        "passkey_suspect",
        401,
        "there seems to be a copy of the passkey",
    ),
    code("passkey_wrong", 401, "nobody can sign in with the passkey"),
    code("hand_over_not_open", 401, "the code does not count"),
    code(
        "cross_site_request",
        403,
        "a page of another site sent the request",
    ),
    code("not_permitted", 403, "the actor may not do this"),
    code(
        "credential_locked",
        403,
        "the access token or license key is for other licenses",
    ),
    code(
        "vendor_locked_down",
        403,
        "nobody but the vendor's owners may change anything at present",
    ),
    code(
        "factor_stale",
        403,
        "who it is was last shown too long ago for this",
    ),
    code(
        "outside_office_hours",
        403,
        "it is outside of the role's office hours",
    ),
    code(
        "outside_own_network",
        403,
        "the role may not act from this network",
    ),
    code(
        "takes_two_people",
        403,
        "another person has to approve this",
    ),
    code(
        "approval_own_request",
        403,
        "who asks for an approval does not give it",
    ),
    code(
        "approval_not_yours",
        403,
        "only who asked for an approval can withdraw it",
    ),
    code(
        "viewing_only",
        403,
        "who looks as others do changes nothing",
    ),
    code(
        "access_token_not_found",
        404,
        "there is no such access token",
    ),
    code("activation_not_found", 404, "there is no such activation"),
    code("admission_not_found", 404, "there is no such admission"),
    code("approval_not_found", 404, "there is no such approval"),
    code("change_not_found", 404, "there is no such change"),
    code("customer_not_found", 404, "there is no such customer"),
    code("entitlement_not_found", 404, "there is no such entitlement"),
    code("feature_not_found", 404, "there is no such feature"),
    code(
        "invitation_not_open",
        404,
        "the invitation was used, has run out, or never was",
    ),
    code(
        "ledger_entry_not_found",
        404,
        "the ledger has no such entry",
    ),
    code(
        "license_file_not_found",
        404,
        "there is no such license file",
    ),
    code("license_not_found", 404, "there is no such license"),
    code("machine_not_found", 404, "there is no such machine"),
    code("policy_not_found", 404, "there is no such policy"),
    code("product_not_found", 404, "there is no such product"),
    code("reseller_not_found", 404, "there is no such reseller"),
    code("route_not_found", 404, "there is no such path"),
    code("passkey_not_found", 404, "there is no such passkey"),
    code("session_not_found", 404, "there is no such session"),
    code("signing_key_not_found", 404, "there is no such signing key"),
    code("template_not_found", 404, "there is no such template"),
    code("user_not_found", 404, "there is no such user"),
    code(
        "webhook_delivery_not_found",
        404,
        "the webhook was not sent this event, or it is not remembered any more",
    ),
    code("webhook_not_found", 404, "there is no such webhook"),
    code("return_receipt_not_found", 404, "no such return receipt"),
    code(
        "return_code_unknown",
        404,
        "no machine has the key that the return code stands for",
    ),
    code(
        "sign_up_link_not_found",
        404,
        "there is no such sign-up link",
    ),
    code(
        "sign_up_link_not_open",
        404,
        "a sign-up link does not work any more",
    ),
    code("method_not_allowed", 405, "the path has no such method"),
    code(
        "access_token_limit",
        409,
        "there are as many access tokens as there may be",
    ),
    code(
        "access_token_revoked",
        409,
        "the access token was revoked already",
    ),
    code(
        "activation_deactivated",
        409,
        "its seat was given back already",
    ),
    code(
        "approval_asker_may_not",
        409,
        "whoever asked for the approval may not do it any more",
    ),
    code("approval_decided", 409, "the approval was decided already"),
    code(
        "approval_expired",
        409,
        "the approval was asked for too long ago",
    ),
    code(
        "approval_pointless",
        409,
        "what an approval is asked for would change nothing",
    ),
    code(
        "change_irreversible",
        409,
        "this kind of change cannot be undone",
    ),
    code(
        "change_nothing_left",
        409,
        "all that it did was taken back since",
    ),
    code("change_overtaken", 409, "something of it was changed since"),
    code("change_too_old", 409, "the time to undo it is over"),
    code("change_undone", 409, "it was undone already"),
    code("customer_archived", 409, "the customer is archived"),
    code("customer_not_archived", 409, "the customer is not archived"),
    code(
        "customer_not_of_reseller",
        409,
        "the customer is not one of the reseller's",
    ),
    code(
        "customer_reference_not_yours",
        409,
        "only the vendor gives references",
    ),
    code(
        "customer_reference_taken",
        409,
        "another customer has the reference",
    ),
    code("customer_unchanged", 409, "nothing would change"),
    code(
        "entitlement_granted",
        409,
        "the license has the feature already",
    ),
    code("entitlement_withdrawn", 409, "it is withdrawn already"),
    code("feature_archived", 409, "the feature is archived"),
    code(
        "feature_code_taken",
        409,
        "another feature of the product has the code",
    ),
    code(
        "feature_limit",
        409,
        "the product has as many features as it can have",
    ),
    code("feature_not_archived", 409, "the feature is not archived"),
    code(
        "feature_of_other_product",
        409,
        "the feature belongs to another product",
    ),
    code(
        "idempotency_mismatch",
        409,
        "the Idempotency-Key was used for a different request",
    ),
    code(
        "import_has_refused_rows",
        409,
        "a row is refused, and refused rows were not to be skipped",
    ),
    code(
        "license_changed",
        409,
        "the license was changed in the meantime",
    ),
    code("license_expired", 409, "the license has run out"),
    code(
        "license_file_machine_not_active",
        409,
        "a machine is not active on the license",
    ),
    code(
        "license_file_needs_machine",
        409,
        "the license is node-locked and no machine is named",
    ),
    code("license_file_nothing", 409, "no license matches"),
    code(
        "license_file_too_large_for_qr",
        409,
        "no QR code is large enough for the license file",
    ),
    code(
        "license_in_use",
        409,
        "machines are still active on the license",
    ),
    code("license_not_suspended", 409, "the license is not suspended"),
    code("license_perpetual", 409, "the license never runs out"),
    code("license_revoked", 409, "the license was revoked"),
    code(
        "license_same_customer",
        409,
        "the license belongs to the customer already",
    ),
    code("license_suspended", 409, "the license is suspended"),
    code(
        "webhook_limit",
        409,
        "there are as many webhooks as there may be",
    ),
    code("webhook_not_on", 409, "the webhook is not on"),
    code("webhook_on", 409, "the webhook is on already"),
    code(
        "webhooks_not_sent",
        409,
        "the program sends no events: a server does",
    ),
    code("machine_not_admitted", 409, "the machine was not admitted"),
    code("seat_kept", 409, "the seat is kept already"),
    code("seat_not_kept", 409, "the seat is not kept"),
    code("machine_unchanged", 409, "the machine has the name already"),
    code("mail_not_set_up", 409, "the server sends no e-mail"),
    code("policy_not_retired", 409, "the policy is not retired"),
    code("policy_retired", 409, "the policy is retired"),
    code(
        "policy_unchanged",
        409,
        "the policy has these rules already",
    ),
    code("passkey_known", 409, "the passkey was added before"),
    code(
        "passkey_limit",
        409,
        "the user has as many passkeys as they can have",
    ),
    code("passkey_none", 409, "the user has no passkeys"),
    code("passkeys_not_offered", 409, "the server offers no passkeys"),
    code("product_archived", 409, "the product is archived"),
    code("product_code_taken", 409, "another product has the code"),
    code("product_not_archived", 409, "the product is not archived"),
    code(
        "returns_exhausted",
        409,
        "as many seats were given back as may be for now",
    ),
    code(
        "role_rule_shuts_out",
        409,
        "the rule would shut out whoever sets it",
    ),
    code(
        "seats_exhausted",
        409,
        "all seats of the license are in use",
    ),
    code(
        "second_factor_not_begun",
        409,
        "nobody began to set the second factor up",
    ),
    code("second_factor_off", 409, "there is no second factor"),
    code("second_factor_on", 409, "the second factor is on already"),
    code("session_ended", 409, "the session was ended already"),
    code("hand_over_browser_only", 409, "not a browser's session"),
    code("hand_over_other_person", 409, "the window is another's"),
    code(
        "signing_key_exists",
        409,
        "there is an active issuer key for this already",
    ),
    code(
        "signing_key_last_issuer",
        409,
        "it is the last issuer key for all products",
    ),
    code(
        "signing_key_limit",
        409,
        "the vendor has as many keys as it can have",
    ),
    code(
        "signing_key_no_issuer",
        409,
        "no active issuer key can sign for the product",
    ),
    code("signing_key_not_active", 409, "the key is not active"),
    code(
        "signing_key_not_issuer",
        409,
        "the key is not an issuer key",
    ),
    code(
        "sign_in_service_not_set_up",
        409,
        "the server has no sign-in service",
    ),
    code("store_not_empty", 409, "the store holds something already"),
    code("quota_used_up", 409, "the quota of the template is used up"),
    code(
        "quota_not_enough",
        409,
        "fewer are left than are to be granted on",
    ),
    code(
        "reseller_above_archived",
        409,
        "a reseller above is archived",
    ),
    code("reseller_archived", 409, "the reseller is archived"),
    code(
        "reseller_elsewhere",
        409,
        "the two do not stand below the same reseller",
    ),
    code("reseller_has_below", 409, "resellers in use stand below it"),
    code(
        "reseller_has_people",
        409,
        "somebody of it signs in already",
    ),
    code(
        "reseller_itself",
        409,
        "a reseller is not replaced by itself",
    ),
    code("reseller_limit", 409, "as many stand below it as can"),
    code("reseller_too_deep", 409, "it is on the last level"),
    code("reseller_not_archived", 409, "the reseller is not archived"),
    code("template_granted", 409, "the reseller has the template"),
    code(
        "template_limit",
        409,
        "the reseller has as many as it can have",
    ),
    code(
        "template_renewal_too_early",
        409,
        "more than a term is left",
    ),
    code(
        "template_not_above",
        409,
        "the reseller above has no template of it",
    ),
    code("template_withdrawn", 409, "the template is withdrawn"),
    code("user_deactivated", 409, "the user is deactivated"),
    code(
        "user_email_taken",
        409,
        "another user signs in with the address",
    ),
    code(
        "two_owners_missing",
        409,
        "there are fewer than two owners who can sign in",
    ),
    code(
        "two_people_already",
        409,
        "two people are asked for already",
    ),
    code("two_people_not_asked_for", 409, "nothing takes two people"),
    code(
        "user_one_of_two_owners",
        409,
        "without this owner nothing could be approved",
    ),
    code(
        "user_last_owner",
        409,
        "nobody else is an owner who can sign in",
    ),
    code(
        "user_limit",
        409,
        "the vendor has as many users as it can have",
    ),
    code("user_not_deactivated", 409, "the user is not deactivated"),
    code(
        "user_not_linked",
        409,
        "the user is not linked to the sign-in service",
    ),
    code(
        "user_only_way_in",
        409,
        "the sign-in service is the user's only way in",
    ),
    code(
        "vendor_locked_down_already",
        409,
        "the vendor is locked down already",
    ),
    code(
        "vendor_not_locked_down",
        409,
        "the vendor is not locked down",
    ),
    code(
        "machine_key_taken",
        409,
        "the machine's key belongs to another activation",
    ),
    code(
        "machine_key_returned",
        409,
        "a license was given back with the machine's key",
    ),
    code(
        "machine_returned",
        409,
        "the machine has given its license back",
    ),
    code(
        "return_receipt_taken",
        409,
        "the license was given back with the machine's key before",
    ),
    code(
        "return_receipt_other_machine",
        409,
        "the receipt is not signed by the key of the machine that it names",
    ),
    code(
        "return_receipt_other_file",
        409,
        "the license file in the receipt is not one of the license for the machine",
    ),
    code(
        "return_code_no_file",
        409,
        "no license file was exported for the machine",
    ),
    code(
        "return_receipt_too_large_for_qr",
        409,
        "no QR code is large enough for the return receipt",
    ),
    code("views_so_already", 409, "nothing would change"),
    code(
        "sign_up_link_withdrawn",
        409,
        "the sign-up link is withdrawn already",
    ),
    code(
        "sign_up_link_limit",
        409,
        "there are too many sign-up links",
    ),
    code(
        "body_too_large",
        413,
        "the body is larger than the operation takes",
    ),
    code(
        "bulk_too_large",
        413,
        "the filter finds more than one act may change",
    ),
    code(
        "import_too_large",
        413,
        "the file is larger than an import takes",
    ),
    code(
        "import_too_many_lines",
        413,
        "the file has more lines than an import takes",
    ),
    code(
        "license_file_limit",
        413,
        "the filter finds more licenses than one export may make files for",
    ),
    code(
        "content_type_wrong",
        415,
        "the body's media type is not the operation's",
    ),
    code(
        "vendor_unknown",
        421,
        "no vendor is reached at the host that the request was sent to",
    ),
    code(
        "access_token_end_passed",
        422,
        "the access token would have run out already",
    ),
    code(
        "access_token_lock_too_wide",
        422,
        "a token with this scope cannot be locked",
    ),
    code(
        "access_token_no_scope",
        422,
        "the token would be for nothing",
    ),
    code(
        "access_token_two_locks",
        422,
        "a token is locked to a product or a license, not to both",
    ),
    code(
        "body_invalid",
        422,
        "a field is unknown, missing or has a wrong value",
    ),
    code("code_character", 422, "a character cannot stand in a code"),
    code(
        "cursor_invalid",
        422,
        "the cursor is not one this list gave",
    ),
    code(
        "email_address_malformed",
        422,
        "it is not an e-mail address",
    ),
    code("entitlement_limit_zero", 422, "a limit of 0 grants nothing"),
    code("network_malformed", 422, "it is not a network"),
    code(
        "office_hours_invalid",
        422,
        "the office hours are none, or end before they begin",
    ),
    code(
        "role_rule_no_role",
        422,
        "only the roles of people have rules",
    ),
    code(
        "role_rule_too_long",
        422,
        "the rule has too many hours or networks",
    ),
    code("time_zone_unknown", 422, "there is no such time zone"),
    code(
        "id_malformed",
        422,
        "the id in the path is not an id of this kind",
    ),
    code(
        "idempotency_key_invalid",
        422,
        "the Idempotency-Key is empty, too long or not visible ASCII",
    ),
    code(
        "import_column_ambiguous",
        422,
        "more than one column could be meant",
    ),
    code("import_column_mapped_twice", 422, "a field is mapped twice"),
    code(
        "import_column_missing",
        422,
        "no column holds a field that is needed",
    ),
    code(
        "import_column_not_in_file",
        422,
        "a mapping names a column the file does not have",
    ),
    code(
        "import_column_unknown",
        422,
        "a mapping names a field that cannot be imported",
    ),
    code("import_empty", 422, "the file has no lines"),
    code(
        "import_encoding_broken",
        422,
        "a line is not in the file's encoding",
    ),
    code(
        "import_encoding_unknown",
        422,
        "the file's encoding cannot be told",
    ),
    code(
        "import_heading_missing",
        422,
        "the file has neither tabs nor a heading",
    ),
    code("import_not_text", 422, "the file is another kind of file"),
    code(
        "import_quote_stray",
        422,
        "something follows a closing quote",
    ),
    code("import_quote_unclosed", 422, "a quote is never closed"),
    code(
        "import_too_many_columns",
        422,
        "a line has more columns than an import takes",
    ),
    code("import_truncated", 422, "the end of the file is missing"),
    code(
        "license_batch_out_of_bounds",
        422,
        "one request issues 1 to 1,000 licenses",
    ),
    code(
        "license_choice",
        422,
        "exactly one of license_id and license_key must be given",
    ),
    code(
        "license_end_not_later",
        422,
        "the new end is not later than the present one",
    ),
    code("license_end_passed", 422, "the end lies in the past"),
    code(
        "license_file_days_out_of_bounds",
        422,
        "the number of days is out of bounds",
    ),
    code(
        "license_file_too_many_machines",
        422,
        "a file is bound to fewer machines",
    ),
    code(
        "license_key_character",
        422,
        "a character stands in no license key",
    ),
    code(
        "license_key_length",
        422,
        "the license key is too short or too long",
    ),
    code(
        "license_key_mistyped",
        422,
        "the license key has a typing error",
    ),
    code(
        "license_not_confirmed",
        422,
        "the confirmation is not the license key",
    ),
    code("license_reason_too_long", 422, "the reason is too long"),
    code(
        "license_seats_out_of_bounds",
        422,
        "the number of seats is out of bounds",
    ),
    code(
        "nonce_invalid",
        422,
        "the nonce is empty, too long or not printable",
    ),
    code("password_too_long", 422, "the password is too long"),
    code("password_too_short", 422, "the password is too short"),
    code("policy_feature_twice", 422, "a feature is named twice"),
    code(
        "policy_out_of_bounds",
        422,
        "a number in the rules is out of bounds",
    ),
    code(
        "query_invalid",
        422,
        "a query parameter is unknown or has a wrong value",
    ),
    code(
        "signing_key_not_confirmed",
        422,
        "the confirmation is not the key's id",
    ),
    code("quota_out_of_bounds", 422, "too few or too many licenses"),
    code(
        "template_days_exceeded",
        422,
        "the template allows fewer days",
    ),
    code(
        "template_features_exceeded",
        422,
        "the template has no such feature",
    ),
    code(
        "template_fixed",
        422,
        "the template does not leave it to choose",
    ),
    code("template_seats_exceeded", 422, "the template allows fewer"),
    code("template_term_exceeded", 422, "the template ends earlier"),
    code(
        "expiry_notice_days",
        422,
        "a notice is sent 1 to 365 days before the end",
    ),
    code("expiry_notice_limit", 422, "there are too many notices"),
    code("letter_subject", 422, "a subject is none"),
    code("letter_body", 422, "a letter's text is too long"),
    code(
        "letter_place_unknown",
        422,
        "nothing is filled in at a word in braces",
    ),
    code(
        "letter_place_missing",
        422,
        "a letter's text does not say what it must",
    ),
    code("branding_colour", 422, "a colour is none"),
    code("branding_link", 422, "a link leads nowhere"),
    code("branding_logo", 422, "a logo is no small PNG"),
    code("reclaim_idle_days", 422, "idle days are 1 to 3,650"),
    code("reclaim_warning_days", 422, "days of warning are 1 to 90"),
    code("text_empty", 422, "a text is empty"),
    code(
        "text_invisible_character",
        422,
        "a text has an invisible character",
    ),
    code("text_too_long", 422, "a text is too long"),
    code(
        "webhook_url_unusable",
        422,
        "events cannot be sent to the address",
    ),
    code("user_no_role", 422, "nobody can have the role"),
    code("machine_key_unreadable", 422, "no public key of a machine"),
    code("challenge_invalid", 422, "not SHA-256 in base64url"),
    code("return_receipt_unreadable", 422, "not a return receipt"),
    code("return_code_mistyped", 422, "not a return code"),
    code(
        "return_receipt_forged",
        422,
        "the signature of the return receipt does not hold",
    ),
    code("sign_up_link_role", 422, "nobody signs up with such a role"),
    code(
        "sign_up_link_uses",
        422,
        "too many people may come by a link",
    ),
    code("sign_up_link_days", 422, "a link works for too long"),
    code("organization_missing", 422, "the organization is missing"),
    code("too_many_tries", 429, "it was tried too often"),
    code(
        "internal",
        500,
        "something that should not happen; the log has the chain",
    ),
    code(
        "sign_in_service_away",
        503,
        "the sign-in service does not answer",
    ),
    code("store_closed", 503, "the store is being closed"),
    code("store_damaged", 503, "the store is damaged"),
    code("disk_full", 503, "the disk that holds the store is full"),
    code("store_not_writable", 503, "the store cannot be written"),
    code("store_unavailable", 503, "the store cannot be reached"),
];

/// Statuses that are described once for all operations: their codes do not depend on the operation.
pub(crate) const SHARED_STATUSES: &[u16] = &[400, 401, 403, 415, 421, 500, 503];
