//! Single sign-on and third-party auth.

use app::paths;
use serde_json::json;

use super::{demo, done, failing, holds, note_g, perform};
use crate::{audit::signed_in_as, stage::Stage};

const METADATA: &str = "https://idp.example.com/metadata";

/// A row of the attributes, as a browser sends it.
fn row<'a>(key: &'a str, names: &'a str, default: &'a str, shown: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("_key.attribute_mapping", key),
        ("_names.attribute_mapping", names),
        ("_default.attribute_mapping", default),
        ("_list.attribute_mapping", "false"),
        ("_shown.attribute_mapping", shown),
    ]
}

async fn with_saml(stage: &Stage, project: &str) {
    let on = json!({ "saml_enabled": true });
    stage
        .patch_upstream(&format!("/v1/projects/{project}/config/auth"), &on)
        .await;
}

#[tokio::test]
async fn a_provider_is_added_mapped_changed_and_removed() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let list = paths::settings(&project, "sso");
    holds(
        &browser.get(&list).await,
        &[
            "SAML is off",
            "#setting-saml_enabled",
            "aria-description=\"Turn SAML on first.\"",
        ],
    );
    with_saml(&stage, &project).await;
    holds(
        &browser.get(&list).await,
        &["No identity provider yet", "Add a provider"],
    );

    let new = paths::new_sso_provider(&project);
    let acs = format!("https://{project}.supabase.localhost/auth/v1/sso/saml/acs");
    holds(
        &browser.get(&new).await,
        &[&acs, "lets everybody in whom this identity provider vouches for"],
    );
    let of = ("ref", project.as_str());
    let wrong = [
        of,
        ("type", "saml"),
        ("metadata_url", "http://idp.example.com"),
        ("_sure", "true"),
    ];
    let refused = perform(&mut browser, "v1-create-a-sso-provider", &new, &wrong).await;
    holds(
        &refused,
        &[
            "expected an HTTPS address",
            "id=\"metadata_url-error\"",
            "value=\"http://idp.example.com\"",
        ],
    );
    let mut fields = vec![
        of,
        ("type", "saml"),
        ("metadata_url", METADATA),
        ("domains", "example.com\r\nexample.org"),
        ("_sure", "true"),
    ];
    fields.extend(row("email", "mail", "", ""));
    let unnamed: Vec<_> = fields.iter().copied().chain(row("", "group", "", "")).collect();
    let refused = perform(&mut browser, "v1-create-a-sso-provider", &new, &unnamed).await;
    holds(
        &refused,
        &["Row 2: say which attribute", "value=\"mail\"", "value=\"group\""],
    );
    fields.extend(row("", "", "", ""));
    done(&mut browser, "v1-create-a-sso-provider", &new, &fields).await;
    let known = stage
        .get_upstream(&format!("/v1/projects/{project}/config/auth/sso/providers"))
        .await;
    let provider = &known["items"][0];
    assert_eq!(provider["saml"]["attribute_mapping"]["keys"]["email"]["name"], "mail");
    let id = provider["id"].as_str().unwrap().to_owned();
    let page = paths::sso_provider(&project, &id);
    holds(
        &browser.get(&list).await,
        &["example.com, example.org", &page, "Read from its address"],
    );
    let shown = browser.get(&page).await;
    holds(
        &shown,
        &[METADATA, "Attributes", ">mail<", "To confirm, type the name: "],
    );

    // Only what was changed is sent.
    let fields = [
        of,
        ("provider_id", id.as_str()),
        ("_was.domains", "[\"example.com\",\"example.org\"]"),
        ("domains", "example.net"),
        ("_was.metadata_url", "\"https://idp.example.com/metadata\""),
        ("metadata_url", METADATA),
    ];
    let unasked = perform(&mut browser, "v1-update-a-sso-provider", &page, &fields).await;
    holds(&unasked, &["can lock out who was"]);
    let mut sure = fields.to_vec();
    sure.push(("_sure", "true"));
    done(&mut browser, "v1-update-a-sso-provider", &page, &sure).await;
    let now = stage
        .get_upstream(&format!("/v1/projects/{project}/config/auth/sso/providers/{id}"))
        .await;
    assert_eq!(now["domains"][0]["domain"], "example.net");
    assert_eq!(now["saml"]["attribute_mapping"]["keys"]["email"]["name"], "mail");

    // Rows, as the page has them, with one more.
    let (was, rule) = ("{\"keys\":{\"email\":{\"name\":\"mail\"}}}", "{\"name\":\"mail\"}");
    let shown = browser.get(&page).await;
    holds(
        &shown,
        &[
            "name=\"_key.attribute_mapping\"",
            "value=\"email\"",
            &rule.replace('"', "&quot;"),
        ],
    );
    let mut fields = vec![
        of,
        ("provider_id", id.as_str()),
        ("_was.attribute_mapping", was),
        ("_sure", "true"),
    ];
    fields.extend(row("email", "mail", "", rule));
    let nothing = perform(&mut browser, "v1-update-a-sso-provider", &page, &fields).await;
    holds(&nothing, &["Nothing was changed"]);
    fields.extend(row("role", "group, role", "member", ""));
    done(&mut browser, "v1-update-a-sso-provider", &page, &fields).await;
    let now = stage
        .get_upstream(&format!("/v1/projects/{project}/config/auth/sso/providers/{id}"))
        .await;
    let role = json!({ "names": ["group", "role"], "default": "member" });
    assert_eq!(now["saml"]["attribute_mapping"]["keys"]["role"], role);
    assert_eq!(
        now["saml"]["attribute_mapping"]["keys"]["email"],
        json!({ "name": "mail" })
    );

    let end = [of, ("provider_id", id.as_str())];
    let unnamed = perform(&mut browser, "v1-delete-a-sso-provider", &page, &end).await;
    assert!(unnamed.status.is_client_error());
    let end = [of, ("provider_id", id.as_str()), ("_confirm", id.as_str())];
    done(&mut browser, "v1-delete-a-sso-provider", &list, &end).await;
    holds(&browser.get(&list).await, &["No identity provider yet"]);
}

#[tokio::test]
async fn an_issuer_is_trusted_in_one_of_three_ways_and_no_more() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "third-party");
    let of = ("ref", project.as_str());
    holds(
        &browser.get(&page).await,
        &[
            "No other issuer is trusted",
            "accept every token that this issuer signs",
        ],
    );
    let fields = [
        of,
        ("oidc_issuer_url", "https://accounts.example.com"),
        ("_sure", "true"),
    ];
    done(&mut browser, "v1-create-project-tpa-integration", &page, &fields).await;
    let known = stage
        .get_upstream(&format!("/v1/projects/{project}/config/auth/third-party-auth"))
        .await;
    let id = known[0]["id"].as_str().unwrap().to_owned();
    holds(
        &browser.get(&page).await,
        &["https://accounts.example.com", "OpenID Connect"],
    );
    let one = paths::issuer(&project, &id);
    holds(
        &browser.get(&one).await,
        &["https://accounts.example.com", "Remove the issuer", &id],
    );
    let end = [of, ("tpa_id", id.as_str()), ("_confirm", id.as_str())];
    done(&mut browser, "v1-delete-project-tpa-integration", &page, &end).await;
    holds(&browser.get(&page).await, &["No other issuer is trusted"]);
    // What can be done without the list stays.
    let mut grace = failing(&stage, "v1-list-project-tpa-integrations").await;
    holds(
        &grace.get(&page).await,
        &["Supabase has a problem", "Trust another issuer"],
    );
}

#[tokio::test]
async fn whoever_only_reads_sees_why_nothing_can_be_changed() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    with_saml(&stage, &project).await;
    let mut reader = signed_in_as(&stage, 3).await;
    reader.get(&paths::project(&project)).await;
    for page in ["sso", "third-party"] {
        holds(
            &reader.get(&paths::settings(&project, page)).await,
            &["aria-disabled=\"true\""],
        );
    }
}
