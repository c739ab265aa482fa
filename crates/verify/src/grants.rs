//! What a license file grants: the signed document, read after its signature was checked.

use serde::Serialize;

use crate::json::{self, Json, JsonError, Object};

/// The DSSE payload type of the license in a license file.
pub const LICENSE_PAYLOAD_TYPE: &str = "application/vnd.latchkey.license.v1+json";

/// The last second of the year 9999, the latest time that is read.
pub const MAX_TIME_SECONDS: i64 = 253_402_300_799;

/// How far the clock of a machine may be behind without a file seeming to come from the future.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 300;

/// The most seats a license can have.
pub const MAX_SEATS: i64 = 1_000_000;

const KNOWN_MEMBERS: [&str; 15] = [
    "customer",
    "expires_at",
    "features",
    "file_expires_at",
    "file_id",
    "issued_at",
    "license",
    "machines",
    "node_locked",
    "policy",
    "product",
    "seats_max",
    "starts_at",
    "vendor",
    "version",
];

/// What an accepted license file grants. Times are seconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grants {
    /// The id of this file, `fil_...`.
    pub file_id: String,
    /// Who grants.
    pub vendor: Vendor,
    /// What is licensed.
    pub product: Product,
    /// The license this file was made from.
    pub license: License,
    /// Who holds it.
    pub customer: Customer,
    /// The rules it was issued under.
    pub policy: Policy,
    /// The features it opens.
    pub features: Vec<Feature>,
    /// How many machines may use the license at once, over all files.
    pub seats_max: u32,
    /// Whether only the machines listed may use it.
    pub node_locked: bool,
    /// The machines this file is for; any machine if empty.
    pub machines: Vec<LicensedMachine>,
    /// From when the license counts.
    pub starts_at: i64,
    /// Until when the license counts; for ever if absent.
    pub expires_at: Option<i64>,
    /// When this file was made.
    pub issued_at: i64,
    /// Until when this file counts, whatever the license says.
    pub file_expires_at: i64,
    /// The ledger entry that records this file. Proven, though not part of the document.
    pub ledger_index: u64,
}

/// The company that sells the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vendor {
    /// `vnd_...`
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The product that is licensed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Product {
    /// `prd_...`
    pub id: String,
    /// The vendor's short code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The license the file was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct License {
    /// `lic_...`
    pub id: String,
    /// The last five characters of the license key, to tell one license from another.
    pub key_hint: String,
}

/// Who holds the license.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Customer {
    /// The customer's name.
    pub name: String,
}

/// The rules that the license was issued under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The revision of the policy.
    pub revision: i64,
}

/// A feature that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// The vendor's short code.
    pub code: String,
    /// How much of it; unlimited if absent.
    pub limit: Option<i64>,
}

/// A machine the file is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicensedMachine {
    /// The machine code.
    pub code: String,
    /// What people call it.
    pub friendly_name: String,
    /// The machine's public key, 32 bytes in Base64, if the machine has one: then the file is good
    /// only where the private key is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Grants {
    /// Whether a feature is open.
    pub fn has_feature(&self, code: &str) -> bool {
        self.feature(code).is_some()
    }

    /// A feature, if it is open.
    pub fn feature(&self, code: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.code == code)
    }

    /// Reads the document. `ledger_index` comes from the proof beside it.
    pub(crate) fn parse(payload: &[u8], ledger_index: u64) -> Result<Self, JsonError> {
        let object = json::parse_object(payload)?;
        object.check_critical(&KNOWN_MEMBERS)?;
        if object.natural("version", i64::MAX)? != 1 {
            return Err(JsonError::Invalid("version"));
        }
        let (product, license) = (object.object("product")?, object.object("license")?);
        Ok(Self {
            file_id: object.filled_text("file_id")?.to_owned(),
            vendor: Vendor::parse(object.object("vendor")?)?,
            product: Product {
                id: product.filled_text("id")?.to_owned(),
                code: product.filled_text("code")?.to_owned(),
                name: product.text("name")?.to_owned(),
            },
            license: License {
                id: license.filled_text("id")?.to_owned(),
                key_hint: license.text("key_hint")?.to_owned(),
            },
            customer: Customer {
                name: object.object("customer")?.text("name")?.to_owned(),
            },
            policy: Policy {
                revision: object.object("policy")?.natural("revision", i64::MAX)?,
            },
            features: each(&object, "features", Feature::parse)?,
            seats_max: u32::try_from(object.natural("seats_max", MAX_SEATS)?)
                .map_err(|_| JsonError::Invalid("seats_max"))?,
            node_locked: object.boolean("node_locked")?,
            machines: each(&object, "machines", LicensedMachine::parse)?,
            starts_at: object.natural("starts_at", MAX_TIME_SECONDS)?,
            expires_at: match object.get("expires_at") {
                Some(Json::Null) => None,
                _ => Some(object.natural("expires_at", MAX_TIME_SECONDS)?),
            },
            issued_at: object.natural("issued_at", MAX_TIME_SECONDS)?,
            file_expires_at: object.natural("file_expires_at", MAX_TIME_SECONDS)?,
            ledger_index,
        })
    }
}

impl Vendor {
    pub(crate) fn parse(object: &Object<'_>) -> Result<Self, JsonError> {
        Ok(Self {
            id: object.filled_text("id")?.to_owned(),
            name: object.text("name")?.to_owned(),
        })
    }
}

impl Feature {
    fn parse(object: &Object<'_>) -> Result<Self, JsonError> {
        Ok(Self {
            code: object.filled_text("code")?.to_owned(),
            limit: object.optional_natural("limit", i64::MAX)?,
        })
    }
}

impl LicensedMachine {
    fn parse(object: &Object<'_>) -> Result<Self, JsonError> {
        Ok(Self {
            code: object.filled_text("code")?.to_owned(),
            friendly_name: object.text("friendly_name")?.to_owned(),
            key: object.optional_text("key")?.map(str::to_owned),
        })
    }
}

fn each<'a, T>(
    object: &Object<'a>,
    name: &'static str,
    parse: impl Fn(&Object<'a>) -> Result<T, JsonError>,
) -> Result<Vec<T>, JsonError> {
    object
        .list(name)?
        .iter()
        .map(|item| {
            item.as_object()
                .ok_or(JsonError::Invalid(name))
                .and_then(&parse)
        })
        .collect()
}
