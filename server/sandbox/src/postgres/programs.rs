//! Where PostgreSQL's programs are, and as whom they may run.

use std::{env, fs, os::unix::fs::MetadataExt, path::Path, path::PathBuf};

use super::Failure;

/// A directory with `initdb` and `postgres` of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// Major version; 0 where the path does not tell.
    major: u32,
    pub directory: PathBuf,
}

/// Where distributions keep the programs: `<root>/<major>/bin`.
const ROOTS: &[&str] = &["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

/// Where they may be as well, without a version in the path.
const PLACES: &[&str] = &["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"];

impl Programs {
    /// The newest ones, or those that can read a cluster of the given major version.
    pub fn find(major: Option<u32>) -> Result<Self, Failure> {
        let mut found = all();
        found.sort_by_key(|programs| programs.major);
        match major {
            None => found.pop().ok_or(Failure::NotInstalled),
            Some(major) => found
                .into_iter()
                .find(|programs| programs.major == major)
                .ok_or(Failure::OtherVersion(major)),
        }
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

fn all() -> Vec<Programs> {
    let versions = ROOTS.iter().flat_map(|root| {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        entries.map(|entry| entry.path().join("bin"))
    });
    let path = env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = env::split_paths(&path).collect();
    let places = PLACES.iter().map(PathBuf::from);
    let candidates = versions.chain(path).chain(places);
    candidates
        .filter(|directory| directory.join("initdb").is_file() && directory.join("postgres").is_file())
        // A link in the PATH stands for the directory it leads to: `postgres` looks for its files beside itself.
        .filter_map(|directory| Some(fs::canonicalize(directory.join("postgres")).ok()?.parent()?.to_owned()))
        .map(|directory| Programs {
            major: major_of(&directory),
            directory,
        })
        .collect()
}

/// The version in a path such as `/usr/lib/postgresql/15/bin` or `/opt/homebrew/opt/postgresql@16/bin`.
fn major_of(directory: &Path) -> u32 {
    let names = directory.components().rev();
    names
        .filter_map(|name| {
            let name = name.as_os_str().to_str()?;
            let version = name.rsplit('@').next()?;
            version.split('.').next()?.parse().ok()
        })
        .next()
        .unwrap_or_default()
}

/// A user's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// Whom PostgreSQL runs as, if not as ourselves: it refuses to run as root. `ours` is a file that we have just made.
    pub fn instead_of_root(ours: &Path) -> Result<Option<Self>, Failure> {
        if fs::metadata(ours)?.uid() != 0 {
            return Ok(None);
        }
        let people = fs::read_to_string("/etc/passwd")?;
        let named = |name: &str| people.lines().find_map(|line| entry(line, name));
        named("postgres")
            .or_else(|| named("nobody"))
            .map(Some)
            .ok_or(Failure::OnlyRoot)
    }

    /// Whether the user may pass through every directory above `path`.
    pub fn reaches(self, path: &Path) -> bool {
        path.ancestors().skip(1).all(|directory| {
            fs::metadata(directory).is_ok_and(|is| {
                let bit = if is.uid() == self.uid {
                    0o100
                } else if is.gid() == self.gid {
                    0o010
                } else {
                    0o001
                };
                is.mode() & bit != 0
            })
        })
    }
}

/// The numbers of `name`, if this is its line of `/etc/passwd`.
fn entry(line: &str, name: &str) -> Option<User> {
    let mut fields = line.split(':');
    if fields.next() != Some(name) {
        return None;
    }
    let mut numbers = fields.skip(1).map(str::parse);
    Some(User {
        uid: numbers.next()?.ok()?,
        gid: numbers.next()?.ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_path() {
        assert_eq!(major_of(Path::new("/usr/lib/postgresql/15/bin")), 15);
        assert_eq!(major_of(Path::new("/opt/homebrew/Cellar/postgresql@16/16.4/bin")), 16);
        assert_eq!(major_of(Path::new("/usr/bin")), 0);
    }

    #[test]
    fn a_line_of_passwd_is_understood() {
        let line = "postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash";
        assert_eq!(entry(line, "postgres"), Some(User { uid: 101, gid: 104 }));
        assert_eq!(entry(line, "post"), None);
    }
}
