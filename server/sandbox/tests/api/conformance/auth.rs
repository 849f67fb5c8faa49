//! Auth: every operation, in an order in which each has something to work on.

use std::collections::BTreeMap;

use management_api::auth::*;
use serde_json::json;

use super::Check;

pub async fn walk(check: &Check) {
    config(check).await;
    signing_keys(check).await;
    sso(check).await;
    third_party(check).await;
}

fn project(check: &Check) -> String {
    check.lab.reference("Note G").to_owned()
}

async fn change(check: &Check, changes: AuthChanges) -> AuthConfig {
    let project = project(check);
    check.call(UpdateAuthConfig { project, changes }).await
}

async fn config(check: &Check) {
    let read = GetAuthConfig {
        project: project(check),
    };
    let before = check.call(read.clone()).await;
    assert_eq!(before.jwt_exp, Some(3600));
    assert_eq!(before.sms_provider.as_deref(), Some("twilio"));
    let changes = AuthChanges {
        jwt_exp: Some(Some(600)),
        site_url: Some(Some("https://app.example.com".to_owned())),
        sessions_timebox: Some(Some(1.5)),
        smtp_pass: Some(Some("correct horse".to_owned().into())),
        passkey_enabled: Some(true),
        ..AuthChanges::default()
    };
    let changed = change(check, changes).await;
    assert_eq!(
        changed.sms_provider, None,
        "as recorded: the answer to a change leaves it out"
    );
    let after = check.call(read).await;
    assert_eq!(
        (after.jwt_exp, after.sessions_timebox, after.passkey_enabled),
        (Some(600), Some(1.5), Some(true))
    );
    assert_eq!(after.mailer_otp_exp, before.mailer_otp_exp, "the others stay");
    let digest = after.smtp_pass.unwrap();
    assert_eq!(digest.expose().len(), 64);
    assert!(!digest.expose().contains("horse"));
}

async fn signing_keys(check: &Check) {
    // One that has none yet.
    let project = check.lab.reference("Tide Tables").to_owned();
    let list = || {
        check.call(ListSigningKeys {
            project: project.clone(),
        })
    };
    let turn = |key: &SigningKey, status: &str| {
        check.call(UpdateSigningKey {
            project: project.clone(),
            id: key.id.clone(),
            status: status.to_owned(),
        })
    };
    assert!(list().await.keys.is_empty());
    let legacy = check
        .call(CreateLegacySigningKey {
            project: project.clone(),
        })
        .await;
    assert_eq!(
        (legacy.status.clone(), legacy.public_jwk.is_null()),
        (SigningKeyStatus::InUse, true)
    );
    let known = check.call(GetLegacySigningKey {
        project: project.clone(),
    });
    assert_eq!(known.await, legacy);
    let keys = ["ES256", "RS256", "EdDSA"].map(|algorithm| CreateSigningKey {
        project: project.clone(),
        algorithm: algorithm.to_owned(),
        status: None,
        private_jwk: None,
    });
    for create in keys {
        let key = check.call(create).await;
        assert_eq!(key.public_jwk["kid"], key.id.as_str());
        assert_eq!(turn(&key, "in_use").await.status, SigningKeyStatus::InUse);
    }
    let own = CreateSigningKey {
        project: project.clone(),
        algorithm: "ES256".to_owned(),
        status: Some("in_use".to_owned()),
        private_jwk: Some(json!({ "kty": "EC", "crv": "P-256", "x": "own-x", "y": "own-y", "d": "own-d" }).into()),
    };
    let own = check.call(own).await;
    assert_eq!(own.public_jwk["x"], "own-x");
    assert!(own.public_jwk.get("d").is_none(), "the private half stays hidden");

    let all = list().await.keys;
    assert_eq!(all.len(), 5);
    let in_use: Vec<_> = all.iter().filter(|key| key.status == SigningKeyStatus::InUse).collect();
    assert_eq!(in_use, [&own]);
    let old = &all[1];
    assert_eq!(turn(old, "revoked").await.status, SigningKeyStatus::Revoked);
    check.lab.advance(10).await;
    let one = GetSigningKey {
        project: project.clone(),
        id: old.id.clone(),
    };
    assert_eq!(check.call(one).await.id, old.id);
    let remove = RemoveSigningKey {
        project: project.clone(),
        id: old.id.clone(),
    };
    check.call(remove).await;
    assert!(list().await.keys.iter().all(|key| key.id != old.id));
}

const METADATA: &str = "<EntityDescriptor entityID='https://idp.example.com'/>";

async fn sso(check: &Check) {
    let project = project(check);
    change(
        check,
        AuthChanges {
            saml_enabled: Some(Some(true)),
            ..AuthChanges::default()
        },
    )
    .await;
    let list = || {
        check.call(ListSsoProviders {
            project: project.clone(),
        })
    };
    assert!(list().await.items.is_empty());
    let rule = AttributeRule {
        names: Some(vec!["mail".to_owned(), "email".to_owned()]),
        default: Some(json!("nobody@example.com")),
        ..AttributeRule::default()
    };
    let create = CreateSsoProvider {
        project: project.clone(),
        kind: "saml".to_owned(),
        metadata_xml: Some(METADATA.to_owned()),
        metadata_url: None,
        domains: Some(vec!["Example.com".to_owned()]),
        attribute_mapping: Some(AttributeMapping {
            keys: BTreeMap::from([("email".to_owned(), rule)]),
        }),
        name_id_format: Some(NAME_ID_FORMATS[3].to_owned()),
    };
    let provider = check.call(create.clone()).await;
    let saml = provider.saml.clone().unwrap();
    assert_eq!(saml.entity_id, "https://idp.example.com");
    assert_eq!(saml.attribute_mapping, create.attribute_mapping);
    assert_eq!(
        provider.domains.clone().unwrap()[0].domain.as_deref(),
        Some("example.com")
    );
    assert_eq!(list().await.items, std::slice::from_ref(&provider));

    let update = UpdateSsoProvider {
        project: project.clone(),
        provider_id: provider.id.clone(),
        metadata_xml: None,
        metadata_url: Some("https://idp.example.com/metadata".to_owned()),
        domains: Some(vec!["example.org".to_owned()]),
        attribute_mapping: None,
        name_id_format: None,
    };
    let changed = check.call(update).await;
    assert_eq!(
        changed.domains.as_ref().unwrap()[0].domain.as_deref(),
        Some("example.org")
    );
    let one = GetSsoProvider {
        project: project.clone(),
        provider_id: provider.id.clone(),
    };
    assert_eq!(check.call(one).await, changed);
    assert_eq!(changed.saml.unwrap().attribute_mapping, create.attribute_mapping);
    let delete = DeleteSsoProvider {
        project: project.clone(),
        provider_id: provider.id,
    };
    check.call(delete).await;
    assert!(list().await.items.is_empty());
}

async fn third_party(check: &Check) {
    let project = project(check);
    let list = || {
        check.call(ListThirdPartyAuth {
            project: project.clone(),
        })
    };
    let create = CreateThirdPartyAuth {
        project: project.clone(),
        oidc_issuer_url: Some("https://issuer.example.com".to_owned()),
        ..CreateThirdPartyAuth::default()
    };
    let issuer = check.call(create).await;
    assert!(issuer.resolved_jwks.is_null() && issuer.resolved_at.is_none());
    check.lab.advance(5).await;
    let one = GetThirdPartyAuth {
        project: project.clone(),
        tpa_id: issuer.id.clone(),
    };
    let resolved = check.call(one).await;
    assert!(resolved.resolved_jwks["keys"][0]["n"].is_string() && resolved.resolved_at.is_some());
    let own = CreateThirdPartyAuth {
        project: project.clone(),
        custom_jwks: Some(json!({ "keys": [] })),
        ..CreateThirdPartyAuth::default()
    };
    assert_eq!(check.call(own).await.resolved_jwks, json!({ "keys": [] }));
    assert_eq!(list().await.len(), 2);
    let delete = DeleteThirdPartyAuth {
        project: project.clone(),
        tpa_id: issuer.id,
    };
    check.call(delete).await;
    assert_eq!(list().await.len(), 1);
}
