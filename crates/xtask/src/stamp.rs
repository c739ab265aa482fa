//! Remembering what was built from what, so that the second time takes no time.

use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// A note in the target folder of the sources something was last made from.
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// Reads the given files and folders (leaving out folders of the given names).
    pub(crate) fn of(name: &str, sources: &[PathBuf], leave_out: &[&str]) -> Result<Self> {
        let mut files = Vec::new();
        for source in sources {
            collect(source, leave_out, &mut files)?;
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        for file in files {
            let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            hasher.write(file.as_os_str().as_encoded_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
        let folder = crate::paths::target()?.join("xtask");
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(Self {
            file: folder.join(name),
            now: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the sources are what they were when [`Stamp::set`] was called last.
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|before| before == self.now)
    }

    /// Notes that the thing has been made from these sources.
    pub(crate) fn set(&self) -> Result<()> {
        fs::write(&self.file, &self.now).with_context(|| format!("writing {}", self.file.display()))
    }
}

fn collect(path: &Path, leave_out: &[&str], files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    for entry in entries {
        let entry = entry?;
        if !leave_out.iter().any(|name| entry.file_name() == *name) {
            collect(&entry.path(), leave_out, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_current_until_a_source_changes() {
        let folder = std::env::temp_dir().join(format!("latchkey-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("left-out")).unwrap();
        fs::write(folder.join("source"), "one").unwrap();
        let name = format!("test-{}", std::process::id());
        let stamp = || Stamp::of(&name, std::slice::from_ref(&folder), &["left-out"]).unwrap();

        assert!(!stamp().is_current(), "nothing was made yet");
        stamp().set().unwrap();
        assert!(stamp().is_current());
        fs::write(folder.join("left-out/file"), "of no interest").unwrap();
        assert!(stamp().is_current());
        fs::write(folder.join("source"), "two").unwrap();
        assert!(!stamp().is_current());

        fs::remove_file(stamp().file).unwrap();
        fs::remove_dir_all(folder).unwrap();
    }
}
