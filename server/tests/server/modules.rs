//! The server's modules lie in layers: what one is built on is never built on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// Whom each top-level module of the server uses, tests left out.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&src) {
        let inside = file.strip_prefix(&src).unwrap();
        let top = Path::new(inside.iter().next().unwrap()).file_stem().unwrap();
        let top = top.to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        graph.entry(top).or_default().extend(used(text));
    }
    graph
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_test = |path: &Path| {
        path.file_stem()
            .is_some_and(|name| name.to_str().unwrap().ends_with("tests"))
    };
    entries
        .filter(|path| !is_test(path))
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// The modules named right behind `crate::`, alone or in braces.
fn used(text: &str) -> BTreeSet<String> {
    let inner = Regex::new(r"(\w)::\{[^{}]*\}").unwrap();
    let mut text = text.replace("crate::{", "crate:{");
    while inner.is_match(&text) {
        text = inner.replace_all(&text, "$1").into_owned();
    }
    let braces = Regex::new(r"crate:\{([^{}]*)\}").unwrap();
    let lists = braces.captures_iter(&text).flat_map(|list| {
        let names = list.get(1).unwrap().as_str().split(',');
        names.map(|name| name.trim().split("::").next().unwrap().to_owned())
    });
    let alone = Regex::new(r"crate::(\w+)").unwrap();
    let alone = alone.captures_iter(&text).map(|one| one[1].to_owned());
    lists
        .chain(alone)
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

#[test]
fn uses_are_read_alone_and_in_braces() {
    let text = "use crate::one;\nuse crate::{\n    two::{Three, four},\n    five, six::Seven,\n};\nfn f() { crate::eight::g() }";
    let expected = ["one", "two", "five", "six", "eight"].map(str::to_owned);
    assert_eq!(used(text), expected.into());
}

#[test]
fn no_module_is_built_on_one_that_is_built_on_it() {
    let mut graph = graph();
    assert!(graph["web"].contains("backend") && graph["store"].contains("identity"));
    let names: BTreeSet<String> = graph.keys().cloned().collect();
    for (name, used) in &mut graph {
        used.retain(|one| one != name && names.contains(one));
    }
    // Takes away what stands on nothing that is left; what then remains are circles, and what stands on them.
    while let Some(bottom) = graph
        .iter()
        .find(|(_, used)| used.is_empty())
        .map(|(name, _)| name.clone())
    {
        graph.remove(&bottom);
        for used in graph.values_mut() {
            used.remove(&bottom);
        }
    }
    assert!(graph.is_empty(), "modules in a circle, or built on one: {graph:#?}");
}
