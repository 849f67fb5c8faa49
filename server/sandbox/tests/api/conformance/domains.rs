//! Domains.

use management_api::{billing::*, domains::*};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    vanity(check, &project).await;
    hostname(check, &project).await;
}

async fn vanity(check: &Check, project: &str) {
    let of = || project.to_owned();
    let status = async || check.call(GetVanitySubdomain { project: of() }).await.status;
    assert_eq!(status().await, "not-used");
    let available = CheckVanitySubdomain {
        project: of(),
        vanity_subdomain: "difference".to_owned(),
    };
    assert!(check.call(available).await.available);
    let activate = ActivateVanitySubdomain {
        project: of(),
        vanity_subdomain: "difference".to_owned(),
    };
    assert_eq!(
        check.call(activate).await.custom_domain,
        "difference.supabase.localhost"
    );
    let known = check.call(GetVanitySubdomain { project: of() }).await;
    assert_eq!(
        (known.status.as_str(), known.custom_domain.as_deref()),
        ("active", Some("difference.supabase.localhost"))
    );
    check.call(DeactivateVanitySubdomain { project: of() }).await;
    assert_eq!(status().await, "not-used");
}

async fn hostname(check: &Check, project: &str) {
    let of = || project.to_owned();
    check
        .call(ApplyAddon {
            project: of(),
            addon_type: "custom_domain".to_owned(),
            addon_variant: "cd_default".to_owned(),
        })
        .await;
    let begun = check
        .call(InitializeCustomHostname {
            project: of(),
            custom_hostname: "api.example.com".to_owned(),
        })
        .await;
    assert_eq!(begun.status, "2_initiated");
    let result = &begun.data.result;
    assert_eq!(result.custom_origin_server, format!("{project}.supabase.localhost"));
    assert!(!result.ownership_verification.value.is_empty() && !result.ssl.validation_records.is_empty());
    for expected in ["3_challenge_verified", "4_origin_setup_completed"] {
        let early = check.call(ReverifyCustomHostname { project: of() }).await;
        assert!(early.status.as_str() < expected && early.data.result.verification_errors.is_some());
        check.lab.advance(5).await;
        let verified = check.call(ReverifyCustomHostname { project: of() }).await;
        assert_eq!(verified.status, expected);
        assert_eq!(check.call(GetHostnameConfig { project: of() }).await, verified);
    }
    let active = check.call(ActivateCustomHostname { project: of() }).await;
    assert_eq!(
        (active.status.as_str(), active.data.result.status.as_str()),
        ("5_services_reconfigured", "active")
    );
    let vanity = check.call(GetVanitySubdomain { project: of() }).await;
    assert_eq!(vanity.status, "custom-domain-used");
    let remove_addon = Some(true);
    check
        .call(DeleteHostnameConfig {
            project: of(),
            remove_addon,
        })
        .await;
    let vanity = check.call(GetVanitySubdomain { project: of() }).await;
    assert_eq!(vanity.status, "not-used");
    let addons = check.call(ListAddons { project: of() }).await;
    assert!(addons.selected.iter().all(|addon| addon.kind != "custom_domain"));
}
