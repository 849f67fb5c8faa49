//! Secrets: every operation, and that what was secret stays so.

use management_api::secrets::*;
use serde_json::json;

use super::Check;

pub async fn walk(check: &Check) {
    api_keys(check).await;
    legacy(check).await;
    encryption(check).await;
    edge(check).await;
}

fn project(check: &Check) -> String {
    check.lab.reference("Note G").to_owned()
}

fn text(key: &ApiKey) -> &str {
    key.api_key.as_ref().unwrap().expose()
}

async fn api_keys(check: &Check) {
    // One that has those that it began with, and no others.
    let project = check.lab.reference("Tide Tables").to_owned();
    let list = |reveal| {
        check.call(ListApiKeys {
            project: project.clone(),
            reveal,
        })
    };
    let first = list(None).await;
    let named: Vec<_> = first
        .iter()
        .map(|key| (key.kind.as_deref().unwrap(), key.name.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            ("legacy", "anon"),
            ("legacy", "service_role"),
            ("publishable", "default"),
            ("secret", "default")
        ]
    );
    assert_eq!(text(&first[0]).split('.').count(), 3);
    assert!(text(&first[2]).starts_with("sb_publishable_") && !text(&first[2]).contains('\u{b7}'));
    assert!(text(&first[3]).starts_with("sb_secret_") && text(&first[3]).ends_with('\u{b7}'));

    let create = CreateApiKey {
        project: project.clone(),
        reveal: Some(true),
        kind: "secret".to_owned(),
        name: "worker".to_owned(),
        description: Some("For the night shift".to_owned()),
        secret_jwt_template: json!({ "role": "worker" }).as_object().cloned(),
    };
    let created = check.call(create).await;
    let id = created.id.clone().unwrap();
    let get = |reveal| {
        check.call(GetApiKey {
            project: project.clone(),
            id: id.clone(),
            reveal,
        })
    };
    assert_eq!(get(Some(true)).await, created, "revealing gives the same again");
    let masked = get(None).await;
    assert!(text(&masked).starts_with(masked.prefix.as_deref().unwrap()));
    assert_ne!(text(&masked), text(&created));
    let update = UpdateApiKey {
        project: project.clone(),
        id: id.clone(),
        reveal: Some(true),
        name: Some("night_worker".to_owned()),
        description: None,
        secret_jwt_template: None,
    };
    let changed = check.call(update).await;
    assert_eq!(
        (changed.name.as_str(), changed.description.as_deref()),
        ("night_worker", Some("For the night shift"))
    );
    assert_eq!(text(&changed), text(&created), "the key itself stays");
    assert_eq!(list(Some(true)).await.last().unwrap(), &changed);
    let delete = DeleteApiKey {
        project: project.clone(),
        id,
        reveal: None,
        was_compromised: Some(true),
        reason: Some("it was in a log".to_owned()),
    };
    check.call(delete).await;
    assert_eq!(list(None).await, first);
}

async fn legacy(check: &Check) {
    let project = project(check);
    for enabled in [false, true] {
        let update = UpdateLegacyApiKeys {
            project: project.clone(),
            enabled,
        };
        assert_eq!(check.call(update).await.enabled, enabled);
        let read = GetLegacyApiKeys {
            project: project.clone(),
        };
        assert_eq!(check.call(read).await.enabled, enabled);
    }
}

async fn encryption(check: &Check) {
    let project = project(check);
    let read = GetEncryptionKey {
        project: project.clone(),
    };
    let before = check.call(read.clone()).await;
    assert_eq!(before.root_key.expose().len(), 64);
    let root_key = "0123456789abcdef".repeat(4);
    let update = UpdateEncryptionKey {
        project,
        root_key: root_key.clone().into(),
    };
    check.call(update).await;
    let after = check.call(read).await;
    assert_eq!(after.root_key.expose(), root_key);
    assert_ne!(after, before);
}

async fn edge(check: &Check) {
    let project = project(check);
    let list = || {
        check.call(ListSecrets {
            project: project.clone(),
        })
    };
    let provided = list().await;
    assert!(provided.iter().any(|secret| secret.name == "SUPABASE_URL"));
    let secrets = [("FOO", "bar"), ("BAZ", "qux")].map(|(name, value)| NewSecret {
        name: name.to_owned(),
        value: value.to_owned().into(),
    });
    let create = CreateSecrets {
        project: project.clone(),
        secrets: secrets.to_vec(),
    };
    check.call(create).await;
    let all = list().await;
    let set = all.iter().find(|secret| secret.name == "FOO").unwrap();
    assert_eq!(
        set.digest, "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
        "the SHA-256 of bar"
    );
    let delete = DeleteSecrets {
        project: project.clone(),
        names: vec!["FOO".to_owned(), "BAZ".to_owned(), "NOTHING".to_owned()],
    };
    check.call(delete).await;
    assert_eq!(list().await, provided);
}
