//! Members of an organization: invited with what became of each address, given other roles, removed; and a project that
//! goes to another organization.

use serde_json::json;

use crate::{
    audit::signed_in_as,
    browser::Browser,
    configure::{demo, done, holds, perform, reference},
    stage::Stage,
};

/// The demo's organization whose plan lets members be managed, with its owner signed in.
async fn managed() -> (Stage, Browser, String) {
    let (stage, mut ada) = demo().await;
    // The first person only reads there.
    let organizations = stage.organizations().await;
    let slug = organizations
        .iter()
        .find(|one| one.name == "Quiet Team")
        .unwrap()
        .slug
        .clone();
    let page = ada.get(&format!("/organizations/{slug}/members/invite")).await;
    holds(&page, &["members_write", "Administrators"]);
    let grace = signed_in_as(&stage, 1).await;
    (stage, grace, slug)
}

async fn person(stage: &Stage, name: &str) -> String {
    let world = stage.world().await;
    let people = world["people"].as_array().unwrap();
    let found = people
        .iter()
        .find(|person| person["name"].as_str().unwrap().starts_with(name));
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_became_of_each_invitation_is_told() {
    let (stage, mut grace, slug) = managed().await;
    let page = format!("/organizations/{slug}/members/invite");
    let pasted = "to=new%40example.com%2C+Ada+%3Cada%40example.com%3E%3B+nobody+fail%40example.com&role=developer";
    let page = format!("{page}?{pasted}");
    let review = grace.get(&page).await;
    holds(
        &review,
        &[
            "new@example.com",
            "Is a member already",
            "Is no address",
            "Invite 2 people",
            "As Developer in all of the organization",
        ],
    );
    let invitations = json!([
        { "email": "new@example.com", "role": "developer" },
        { "email": "fail@example.com", "role": "developer" },
    ]);
    let invitations = invitations.to_string();
    let fields = [("slug", slug.as_str()), ("invitations", invitations.as_str())];
    let asked = perform(&mut grace, "v2-create-organization-invitations", &page, &fields).await;
    holds(&asked, &["sends an e-mail to each address"]);
    let sure = [fields[0], fields[1], ("_sure", "true")];
    let answer = perform(&mut grace, "v2-create-organization-invitations", &page, &sure).await;
    let told = grace.follow(answer).await;
    holds(
        &told,
        &["Not all of it was done: fail@example.com (The e-mail could not be delivered)."],
    );

    let members = format!("/organizations/{slug}/members");
    // What was sent is remembered, and what was not is not.
    let remembered = grace.get(&members).await;
    holds(
        &remembered,
        &["Invitations sent from here", "new@example.com", "Open", "Good until"],
    );
    assert!(!remembered.body.contains("fail@example.com"), "{}", remembered.body);
    // Whoever reads the members may know; whoever is of another organization reads neither.
    let mut alan = signed_in_as(&stage, 2).await;
    holds(&alan.get(&members).await, &["new@example.com"]);
    let withdraw = [
        ("slug", slug.as_str()),
        ("emails", "new@example.com\nnobody@example.com"),
    ];
    let answer = perform(&mut grace, "v2-delete-organization-invitations", &members, &withdraw).await;
    let told = grace.follow(answer).await;
    holds(
        &told,
        &["Not all of it was done: nobody@example.com (Supabase does not say why)."],
    );
    let again = "/invite?to=new";
    holds(&grace.get(&members).await, &["Withdrawn", "Send anew", again]);
}

#[tokio::test]
async fn the_report_says_who_has_no_second_factor_and_who_may_do_what() {
    let (stage, mut grace, slug) = managed().await;
    let report = grace.get(&format!("/organizations/{slug}/members/report")).await;
    report.assert_complete();
    holds(
        &report,
        &[
            "Without a second factor",
            "Who may do what in which project",
            "Compiler",
            "grace@example.com",
            "Nobody else can hand out ownership",
        ],
    );
    let file = grace.get(&format!("/files/{slug}/members")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(file.header("content-disposition").starts_with("attachment"));
    let mut lines = file.body.lines();
    assert_eq!(
        lines.next(),
        Some("address,user_name,role_in_the_organization,roles_in_projects,second_factor,company_sign_on,id")
    );
    assert_eq!(lines.clone().count(), 4, "{}", file.body);
    assert!(
        lines.any(|line| line.starts_with("grace@example.com,") && line.contains(",Owner,")),
        "{}",
        file.body
    );
    // Half a list is no file.
    stage
        .fault(json!({ "operation": "v2-list-organization-members", "kind": "status", "code": 500, "times": 20 }))
        .await;
    let mut alan = signed_in_as(&stage, 2).await;
    let failed = alan.get(&format!("/files/{slug}/members")).await;
    assert_eq!(failed.status, 502, "{}", failed.body);
    holds(
        &alan.get(&format!("/organizations/{slug}/members/report")).await,
        &["Supabase has a problem"],
    );
}

#[tokio::test]
async fn roles_stand_in_a_grid_of_members_and_projects_with_what_the_plan_lacks() {
    let (stage, mut grace, slug) = managed().await;
    let katherine = person(&stage, "Katherine").await;
    let members = format!("/organizations/{slug}/members");
    let page = grace.get(&members).await;
    page.assert_complete();
    holds(
        &page,
        &[
            "What the roles may",
            "Read-only",
            "looks, changes nothing",
            "Open invitations",
        ],
    );
    let compiler = reference(&stage, "Compiler").await;
    let fields = [
        ("slug", slug.as_str()),
        ("user_id", katherine.as_str()),
        ("role", "developer"),
        ("projects", compiler.as_str()),
        ("_sure", "true"),
    ];
    let one = format!("{members}/{katherine}");
    done(&mut grace, "v2-assign-organization-member-role", &one, &fields).await;
    let page = grace.get(&members).await;
    holds(
        &page,
        &["data-label=\"Compiler\"", "<span class=\"role-own\">Developer"],
    );
    // From there it leads to where the role in that project is changed.
    let change = app::paths::member_in(&slug, &katherine, &compiler);
    holds(&page, &[&format!("href=\"{change}\" class=\"role-cell\"")]);
    let chosen = grace.get(&change).await;
    holds(&chosen, &[&format!("name=\"project\" value=\"{compiler}\" checked")]);
    let looked = grace.get(&format!("{change}&role=administrator")).await;
    holds(
        &looked,
        &["<del>Developer in Compiler", "<ins>Administrator in Compiler"],
    );

    // Which of them there are is known to the service alone: without its word all are offered, and that is said.
    stage
        .fault(json!({ "operation": "v2-list-organization-roles", "kind": "status", "code": 404, "times": 3 }))
        .await;
    let mut alan = signed_in_as(&stage, 2).await;
    let page = alan.get(&members).await;
    page.assert_complete();
    holds(&page, &["Which of them the plan has is not known", "No access"]);

    // A plan with fewer roles offers no others.
    let (stage, mut ada) = demo().await;
    let organizations = stage.organizations().await;
    let slug = &organizations
        .iter()
        .find(|one| one.name == "Analytical Engines")
        .unwrap()
        .slug;
    let page = ada.get(&format!("/organizations/{slug}/members")).await;
    holds(&page, &["The plan does not have"]);
    let page = ada.get(&format!("/organizations/{slug}/members/invite")).await;
    holds(
        &page,
        &["Those that the organization\u{2019}s plan has", "value=\"developer\""],
    );
    assert!(!page.body.contains("value=\"no-access\""), "{}", page.body);
}

#[tokio::test]
async fn a_role_is_looked_at_before_it_is_given() {
    let (stage, mut grace, slug) = managed().await;
    let (alan, compiler) = (person(&stage, "Alan").await, reference(&stage, "Compiler").await);
    let page = format!("/organizations/{slug}/members/{alan}");
    holds(
        &grace.get(&page).await,
        &["alan@example.com", "Developer in the organization"],
    );
    let of = |role: &'static str| {
        [
            ("slug", slug.clone()),
            ("user_id", alan.clone()),
            ("role", role.to_owned()),
            ("_sure", "true".to_owned()),
        ]
    };
    let limited: Vec<(&str, String)> = of("administrator")
        .into_iter()
        .chain([("projects", compiler.clone())])
        .collect();
    let limited: Vec<(&str, &str)> = limited.iter().map(|(name, value)| (*name, value.as_str())).collect();
    done(&mut grace, "v2-assign-organization-member-role", &page, &limited).await;
    // Everywhere: what he had in single projects goes, and the look says so.
    let look = grace.get(&format!("{page}?role=read-only")).await;
    holds(
        &look,
        &[
            "<del>Administrator in Compiler",
            "<del>Developer in the organization",
            "<ins>Read-only in the organization",
        ],
    );
    let plain = of("read-only");
    let plain: Vec<(&str, &str)> = plain.iter().map(|(name, value)| (*name, value.as_str())).collect();
    done(&mut grace, "v2-assign-organization-member-role", &page, &plain).await;
    holds(&grace.get(&page).await, &["Read-only in the organization"]);
}

#[tokio::test]
async fn a_member_goes_by_name_and_the_last_owner_does_not() {
    let (stage, mut grace, slug) = managed().await;
    let (katherine, own) = (person(&stage, "Katherine").await, person(&stage, "Grace").await);
    let list = format!("/organizations/{slug}/members");
    let mine = grace.get(&format!("{list}/{own}")).await;
    holds(&mine, &["Nobody else owns the organization"]);
    let page = format!("{list}/{katherine}");
    let fields = [("slug", slug.as_str()), ("user_id", katherine.as_str())];
    let unnamed = perform(&mut grace, "v2-remove-organization-members", &page, &fields).await;
    holds(&unnamed, &["address or user name of the member"]);
    let named = [fields[0], fields[1], ("_confirm", "katherine@example.com")];
    done(&mut grace, "v2-remove-organization-members", &page, &named).await;
    assert!(!grace.get(&list).await.body.contains("katherine@example.com"));
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_transfer_is_told_before() {
    let (stage, mut ada) = demo().await;
    let organizations = stage.organizations().await;
    let slug = |name: &str| organizations.iter().find(|one| one.name == name).unwrap().slug.clone();
    let (note, lighthouse) = (reference(&stage, "Note G").await, reference(&stage, "Lighthouse").await);
    let refused = ada
        .get(&format!(
            "/projects/{note}/settings/transfer?to={}",
            slug("Harbour Labs")
        ))
        .await;
    holds(
        &refused,
        &["The project is connected to GitHub", "Supabase would refuse it"],
    );
    let goal = slug("Analytical Engines");
    let page = format!("/projects/{lighthouse}/settings/transfer");
    let fine = ada.get(&format!("{page}?to={goal}")).await;
    holds(
        &fine,
        &["To confirm, type the name of the project", "one to two minutes"],
    );
    let fields = [
        ("ref", lighthouse.as_str()),
        ("target_organization_slug", goal.as_str()),
        ("_confirm", "Lighthouse"),
    ];
    done(&mut ada, "v2-transfer-a-project", &page, &fields).await;
    let moved = stage.get_upstream(&format!("/v1/projects/{lighthouse}")).await;
    assert_eq!(moved["organization_slug"], json!(goal));
}

#[tokio::test]
async fn an_older_token_reads_the_older_list() {
    let (stage, mut ada) = demo().await;
    let organizations = stage.organizations().await;
    let slug = organizations
        .iter()
        .find(|one| one.name == "Analytical Engines")
        .unwrap()
        .slug
        .clone();
    let fault = json!({ "operation": "v2-list-organization-members", "kind": "status", "code": 404 });
    stage.fault(fault).await;
    let page = ada.get(&format!("/organizations/{slug}/members")).await;
    holds(
        &page,
        &["katherine@example.com", "Roles in single projects could not be read"],
    );
}
