//! QR codes (ISO/IEC 18004), as modules and as SVG.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::ReportError;

/// Light modules that must stand around a code.
pub(crate) const QUIET_MODULES: usize = 4;

/// How much of a code may be lost before it cannot be read any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// 7 %: for screens, and where the text is long.
    Low,
    /// 15 %: for paper.
    Medium,
}

/// A QR code.
pub struct QrCode {
    size: usize,
    dark: Vec<bool>,
}

impl QrCode {
    /// The smallest code that holds a text.
    ///
    /// # Errors
    /// When the text is too long for any.
    pub fn new(text: &str, correction: Correction) -> Result<Self, ReportError> {
        let level = match correction {
            Correction::Low => ECL::L,
            Correction::Medium => ECL::M,
        };
        let code = QRBuilder::new(text).ecl(level).build();
        let code = code.map_err(|_| ReportError::TooLongForQr { bytes: text.len() })?;
        let modules = code.data.iter().take(code.size * code.size);
        Ok(Self {
            size: code.size,
            dark: modules.map(|module| module.value()).collect(),
        })
    }

    /// Modules on each side, without the light ones around.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The dark stretches of each line: column, line and length.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let lines = self.dark.chunks(self.size).enumerate();
        lines.flat_map(|(y, line)| {
            let mut x = 0;
            line.chunk_by(|one, next| one == next)
                .filter_map(move |stretch| {
                    let begins = x;
                    x += stretch.len();
                    let dark = stretch.first() == Some(&true);
                    dark.then_some((begins, y, stretch.len()))
                })
        })
    }

    /// The code as an image that can be drawn at any size, black on white.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = self.size + 2 * QUIET_MODULES;
        let mut path = String::new();
        for (x, y, length) in self.stretches() {
            let (x, y) = (x + QUIET_MODULES, y + QUIET_MODULES);
            // Writing to a text does not fail.
            let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_light_border() {
        let code = QrCode::new("0A1B2-C3D4E", Correction::Medium).unwrap();
        assert_eq!(code.size(), 21, "version 1");
        let corners: Vec<_> = code.stretches().filter(|(_, y, _)| *y == 0).collect();
        assert!(corners.starts_with(&[(0, 0, 7)]), "{corners:?}");
        assert!(corners.ends_with(&[(14, 0, 7)]), "{corners:?}");
        let svg = code.svg();
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
    }

    #[test]
    fn the_largest_code_is_filled_to_its_last_character() {
        let fits = QrCode::new(&"A".repeat(4_296), Correction::Low).unwrap();
        assert_eq!(fits.size(), 177, "version 40");
        assert!(matches!(
            QrCode::new(&"A".repeat(4_297), Correction::Low),
            Err(ReportError::TooLongForQr { bytes: 4_297 })
        ));
    }
}
