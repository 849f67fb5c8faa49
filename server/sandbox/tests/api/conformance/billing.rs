//! Add-ons.

use management_api::billing::*;

use super::{Check, databases};

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Mill & Store").to_owned();
    let list = || ListAddons {
        project: project.clone(),
    };
    let selected = |addons: &Addons| -> Vec<String> {
        let selected = addons.selected.iter();
        selected.map(|addon| addon.variant.id.clone()).collect()
    };
    let addons = check.call(list()).await;
    assert_eq!(selected(&addons), ["ci_xlarge"]);
    assert_eq!(addons.available.len(), 7);
    let compute = addons.available.iter().find(|addon| addon.kind == "compute_instance");
    assert_eq!(compute.unwrap().variants.len(), 18);

    let apply = |kind: &str, variant: &str| ApplyAddon {
        project: project.clone(),
        addon_type: kind.to_owned(),
        addon_variant: variant.to_owned(),
    };
    let remove = |variant: &str| RemoveAddon {
        project: project.clone(),
        addon_variant: variant.to_owned(),
    };
    check.call(apply("ipv4", "ipv4_default")).await;
    check.call(apply("custom_domain", "cd_default")).await;
    check.call(apply("compute_instance", "ci_2xlarge")).await;
    assert_eq!(check.lab.status(&project).await, "RESIZING");
    check.lab.advance(10).await;
    assert_eq!(check.lab.status(&project).await, "ACTIVE_HEALTHY");
    assert_eq!(
        selected(&check.call(list()).await),
        ["ci_2xlarge", "cd_default", "ipv4_default"]
    );
    let databases = databases(check, "Analytical Engines", &project).await;
    assert_eq!(databases[0].infra_compute_size.as_deref(), Some("2xlarge"));

    for variant in ["ci_2xlarge", "cd_default", "ipv4_default"] {
        check.call(remove(variant)).await;
        check.lab.advance(10).await;
    }
    assert_eq!(
        selected(&check.call(list()).await),
        ["ci_xlarge"],
        "back to the size before"
    );
}
