//! Every page is found by its address, stands in the menu, and draws by hand nothing that is shared.

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
    let routes = |path: &str| -> Vec<_> { Page::at(path).unwrap().0.tabs().iter().map(|page| page.route).collect() };
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
