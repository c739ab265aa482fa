//! Sheets of A4 paper. What is drawn is collected first, so that a line that does not fit any more begins a new sheet,
//! and then written as a tagged PDF: whoever reads with a screen reader hears headings, paragraphs and the code's name.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::line::Line;
use super::{Fonts, Paragraph, Weight};
use crate::qr::QUIET_MODULES;
use crate::{QrCode, ReportError};

/// A4, in points.
pub(crate) const SHEET_WIDTH: f32 = 595.28;
const SHEET_HEIGHT: f32 = 841.89;
/// What stays free at the sides and above.
pub(crate) const MARGIN: f32 = 62.0;
/// What stays free below.
const FOOT: f32 = 44.0;

/// How the foot of a sheet looks.
const FOOT_STYLE: Style = Style {
    size: 7.5,
    weight: Weight::Regular,
    ink: Ink::Soft,
    role: Role::Text,
};

/// The colours of print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Soft,
    Accent,
    Warning,
    Panel,
    Rule,
}

impl Ink {
    fn fill(self) -> Fill {
        let (red, green, blue) = match self {
            Self::Text => (0x1c, 0x22, 0x21),
            Self::Soft => (0x57, 0x62, 0x60),
            Self::Accent => (0x0e, 0x61, 0x5b),
            Self::Warning => (0x9b, 0x2c, 0x1f),
            Self::Panel => (0xe9, 0xf3, 0xf1),
            Self::Rule => (0xc9, 0xd3, 0xd0),
        };
        Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            ..Fill::default()
        }
    }
}

/// What a text is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading,
    Text,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) ink: Ink,
    pub(crate) role: Role,
}

impl Style {
    /// From the top of one line to that of the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.36
    }
}

enum Drawn {
    Text {
        at: Point,
        style: Style,
        line: Line,
        group: usize,
    },
    Bar {
        rect: Rect,
        ink: Ink,
    },
    Code {
        at: Point,
        side: f32,
        code: QrCode,
        group: usize,
    },
}

enum Group {
    Text(Role, String),
    Figure(String),
}

/// Sheets that are being drawn on from top to bottom.
pub(crate) struct Sheets<'f> {
    fonts: &'f Fonts,
    sheets: Vec<Vec<Drawn>>,
    groups: Vec<Group>,
    /// How far down the next line begins.
    pub(crate) y: f32,
}

impl<'f> Sheets<'f> {
    /// One empty sheet.
    pub(crate) fn new(fonts: &'f Fonts) -> Self {
        Self {
            fonts,
            sheets: vec![Vec::new()],
            groups: Vec::new(),
            y: MARGIN,
        }
    }

    /// The lines of a text in this style.
    pub(crate) fn lines(&self, text: &str, width: f32, style: Style) -> Vec<Line> {
        let paragraph = Paragraph::new(self.fonts, text, style.weight);
        paragraph.lines(self.fonts, width / style.size)
    }

    /// Writes a text below what was drawn before.
    pub(crate) fn text(&mut self, x: f32, width: f32, style: Style, text: &str) {
        let lines = self.lines(text, width, style);
        let group = self.group(Group::Text(style.role, text.to_owned()));
        for line in lines {
            self.room(style.leading());
            let at = Point::from_xy(x, self.y + style.size);
            self.draw(Drawn::Text {
                at,
                style,
                line,
                group,
            });
            self.y += style.leading();
        }
    }

    /// Begins a new sheet unless so much fits on this one.
    pub(crate) fn room(&mut self, height: f32) {
        if !self.fits(height) {
            self.turn();
        }
    }

    /// Whether so much fits on this sheet.
    pub(crate) fn fits(&self, height: f32) -> bool {
        self.y + height <= SHEET_HEIGHT - FOOT
    }

    /// Begins a new sheet.
    pub(crate) fn turn(&mut self) {
        self.sheets.push(Vec::new());
        self.y = MARGIN;
    }

    /// Writes a text on one line, and stays there; what is too long for it ends with an ellipsis. Numbers stand at the
    /// right.
    pub(crate) fn cell(&mut self, x: f32, width: f32, style: Style, text: &str, right: bool) {
        let line =
            Paragraph::new(self.fonts, text, style.weight).one_line(self.fonts, width / style.size);
        let free = if right {
            width - line.width() * style.size
        } else {
            0.0
        };
        let group = self.group(Group::Text(style.role, String::new()));
        let at = Point::from_xy(x + free.max(0.0), self.y + style.size);
        self.draw(Drawn::Text {
            at,
            style,
            line,
            group,
        });
    }

    /// Writes a text and the number of the page at the foot of every sheet.
    pub(crate) fn number(&mut self, side: f32, text: &str, page: impl Fn(usize, usize) -> String) {
        let pages = self.sheets.len();
        let width = SHEET_WIDTH - 2.0 * side;
        let sheets = std::mem::take(&mut self.sheets);
        for (at, sheet) in sheets.into_iter().enumerate() {
            self.sheets.push(sheet);
            self.y = SHEET_HEIGHT - FOOT + 12.0;
            self.cell(side, width * 0.75, FOOT_STYLE, text, false);
            let number = page(at + 1, pages);
            self.cell(side + width * 0.75, width * 0.25, FOOT_STYLE, &number, true);
        }
    }

    /// Fills a rectangle.
    pub(crate) fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.draw(Drawn::Bar { rect, ink });
        }
    }

    /// Draws a QR code; `name` is what a screen reader says.
    pub(crate) fn code(&mut self, x: f32, y: f32, side: f32, code: QrCode, name: String) {
        let group = self.group(Group::Figure(name));
        let at = Point::from_xy(x, y);
        self.draw(Drawn::Code {
            at,
            side,
            code,
            group,
        });
    }

    fn group(&mut self, group: Group) -> usize {
        self.groups.push(group);
        self.groups.len() - 1
    }

    fn draw(&mut self, drawn: Drawn) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(drawn);
        }
    }

    /// What each sheet says, line by line in the order in which it was written.
    #[cfg(test)]
    pub(crate) fn said(&self) -> Vec<String> {
        let text = |drawn: &Drawn| match drawn {
            Drawn::Text { line, .. } => Some(line.text.clone()),
            _ => None,
        };
        let sheets = self.sheets.iter();
        sheets
            .map(|sheet| sheet.iter().filter_map(text).collect::<Vec<_>>().join("\n"))
            .collect()
    }

    /// The document.
    pub(crate) fn finish(self, metadata: Metadata, language: &str) -> Result<Vec<u8>, ReportError> {
        let mut document = Document::new_with(SerializeSettings::default());
        document.set_metadata(metadata);
        let size = PageSettings::from_wh(SHEET_WIDTH, SHEET_HEIGHT);
        let mut said: Vec<Vec<Identifier>> = self.groups.iter().map(|_| Vec::new()).collect();
        for sheet in &self.sheets {
            let mut page = document.start_page_with(size.clone().unwrap_or_default());
            let mut surface = page.surface();
            for drawn in sheet {
                draw(&mut surface, self.fonts, drawn, &mut said);
            }
            surface.finish();
            page.finish();
        }
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for (group, said) in self.groups.into_iter().zip(said) {
            let mut tagged = TagGroup::new(match group {
                Group::Text(Role::Title, title) => Tag::Hn(NonZeroU16::MIN, Some(title)).into(),
                Group::Text(Role::Heading, title) => {
                    Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(title)).into()
                }
                Group::Text(Role::Text, _) => krilla::tagging::TagKind::from(Tag::P),
                Group::Figure(name) => Tag::Figure(Some(name)).into(),
            });
            for identifier in said {
                tagged.push(identifier);
            }
            tree.push(tagged);
        }
        document.set_tag_tree(tree);
        document.finish().map_err(|error| ReportError::Pdf {
            reason: format!("{error:?}"),
        })
    }
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, drawn: &Drawn, said: &mut [Vec<Identifier>]) {
    let mut say = |group: usize, identifier| {
        if let Some(said) = said.get_mut(group) {
            said.push(identifier);
        }
    };
    match drawn {
        Drawn::Text {
            at,
            style,
            line,
            group,
        } => {
            say(
                *group,
                surface.start_tagged(ContentTag::Span(SpanTag::empty())),
            );
            surface.set_fill(Some(style.ink.fill()));
            let mut x = at.x;
            for run in &line.runs {
                let Some(face) = fonts.face(run.font) else {
                    continue;
                };
                let from = Point::from_xy(x, at.y);
                surface.draw_glyphs(
                    from,
                    &run.glyphs,
                    face.font.clone(),
                    &line.text,
                    style.size,
                    false,
                );
                x += run.width * style.size;
            }
            surface.end_tagged();
        }
        Drawn::Bar { rect, ink } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Layout,
            )));
            surface.set_fill(Some(ink.fill()));
            let mut path = PathBuilder::new();
            path.push_rect(*rect);
            fill(surface, path);
            surface.end_tagged();
        }
        Drawn::Code {
            at,
            side,
            code,
            group,
        } => {
            say(*group, surface.start_tagged(ContentTag::Other));
            surface.set_fill(Some(Fill::default()));
            let module = side / (code.size() + 2 * QUIET_MODULES) as f32;
            let place = |modules: usize| (modules + QUIET_MODULES) as f32 * module;
            let mut path = PathBuilder::new();
            for (x, y, length) in code.stretches() {
                let (x, y) = (at.x + place(x), at.y + place(y));
                if let Some(rect) = Rect::from_xywh(x, y, length as f32 * module, module) {
                    path.push_rect(rect);
                }
            }
            fill(surface, path);
            surface.end_tagged();
        }
    }
}

fn fill(surface: &mut Surface<'_>, path: PathBuilder) {
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
