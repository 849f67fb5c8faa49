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
    assert_eq!(
        check.call(CreateOrganization { name: "New".to_owned() }).await.name,
        "New"
    );
}
