//! Paragraphs: text broken into lines, each a row of glyphs in the order in which they are seen.

use std::ops::Range;

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use krilla::text::{GlyphId, KrillaGlyph};
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

use super::font::is_joiner;
use super::{Fonts, Weight};

/// Glyphs of one font that stand side by side.
pub(crate) struct Run {
    /// The number of the font.
    pub(crate) font: usize,
    /// What is drawn, from left to right; each refers to the line's text.
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// How far it reaches, for letters of size 1.
    pub(crate) width: f32,
}

/// One line of text.
pub(crate) struct Line {
    /// What it says, in the order of reading.
    pub(crate) text: String,
    /// What is drawn, from left to right.
    pub(crate) runs: Vec<Run>,
}

impl Line {
    /// How far it reaches, for letters of size 1.
    pub(crate) fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
}

/// A text that can be broken into lines.
pub(crate) struct Paragraph {
    text: String,
    weight: Weight,
}

impl Paragraph {
    /// A paragraph of what can be drawn of a text.
    pub(crate) fn new(fonts: &Fonts, text: &str, weight: Weight) -> Self {
        Self {
            text: fonts.drawable(text),
            weight,
        }
    }

    /// Its lines, none wider than `width` for letters of size 1.
    pub(crate) fn lines(&self, fonts: &Fonts, width: f32) -> Vec<Line> {
        let shape = |text: &str| line(fonts, text, self.weight);
        let measure = |text: &str| shape(text).width();
        let space = measure(" ");
        let mut filling = Filling::default();
        for word in self.text.split_inclusive(' ') {
            let letters = word.trim_end();
            let spaces = space * (word.len() - letters.len()) as f32;
            let long = measure(letters);
            if long <= width {
                filling.add(word, long, spaces, width);
                continue;
            }
            for piece in pieces(word) {
                filling.add(piece, measure(piece), 0.0, width);
            }
        }
        filling.done.push(filling.line);
        filling
            .done
            .iter()
            .map(|line| shape(line.trim_end()))
            .collect()
    }
}

impl Paragraph {
    /// All of it on one line, or as much as fits before an ellipsis.
    pub(crate) fn one_line(&self, fonts: &Fonts, width: f32) -> Line {
        let shape = |text: &str| line(fonts, text, self.weight);
        let whole = shape(&self.text);
        if whole.width() <= width {
            return whole;
        }
        let parts = pieces(&self.text);
        // Halved until the longest beginning is found that fits.
        let (mut fits, mut too_long) = (0, parts.len());
        while fits + 1 < too_long {
            let middle = fits.midpoint(too_long);
            let text = parts.get(..middle).unwrap_or_default().concat();
            if shape(&format!("{}…", text.trim_end())).width() <= width {
                fits = middle;
            } else {
                too_long = middle;
            }
        }
        let text = parts.get(..fits).unwrap_or_default().concat();
        shape(&format!("{}…", text.trim_end()))
    }
}

/// Lines that are being filled with words.
#[derive(Default)]
struct Filling {
    done: Vec<String>,
    line: String,
    used: f32,
}

impl Filling {
    /// Adds a word that is so long, with so much space after it; on a new line if it does not fit on this one.
    fn add(&mut self, word: &str, long: f32, space: f32, width: f32) {
        if !self.line.is_empty() && self.used + long > width {
            self.done.push(std::mem::take(&mut self.line));
            self.used = 0.0;
        }
        self.line.push_str(word);
        self.used += long + space;
    }
}

/// The parts between which a word that is too long for a line may be broken: letters with their marks.
fn pieces(word: &str) -> Vec<&str> {
    let starts = word.char_indices().filter_map(|(at, character)| {
        let belongs = is_combining_mark(character) || is_joiner(character) || character == ' ';
        (!belongs || at == 0).then_some(at)
    });
    let starts: Vec<usize> = starts.chain([word.len()]).collect();
    let ranges = starts.windows(2).filter_map(|pair| match pair {
        [from, to] => word.get(*from..*to),
        _ => None,
    });
    ranges.collect()
}

/// Shapes one line of text.
fn line(fonts: &Fonts, text: &str, weight: Weight) -> Line {
    let bidi = BidiInfo::new(text, None);
    let mut runs = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in ranges {
            let level = levels.get(range.start).copied().unwrap_or(Level::ltr());
            let mut parts = by_font(fonts, text, range, weight);
            if level.is_rtl() {
                parts.reverse();
            }
            let shaped = parts
                .into_iter()
                .filter_map(|(font, range)| shape(fonts, font, text, range, level));
            runs.extend(shaped);
        }
    }
    Line {
        text: text.to_owned(),
        runs,
    }
}

/// The stretches of a text that one font draws.
fn by_font(
    fonts: &Fonts,
    text: &str,
    range: Range<usize>,
    weight: Weight,
) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    let part = text.get(range.clone()).unwrap_or_default();
    for (at, character) in part.char_indices() {
        let begins = range.start + at;
        let ends = begins + character.len_utf8();
        let before = parts.last().map(|(font, _)| *font);
        let font = if is_joiner(character) {
            before
        } else {
            fonts.of(character, weight, before)
        };
        let font = font.unwrap_or_default();
        match parts.last_mut() {
            Some((last, stretch)) if *last == font => stretch.end = ends,
            _ => parts.push((font, begins..ends)),
        }
    }
    parts
}

fn shape(
    fonts: &Fonts,
    number: usize,
    text: &str,
    range: Range<usize>,
    level: Level,
) -> Option<Run> {
    let (font, data) = fonts.face(number)?.shaping()?;
    let shaper = data.shaper(&font).build();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text.get(range.clone())?);
    buffer.guess_segment_properties();
    buffer.set_direction(if level.is_rtl() {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    });
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    let infos = shaped.glyph_infos();
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let end_of = |start: usize| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(range.len())
    };
    let unit = 1.0 / shaper.units_per_em() as f32;
    let glyphs: Vec<KrillaGlyph> = infos
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, position)| {
            let start = info.cluster as usize;
            KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: range.start + start..range.start + end_of(start),
                x_advance: position.x_advance as f32 * unit,
                x_offset: position.x_offset as f32 * unit,
                y_offset: position.y_offset as f32 * unit,
                y_advance: position.y_advance as f32 * unit,
                location: None,
            }
        })
        .collect();
    Some(Run {
        font: number,
        width: glyphs.iter().map(|glyph| glyph.x_advance).sum(),
        glyphs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::new();
        let lines = Paragraph::new(&fonts, text, Weight::Regular).lines(&fonts, width);
        assert!(
            lines.iter().all(|line| line.width() <= width + 0.1),
            "{text}"
        );
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_are_broken_between_words_and_long_words_between_letters() {
        assert_eq!(texts("one two three", 4.5), ["one two", "three"]);
        assert_eq!(texts("Donaudampfschiff", 5.0).concat(), "Donaudampfschiff");
        assert_eq!(texts("株式会社日本ソフトウェア", 4.0).len(), 3);
        assert_eq!(texts("", 4.0), [""]);
    }

    #[test]
    fn marks_stay_with_their_letters() {
        assert_eq!(pieces("e\u{301}a\u{308} "), ["e\u{301}", "a\u{308} "]);
    }

    #[test]
    fn what_is_written_from_right_to_left_is_drawn_so() {
        let fonts = Fonts::new();
        let line = line(&fonts, "ab אב", Weight::Regular);
        let places: Vec<usize> = line
            .runs
            .iter()
            .flat_map(|run| run.glyphs.iter().map(|glyph| glyph.text_range.start))
            .collect();
        assert_eq!(places, [0, 1, 2, 5, 3]);
    }
}
