//! The fonts that go with the program. `fonts/README.md` says which they are, where they come from and what they cover.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use harfrust::{FontRef, ShaperData};
use krilla::text::Font;
use read_fonts::TableProvider;
use zip::ZipArchive;

use crate::ReportError;

static ARCHIVE: &[u8] = include_bytes!("../../fonts/fonts.zip");

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    /// Only in the first font; other scripts stay regular.
    Bold,
}

/// A font in the archive, and the first and last characters of the blocks it is asked for.
struct Source {
    file: &'static str,
    blocks: &'static [(u32, u32)],
}

const fn source(file: &'static str, blocks: &'static [(u32, u32)]) -> Source {
    Source { file, blocks }
}

/// In the order in which they are asked. A font is unpacked when the first character of its blocks is drawn.
const SOURCES: &[Source] = &[
    source(
        "NotoSans-Regular.ttf",
        &[
            (0, 0x58F),
            (0x1AB0, 0x2E7F),
            (0xA640, 0xA7FF),
            (0xFB00, 0xFB06),
        ],
    ),
    source("NotoSans-Bold.ttf", &[]),
    source(
        "NotoSansArmenian-Regular.ttf",
        &[(0x530, 0x58F), (0xFB13, 0xFB17)],
    ),
    source(
        "NotoSansHebrew-Regular.ttf",
        &[(0x590, 0x5FF), (0xFB1D, 0xFB4F)],
    ),
    source(
        "NotoSansArabic-Regular.ttf",
        &[
            (0x600, 0x6FF),
            (0x750, 0x77F),
            (0x8A0, 0x8FF),
            (0xFB50, 0xFDFF),
            (0xFE70, 0xFEFE),
        ],
    ),
    source(
        "NotoSansDevanagari-Regular.ttf",
        &[(0x900, 0x97F), (0xA8E0, 0xA8FF)],
    ),
    source("NotoSansBengali-Regular.ttf", &[(0x980, 0x9FF)]),
    source("NotoSansGurmukhi-Regular.ttf", &[(0xA00, 0xA7F)]),
    source("NotoSansGujarati-Regular.ttf", &[(0xA80, 0xAFF)]),
    source("NotoSansOriya-Regular.ttf", &[(0xB00, 0xB7F)]),
    source("NotoSansTamil-Regular.ttf", &[(0xB80, 0xBFF)]),
    source("NotoSansTelugu-Regular.ttf", &[(0xC00, 0xC7F)]),
    source("NotoSansKannada-Regular.ttf", &[(0xC80, 0xCFF)]),
    source("NotoSansMalayalam-Regular.ttf", &[(0xD00, 0xD7F)]),
    source("NotoSansSinhala-Regular.ttf", &[(0xD80, 0xDFF)]),
    source("NotoSansThai-Regular.ttf", &[(0xE00, 0xE7F)]),
    source("NotoSansLao-Regular.ttf", &[(0xE80, 0xEFF)]),
    source(
        "NotoSansMyanmar-Regular.ttf",
        &[(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)],
    ),
    source(
        "NotoSansGeorgian-Regular.ttf",
        &[(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)],
    ),
    source(
        "NotoSansEthiopic-Regular.ttf",
        &[(0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)],
    ),
    source(
        "NotoSansKhmer-Regular.ttf",
        &[(0x1780, 0x17FF), (0x19E0, 0x19FF)],
    ),
    source(
        "wqy-microhei.ttc",
        &[
            (0x2000, 0x33FF),
            (0x4E00, 0x9FFF),
            (0xAC00, 0xD7AF),
            (0xF900, 0xFAFF),
            (0xFE30, 0xFE4F),
            (0xFF00, 0xFFEF),
        ],
    ),
];

const BOLD: usize = 1;

/// A font that was unpacked.
pub(crate) struct Face {
    bytes: Arc<Vec<u8>>,
    shaper: ShaperData,
    pub(crate) font: Font,
}

impl Face {
    fn unpack(file: &str) -> Result<Self, ReportError> {
        let mut archive = ZipArchive::new(Cursor::new(ARCHIVE))?;
        let mut bytes = Vec::new();
        archive.by_name(file)?.read_to_end(&mut bytes)?;
        let bytes = Arc::new(bytes);
        let damaged = || ReportError::Font {
            file: file.to_owned(),
        };
        let shaper = ShaperData::new(&FontRef::from_index(&bytes, 0).map_err(|_| damaged())?);
        let font = Font::new(bytes.clone().into(), 0).ok_or_else(damaged)?;
        Ok(Self {
            bytes,
            shaper,
            font,
        })
    }

    /// The font as its shaper wants it, and what the shaper knows of it.
    pub(crate) fn shaping(&self) -> Option<(FontRef<'_>, &ShaperData)> {
        Some((FontRef::from_index(&self.bytes, 0).ok()?, &self.shaper))
    }

    fn has(&self, character: char) -> bool {
        let Some((font, _)) = self.shaping() else {
            return false;
        };
        let glyph = font
            .cmap()
            .ok()
            .and_then(|map| map.map_codepoint(character));
        glyph.is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

/// The fonts that one document uses.
pub(crate) struct Fonts {
    faces: Vec<OnceCell<Option<Face>>>,
    /// Which font has which character, as far as it was asked.
    known: RefCell<HashMap<(usize, char), bool>>,
}

impl Fonts {
    /// All of them, none unpacked yet.
    pub(crate) fn new() -> Self {
        Self {
            faces: SOURCES.iter().map(|_| OnceCell::new()).collect(),
            known: RefCell::default(),
        }
    }

    /// The font of this number.
    pub(crate) fn face(&self, number: usize) -> Option<&Face> {
        let file = SOURCES.get(number)?.file;
        self.faces
            .get(number)?
            .get_or_init(|| Face::unpack(file).ok())
            .as_ref()
    }

    fn has(&self, number: usize, character: char) -> bool {
        let mut known = self.known.borrow_mut();
        let has = known.entry((number, character));
        *has.or_insert_with(|| self.face(number).is_some_and(|face| face.has(character)))
    }

    /// The number of the font that draws a character; `before` is the one that drew what stands before it.
    pub(crate) fn of(
        &self,
        character: char,
        weight: Weight,
        before: Option<usize>,
    ) -> Option<usize> {
        // Signs, digits and spaces go with the letters that they stand among.
        let before = before.filter(|_| !character.is_alphabetic());
        let bold = (weight == Weight::Bold).then_some(BOLD);
        let code = u32::from(character);
        let asked = |source: &Source| {
            let mut blocks = source.blocks.iter();
            blocks.any(|(first, last)| (*first..=*last).contains(&code))
        };
        let by_block = SOURCES
            .iter()
            .enumerate()
            .filter_map(|(number, source)| asked(source).then_some(number));
        before
            .into_iter()
            .chain(bold)
            .chain(by_block)
            .find(|number| self.has(*number, character))
    }

    /// The text as it can be drawn: what no font has is written as its code point, as in `[U+1F511]`.
    pub(crate) fn drawable(&self, text: &str) -> String {
        let mut drawable = String::with_capacity(text.len());
        for character in text.chars() {
            if is_joiner(character) || self.of(character, Weight::Regular, None).is_some() {
                drawable.push(character);
            } else {
                drawable.push_str(&format!("[U+{:04X}]", u32::from(character)));
            }
        }
        drawable
    }
}

/// Characters that say how their neighbours are drawn, and are not drawn themselves.
pub(crate) fn is_joiner(character: char) -> bool {
    matches!(u32::from(character), 0x200B..=0x200F | 0x2060 | 0xFE00..=0xFE0F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_of_the_archive_can_be_read_and_is_asked_for_what_it_has() {
        let fonts = Fonts::new();
        for (number, source) in SOURCES.iter().enumerate() {
            assert!(fonts.face(number).is_some(), "{}", source.file);
            let mut blocks = source
                .blocks
                .iter()
                .flat_map(|(first, last)| *first..=*last);
            let drawn =
                blocks.any(|code| char::from_u32(code).is_some_and(|c| fonts.has(number, c)));
            assert!(
                drawn || number == BOLD,
                "{} draws nothing it is asked for",
                source.file
            );
        }
    }

    #[test]
    fn names_in_the_scripts_of_the_world_are_drawn_as_they_are() {
        let fonts = Fonts::new();
        for name in [
            "Nordwind Zürich Ærø Ştefăniță",
            "Ελληνική",
            "Северный ветер",
            "Հայաստան",
            "שלום",
            "شركة الشمال",
            "नमस्ते",
            "বাংলা",
            "ਪੰਜਾਬੀ",
            "ગુજરાતી",
            "ଓଡ଼ିଆ",
            "தமிழ்",
            "తెలుగు",
            "ಕನ್ನಡ",
            "മലയാളം",
            "සිංහල",
            "ภาษาไทย",
            "ລາວ",
            "မြန်မာ",
            "ქართული",
            "አማርኛ",
            "ខ្មែរ",
            "株式会社 日本ソフト",
            "北京软件有限公司",
            "臺灣軟體",
            "주식회사 한국",
            "（株）カタカナ・ひらがな",
        ] {
            assert_eq!(fonts.drawable(name), name);
        }
    }

    #[test]
    fn what_no_font_has_is_named_by_its_code_point() {
        assert_eq!(Fonts::new().drawable("Key 🔑"), "Key [U+1F511]");
    }
}
