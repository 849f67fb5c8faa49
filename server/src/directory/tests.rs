//! What it learns, keeps and tells to whom.

use management_api::{
    Operation, Role,
    branches::{GetBranch, ListBranches, PushBranch},
    database::{GetSnippet, ListSnippets},
    functions::{GetFunction, ListFunctions},
    organizations::{GetOrganization, GetOrganizationEntitlements, ListOrganizationMembers, ListOrganizations},
    projects::{GetProject, ListProjects},
};
use serde_json::{Value, json};

use super::*;
use crate::{instances::Change, store};

fn learn(directory: &Directory, person: &str, operation: &impl Operation, body: &str) {
    let caller = crate::stack::tests::caller(person);
    let request = Request::of(operation).unwrap();
    directory.lists.learn(&caller.person, &request, body.as_bytes());
    directory.learn(&caller, &request, body.as_bytes());
}

#[test]
fn names_are_the_own_persons_only() {
    let directory = Directory::default();
    let body = r#"[{"id": "1", "slug": "acme", "name": "Acme"}]"#;
    learn(&directory, "ada", &ListOrganizations {}, body);
    assert_eq!(
        directory.name(&"ada".to_owned().into(), "acme").as_deref(),
        Some("Acme")
    );
    assert_eq!(directory.name(&"eve".to_owned().into(), "acme"), None);
}

#[test]
fn the_newest_name_counts_and_nonsense_teaches_nothing() {
    let directory = Directory::default();
    let get = GetOrganization {
        slug: "acme".to_owned(),
    };
    learn(&directory, "ada", &get, r#"{"name": "Acme"}"#);
    learn(&directory, "ada", &get, "<html>");
    learn(&directory, "ada", &get, r#"{"name": "Acme & Co"}"#);
    assert_eq!(
        directory.name(&"ada".to_owned().into(), "acme").as_deref(),
        Some("Acme & Co")
    );
}

fn place(directory: &Directory, person: &str, operation: &impl Operation) -> Place {
    directory.place(&person.to_owned().into(), &Request::of(operation).unwrap())
}

fn question(directory: &Directory, person: &str, operation: &impl Operation) -> Option<String> {
    let question = directory.question(&person.to_owned().into(), &Request::of(operation).unwrap());
    question.map(|request| request.path)
}

const SHOP: &str = "shopshopshopshopshop";
const COPY: &str = "copycopycopycopycopy";
const ID: &str = "00000000-0000-4000-8000-000000000001";

fn push(key: &str) -> PushBranch {
    serde_json::from_value(json!({ "branch_id_or_ref": key })).unwrap()
}

fn get(reference: &str) -> GetProject {
    GetProject {
        project: reference.to_owned(),
    }
}

#[test]
fn a_branch_belongs_to_its_parent_by_ref_and_by_id_and_as_the_project_that_it_is() {
    let directory = Directory::default();
    let list = ListBranches {
        project: SHOP.to_owned(),
    };
    let row = |id: &str, own: &str| json!({ "id": id, "project_ref": own, "parent_project_ref": SHOP });
    let body = json!([row("main", SHOP), row(ID, COPY)]).to_string();
    learn(&directory, "ada", &list, &body);
    let body = json!([{ "ref": SHOP, "organization_slug": "acme" }]).to_string();
    learn(&directory, "ada", &ListProjects {}, &body);
    let told = Place {
        scope: Scope::Project(SHOP.to_owned()),
        own: Some(COPY.to_owned()),
        organization: Some("acme".to_owned()),
    };
    for key in [COPY, ID] {
        assert_eq!(place(&directory, "ada", &push(key)), told, "{key}");
        assert_eq!(question(&directory, "ada", &push(key)), None);
    }
    assert_eq!(place(&directory, "ada", &get(COPY)), told);
    let itself = Place { own: None, ..told };
    for key in ["main", SHOP] {
        assert_eq!(place(&directory, "ada", &push(key)), itself, "{key}");
    }
    assert_eq!(place(&directory, "ada", &get(SHOP)), itself);
}

#[test]
fn what_one_person_has_learned_tells_another_nothing() {
    let directory = Directory::default();
    let body = json!({ "id": ID, "project_ref": COPY, "parent_project_ref": SHOP }).to_string();
    let branch = GetBranch {
        project: SHOP.to_owned(),
        name: "copy".to_owned(),
    };
    learn(&directory, "ada", &branch, &body);
    assert_eq!(place(&directory, "eve", &push(ID)), Scope::Account.into());
    assert_eq!(place(&directory, "eve", &push(COPY)).scope, Scope::Account);
    assert_eq!(
        place(&directory, "eve", &get(COPY)).scope,
        Scope::Project(COPY.to_owned())
    );
}

#[test]
fn an_organization_is_known_by_either_name_and_else_asked_for() {
    let directory = Directory::default();
    assert_eq!(
        question(&directory, "ada", &get(SHOP)),
        Some(format!("/v1/projects/{SHOP}"))
    );
    assert_eq!(
        question(&directory, "ada", &push(COPY)),
        Some(format!("/v1/projects/{COPY}"))
    );
    assert_eq!(
        question(&directory, "ada", &push(ID)),
        Some(format!("/v1/branches/{ID}"))
    );
    assert_eq!(question(&directory, "ada", &ListProjects {}), None);
    for body in [
        json!({ "ref": SHOP, "organization_slug": "acme", "organization_id": "acme" }),
        json!({ "ref": SHOP, "organization_id": "acme" }),
        json!({ "ref": SHOP, "organization_slug": "acme", "organization_id": 7 }),
    ] {
        let directory = Directory::default();
        learn(&directory, "ada", &get(SHOP), &body.to_string());
        let place = place(&directory, "ada", &get(SHOP));
        assert_eq!(place.organization.as_deref(), Some("acme"), "{body}");
    }
    // Of a branch, whose parent no answer of its own tells, the organization is told.
    learn(
        &directory,
        "ada",
        &get(COPY),
        &json!({ "ref": COPY, "organization_id": "acme" }).to_string(),
    );
    let place = place(&directory, "ada", &push(COPY));
    assert_eq!(
        (place.scope, place.own.as_deref()),
        (Scope::Organization("acme".to_owned()), Some(COPY))
    );
}

#[test]
fn a_snippet_belongs_to_the_project_of_its_number() {
    let directory = Directory::default();
    let list: ListSnippets = serde_json::from_value(json!({ "project_ref": SHOP })).unwrap();
    let get = |id: &str| GetSnippet { id: id.to_owned() };
    let row = |id: &str, number: u32| json!({ "id": id, "project": { "id": number, "name": "Shop" } });
    learn(&directory, "ada", &get("early"), &row("early", 7).to_string());
    assert_eq!(place(&directory, "ada", &get("early")).scope, Scope::Account);
    learn(
        &directory,
        "ada",
        &list,
        &json!({ "data": [row("one", 7)] }).to_string(),
    );
    learn(&directory, "ada", &get("two"), &row("two", 7).to_string());
    learn(&directory, "ada", &get("three"), &row("three", 8).to_string());
    let of = |id: &str| place(&directory, "ada", &get(id)).scope;
    let shop = Scope::Project(SHOP.to_owned());
    assert_eq!(
        [of("one"), of("two"), of("three")],
        [shop.clone(), shop, Scope::Account]
    );
}

#[tokio::test]
async fn it_comes_back_after_a_restart_for_the_same_person() {
    let dir = tempfile::tempdir().unwrap();
    let store = store::for_tests(dir.path()).await;
    let before = Directory::of(&store, &Instances::default());
    let body = json!([{ "id": ID, "project_ref": COPY, "parent_project_ref": SHOP }]).to_string();
    let list = ListBranches {
        project: SHOP.to_owned(),
    };
    learn(&before, "ada", &list, &body);
    learn(
        &before,
        "ada",
        &get(SHOP),
        &json!({ "ref": SHOP, "organization_slug": "acme" }).to_string(),
    );
    before.flush().await;
    let after = Directory::of(&store, &Instances::default());
    for (person, organization) in [("ada", Some("acme")), ("eve", None)] {
        for key in [ID, COPY] {
            let request = Request::of(&push(key)).unwrap();
            after.recall(&person.to_owned().into(), &request).await;
            let place = after.place(&person.to_owned().into(), &request);
            assert_eq!(place.organization.as_deref(), organization, "{person}: {key}");
        }
    }
}

#[test]
fn it_is_bounded_however_many_and_however_long_the_names_are() {
    let directory = Directory::holding(100_000);
    let get = |slug: String| GetOrganization { slug };
    for n in 0..2_000 {
        learn(&directory, "ada", &get(format!("acme-{n}")), r#"{"name": "Acme"}"#);
    }
    directory.known.run_pending_tasks();
    assert!(directory.known.weighted_size() <= 100_000);
    assert!(directory.known.entry_count() < 500);
    let directory = Directory::default();
    let long = format!(
        r#"[{{"id": "1", "slug": "acme", "name": "{}"}}]"#,
        "n".repeat(1_000_000)
    );
    learn(&directory, "ada", &ListOrganizations {}, &long);
    let name = directory.name(&"ada".to_owned().into(), "acme").unwrap();
    assert_eq!(name.chars().count(), NAME + 1);
    let strange = format!(
        r#"[{{"id": "1", "slug": "{}", "name": "Acme"}}]"#,
        "s".repeat(1_000_000)
    );
    learn(&directory, "eve", &ListOrganizations {}, &strange);
    directory.known.run_pending_tasks();
    assert_eq!(directory.known.entry_count(), 1);
}

fn members(rows: &[(&str, &str, &str)]) -> String {
    let row = |(email, name, role): &(&str, &str, &str)| json!({ "user_id": format!("id of {email}"), "user_name": name, "email": email, "role_name": role, "mfa_enabled": true });
    json!(rows.iter().map(row).collect::<Vec<_>>()).to_string()
}

fn membership(body: &str) -> std::sync::Arc<Membership> {
    let directory = Directory::default();
    let list = ListOrganizationMembers {
        slug: "acme".to_owned(),
    };
    learn(&directory, "ada", &list, body);
    directory.memberships.of(&"ada".to_owned().into(), "acme").unwrap()
}

#[test]
fn a_role_is_the_own_persons_by_their_address_or_by_nothing() {
    for (rows, role) in [
        (&[("ADA@example.com", "Ada", "Developer")][..], Some(Role::Developer)),
        (&[("ada@example.com", "Ada", "Billing")], None),
        (&[("eve@example.com", "ada@example.com", "Owner")], None),
        (&[], None),
    ] {
        assert_eq!(membership(&members(rows)).role, role, "{rows:?}");
    }
    for body in ["null", "<html>", r#"{ "members": [] }"#] {
        assert_eq!(membership(body).role, None, "{body}");
    }
    // One row that cannot be read leaves the others as they are.
    let rows = r#"[{ "role_name": 7 }, { "user_id": "1", "email": "ada@example.com", "role_name": "Owner" }]"#;
    assert_eq!(membership(rows).role, Some(Role::Owner));
}

#[test]
fn a_role_is_forgotten_once_it_is_changed_in_its_organization() {
    let (directory, instances) = (Directory::default(), Instances::default());
    directory.memberships.follow(&instances);
    let ada = "ada".to_owned().into();
    let known = |slug: &str| directory.memberships.of(&ada, slug).is_some();
    let learn_both = || {
        for slug in ["acme", "globex"] {
            let list = ListOrganizationMembers { slug: slug.to_owned() };
            learn(
                &directory,
                "ada",
                &list,
                &members(&[("ada@example.com", "Ada", "Owner")]),
            );
        }
    };
    learn_both();
    let before = directory.memberships.forgotten();
    for (change, left) in [
        (Change::Upstream, [true, true]),
        (Change::members("acme"), [false, true]),
        (Change::Anything, [false, false]),
    ] {
        learn_both();
        instances.announce(&change);
        assert_eq!(["acme", "globex"].map(known), left, "{change:?}");
    }
    assert_eq!(directory.memberships.forgotten(), before + 2);
}

#[test]
fn colleagues_are_few_and_their_names_fit_a_sentence() {
    let long = "n".repeat(1_000);
    let membership = membership(&members(&[
        ("ada@example.com", "Ada", "Owner"),
        (
            "eve@example.com",
            "Eve\u{202e}\u{0}\n </b>\u{200b} (Owner).\tAsk me",
            "Owner",
        ),
        ("x@example.com", "\u{200b}\u{202e} ", "Administrator"),
        ("y@example.com", &long, "Administrator"),
        ("dev@example.com", "Dev", "Developer"),
    ]));
    let names: Vec<(&str, Role)> = membership
        .colleagues
        .iter()
        .map(|one| (one.name.as_str(), one.role))
        .collect();
    let cut = format!("{}\u{2026}", "n".repeat(80));
    assert_eq!(
        names,
        [
            ("x@example.com", Role::Administrator),
            (cut.as_str(), Role::Administrator),
            ("Eve </b> (Owner). Ask me", Role::Owner),
        ]
    );
    let crowd: Vec<(&str, &str, &str)> = (0..1_000).map(|_| ("o@example.com", "O", "Owner")).collect();
    assert!(self::membership(&members(&crowd)).colleagues.len() <= 6);
}

#[test]
fn what_a_plan_leaves_out_is_kept_of_what_decides_something() {
    let directory = Directory::default();
    let get = GetOrganizationEntitlements {
        slug: "acme".to_owned(),
    };
    let feature = |key: &str, has: Value| json!({ "feature": { "key": key }, "hasAccess": has });
    let list = json!([
        feature("vanity_subdomain", json!(false)),
        feature("custom_domain", json!(true)),
        feature("project_pausing", json!(null)),
        feature("auth.saml_2", json!("no")),
        feature("something.new", json!(false)),
        feature("project_scoped_roles", json!(true)),
    ]);
    learn(&directory, "ada", &get, &json!({ "entitlements": list }).to_string());
    let membership = directory.memberships.of(&"ada".to_owned().into(), "acme").unwrap();
    assert_eq!(membership.left_out, ["vanity_subdomain"]);
    assert!(membership.project_roles);
    assert_eq!(membership.role, None);
    assert!(directory.memberships.of(&"eve".to_owned().into(), "acme").is_none());
}

#[test]
fn a_function_is_known_by_its_id_however_it_was_read() {
    let directory = Directory::default();
    let project = "abcdefghijklmnopqrst".to_owned();
    let get = |slug: &str| GetFunction {
        project: project.clone(),
        function_slug: slug.to_owned(),
    };
    let row = |slug: &str, id: &str| {
        format!(r#"{{ "id": "{id}", "slug": "{slug}", "name": "A", "status": "ACTIVE", "version": 1 }}"#)
    };
    learn(&directory, "ada", &get("carry"), &row("carry", "one"));
    learn(&directory, "ada", &get("mill"), &row("mill", "two"));
    learn(&directory, "ada", &get("carry"), &row("carry", "three"));
    learn(&directory, "ada", &get("carry"), "nonsense");
    let scope = Scope::Project(project.clone());
    let told = |person: &str, operation| {
        let list = directory
            .lists
            .get(&PersonId::from(person.to_owned()), operation, &scope)
            .unwrap_or_default();
        let mut ids: Vec<_> = list
            .into_iter()
            .map(|one| (one.key, one.id.unwrap_or_default()))
            .collect();
        ids.sort();
        ids
    };
    let of = |slug: &str, id: &str| (slug.to_owned(), id.to_owned());
    assert_eq!(told("ada", GetFunction::ID), [of("carry", "three"), of("mill", "two")]);
    assert!(told("grace", GetFunction::ID).is_empty());
    let list = ListFunctions {
        project: project.clone(),
    };
    learn(&directory, "ada", &list, &format!("[{}]", row("carry", "four")));
    assert_eq!(told("ada", ListFunctions::ID), [of("carry", "four")]);
}
