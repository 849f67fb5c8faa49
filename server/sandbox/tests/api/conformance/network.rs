//! Network bans and restrictions.

use management_api::projects::*;

use super::Check;

pub async fn walk(check: &Check) {
    bans(check).await;
    restrictions(check).await;
}

async fn bans(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let list = || ListNetworkBans {
        project: project.clone(),
    };
    let before = check.call(list()).await.banned;
    assert!(before.len() >= 2);
    check
        .call(DeleteNetworkBans {
            project: project.clone(),
            ipv4_addresses: vec![before[0].clone()],
            requester_ip: Some(false),
            identifier: Some(project.clone()),
        })
        .await;
    assert_eq!(check.call(list()).await.banned, before[1..]);
    let enriched = ListNetworkBansEnriched {
        project: project.clone(),
    };
    let enriched = check.call(enriched).await.banned;
    assert!(enriched.iter().map(|ban| &ban.address).eq(&before[1..]));
    assert!(enriched.iter().all(|ban| ban.identifier == project));
}

async fn restrictions(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let get = || GetNetworkRestrictions {
        project: project.clone(),
    };
    let ranges = |v4: &[&str], v6: &[&str]| AllowedCidrs {
        v4: v4.iter().map(|&range| range.to_owned()).collect(),
        v6: v6.iter().map(|&range| range.to_owned()).collect(),
    };
    let open = ranges(&["0.0.0.0/0"], &["::/0"]);
    let before = check.call(get()).await;
    assert_eq!((&before.config, before.status.as_str()), (&open, "applied"));

    let cidrs = |v4: &str, v6: &str| Cidrs {
        v4: Some(vec![v4.to_owned()]),
        v6: Some(vec![v6.to_owned()]),
    };
    let patched = check
        .call(PatchNetworkRestrictions {
            project: project.clone(),
            add: Some(cidrs("8.8.8.0/24", "2001:db8::/32")),
            remove: Some(cidrs("0.0.0.0/0", "::/0")),
        })
        .await;
    let narrow = ranges(&["8.8.8.0/24"], &["2001:db8::/32"]);
    let stored = check.call(get()).await;
    for answered in [&patched, &stored] {
        assert_eq!((&answered.config, answered.status.as_str()), (&narrow, "stored"));
        assert_eq!(answered.old_config.as_ref(), Some(&open));
    }
    check.lab.advance(10).await;
    let applied = check.call(get()).await;
    assert_eq!((&applied.config, applied.status.as_str()), (&narrow, "applied"));
    assert!(applied.old_config.is_none() && applied.applied_at.is_some());

    let replaced = check
        .call(UpdateNetworkRestrictions {
            project: project.clone(),
            db_allowed_cidrs: Some(open.v4.clone()),
            db_allowed_cidrs_v6: Some(open.v6.clone()),
        })
        .await;
    assert_eq!((&replaced.config, replaced.status.as_str()), (&open, "applied"));
    assert_eq!(check.call(get()).await.config, open);
    review(check, open).await;
}

/// A database that is not well takes no change: it waits until somebody settles it.
async fn review(check: &Check, open: AllowedCidrs) {
    let project = check.lab.reference("Jacquard Loom").to_owned();
    let change = UpdateNetworkRestrictions {
        project: project.clone(),
        db_allowed_cidrs: Some(vec!["8.8.8.0/24".to_owned()]),
        db_allowed_cidrs_v6: Some(Vec::new()),
    };
    let waits = check.call(change).await;
    assert_eq!(
        (waits.config, waits.pending_config.unwrap().v4),
        (open, vec!["8.8.8.0/24".to_owned()])
    );
    let review = ReviewNetworkRestrictions {
        project,
        action: "apply".to_owned(),
        requested_at: waits.pending_requested_at.unwrap(),
    };
    let settled = check.call(review).await;
    assert_eq!(
        (settled.config.v4, settled.pending_config),
        (vec!["8.8.8.0/24".to_owned()], None)
    );
}
