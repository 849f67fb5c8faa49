//! Own: files in a directory that another user may write, opened without following a link.
//!
//! Where the sandbox runs as root, PostgreSQL and the statements in it run as somebody else, who owns the cluster's
//! directory. A link that was put there must not lead root to a file of root's.

use std::{
    fs::File,
    io::{self, Read, Write},
    os::fd::OwnedFd,
    path::Path,
};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, openat, unlinkat};

/// A directory, held open: whatever takes its name later, this is the one that was meant.
pub struct Own(OwnedFd);

const OWNER: Mode = Mode::RUSR.union(Mode::WUSR);

impl Own {
    /// The directory at `path`, whose own name is no link.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::at(CWD, path)
    }

    /// A directory in this one.
    pub fn inner(&self, name: &str) -> io::Result<Self> {
        Self::at(&self.0, Path::new(name))
    }

    fn at(parent: impl std::os::fd::AsFd, path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self(openat(parent, path, flags, Mode::empty())?))
    }

    fn file(&self, name: &str, flags: OFlags) -> io::Result<File> {
        // A pipe would else keep us waiting for its other end.
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let file = File::from(openat(&self.0, name, flags, OWNER)?);
        if file.metadata()?.is_file() {
            Ok(file)
        } else {
            Err(io::Error::other(format!("{name} is no file")))
        }
    }

    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        // Nothing that is read here is longer; what is, was put there.
        self.file(name, OFlags::RDONLY)?
            .take(64 * 1024)
            .read_to_end(&mut content)?;
        Ok(content)
    }

    /// Makes the file, or puts `content` into the place of what it held.
    pub fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut file = self.file(name, OFlags::WRONLY | OFlags::CREATE)?;
        file.set_len(0)?;
        file.write_all(content)
    }

    /// The file, to be written at its end; made if there is none.
    pub fn append(&self, name: &str) -> io::Result<File> {
        self.file(name, OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE)
    }

    /// Removes a file, if there is one; of a link the link itself.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match unlinkat(&self.0, name, AtFlags::empty()) {
            Err(rustix::io::Errno::NOENT) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
        path::PathBuf,
    };

    use super::*;
    use crate::token;

    /// A directory that goes away with the test.
    struct Place(PathBuf);

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn place() -> Place {
        let path = std::env::temp_dir().join(format!("steward-own-{}", token::random()));
        fs::create_dir(&path).unwrap();
        Place(path)
    }

    #[test]
    fn files_are_made_read_and_removed() {
        let place = place();
        let own = Own::open(&place.0).unwrap();
        own.write("a", b"longer").unwrap();
        own.write("a", b"text").unwrap();
        assert_eq!(own.read("a").unwrap(), b"text");
        own.append("a").unwrap().write_all(b" more").unwrap();
        assert_eq!(own.read("a").unwrap(), b"text more");
        let mode = fs::metadata(place.0.join("a")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
        own.remove("a").unwrap();
        own.remove("a").unwrap();
        assert_eq!(own.read("a").unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_link_leads_nowhere() {
        let (place, other) = (place(), place());
        fs::write(other.0.join("precious"), "kept").unwrap();
        symlink(other.0.join("precious"), place.0.join("log")).unwrap();
        symlink(other.0.join("made"), place.0.join("new")).unwrap();
        symlink(&other.0, place.0.join("data")).unwrap();
        let own = Own::open(&place.0).unwrap();
        assert!(own.read("log").is_err() && own.write("log", b"gone").is_err() && own.append("log").is_err());
        assert!(own.write("new", b"made").is_err());
        assert!(own.inner("data").is_err() && Own::open(&place.0.join("data")).is_err());
        own.remove("log").unwrap();
        assert_eq!(fs::read_to_string(other.0.join("precious")).unwrap(), "kept");
        assert!(!other.0.join("made").exists());
    }
}
