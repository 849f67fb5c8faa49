//! Names over several projects: where each has the value of one project, another, or none. Told by digests.

/// A name, and what each project has under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub name: String,
    /// By project, the one that is compared with first.
    pub there: Vec<There>,
}

/// What a project has under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum There {
    /// The project did not tell.
    Unknown,
    Missing,
    /// The digest of its value.
    Has(String),
}

/// How a project stands against the one that is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// That one itself.
    Base,
    Same,
    Different,
    Missing,
    /// The other one has no such name.
    Extra,
    Unknown,
}

impl Is {
    /// The value of `data-is`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Same => "same",
            Self::Different => "different",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Unknown => "closed",
        }
    }
}

impl Compared {
    /// How the project at this place stands.
    pub fn is(&self, at: usize) -> Is {
        match (self.there.first(), self.there.get(at)) {
            (_, Some(There::Unknown) | None) => Is::Unknown,
            (_, Some(There::Missing)) => Is::Missing,
            (_, Some(There::Has(_))) if at == 0 => Is::Base,
            (Some(There::Has(base)), Some(There::Has(digest))) if base == digest => Is::Same,
            (Some(There::Has(_)), Some(There::Has(_))) => Is::Different,
            (Some(There::Missing | There::Unknown) | None, Some(There::Has(_))) => Is::Extra,
        }
    }

    pub fn digest(&self, at: usize) -> Option<&str> {
        match self.there.get(at) {
            Some(There::Has(digest)) => Some(digest),
            Some(There::Missing | There::Unknown) | None => None,
        }
    }

    fn digests(&self) -> impl Iterator<Item = &str> {
        (0..self.there.len()).filter_map(|at| self.digest(at))
    }

    /// Projects that have it.
    pub fn count(&self) -> usize {
        self.digests().count()
    }

    /// Whether two projects have different values.
    pub fn differs(&self) -> bool {
        let mut digests = self.digests();
        let first = digests.next();
        digests.any(|digest| Some(digest) != first)
    }

    /// Whether a project that told lacks it.
    pub fn is_missing(&self) -> bool {
        self.there.contains(&There::Missing)
    }

    /// Whether all that told have it, with one value. What did not tell is not taken for the same.
    pub fn is_same(&self) -> bool {
        !self.differs() && !self.is_missing() && self.count() > 0
    }
}

/// Every name that one of the projects has, in order. A project's names come with their digests; `None` where it did not tell.
pub fn compare(projects: &[Option<Vec<(&str, &str)>>]) -> Vec<Compared> {
    let mut names: Vec<&str> = projects.iter().flatten().flatten().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    let there = |name: &str, project: &Option<Vec<(&str, &str)>>| match project {
        None => There::Unknown,
        Some(all) => match all.iter().find(|(one, _)| *one == name) {
            Some((_, digest)) => There::Has((*digest).to_owned()),
            None => There::Missing,
        },
    };
    let row = |name: &str| Compared {
        name: name.to_owned(),
        there: projects.iter().map(|project| there(name, project)).collect(),
    };
    names.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_told_by_digest_and_what_did_not_tell_counts_for_nothing() {
        let rows = compare(&[
            Some(vec![("A", "1"), ("B", "1")]),
            Some(vec![("A", "1"), ("B", "2"), ("C", "1")]),
            None,
        ]);
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                let is: Vec<_> = (0..3).map(|at| row.is(at).as_str()).collect();
                (
                    row.name.as_str(),
                    is.join(" "),
                    row.is_same(),
                    row.differs(),
                    row.is_missing(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("A", "base same closed".to_owned(), true, false, false),
                ("B", "base different closed".to_owned(), false, true, false),
                ("C", "missing extra closed".to_owned(), false, false, true)
            ]
        );
        assert!(compare(&[None, Some(Vec::new())]).is_empty());
    }

    #[test]
    fn a_base_that_did_not_tell_makes_nothing_the_same() {
        let row = &compare(&[None, Some(vec![("A", "1")])])[0];
        assert_eq!((row.is(0), row.is(1)), (Is::Unknown, Is::Extra));
    }
}
