//! How a vendor's pages look to those who come by the network: its customers' and resellers' people, and its own.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::ledger::hex;
use crate::limits::{BRANDING_LINK_CHARS_MAX, LOGO_BYTES_MAX, LOGO_PIXELS_MAX};
use crate::refusal::Refusal;
use crate::text::{EmailAddress, Name};

/// The eight bytes that every PNG begins with (PNG specification, third edition, §5.2).
const PNG_BEGINS: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// How pages look. What is not said is as the program has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branding {
    /// What stands at the top instead of the program's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Name>,
    /// The colour of buttons and links: its hue, made as dark or light as is readable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// SHA-256 of the logo, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Where the terms of use are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<BrandingLink>,
    /// Who helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<BrandingLink>,
}

impl Branding {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A colour, as `#rrggbb` in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(String);

impl Colour {
    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// [`BrandingRefusal::Colour`].
    pub fn parse(typed: &str) -> Result<Self, BrandingRefusal> {
        let typed = typed.trim().to_ascii_lowercase();
        let digits = typed.strip_prefix('#').ok_or(BrandingRefusal::Colour)?;
        if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            Ok(Self(typed))
        } else {
            Err(BrandingRefusal::Colour)
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = BrandingRefusal;

    fn try_from(typed: String) -> Result<Self, BrandingRefusal> {
        Self::parse(&typed)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a link of the pages leads: an address that begins with `https://`, or an e-mail address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BrandingLink(String);

impl BrandingLink {
    /// Reads one; `at` is the field it was typed into.
    ///
    /// # Errors
    /// [`BrandingRefusal::Link`].
    pub fn parse(typed: &str, at: &'static str) -> Result<Self, BrandingRefusal> {
        let typed = typed.trim();
        let refused = BrandingRefusal::Link { at };
        if typed.chars().count() > BRANDING_LINK_CHARS_MAX {
            return Err(refused);
        }
        if let Ok(email) = EmailAddress::parse(typed) {
            return Ok(Self(email.to_string()));
        }
        let url = Url::parse(typed).map_err(|_| refused.clone())?;
        let nobody = url.username().is_empty() && url.password().is_none();
        if url.scheme() == "https" && url.host().is_some() && nobody {
            Ok(Self(url.to_string()))
        } else {
            Err(refused)
        }
    }
}

impl TryFrom<String> for BrandingLink {
    type Error = BrandingRefusal;

    fn try_from(typed: String) -> Result<Self, BrandingRefusal> {
        Self::parse(&typed, "")
    }
}

impl From<BrandingLink> for String {
    fn from(link: BrandingLink) -> Self {
        link.0
    }
}

impl fmt::Display for BrandingLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// It may be somebody's e-mail address.
impl fmt::Debug for BrandingLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrandingLink(…)")
    }
}

/// A picture for the top of the pages: a PNG.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo(Vec<u8>);

impl Logo {
    /// Takes a PNG that is small enough. Only its beginning is looked at: whoever shows it reads the rest.
    ///
    /// # Errors
    /// [`BrandingRefusal::Logo`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, BrandingRefusal> {
        // The first chunk is IHDR, which begins with width and height (PNG specification, §11.2.1).
        let head = bytes
            .strip_prefix(&PNG_BEGINS)
            .and_then(|rest| rest.get(..16));
        let size = head.and_then(|head| {
            let (_, rest) = head.split_at_checked(4)?;
            let (name, rest) = rest.split_first_chunk::<4>()?;
            let (width, rest) = rest.split_first_chunk::<4>()?;
            let (height, _) = rest.split_first_chunk::<4>()?;
            (name == b"IHDR").then(|| [u32::from_be_bytes(*width), u32::from_be_bytes(*height)])
        });
        let fits = |pixels: u32| (1..=LOGO_PIXELS_MAX).contains(&pixels);
        if bytes.len() <= LOGO_BYTES_MAX && size.is_some_and(|size| size.into_iter().all(fits)) {
            Ok(Self(bytes))
        } else {
            Err(BrandingRefusal::Logo)
        }
    }

    /// Reads one in base64.
    ///
    /// # Errors
    /// [`BrandingRefusal::Logo`].
    pub fn decode(text: &str) -> Result<Self, BrandingRefusal> {
        let bytes = STANDARD.decode(text.trim());
        Self::new(bytes.map_err(|_| BrandingRefusal::Logo)?)
    }

    /// Bytes of a logo, in base64.
    #[must_use]
    pub fn encode(bytes: &[u8]) -> String {
        STANDARD.encode(bytes)
    }

    /// SHA-256 of it, in hex.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }

    /// The bytes of the file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({} bytes)", self.0.len())
    }
}

/// Why pages cannot look so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrandingRefusal {
    /// No colour.
    #[error("this is no colour such as #0e615b")]
    Colour,
    /// No link that can be followed.
    #[error("this is neither an address that begins with https:// nor an e-mail address")]
    Link {
        /// Where it was typed.
        at: &'static str,
    },
    /// No logo.
    #[error(
        "a logo is a PNG of at most {} KB and {LOGO_PIXELS_MAX} by {LOGO_PIXELS_MAX} pixels",
        LOGO_BYTES_MAX / 1024
    )]
    Logo,
}

impl Refusal for BrandingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Colour => "branding_colour",
            Self::Link { .. } => "branding_link",
            Self::Logo => "branding_logo",
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::Colour => "Write a # and six digits from 0 to f.",
            Self::Link { .. } => "Write it as https://NAME/PATH, or as NAME@HOST.",
            Self::Logo => "Export it as a smaller PNG.",
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Colour => Some("/colour"),
            Self::Link { at } => Some(at),
            Self::Logo => Some("/logo"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a PNG of this size, and so many bytes in all.
    fn png(width: u32, height: u32, bytes: usize) -> Vec<u8> {
        let mut png = PNG_BEGINS.to_vec();
        png.extend([0, 0, 0, 13]);
        png.extend(b"IHDR");
        png.extend(width.to_be_bytes());
        png.extend(height.to_be_bytes());
        png.resize(bytes, 0);
        png
    }

    #[test]
    fn a_logo_is_a_png_within_its_bounds() {
        let max = LOGO_PIXELS_MAX;
        assert!(Logo::new(png(max, max, LOGO_BYTES_MAX)).is_ok());
        for bad in [
            png(max, max, LOGO_BYTES_MAX + 1),
            png(max + 1, 1, 100),
            png(1, max + 1, 100),
            png(0, 1, 100),
            png(1, 1, 20),
            b"<svg onload=alert(1)>".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(Logo::new(bad), Err(BrandingRefusal::Logo));
        }
    }

    #[test]
    fn links_lead_to_https_or_to_a_letter() {
        let link = |typed: &str| BrandingLink::parse(typed, "/terms").map(|link| link.to_string());
        assert_eq!(
            link(" https://acme.example/terms ").unwrap(),
            "https://acme.example/terms"
        );
        assert_eq!(link("help@acme.example").unwrap(), "help@acme.example");
        for bad in [
            "http://acme.example",
            "javascript:alert(1)",
            "https://user:secret@acme.example",
            "acme",
            "",
        ] {
            let refused = link(bad).unwrap_err();
            assert_eq!(refused.pointer(), Some("/terms"), "{bad}");
        }
        let longest = format!(
            "https://a.example/{}",
            "x".repeat(BRANDING_LINK_CHARS_MAX - 18)
        );
        assert!(link(&longest).is_ok());
        assert!(link(&format!("{longest}x")).is_err());
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(Colour::parse("#0E615B").unwrap().to_string(), "#0e615b");
        for bad in ["0e615b", "#0e615", "#0e615g", "red", "#0e615b;x"] {
            assert_eq!(Colour::parse(bad), Err(BrandingRefusal::Colour));
        }
    }
}
