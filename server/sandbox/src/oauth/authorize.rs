//! The authorization endpoint: checks what the app asks for, asks the person, and sends the browser back.

use axum::http::{HeaderValue, StatusCode, header};
use url::Url;

use super::{SignIn, consent};
use crate::{
    DEMO_CLIENT_ID,
    answer::{Answer, Answered, empty},
    grant::{Code, Grant},
    request::{Request, first},
    seed,
    settings::Settings,
    token::WorldId,
};

/// The cookie that chooses the world; without it people sign in to the demo.
const WORLD_COOKIE: &str = "sandbox_world";

/// The API refuses more than this of `redirect_uri` and `state` together.
const LONGEST: usize = 4096;

/// What the app asks for, checked.
pub struct Application {
    pub redirect_uri: Url,
    /// The redirect URI as it was written, which the exchange must repeat.
    pub redirect_text: String,
    pub state: Option<String>,
    pub challenge: Option<String>,
}

/// Why no consent is asked for.
enum Unfit {
    /// The browser must not be sent anywhere: the app is unknown, or its redirect URI is.
    Page(&'static str),
    /// The app is told.
    Back(Box<Application>, &'static str),
}

pub fn world_of(request: &Request) -> Option<WorldId> {
    request.cookie(WORLD_COOKIE)?.parse().ok()
}

/// v1-authorize-user: shows the consent page.
pub fn ask(sign_in: &mut SignIn<'_>) -> Answered {
    Ok(match read(&sign_in.request.query, sign_in.settings) {
        Ok(application) => consent::page(sign_in.world, &application),
        Err(unfit) => unfit.answer(),
    })
}

/// The consent page's form: the person has decided.
pub fn decide(sign_in: &mut SignIn<'_>) -> Answer {
    let fields = sign_in.request.form();
    let application = match read(&fields, sign_in.settings) {
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
    let scopes = sign_in.world.rules.scopes.clone().unwrap_or_else(seed::all_scopes);
    let grant = Grant {
        person: person.id.clone(),
        scopes,
    };
    let code = Code::new(grant, application.redirect_text.clone(), application.challenge.clone());
    let code = sign_in.world.grants.issue(sign_in.world.mint(), code);
    application.back(&[("code", &code)])
}

/// Reads and checks the parameters, which come twice: in the query, and again in the form's hidden fields.
fn read(parameters: &[(String, String)], settings: &Settings) -> Result<Application, Unfit> {
    let parameter = |name| first(parameters, name);
    if parameter("client_id") != Some(DEMO_CLIENT_ID) {
        return Err(Unfit::Page(
            "The app that sent you here is not known to this sandbox (client_id).",
        ));
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
            Self::Page(why) => consent::refusal(why),
            Self::Back(application, error) => application.back(&[("error", error)]),
        }
    }
}
