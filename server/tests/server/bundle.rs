//! What can never reach the browser: the crates that hold tokens, talk to Supabase or serve pages.

use std::{path::Path, process::Command};

/// Names of crates, and by their beginnings their families, such as sqlx-core.
const SERVER_ONLY: [&str; 14] = [
    "axum",
    "hyper",
    "leptos_axum",
    "leptos_meta",
    "leptos_router",
    "management-api",
    "oauth2",
    "reqwest",
    "rustls",
    "sandbox",
    "secrecy",
    "server",
    "sqlx",
    "tokio",
];

fn is_of(family: &str, name: &str) -> bool {
    // Not by `_`: server_fn is no part of the server.
    name == family || name.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'))
}

#[test]
fn the_servers_crates_stay_out_of_the_wasm() {
    // Cargo names itself to the tests it runs, and so the toolchain is the same one.
    let Some(cargo) = std::env::var_os("CARGO").filter(|cargo| Path::new(cargo).exists()) else {
        println!("skipped: cargo is not there");
        return;
    };
    let tree = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "-p", "frontend", "-e", "normal"])
        .args(["--target", "wasm32-unknown-unknown", "--prefix", "none"])
        .output()
        .unwrap();
    let (text, errors) = (
        String::from_utf8(tree.stdout).unwrap(),
        String::from_utf8_lossy(&tree.stderr),
    );
    assert!(tree.status.success(), "cargo tree: {errors}");
    let mut names: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    for expected in ["frontend", "app", "leptos", "server_fn", "wasm-bindgen"] {
        assert!(
            names.contains(&expected),
            "{expected} is missing, so this is not the frontend: {text}"
        );
    }
    let found: Vec<&&str> = names
        .iter()
        .filter(|name| SERVER_ONLY.iter().any(|family| is_of(family, name)))
        .collect();
    assert!(
        found.is_empty(),
        "the browser would get {found:?}; `cargo tree -i` with --target tells why"
    );
}
