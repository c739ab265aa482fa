//! `cargo xtask icons`: the icon set, drawn from `icons/latchkey.svg` and committed.

use crate::{debian, paths, process};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What draws an SVG.
const PACKAGES: &[&str] = &["librsvg2-bin"];

/// The files that `tauri.conf.json` names, and their sizes in pixels.
const IMAGES: &[(&str, u32)] = &[
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];

/// The sizes inside `icon.ico`.
const ICO: &[u32] = &[16, 24, 32, 48, 64, 256];

/// Draws every image anew.
pub(crate) fn run() -> Result<()> {
    debian::ensure(&[PACKAGES])?;
    let folder = paths::root().join("icons");
    for (name, size) in IMAGES {
        write(&folder.join(name), &draw(*size)?)?;
    }
    let mut images = Vec::new();
    for size in ICO {
        images.push((*size, draw(*size)?));
    }
    write(&folder.join("icon.ico"), &ico(&images)?)
}

/// A PNG of this size: 8 bits, with transparency, as the window's toolkit demands.
fn draw(size: u32) -> Result<Vec<u8>> {
    let file = paths::target()?
        .join("xtask")
        .join(format!("icon-{size}.png"));
    fs::create_dir_all(file.with_file_name("")).context("creating the target folder")?;
    let size = size.to_string();
    process::run(
        process::command("rsvg-convert")
            .args([
                "--width",
                &size,
                "--height",
                &size,
                "icons/latchkey.svg",
                "--output",
            ])
            .arg(&file),
    )?;
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    anyhow::ensure!(is_rgba(&bytes), "{} is no 8-bit RGBA image", file.display());
    Ok(bytes)
}

/// Whether a PNG's header says: 8 bits a sample, colour with transparency.
fn is_rgba(png: &[u8]) -> bool {
    png.starts_with(b"\x89PNG\r\n\x1a\n") && png.get(24..26) == Some(&[8, 6])
}

/// Windows' format: a directory, then the PNGs as they are.
fn ico(images: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let count = u16::try_from(images.len())?;
    let mut file = vec![0, 0, 1, 0];
    file.extend(count.to_le_bytes());
    let mut offset = 6 + 16 * u32::from(count);
    for (size, png) in images {
        // 256 is written as 0.
        let side = u8::try_from(*size).unwrap_or(0);
        let length = u32::try_from(png.len())?;
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += length;
    }
    file.extend(images.iter().flat_map(|(_, png)| png));
    Ok(file)
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ico_points_at_its_images() {
        let file = ico(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]).unwrap();
        assert_eq!(file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!((file[6], file[22]), (16, 0));
        assert_eq!(
            file[18..22],
            [38, 0, 0, 0],
            "the first image follows the directory"
        );
        assert_eq!(file[38..], [1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_committed_images_are_what_the_window_accepts() {
        for (name, size) in IMAGES {
            let png = fs::read(paths::root().join("icons").join(name)).unwrap();
            assert!(is_rgba(&png), "{name}");
            assert_eq!(png[16..20], size.to_be_bytes(), "{name}");
        }
    }
}
