//! The limits of the program, each with its unit in its name. Limits of texts stand in [`crate::text`], those of
//! imported files in [`crate::import`].

/// Rows in one page of a list.
pub const PAGE_ROWS_MAX: u32 = 200;
/// Rows in a page when the caller does not say.
pub const PAGE_ROWS_DEFAULT: u32 = 50;
/// Up to here a list's count is exact; beyond, it is "10,000+".
pub const COUNT_EXACT_MAX: u32 = 10_000;
/// Seats on one license.
pub const SEATS_MAX: u32 = 1_000_000;
/// Days in a policy's term: a hundred years.
pub const TERM_DAYS_MAX: u32 = 36_525;
/// Months in a policy's term: a hundred years.
pub const TERM_MONTHS_MAX: u32 = 1_200;
/// Days for which a license file may be valid: ten years.
pub const LICENSE_FILE_DAYS_MAX: u32 = 3_650;
/// Returns of seats that a policy may allow in a period.
pub const RETURNS_MAX: u32 = 1_000;
/// Days in the period of a policy's limit on returns: ten years.
pub const RETURN_DAYS_MAX: u32 = 3_650;
/// Machines of one customer that wait to be admitted.
pub const ADMISSIONS_WAITING_MAX: usize = 500;
/// Days without a sign of life after which a seat may count as idle: ten years.
pub const RECLAIM_IDLE_DAYS_MAX: u32 = 3_650;
/// Days for which a machine is warned before its seat is freed.
pub const RECLAIM_WARNING_DAYS_MAX: u32 = 90;
/// Features of one product.
pub const FEATURES_PER_PRODUCT_MAX: usize = 200;
/// Machines that one license file may be bound to.
pub const MACHINES_PER_LICENSE_FILE_MAX: usize = 20;
/// Licenses issued by one request.
pub const LICENSES_PER_BATCH_MAX: u32 = 1_000;
/// Rows that one bulk act may change.
pub const BULK_ROWS_MAX: usize = 100_000;
/// Rows that a filter may name one by one.
pub const IDS_PER_FILTER_MAX: usize = 2_000;
/// License files that one bulk export may make.
pub const LICENSE_FILES_PER_EXPORT_MAX: usize = 10_000;
/// Rows that the report of a bulk act lists one by one.
pub const BULK_REPORT_ROWS_MAX: usize = 1_000;
/// Vendors of one store.
pub const VENDORS_MAX: usize = 200;
/// Signing keys of one vendor, retired ones included; all of them stand in the trust bundle.
pub const SIGNING_KEYS_MAX: usize = 100;
/// Users among the vendor's own people, deactivated ones included.
pub const USERS_MAX: usize = 1_000;
/// Users of a customer, deactivated ones included.
pub const CUSTOMER_USERS_MAX: usize = 200;
/// Users of a reseller, deactivated ones included.
pub const RESELLER_USERS_MAX: usize = 200;
/// Licenses that may be granted of one template in all.
pub const QUOTA_LICENSES_MAX: u32 = 1_000_000;
/// How long after it was issued a license gives its place in the quota back when it is revoked, in days.
pub const QUOTA_RETURN_DAYS: u32 = 14;
/// Levels of resellers, from one that the vendor deals with itself down to the lowest: a distributor, its resellers, and
/// their branches. Whatever is issued at the lowest asks all above, and whatever is withdrawn at the top takes all below.
pub const RESELLER_LEVELS_MAX: usize = 3;
/// Resellers directly below one other, archived ones included.
pub const RESELLERS_BELOW_MAX: usize = 200;
/// Lines that a statement has as a PDF; the table has all of them.
pub const STATEMENT_PDF_LINES_MAX: usize = 2_000;
/// Templates of one reseller, withdrawn ones included.
pub const TEMPLATES_PER_RESELLER_MAX: usize = 200;
/// Passkeys of a person.
pub const PASSKEYS_MAX: usize = 20;
/// Office hours in the week of a role.
pub const OFFICE_HOURS_MAX: usize = 50;
/// Networks of a role.
pub const OWN_NETWORKS_MAX: usize = 100;
/// How long a session lasts, however much it is used, in days.
pub const SESSION_DAYS: u32 = 30;
/// How long a session lasts that nobody uses, in days.
pub const SESSION_IDLE_DAYS: u32 = 7;
/// How long an invitation can be accepted, in days.
pub const INVITATION_DAYS: u32 = 3;
/// Access tokens of one vendor, revoked ones included.
pub const ACCESS_TOKENS_MAX: usize = 1_000;
/// How long it is remembered that a machine asked whether it may use its license, in days.
pub const VALIDATION_DAYS: u32 = 90;
/// Notices that are sent before a license ends.
pub const EXPIRY_NOTICES_MAX: usize = 10;
/// How many days before the end a notice is sent at most.
pub const EXPIRY_NOTICE_DAYS_MAX: u32 = 365;
/// Sign-up links of one vendor, withdrawn ones included.
pub const SIGN_UP_LINKS_MAX: usize = 1_000;
/// People who may come by one sign-up link.
pub const SIGN_UP_LINK_USES_MAX: u32 = 10_000;
/// How long a sign-up link works at most, in days.
pub const SIGN_UP_LINK_DAYS_MAX: u32 = 365;
/// Characters in the subject that a vendor writes for letters.
pub const LETTER_SUBJECT_CHARS_MAX: usize = 200;
/// Characters in the text that a vendor writes for letters.
pub const LETTER_BODY_CHARS_MAX: usize = 4_000;
/// Bytes in a vendor's logo.
pub const LOGO_BYTES_MAX: usize = 32 * 1024;
/// Pixels in the width and in the height of a vendor's logo.
pub const LOGO_PIXELS_MAX: u32 = 1_024;
/// Characters in an address that a vendor’s pages lead to.
pub const BRANDING_LINK_CHARS_MAX: usize = 500;
/// The most that a license or a seat may cost, in the smallest unit of its currency.
pub const PRICE_AMOUNT_MAX: u64 = 10_000_000_000;
/// Licenses or seats that a letter names one by one.
pub const LINES_PER_LETTER_MAX: usize = 50;
/// Webhooks of one vendor, removed ones not counted.
pub const WEBHOOKS_MAX: usize = 50;
/// Bytes in the address of a webhook.
pub const WEBHOOK_URL_BYTES_MAX: usize = 2_000;
/// How long the secret before the present one signs as well, in hours.
pub const WEBHOOK_OLD_SECRET_HOURS: u32 = 24;
/// How long a webhook may fail without one success before it is switched off, in days.
pub const WEBHOOK_FAILING_DAYS: u32 = 5;
/// How long a letter that nobody asked for waits until a mail server takes it, in days.
pub const LETTER_DAYS: u32 = 5;
/// How long it is remembered what a webhook was sent, in days.
pub const WEBHOOK_LOG_DAYS: u32 = 30;
/// How long a receiver may take to answer, in seconds.
pub const WEBHOOK_TIMEOUT_SECONDS: u32 = 15;
/// Bytes of a receiver's answer that are kept.
pub const WEBHOOK_ANSWER_BYTES_MAX: usize = 500;
/// Characters in the nonce of a question.
pub const NONCE_CHARS_MAX: usize = 128;
/// Characters in a password at least.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Bytes in a password at most.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// Recovery codes that somebody with a second factor gets at a time.
pub const RECOVERY_CODES: usize = 10;
/// How long an act that takes two people waits for the second one, in minutes.
pub const APPROVAL_MINUTES: u32 = 15;
/// How long a code counts with which the window takes a session over, in seconds.
pub const HAND_OVER_SECONDS: u32 = 60;
/// How long a factor that was given counts as fresh, in seconds.
pub const FACTOR_FRESH_SECONDS: i64 = 5 * 60;
/// How long a change can be undone, in hours.
pub const UNDO_HOURS: u32 = 24;
/// Characters in an idempotency key.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 128;
/// How long an idempotency key is remembered, in hours.
pub const IDEMPOTENCY_HOURS: u32 = 48;
