//! The sign-in pages of the sandbox: plain HTML without scripts.

use axum::http::StatusCode;
use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};
use management_api::Role;

use super::authorize::{Application, Claim};
use crate::{
    DEMO_CLIENT_ID,
    answer::Answer,
    organizations::Organization,
    page::page as html,
    world::{GrantKind, Person, World},
};

/// Asks who signs in, and whether Steward may act for them.
pub fn page(world: &World, application: &Application) -> Answer {
    let hidden: String = [
        ("client_id", Some(DEMO_CLIENT_ID)),
        ("response_type", Some("code")),
        ("redirect_uri", Some(application.redirect_text.as_str())),
        ("state", application.state.as_deref()),
        ("code_challenge", application.challenge.as_deref()),
        ("code_challenge_method", application.challenge.as_ref().map(|_| "S256")),
        ("organization_slug", application.organization.as_deref()),
        (
            "project_ref",
            application.claim.as_ref().map(|claim| claim.reference.as_str()),
        ),
    ]
    .iter()
    .filter_map(|(name, value)| {
        Some(format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n",
            attribute((*value)?)
        ))
    })
    .collect();
    let people: String = world
        .people
        .iter()
        .enumerate()
        .map(|(place, who)| choice(world, who, place == 0))
        .collect();
    let organization = match (&application.claim, &application.organization, world.rules.grant) {
        (Some(claim), _, _) => takeover(world, claim),
        (None, _, GrantKind::All) => String::new(),
        (None, Some(slug), GrantKind::One | GrantKind::Project) => locked(world, slug),
        (None, None, GrantKind::One | GrantKind::Project) => choose(world),
    };
    let back_to = application.redirect_uri.origin().ascii_serialization();
    let body = format!(
        "<h1>Sandbox sign-in</h1>\n\
         <p>This is Steward\u{2019}s built-in sandbox, not Supabase. Nobody here is real, and no password is needed: \
         choose whom to sign in as.</p>\n\
         <form method=\"post\" action=\"/v1/oauth/authorize\">\n{hidden}\
         <fieldset>\n<legend>Sign in as</legend>\n{people}</fieldset>\n{organization}\
         <p>Steward will read and change this person\u{2019}s sandbox organization and its projects. \
         You return to <strong>{}</strong>.</p>\n\
         <div class=\"actions\">\n\
         <button name=\"decision\" value=\"authorize\">Authorize Steward</button>\n\
         <button class=\"quiet\" name=\"decision\" value=\"decline\">Decline</button>\n\
         </div>\n</form>",
        text(&back_to),
    );
    // Chromium holds the redirect after the form against form-action, too.
    html(StatusCode::OK, "Sandbox sign-in", &body, Some(&back_to))
}

/// Asks which organization takes the project over. Whether the person may decide that shows afterwards: the page has no
/// script to offer only their own.
fn takeover(world: &World, claim: &Claim) -> String {
    let options: String = world.organizations.iter().map(option).collect();
    format!(
        "<p><label>Organization that takes over the project <strong>{}</strong>\n\
         <select name=\"organization\" required>\n{options}</select></label></p>\n",
        text(&claim.name)
    )
}

fn option(organization: &Organization) -> String {
    format!(
        "<option value=\"{}\">{}</option>\n",
        attribute(&organization.slug),
        text(&organization.name)
    )
}

/// Asks which organization the grant is for: one, as at the real service.
fn choose(world: &World) -> String {
    let options: String = world.organizations.iter().map(option).collect();
    format!(
        "<p><label>Organization that Steward may reach\n<select name=\"organization\">\n\
         <option value=\"\">The first of theirs</option>\n{options}</select></label></p>\n"
    )
}

/// Says which one it is where the app has decided that.
fn locked(world: &World, slug: &str) -> String {
    let known = world.organizations.iter().find(|known| known.slug == slug);
    format!(
        "<p>For the organization <strong>{}</strong>, chosen by Steward.</p>\n",
        text(known.map_or(slug, |known| &known.name))
    )
}

fn choice(world: &World, person: &Person, chosen: bool) -> String {
    format!(
        "<label><input type=\"radio\" name=\"person\" value=\"{id}\" required{checked}>\
         <span><strong>{name}</strong> <span class=\"email\">{email}</span><br>\
         <span class=\"roles\">{roles}</span></span></label>\n",
        id = attribute(&person.id),
        checked = if chosen { " checked" } else { "" },
        name = text(&person.name),
        email = text(&person.email),
        roles = text(&roles(world, person)),
    )
}

/// Such as "Owner of Harbour Labs, Read-only in Quiet Team".
fn roles(world: &World, person: &Person) -> String {
    /// A test's world may have hundreds; the rest is counted.
    const SHOWN: usize = 3;
    let all: Vec<_> = world.memberships(&person.id).collect();
    let mut words: Vec<_> = all
        .iter()
        .take(SHOWN)
        .map(|organization| {
            let role = organization.role_of(&person.id).map_or("No access", Role::as_str);
            format!("{role} in {}", organization.name)
        })
        .collect();
    match all.len() {
        0 => "No organization yet".to_owned(),
        more if more > SHOWN => {
            words.push(format!("and {} more", more - SHOWN));
            words.join(", ")
        }
        _ => words.join(", "),
    }
}

/// Says why nobody can sign in like this.
pub fn refusal(why: &str) -> Answer {
    let body = format!(
        "<h1>This sign-in cannot go on</h1>\n<p>{}</p>\n\
         <p>You are at Steward\u{2019}s built-in sandbox. Return to Steward and start the sign-in again.</p>",
        text(why)
    );
    html(StatusCode::BAD_REQUEST, "This sign-in cannot go on", &body, None)
}
