//! Writing a file whole or not at all: under another name first, then renamed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes `content` to `path`, replacing what is there.
pub(crate) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    Unfinished::begin(path)?.and(content)?.finish()
}

/// A file that is being written, under another name. Unless it is finished nothing of it stays.
pub(crate) struct Unfinished {
    file: File,
    name: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl Unfinished {
    /// Begins a file that will be called `path`.
    pub(crate) fn begin(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let name = PathBuf::from(name);
        Ok(Self {
            file: File::create_new(&name)?,
            name,
            path: path.to_owned(),
            finished: false,
        })
    }

    /// Adds to its end.
    pub(crate) fn and(mut self, content: &[u8]) -> io::Result<Self> {
        self.file.write_all(content)?;
        Ok(self)
    }

    /// Gives it its name, replacing what is there.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.name, &self.path)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing to add to the error that came before.
            let _ = fs::remove_file(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("license.lkl");
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_stays_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("license.lkl");
        fs::create_dir(&path).unwrap();
        write(&path, b"content").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
