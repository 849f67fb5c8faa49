//! Network restrictions: a line a range, what is wrong with one, and whom the lists lock out.

use serde_json::json;

use super::{holds, note_g};
use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const MINE: &str = "198.51.100.24";
const OURS: &[(&str, &str)] = &[
    ("accept", "text/html"),
    ("sec-fetch-site", "same-origin"),
    ("x-forwarded-for", MINE),
];

/// A console behind a proxy that names the address.
async fn stage() -> (Stage, Browser, String) {
    let flags = ["--trusted-proxy-header", "x-forwarded-for"];
    let stage = Stage::with(json!({ "coming_up_ms": 0, "rate_limit": 1_000_000 }), &flags).await;
    let browser = stage.signed_in().await;
    let project = note_g(&stage).await;
    (stage, browser, project)
}

async fn get(browser: &mut Browser, path: &str) -> Page {
    browser.request(reqwest::Method::GET, path, OURS, None).await
}

async fn review(browser: &mut Browser, project: &str, fields: &[(&str, &str)]) -> Page {
    let page = format!("/projects/{project}/settings/network");
    let own = [("_area", "network"), ("_project", project), ("_back", page.as_str())];
    let fields: Vec<(&str, &str)> = own.into_iter().chain(fields.iter().copied()).collect();
    browser.post_multipart("/plans/settings", &fields, &[], OURS).await
}

/// Whether it is said that whoever looks is locked out.
fn is_told(page: &Page) -> bool {
    let tag = regex::Regex::new("<div[^>]*\\blockout\\b[^>]*>").unwrap();
    let tag = tag.find(&page.body).unwrap_or_else(|| panic!("{}", page.body));
    !tag.as_str().contains(" hidden")
}

const WAS: [(&str, &str); 2] = [
    ("_was.dbAllowedCidrs", "[\"0.0.0.0/0\"]"),
    ("_was.dbAllowedCidrsV6", "[\"::/0\"]"),
];

#[tokio::test]
async fn ranges_are_lines_and_ones_own_address_is_added_by_a_link() {
    let (_stage, mut browser, project) = stage().await;
    let page = format!("/projects/{project}/settings/network");
    let drawn = get(&mut browser, &page).await;
    holds(
        &drawn,
        &[
            "value=\"0.0.0.0/0\"",
            "All of IPv4",
            "All of IPv6",
            "Add my address, ",
            MINE,
            "Banned addresses",
        ],
    );
    assert!(!is_told(&drawn), "everybody is let in");
    let added = get(&mut browser, &format!("{page}?add=mine")).await;
    holds(
        &added,
        &["value=\"198.51.100.24/32\"", "0.0.0.0/0 holds it already.", "New"],
    );
}

#[tokio::test]
async fn a_range_that_is_none_is_said_at_its_line() {
    let (stage, mut browser, project) = stage().await;
    let mut fields = WAS.to_vec();
    fields.extend([
        ("dbAllowedCidrs", "203.0.113.7/24"),
        ("dbAllowedCidrs", "192.0.2.0/25"),
        ("dbAllowedCidrs", "192.0.2.64"),
        ("dbAllowedCidrsV6", "::/0"),
    ]);
    let page = review(&mut browser, &project, &fields).await;
    assert_eq!(page.status, 422, "{}", page.body);
    holds(
        &page,
        &[
            "A /24 begins at 203.0.113.0: use 203.0.113.0/24, or 203.0.113.7/32",
            "192.0.2.0/25 holds it already.",
            "value=\"203.0.113.7/24\"",
            "Goes",
            "You would lock yourself out.",
        ],
    );
    assert!(is_told(&page));
    let now = stage
        .get_upstream(&format!("/v1/projects/{project}/network-restrictions"))
        .await;
    assert_eq!(now["config"]["dbAllowedCidrs"], json!(["0.0.0.0/0"]));
}

#[tokio::test]
async fn who_would_be_cut_off_says_so_first_and_can_go_back() {
    let (stage, mut browser, project) = stage().await;
    let path = format!("/v1/projects/{project}/network-restrictions");
    let mut fields = WAS.to_vec();
    fields.extend([
        ("dbAllowedCidrs", "203.0.113.0/24"),
        ("dbAllowedCidrs", ""),
        ("dbAllowedCidrs", "192.0.2.9"),
        ("dbAllowedCidrsV6", "2001:db8::/32"),
    ]);
    let drawn = review(&mut browser, &project, &fields).await;
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    let shown = get(&mut browser, &drawn.location()).await;
    let told = "cuts off 198.51.100.24, where you are, from the database";
    holds(&shown, &[told, "192.0.2.9/32"]);
    let id = drawn.location().split_once("?plan=").unwrap().1.to_owned();
    let apply = format!("/plans/{id}/apply");
    let refused = browser.request(reqwest::Method::POST, &apply, OURS, Some(&[])).await;
    holds(&refused, &[told]);
    let sure = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]{32})\"").unwrap();
    let sure = sure.captures(&shown.body).unwrap()[1].to_owned();
    let applied = browser
        .request(reqwest::Method::POST, &apply, OURS, Some(&[("_sure", &sure)]))
        .await;
    assert_eq!(applied.status, 303, "{}", applied.body);
    let now = stage.get_upstream(&path).await;
    assert_eq!(
        now["config"]["dbAllowedCidrs"],
        json!(["203.0.113.0/24", "192.0.2.9/32"])
    );
    assert_eq!(now["config"]["dbAllowedCidrsV6"], json!(["2001:db8::/32"]));
    let page = get(&mut browser, &format!("/projects/{project}/settings/network")).await;
    holds(&page, &["You are locked out.", "256 addresses", "2^96 addresses"]);

    let undo = browser.post_multipart("/plans/undo", &[("plan", &id)], &[], OURS).await;
    assert_eq!(undo.status, 303, "{}", undo.body);
    let back = get(&mut browser, &undo.location()).await;
    holds(&back, &["0.0.0.0/0"]);
}

#[tokio::test]
async fn an_address_of_ones_own_network_says_nothing() {
    let (stage, _, project) = stage().await;
    let mut browser = stage.signed_in().await;
    let page = browser.get(&format!("/projects/{project}/settings/network")).await;
    holds(
        &page,
        &["Steward sees you at 127.0.0.1, which is no address of the internet"],
    );
    assert!(!page.body.contains("Add my address"));
}

#[tokio::test]
async fn a_ban_is_lifted_where_it_is_shown() {
    let (stage, mut browser, project) = stage().await;
    let page = format!("/projects/{project}/settings/network");
    let bans = stage
        .post_upstream(
            &format!("/v1/projects/{project}/network-bans/retrieve/enriched"),
            &json!(null),
        )
        .await;
    let bans: serde_json::Value = serde_json::from_str(&bans).unwrap();
    let ban = &bans["banned_ipv4_addresses"][0];
    let (address, of) = (
        ban["banned_address"].as_str().unwrap(),
        ban["identifier"].as_str().unwrap(),
    );
    holds(&get(&mut browser, &page).await, &[address, "Lift the ban"]);
    let fields = [
        ("ref", project.as_str()),
        ("ipv4_addresses", address),
        ("identifier", of),
        ("_sure", "true"),
    ];
    super::done(&mut browser, "v1-delete-network-bans", &page, &fields).await;
    stage
        .fault(json!({ "operation": "v1-list-all-network-bans-enriched", "kind": "status", "code": 500, "times": 10 }))
        .await;
    // The ranges stand without the bans.
    holds(
        &get(&mut browser, &page).await,
        &["value=\"0.0.0.0/0\"", "Supabase has a problem"],
    );
}

#[tokio::test]
async fn a_range_is_let_in_beside_the_others() {
    let (stage, mut browser, project) = stage().await;
    let page = format!("/projects/{project}/settings/network");
    let fields = [
        ("ref", project.as_str()),
        ("add.dbAllowedCidrs", "203.0.113.0/24"),
        ("_sure", "true"),
    ];
    super::done(&mut browser, "v1-patch-network-restrictions", &page, &fields).await;
    let now = stage
        .get_upstream(&format!("/v1/projects/{project}/network-restrictions"))
        .await;
    let lists = now["config"].to_string();
    assert!(
        lists.contains("203.0.113.0/24") && lists.contains("0.0.0.0/0"),
        "{lists}"
    );
}
