//! Organizations and the profile.

use management_api::{organizations::*, profile::*, projects::*};

use super::Check;

pub async fn walk(check: &Check) {
    assert_eq!(check.call(GetProfile {}).await.username, "ada");
    for Organization { slug, .. } in check.call(ListOrganizations {}).await {
        assert!(check.call(GetOrganization { slug: slug.clone() }).await.plan.is_some());
        assert!(
            !check
                .call(ListOrganizationMembers { slug: slug.clone() })
                .await
                .is_empty()
        );
        assert!(
            check
                .call(GetOrganizationEntitlements { slug: slug.clone() })
                .await
                .entitlements
                .len()
                >= 25
        );
        let regions = check.call(ListAvailableRegions::of(slug.clone())).await;
        assert_eq!(regions.all.groups.len(), 3);
        let page = ListOrganizationProjects {
            slug,
            offset: 0,
            limit: 100,
            search: String::new(),
            sort: None,
            statuses: String::new(),
        };
        let page = check.call(page).await;
        assert_eq!(page.pagination.count as usize, page.projects.len());
    }
    estate(check).await;
    members(check).await;
    assert_eq!(
        check.call(CreateOrganization { name: "New".to_owned() }).await.name,
        "New"
    );
}

/// What an organization has.
async fn estate(check: &Check) {
    let slug = check.lab.slug("Analytical Engines").to_owned();
    let search = |size, after, search: Option<&str>| SearchProjects {
        slug: slug.clone(),
        size,
        after,
        search: search.map(str::to_owned),
        ..SearchProjects::default()
    };
    let first = check.call(search(Some(2), None, None)).await;
    assert_eq!((first.data.len(), first.links.before()), (2, None));
    let second = check.call(search(Some(2), first.links.after(), None)).await;
    assert!(second.links.before().is_some());
    assert_ne!(first.data[0].id, second.data[0].id);
    let found = check.call(search(None, None, Some("note"))).await;
    assert_eq!(found.data[0].name, "Note G");
    assert_eq!(found.data[0].databases[0].infra_compute_size.as_deref(), Some("small"));
    let github = ListGithubConnections {
        slug: slug.clone(),
        ..ListGithubConnections::default()
    };
    assert_eq!(check.call(github).await.data[0].repository.name, "analytical/note-g");
    let windows = check.call(ListMaintenanceWindows { slug }).await;
    assert!(windows.data.iter().all(|window| window.next_windows.len() == 5));
}

/// Members, in an organization whose plan lets them be managed.
async fn members(check: &Check) {
    let slug = check.lab.slug("Quiet Team").to_owned();
    let list = || ListMembers {
        slug: slug.clone(),
        ..ListMembers::default()
    };
    let all = check.call(list()).await.data;
    assert_eq!(all.len(), 4);
    let roles = check.call(ListRoles { slug: slug.clone() }).await;
    assert!(roles.data.iter().any(|role| role.name == "no-access"));
    let alan = check.lab.person_id("Alan").to_owned();
    let assign = |role: &str, projects: &[&str]| AssignMemberRole {
        slug: slug.clone(),
        user_id: alan.clone(),
        role: role.to_owned(),
        projects: projects
            .iter()
            .map(|project| check.lab.reference(project).to_owned())
            .collect(),
    };
    check.call_as("Grace", assign("no-access", &[])).await;
    let limited = check
        .call_as("Grace", assign("administrator", &["Compiler"]))
        .await
        .data;
    assert!(limited.is_limited() && limited.projects[0].name == "Compiler");
    // The same project by another role: the first is left with nothing, and goes.
    check.call_as("Grace", assign("developer", &["Compiler"])).await;
    let only = ListMembers {
        primary_email: Some("alan@example.com".to_owned()),
        ..list()
    };
    let alans = check.call_as("Grace", only).await.data;
    assert_eq!(
        (alans.len(), alans[0].roles.len(), alans[0].roles[0].name.as_str()),
        (1, 1, "developer")
    );

    let invitation = |email: &str| Invitation {
        email: email.to_owned(),
        role: "developer".to_owned(),
        ..Invitation::default()
    };
    let invite = InviteMembers {
        slug: slug.clone(),
        invitations: ["new@example.com", "ada@example.com", "fail@example.com"]
            .map(invitation)
            .to_vec(),
    };
    let invited = check.call_as("Grace", invite).await;
    assert_eq!(invited.data[0].email, "new@example.com");
    let refused: Vec<_> = invited
        .error
        .as_ref()
        .unwrap()
        .issues
        .iter()
        .filter_map(Issue::email)
        .collect();
    assert_eq!(refused, ["ada@example.com", "fail@example.com"]);
    let withdraw = WithdrawInvitations {
        slug: slug.clone(),
        emails: vec!["new@example.com".to_owned(), "nobody@example.com".to_owned()],
    };
    assert_eq!(check.call_as("Grace", withdraw).await.data.len(), 1);
    let user_id = check.lab.person_id("Katherine").to_owned();
    check
        .call_as(
            "Grace",
            RemoveMember {
                slug: slug.clone(),
                user_id,
            },
        )
        .await;
    assert_eq!(check.call(list()).await.data.len(), 3);
}
