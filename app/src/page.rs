//! What a page is: its address, its name, its place in the menu. Each page's file has its `PAGE`, and the router, the side
//! menu, the breadcrumbs, the heading and the browser tests are made from these.

use leptos::prelude::AnyView;
use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};
use management_api::{OperationId, SEGMENT, Scope};
use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::{pages, ui::Icon};

/// One page of the console.
#[derive(Debug)]
pub struct Page {
    /// As the router reads it, such as `/projects/:ref/settings`.
    pub route: &'static str,
    /// What the menu, the breadcrumbs and the heading call it.
    pub title: &'static str,
    pub icon: Icon,
    /// Where it stands in the side menu; `None` for pages that others lead to.
    pub group: Option<Group>,
    /// The page above it.
    pub parent: Option<&'static Page>,
    /// What it cannot do without being allowed to call; `None` where it reads nothing of Supabase.
    pub operation: Option<OperationId>,
    /// The style sheet that it is drawn with beside the one of all pages.
    pub sheet: Option<Sheet>,
    pub view: fn() -> AnyView,
}

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

/// A part of the side menu, in the order in which they stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Without a heading, on top.
    Top,
    /// What is looked at over several projects.
    Across,
    Build,
    Tools,
    You,
    Organization,
    Secure,
    /// What is looked into while a project runs.
    Run,
    Configure,
}

impl Group {
    /// Those that have a heading, under which they fold.
    pub const FOLD: [Self; 8] = [
        Self::Across,
        Self::Build,
        Self::Tools,
        Self::You,
        Self::Organization,
        Self::Secure,
        Self::Run,
        Self::Configure,
    ];

    /// The word of the cookie that says which are folded; empty for the pages on top.
    pub fn word(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Across => "across",
            Self::Build => "build",
            Self::Tools => "tools",
            Self::You => "you",
            Self::Organization => "organization",
            Self::Secure => "secure",
            Self::Run => "run",
            Self::Configure => "configure",
        }
    }

    /// Reads such words, with full stops between them; those of no group are passed over.
    pub fn read_all(words: &str) -> Vec<Self> {
        let named = |group: &Self| words.split('.').any(|word| word == group.word());
        Self::FOLD.into_iter().filter(named).collect()
    }

    /// The heading; empty for the pages on top.
    pub fn title(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Across => "Across projects",
            Self::Build => "Build",
            Self::Tools => "Tools",
            Self::You => "You",
            Self::Organization => "Organization",
            Self::Secure => "Secure",
            Self::Run => "Run",
            Self::Configure => "Configure",
        }
    }
}

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        self.route == other.route
    }
}

impl Page {
    /// The page at `path`, with what the path names.
    pub fn at(path: &str) -> Option<(&'static Self, Parameters)> {
        pages::all().find_map(|page| Some((page, Parameters::read(page.read(path)?))))
    }

    /// What stands in `path` in the place of `:ref` and the like; `None` where it is not this page's.
    fn read<'a>(&self, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
        let (mut named, mut given) = (Vec::new(), path.trim_end_matches('/').split('/'));
        for segment in self.route.split('/') {
            let given = given.next()?;
            match segment.strip_prefix(':') {
                Some(name) if !given.is_empty() => named.push((name, given)),
                None if segment == given => {}
                Some(_) | None => return None,
            }
        }
        given.next().is_none().then_some(named)
    }

    /// What `path`, an address of this page, names.
    pub fn named(&self, path: &str) -> Parameters {
        self.read(path).map(Parameters::read).unwrap_or_default()
    }

    /// The page's address for what another page's address names: one of the same place, or one above it.
    pub fn href(&self, named: &Parameters) -> String {
        self.filled(|name| utf8_percent_encode(named.get(name), SEGMENT).to_string())
    }

    /// The route as HTTP servers and API documents write it, such as `/projects/{ref}/settings`.
    pub fn template(&self) -> String {
        self.filled(|name| format!("{{{name}}}"))
    }

    /// The route with `with` of each name in the place of `:name`.
    fn filled(&self, with: impl Fn(&str) -> String) -> String {
        let segment = |segment: &str| segment.strip_prefix(':').map_or_else(|| segment.to_owned(), &with);
        self.route.split('/').map(segment).collect::<Vec<_>>().join("/")
    }

    /// The page itself and those above it, the nearest first.
    pub fn way(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |page| page.parent)
    }

    /// Whether it is the page of one project or organization, which goes by that one's name.
    pub fn is_a_place(&self) -> bool {
        matches!(self.route, "/projects/:ref" | "/organizations/:slug")
    }

    /// What its address ends with, where that is the thing that the page is about: the name of its parameter.
    pub fn thing(&self) -> Option<&'static str> {
        self.route.rsplit('/').next()?.strip_prefix(':')
    }

    /// The pages between which tabs lead: that of one thing in a project or organization and those right under it, which
    /// show more of the same. Empty where the page stands alone.
    pub fn tabs(&'static self) -> Vec<&'static Self> {
        let parameters = |page: &Self| page.route.matches("/:").count();
        let under = |root: &'static Self| -> Vec<&'static Self> {
            let inside = parameters(root) > 0 && !root.is_a_place();
            let shows = |page: &&Self| {
                // A page that does one thing is come to from where it is offered, and left when it is done; and one
                // thing that the address' query names is come to from its list.
                let does = [
                    "/new",
                    "/edit",
                    "/new-sized",
                    "/add",
                    "/delete",
                    "/grant",
                    "/invite",
                    "/report",
                    "/transfer",
                    "/rollback",
                    "/function-changes",
                    "/function-copies",
                    "/function-deletion",
                    "/schema/table",
                    "/advisors/finding",
                ]
                .iter()
                .any(|word| page.route.ends_with(word));
                page.parent == Some(root) && parameters(page) == parameters(root) && !does
            };
            let found = pages::all().filter(shows).filter(|_| inside);
            std::iter::once(root).chain(found).collect()
        };
        let roots = [Some(self), self.parent];
        let found = roots.into_iter().flatten().map(under);
        found
            .into_iter()
            .find(|tabs| tabs.len() > 1 && tabs.contains(&self))
            .unwrap_or_default()
    }

    /// Whose menu it stands in, for what its address names.
    pub fn scope(&self, named: &Parameters) -> Scope {
        if self.route.starts_with("/projects/:ref") {
            Scope::Project(named.get("ref").to_owned())
        } else if self.route.starts_with("/organizations/:slug") {
            Scope::Organization(named.get("slug").to_owned())
        } else {
            Scope::Account
        }
    }
}

/// What an address names: a project's ref, an organization's slug, and whatever else a page is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    fn read(named: Vec<(&'static str, &str)>) -> Self {
        let decoded = |value: &str| percent_decode_str(value).decode_utf8_lossy().into_owned();
        Self(named.into_iter().map(|(name, value)| (name, decoded(value))).collect())
    }

    /// Empty where the address names none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(one, _)| *one == name)
            .map_or("", |(_, value)| value)
    }

    /// What one place is named by.
    pub fn of(scope: &Scope) -> Self {
        Self(match scope {
            Scope::Account => Vec::new(),
            Scope::Organization(slug) => vec![("slug", slug.clone())],
            Scope::Project(reference) => vec![("ref", reference.clone())],
        })
    }
}

/// The pages of one place's menu, in its order.
pub fn menu(scope: &Scope) -> Vec<(Group, &'static Page)> {
    let named = Parameters::of(scope);
    let mut entries: Vec<_> = pages::all()
        .filter(|page| page.scope(&named) == *scope)
        .filter_map(|page| Some((page.group?, page)))
        .collect();
    entries.sort_by_key(|(group, _)| *group);
    entries
}

/// A page's route as the router takes it.
#[derive(Clone, Copy, Debug)]
pub struct Route(pub &'static Page);

impl PossibleRouteMatch for Route {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let named = self.0.read(path)?.into_iter();
        let named = named.map(|(name, value)| (name.into(), value.to_owned())).collect();
        Some(PartialPathMatch::new("", named, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(
            self.0
                .route
                .split('/')
                .skip(1)
                .map(|segment| match segment.strip_prefix(':') {
                    Some(name) => PathSegment::Param(name.into()),
                    None => PathSegment::Static(segment.into()),
                }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    /// An address of the page, in which everything that it names is `of`.
    fn address(page: &Page, of: &str) -> String {
        page.filled(|_| utf8_percent_encode(of, SEGMENT).to_string())
    }

    #[test]
    fn no_page_stands_before_another() {
        for page in pages::all() {
            let (found, named) = Page::at(&address(page, "abc")).unwrap();
            assert_eq!(found.route, page.route);
            assert_eq!(page.href(&named), address(page, "abc"));
        }
    }

    #[test]
    fn no_page_is_forgotten() {
        fn written(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let count = |path: std::path::PathBuf| {
                if path.is_dir() {
                    return written(&path);
                }
                std::fs::read_to_string(path)
                    .unwrap()
                    .matches("\npub const PAGE: Page")
                    .count()
            };
            entries.map(count).sum()
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
        assert_eq!(written(&folder), pages::all().count());
    }

    /// What the shared pieces draw, and in which files of the pages it may stand all the same.
    const BY_HAND: &[(&str, &[&str])] = &[
        // Pages without the frame have no head.
        ("<Title", &["sign_in.rs", "not_found.rs"]),
        ("PageHeader", &[]),
        ("Breadcrumbs", &[]),
        // Members by role are counted there, not listed.
        ("<table", &["organizations/overview.rs"]),
        // A type of that name; and what comes late for the rows of a list, which is drawn already.
        ("<Table", &["notebooks/cell.rs", "functions/list.rs"]),
        ("Pagination", &[]),
        // The organization is chosen there before the form is drawn, and the project that is compared with.
        (
            "FilterForm",
            &[
                "projects/create.rs",
                "configure/compare.rs",
                "configure/compare_two.rs",
                "configure/bulk.rs",
                "migrations/compare.rs",
                // A drawing stands between it and the list.
                "database/relations.rs",
                // The lists beside the editor are no tables.
                "sql/side.rs",
            ],
        ),
        // What narrows logs down is sent when it is whole: each question counts against a small limit.
        // The lists beside the editor are narrowed where they stand.
        ("SearchField", &["logs/filters.rs", "sql/side.rs"]),
        ("sure_box", &[]),
        ("CONFIRM", &[]),
        // It answers on its own page.
        ("data-in-place", &["explorer/form.rs", "sql/editor.rs"]),
        ("/do/", &[]),
    ];

    #[test]
    fn no_page_draws_by_hand_what_is_shared() {
        fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let each = |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
            entries.flat_map(each).collect()
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
        for file in files(&folder) {
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.strip_prefix(&folder).unwrap().to_str().unwrap();
            for (word, allowed) in BY_HAND {
                // Both ways, so that no exception outlives its reason.
                assert_eq!(text.contains(word), allowed.contains(&name), "{name}: {word}");
            }
        }
    }

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

    #[test]
    fn tabs_lead_between_the_pages_of_one_thing() {
        for page in pages::all() {
            let tabs = page.tabs();
            assert!(
                tabs.is_empty() || tabs.len() > 1 && tabs.contains(&page),
                "{}",
                page.route
            );
            for tab in &tabs {
                assert_eq!(tab.tabs(), tabs, "{} and {} differ", page.route, tab.route);
            }
        }
        let routes =
            |path: &str| -> Vec<_> { Page::at(path).unwrap().0.tabs().iter().map(|page| page.route).collect() };
        assert!(routes("/projects/abc/settings").is_empty() && routes("/projects").is_empty());
    }

    #[test]
    fn every_page_is_reached_from_those_above_it() {
        for page in pages::all() {
            let path = address(page, "abc");
            let named = page.named(&path);
            for above in page.way() {
                let above_path = above.href(&named);
                assert_eq!(Page::at(&above_path).unwrap().0.route, above.route, "{path}");
                assert!(above.way().count() < 8, "{path} leads around in a circle");
            }
            let listed = page.way().any(|page| page.group.is_some());
            assert!(listed, "{path}: no entry of the menu is marked");
        }
    }

    #[test]
    fn every_entry_stays_in_its_place() {
        for scope in [
            Scope::Account,
            Scope::Organization("acme".into()),
            Scope::Project("abcdefghijklmnopqrst".into()),
        ] {
            for (_, page) in menu(&scope) {
                let path = page.href(&Parameters::of(&scope));
                let (found, named) = Page::at(&path).unwrap();
                assert_eq!(found.scope(&named), scope, "{path}");
            }
        }
    }

    #[test]
    fn creating_belongs_to_everything() {
        let scope = |path: &str| Page::at(path).map(|(page, named)| page.scope(&named));
        assert_eq!(scope(paths::NEW_PROJECT), Some(Scope::Account));
        assert_eq!(scope(paths::NEW_ORGANIZATION), Some(Scope::Account));
        assert_eq!(scope(&paths::audit_call(7)), Some(Scope::Account));
        assert_eq!(scope("/"), None);
    }

    #[test]
    fn hostile_names_survive_the_path() {
        let slug = "a/../b ?#%\u{202e}";
        let (page, named) = Page::at(&paths::organization(slug)).unwrap();
        assert_eq!(page.scope(&named), Scope::Organization(slug.to_owned()));
        assert_eq!(page.href(&named), paths::organization(slug));
    }
}
