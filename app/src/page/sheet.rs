//! The style sheets of some pages only.

/// A style sheet of some pages only, so that the others need not load it: `style/<name>.scss`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Audit,
    /// Branches, Edge Functions, secrets and keys.
    Build,
    /// What of a configuration is no table of settings: domains, disk, sign-in and access.
    Configure,
    Explorer,
    /// Charts.
    Overview,
    /// What a team looks into: backups, migrations, advice, versions, logs and SQL.
    Run,
    /// Configurations: their forms, and what changes in them.
    Settings,
}

impl Sheet {
    pub const ALL: [Self; 7] = [
        Self::Audit,
        Self::Build,
        Self::Configure,
        Self::Explorer,
        Self::Overview,
        Self::Run,
        Self::Settings,
    ];

    /// The file's name without `.scss`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Build => "build",
            Self::Configure => "configure",
            Self::Explorer => "explorer",
            Self::Overview => "overview",
            Self::Run => "run",
            Self::Settings => "settings",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_its_file() {
        let style = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
        let mut files: Vec<_> = std::fs::read_dir(style)
            .unwrap()
            .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".scss")?.to_owned()))
            .filter(|name| !name.starts_with('_') && name != "main")
            .collect();
        files.sort();
        assert_eq!(files, Sheet::ALL.map(Sheet::name));
    }
}
