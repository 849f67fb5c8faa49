//! The authorization endpoint: checks what the app asks for, asks the person, and sends the browser back.

use axum::http::{HeaderValue, StatusCode, header};
use url::Url;

use super::{SignIn, client, consent};
use crate::{
    DEMO_CLIENT_ID,
    answer::{Answer, Answered, Refusal, empty},
    grant::{Code, Grant},
    organizations::Role,
    projects::claim,
    request::{Request, first},
    seed,
    settings::Settings,
    token::WorldId,
    world::{GrantKind, World},
};

/// The cookie that chooses the world; without it people sign in to the demo.
const WORLD_COOKIE: &str = "sandbox_world";

/// Said where the organization is none of the person's.
const UNAVAILABLE: &str = "This organization is unavailable: whoever you signed in as is no member of it. Steward has \
                           to send you here anew.";

/// The API refuses more than this of `redirect_uri` and `state` together.
const LONGEST: usize = 4096;

/// What the app asks for, checked.
pub struct Application {
    pub redirect_uri: Url,
    /// The redirect URI as it was written, which the exchange must repeat.
    pub redirect_text: String,
    pub state: Option<String>,
    pub challenge: Option<String>,
    /// The slug that the app holds the choice of an organization to.
    pub organization: Option<String>,
    /// The project to be claimed along with the sign-in.
    pub claim: Option<Claim>,
}

/// A project that waits to be claimed.
pub struct Claim {
    /// Its ref.
    pub reference: String,
    pub name: String,
}

/// Why no consent is asked for.
enum Unfit {
    /// The app is unknown: the service answers the browser with JSON.
    Client,
    /// The browser must not be sent anywhere: its redirect URI is unknown, say.
    Page(&'static str),
    /// The app is told.
    Back(Box<Application>, &'static str),
}

pub fn world_of(request: &Request) -> Option<WorldId> {
    request.cookie(WORLD_COOKIE)?.parse().ok()
}

/// v1-authorize-user: shows the consent page.
pub fn ask(sign_in: &mut SignIn<'_>) -> Answered {
    let application = read(&sign_in.request.query, sign_in.settings);
    Ok(show(sign_in, application))
}

/// v1-oauth-authorize-project-claim: the consent page that also asks which organization takes the project over.
pub fn ask_to_claim(sign_in: &mut SignIn<'_>) -> Answered {
    let application = read_claim(&sign_in.request.query, sign_in);
    Ok(show(sign_in, application))
}

fn show(sign_in: &SignIn<'_>, application: Result<Application, Unfit>) -> Answer {
    match application {
        Ok(application) => consent::page(sign_in.world, &application),
        Err(unfit) => unfit.answer(),
    }
}

/// The consent page's form: the person has decided.
pub fn decide(sign_in: &mut SignIn<'_>) -> Answer {
    let fields = sign_in.request.form();
    let asked = match first(&fields, "project_ref") {
        Some(_) => read_claim(&fields, sign_in),
        None => read(&fields, sign_in.settings),
    };
    let application = match asked {
        Ok(application) => application,
        Err(unfit) => return unfit.answer(),
    };
    if first(&fields, "decision") != Some("authorize") {
        return application.back(&[
            ("error", "access_denied"),
            ("error_description", "The person declined."),
        ]);
    }
    let Some(person) = first(&fields, "person").and_then(|id| sign_in.world.person(id)) else {
        return consent::refusal("Nobody of this sandbox was chosen. Go back and choose a person.");
    };
    let person = person.id.clone();
    let chosen = application.organization.as_deref().or(first(&fields, "organization"));
    let organization = match (sign_in.world.rules.grant, &application.claim) {
        (GrantKind::All, _) => None,
        (GrantKind::One | GrantKind::Project, _) => match chosen_of(sign_in.world, &person, chosen.unwrap_or_default())
        {
            Some(slug) => Some(slug),
            None => return consent::refusal(UNAVAILABLE),
        },
    };
    if let Some(claim) = &application.claim {
        let slug = first(&fields, "organization").unwrap_or_default();
        if let Err(refusal) = take_over(sign_in.world, &claim.reference, slug, &person) {
            return consent::refusal(&refusal.to_string());
        }
    }
    let scopes = sign_in.world.rules.scopes.clone().unwrap_or_else(seed::all_scopes);
    let projects = match sign_in.world.rules.grant {
        GrantKind::Project => organization.as_deref().map(|slug| first_of(sign_in.world, slug)),
        GrantKind::One | GrantKind::All => None,
    };
    let grant = Grant {
        person,
        organization,
        projects,
        scopes,
    };
    let code = Code::new(grant, application.redirect_text.clone(), application.challenge.clone());
    let code = sign_in.world.grants.issue(sign_in.world.mint(), code);
    application.back(&[("code", &code)])
}

/// The organization that the grant is for: the chosen one, and where the page's choice was left alone the person's first.
fn chosen_of(world: &World, person: &str, chosen: &str) -> Option<String> {
    let mut slugs = world.memberships(person).map(|organization| &organization.slug);
    slugs.find(|slug| chosen.is_empty() || *slug == chosen).cloned()
}

/// The organization's first project, if it has any.
fn first_of(world: &World, slug: &str) -> Vec<String> {
    let of_it = world.projects.iter().find(|project| project.organization == slug);
    of_it.iter().map(|project| project.reference.clone()).collect()
}

/// Gives the project to the organization, if this person owns it.
fn take_over(world: &mut World, reference: &str, slug: &str, person: &str) -> Result<(), Refusal> {
    let organization = world
        .organizations
        .iter()
        .find(|organization| organization.slug == slug);
    let role = organization
        .and_then(|organization| organization.role_of(person))
        .ok_or(Refusal::NotFound("Organization"))?;
    if role < Role::Owner {
        return Err(Refusal::Role {
            role: role.as_str(),
            permissions: "organization_admin_write and project_admin_write".to_owned(),
        });
    }
    let now = world.now();
    claim::hand_over(world, reference, slug, now)
}

/// The same as [`read`], with the project to be claimed.
fn read_claim(parameters: &[(String, String)], sign_in: &SignIn<'_>) -> Result<Application, Unfit> {
    let application = read(parameters, sign_in.settings)?;
    let reference = first(parameters, "project_ref").unwrap_or_default();
    let project = claim::waiting(sign_in.world, reference, sign_in.world.now()).ok_or(Unfit::Page(
        "No project with a claim token that is still good has this ref (project_ref).",
    ))?;
    let claim = Some(Claim {
        reference: project.reference.clone(),
        name: project.name.clone(),
    });
    Ok(Application { claim, ..application })
}

/// Reads and checks the parameters, which come twice: in the query, and again in the form's hidden fields.
fn read(parameters: &[(String, String)], settings: &Settings) -> Result<Application, Unfit> {
    let parameter = |name| first(parameters, name);
    if parameter("client_id") != Some(DEMO_CLIENT_ID) {
        return Err(Unfit::Client);
    }
    let redirect_text = parameter("redirect_uri").unwrap_or_default();
    let Some(redirect_uri) = settings.redirect_uris.registered(redirect_text) else {
        return Err(Unfit::Page(
            "The app wants you sent to an address that is not registered for it (redirect_uri).",
        ));
    };
    let state = parameter("state");
    if redirect_text.len() + state.map_or(0, str::len) > LONGEST {
        return Err(Unfit::Page("The app sent more than 4 kB of redirect_uri and state."));
    }
    let application = Application {
        redirect_uri,
        redirect_text: redirect_text.to_owned(),
        state: state.map(str::to_owned),
        challenge: parameter("code_challenge").map(str::to_owned),
        organization: parameter("organization_slug").map(str::to_owned),
        claim: None,
    };
    let error = if parameter("response_type") != Some("code") {
        Some("unsupported_response_type")
    } else if !challenge_fits(application.challenge.as_deref(), parameter("code_challenge_method")) {
        Some("invalid_request")
    } else {
        None
    };
    match error {
        Some(error) => Err(Unfit::Back(Box::new(application), error)),
        None => Ok(application),
    }
}

/// PKCE may be left out; where it is used, only S256 will do.
fn challenge_fits(challenge: Option<&str>, method: Option<&str>) -> bool {
    match challenge {
        None => method.is_none(),
        Some(challenge) => {
            method == Some("S256")
                && challenge.len() == 43
                && challenge
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        }
    }
}

impl Application {
    /// Sends the browser back to the app with these parameters and the state it sent.
    fn back(&self, parameters: &[(&str, &str)]) -> Answer {
        let mut url = self.redirect_uri.clone();
        url.query_pairs_mut()
            .extend_pairs(parameters)
            .extend_pairs(self.state.iter().map(|state| ("state", state)));
        let mut answer = empty(StatusCode::SEE_OTHER);
        // ok: a serialized URL is ASCII without control characters.
        if let Ok(location) = HeaderValue::from_str(url.as_str()) {
            answer.headers_mut().insert(header::LOCATION, location);
        }
        answer
    }
}

impl Unfit {
    fn answer(&self) -> Answer {
        match self {
            Self::Client => Refusal::Client(client::UNKNOWN).answer(),
            Self::Page(why) => consent::refusal(why),
            Self::Back(application, error) => application.back(&[("error", error)]),
        }
    }
}
