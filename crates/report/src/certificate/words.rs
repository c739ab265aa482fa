//! What a certificate says in each language.

use chrono::{DateTime, Datelike, Timelike, Utc};

use super::CertificateState;

/// A language that certificates are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) product: &'static str,
    pub(super) customer: &'static str,
    pub(super) key: &'static str,
    pub(super) code: &'static str,
    pub(super) state: &'static str,
    states: [&'static str; 4],
    pub(super) starts: &'static str,
    pub(super) ends: &'static str,
    pub(super) for_ever: &'static str,
    pub(super) seats: &'static str,
    pub(super) machines: &'static str,
    pub(super) node_locked: &'static str,
    pub(super) any_machine: &'static str,
    pub(super) files: &'static str,
    pub(super) policy: &'static str,
    revision: &'static str,
    pub(super) issued: &'static str,
    pub(super) license_id: &'static str,
    pub(super) features: &'static str,
    pub(super) no_features: &'static str,
    limit: &'static str,
    pub(super) proof: &'static str,
    proof_text: &'static str,
    months: [&'static str; 12],
}

const ENGLISH: Words = Words {
    title: "License certificate",
    product: "Product",
    customer: "Licensed to",
    key: "License key",
    code: "The license key as a QR code",
    state: "State",
    states: ["Active", "Suspended", "Expired", "Revoked"],
    starts: "Valid from",
    ends: "Valid until",
    for_ever: "No end",
    seats: "Seats",
    machines: "Machines",
    node_locked: "Only machines that are named in the license file",
    any_machine: "Any machine",
    files: "Offline use",
    policy: "Policy",
    revision: "revision",
    issued: "Issued",
    license_id: "License id",
    features: "Features",
    no_features: "The product without further features",
    limit: "up to",
    proof: "Proof",
    proof_text: "This license is recorded in the vendor's ledger, last changed by entry {entry}. On {date} the ledger \
        had {entries} entries under this root hash:",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const GERMAN: Words = Words {
    title: "Lizenzzertifikat",
    product: "Produkt",
    customer: "Lizenziert für",
    key: "Lizenzschlüssel",
    code: "Der Lizenzschlüssel als QR-Code",
    state: "Zustand",
    states: ["Aktiv", "Ausgesetzt", "Abgelaufen", "Widerrufen"],
    starts: "Gültig ab",
    ends: "Gültig bis",
    for_ever: "Unbefristet",
    seats: "Plätze",
    machines: "Geräte",
    node_locked: "Nur Geräte, die in der Lizenzdatei genannt sind",
    any_machine: "Beliebige Geräte",
    files: "Offline-Nutzung",
    policy: "Lizenzmodell",
    revision: "Fassung",
    issued: "Ausgestellt",
    license_id: "Lizenzkennung",
    features: "Funktionen",
    no_features: "Das Produkt ohne weitere Funktionen",
    limit: "bis zu",
    proof: "Nachweis",
    proof_text: "Diese Lizenz ist im Journal des Anbieters verzeichnet, zuletzt geändert durch Eintrag {entry}. Am \
        {date} hatte das Journal {entries} Einträge unter diesem Wurzelhash:",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

impl Words {
    pub(super) fn state(&self, state: CertificateState) -> &'static str {
        let [active, suspended, expired, revoked] = self.states;
        match state {
            CertificateState::Active => active,
            CertificateState::Suspended => suspended,
            CertificateState::Expired => expired,
            CertificateState::Revoked => revoked,
        }
    }

    pub(super) fn policy_text(&self, policy: &str, revision: u32) -> String {
        format!("{policy}, {} {revision}", self.revision)
    }

    pub(super) fn limit_text(&self, limit: &str) -> String {
        format!(" ({} {limit})", self.limit)
    }

    pub(super) fn proof_text(&self, entry: u64, entries: u64, date: &str) -> String {
        self.proof_text
            .replace("{entry}", &entry.to_string())
            .replace("{entries}", &entries.to_string())
            .replace("{date}", date)
    }
}

impl Language {
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// As BCP 47 names it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// A month in words.
    pub(crate) fn month(self, at: DateTime<Utc>) -> String {
        let month = self.words().months.get(at.month0() as usize).copied();
        format!("{} {}", month.unwrap_or_default(), at.year())
    }

    /// A moment with its day in words, in UTC.
    pub(crate) fn date(self, at: DateTime<Utc>) -> String {
        let month = self
            .words()
            .months
            .get(at.month0() as usize)
            .copied()
            .unwrap_or_default();
        let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
        match self {
            Self::English => format!("{day} {month} {year}, {hour:02}:{minute:02} UTC"),
            Self::German => format!("{day}. {month} {year}, {hour:02}:{minute:02} UTC"),
        }
    }

    /// A whole number with its thousands apart.
    pub(super) fn number(self, number: u32) -> String {
        self.whole(i64::from(number))
    }

    /// The same for what may be larger, or less than nothing.
    pub(crate) fn whole(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mark = match self {
            Self::English => ',',
            Self::German => '.',
        };
        let mut grouped = String::from(if number < 0 { "−" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }

    pub(super) fn seats(self, seats: u32) -> String {
        let number = self.number(seats);
        match (self, seats) {
            (Self::English, 1) => "1 machine at a time".into(),
            (Self::English, _) => format!("{number} machines at a time"),
            (Self::German, 1) => "1 Gerät gleichzeitig".into(),
            (Self::German, _) => format!("{number} Geräte gleichzeitig"),
        }
    }

    pub(super) fn days(self, days: u32) -> String {
        let number = self.number(days);
        match (self, days) {
            (Self::English, 1) => "License files are good for 1 day".into(),
            (Self::English, _) => format!("License files are good for up to {number} days"),
            (Self::German, 1) => "Lizenzdateien gelten 1 Tag".into(),
            (Self::German, _) => format!("Lizenzdateien gelten bis zu {number} Tage"),
        }
    }
}
