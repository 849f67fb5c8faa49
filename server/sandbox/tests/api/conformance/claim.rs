//! Claiming a project: there, and back again.

use management_api::{organizations::*, projects::*};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Tide Tables").to_owned();
    for organization in ["Analytical Engines", "Harbour Labs"] {
        let slug = check.lab.slug(organization).to_owned();
        let made = check
            .call(CreateClaimToken {
                project: project.clone(),
            })
            .await;
        let known = check
            .call(GetClaimToken {
                project: project.clone(),
            })
            .await;
        let made_known = ClaimToken {
            token_alias: made.token_alias.clone(),
            expires_at: made.expires_at.clone(),
            created_at: made.created_at.clone(),
            created_by: made.created_by.clone(),
        };
        assert_eq!(known, made_known);
        let claim = GetProjectClaim {
            slug: slug.clone(),
            token: made.token.clone(),
        };
        let claim = check.call(claim).await;
        assert!(claim.preview.valid && claim.preview.errors.is_empty());
        assert_eq!(claim.project.reference, project);
        let plan = check.call(GetOrganization { slug: slug.clone() }).await.plan;
        assert_eq!(claim.preview.target_subscription_plan, plan);
        let claim = ClaimProject {
            slug: slug.clone(),
            token: made.token,
        };
        check.call(claim).await;
        let found = check
            .call(GetProject {
                project: project.clone(),
            })
            .await;
        assert_eq!(found.organization_slug, slug);
    }
    check
        .call(CreateClaimToken {
            project: project.clone(),
        })
        .await;
    check.call(DeleteClaimToken { project }).await;
}
