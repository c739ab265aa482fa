//! `latchkey return`: this machine gives a license file back, without a network.
//!
//! In this order, so that nothing is lost when the machine stops in between: the receipt is written down to the disk, then
//! the license file is replaced by a note, then the private key is destroyed. Run again, it goes on where it stopped. What
//! was written can be carried as a file, photographed as a QR code, or read out as a return code.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use latchkey_domain::scanned::scanned_text;
use latchkey_domain::time::Clock as _;
use latchkey_report::{Correction, QrCode};
use latchkey_verify::{
    Grants, Machine, Refusal, ReturnReceipt, RootKey, SCANNED_RETURN_RECEIPT, verify_license_file,
};

use super::machine_key::{self, Readers, write_new};
use super::verify::root_key;
use crate::ambient::SystemClock;
use crate::told::Told;

/// What is given back, and where the proof goes.
#[derive(Debug, clap::Args)]
pub(crate) struct ReturnArguments {
    /// The license file. Afterwards it is a note that it was given back.
    pub(crate) file: PathBuf,

    /// The machine's private key, made by `latchkey machine-key`. Afterwards it is gone.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,

    /// The vendor's root key: PEM, or base64 of its 32 bytes.
    #[arg(long, value_name = "FILE")]
    pub(crate) root: PathBuf,

    /// Where the receipt is written; without it, beside the license file, with the ending `lkr`.
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Option<PathBuf>,

    /// Where the receipt is drawn as a QR code as well, to be photographed: SVG.
    #[arg(long, value_name = "FILE")]
    pub(crate) qr: Option<PathBuf>,
}

/// Writes the receipt, and destroys file and key.
pub(crate) fn run(arguments: &ReturnArguments) -> Result<bool> {
    let (file, key) = (&arguments.file, &arguments.key);
    let root = root_key(&arguments.root)?;
    let pair = machine_key::read(key)?;
    let content = super::verify::read(file)?;
    let destination = arguments
        .receipt
        .clone()
        .unwrap_or_else(|| file.with_extension("lkr"));
    // What was written before a stop counts; a receipt of something else is not overwritten.
    let written = std::fs::read_to_string(&destination).ok();
    let is_of_this_key = |text: &String| {
        let receipt = ReturnReceipt::read(text.as_bytes());
        receipt.is_ok_and(|receipt| receipt.machine_key == pair.public())
    };
    let receipt = match written {
        Some(text) if is_of_this_key(&text) => text,
        Some(_) => {
            return Err(Told::new(
                "receipt_exists",
                format!("{} is there already", destination.display()),
                "Name another file with --receipt.",
            )
            .into());
        }
        None => {
            let grants = granted(&content, &root)?;
            let receipt =
                ReturnReceipt::of(&grants, pair.public(), SystemClock.now().seconds()).ok_or_else(
                    || {
                        Told::new(
                            "machine_key_differs",
                            "the license file is not bound to this machine's key",
                            "Name the key that this license file was exported for; without one it cannot be given back.",
                        )
                    },
                )?;
            let text = pair.sign(&receipt);
            write_new(&destination, &text, Readers::Everybody)?;
            text
        }
    };
    if let Some(qr) = &arguments.qr {
        draw(&receipt, qr)?;
    }
    replace(
        file,
        "{\"format\": \"latchkey-returned/1\"}\nThis license was given back.\n",
    )?;
    destroy(key)?;
    println!("returned: the receipt is {}", destination.display());
    println!("  bring it to whoever looks after the license; the seat comes free when it is taken");
    if let Some(code) = pair.return_code() {
        println!("return code: {code}");
        println!("  where no file gets through, read this out instead");
    }
    Ok(true)
}

/// Draws the receipt as a QR code, in the place of what an earlier run has drawn.
fn draw(receipt: &str, to: &Path) -> Result<()> {
    let text = scanned_text(SCANNED_RETURN_RECEIPT, receipt)?;
    let code = QrCode::new(&text, Correction::Low)?;
    std::fs::write(to, code.svg()).with_context(|| format!("{} was not written", to.display()))
}

/// What the file grants. One that has ended is given back too: its seat is held until then.
fn granted(content: &[u8], root: &RootKey) -> Result<Grants, Told> {
    let judge = |at| verify_license_file(content, root, at, Machine::NotChecked);
    let mut outcome = judge(SystemClock.now().seconds());
    // The first may hide the second; each tells a time at which it would not have stood.
    for _ in 0..3 {
        outcome = match outcome {
            Err(Refusal::LicenseExpired { expires_at } | Refusal::FileExpired { expires_at }) => {
                judge(expires_at.saturating_sub(1))
            }
            Err(Refusal::ClockBehind { issued_at: at } | Refusal::NotStarted { starts_at: at }) => {
                judge(at)
            }
            other => other,
        };
    }
    outcome.map_err(|refusal| Told::new(refusal.code(), &refusal, refusal.fix()))
}

/// Puts a text in the place of a file, in one step.
fn replace(path: &Path, text: &str) -> Result<()> {
    let beside = path.with_extension("returned");
    let _ = std::fs::remove_file(&beside);
    write_new(&beside, text, Readers::Everybody)?;
    std::fs::rename(&beside, path).with_context(|| format!("{} was not replaced", path.display()))
}

/// Overwrites a private key and removes it. Disks may keep old blocks; the receipt is the machine's word that nobody reads
/// them.
fn destroy(path: &Path) -> Result<()> {
    let length = std::fs::metadata(path).map_or(0, |about| about.len());
    let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
    let overwritten = OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|mut file| {
            file.write_all(&zeros)?;
            file.sync_all()
        });
    overwritten
        .and_then(|()| std::fs::remove_file(path))
        .with_context(|| format!("{} was not destroyed", path.display()))
}
