//! Browser: an HTTP client that behaves like one: it keeps cookies, follows redirects when told to, and posts forms.

use std::{collections::BTreeMap, time::Duration};

use app::{
    frame::forms::{IN_PLACE, LEADS_ON},
    outcome::{Problem, Question, Tick},
};
use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, SET_COOKIE},
};
use serde_json::Value;
use url::Url;

/// What a form that stays on its page sends with it.
pub const IN_PLACE_HEADER: (&str, &str) = (IN_PLACE, "1");

/// Cookies are kept for the host, whatever the port, as browsers do.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    console: Url,
    pub cookies: BTreeMap<String, String>,
}

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub url: Url,
    pub body: String,
}

impl Page {
    /// Where the answer leads: the path at the console itself, the whole address elsewhere.
    pub fn location(&self) -> String {
        self.headers
            .get("location")
            .map(|location| location.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Asserts that it is a page drawn to its end, with all it asked Supabase for.
    pub fn assert_complete(&self) {
        let (url, body) = (&self.url, &self.body);
        assert_eq!(self.status, 200, "{url}: {body}");
        assert!(body.contains("</html>"), "{url} breaks off: {body}");
        assert!(!body.contains("error-view"), "{url} lacks something: {body}");
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// Where a form that stays on its page goes on.
    pub fn leads_on(&self) -> &str {
        assert!(self.body.is_empty(), "{}", self.body);
        self.header(LEADS_ON)
    }

    /// What a form that stays on its page is told, read from what was drawn.
    pub fn problem(&self) -> Problem {
        assert!(
            self.body.contains("class=\"form-problem\"") && !self.body.contains("<main"),
            "{}",
            self.body
        );
        let wrong = self
            .body
            .split_once("data-field=")
            .map(|(_, rest)| format!("data-field={rest}"));
        let ticks: Vec<Tick> = self
            .body
            .split("<div class=\"field sure\">")
            .skip(1)
            .map(|tick| Tick {
                sure: attribute(tick, "value"),
                does: words(tick, "<span").trim_start_matches("I know that this ").to_owned(),
            })
            .collect();
        let name = self
            .body
            .contains("name=\"_confirm\"")
            .then(|| words(&self.body, "<bdi"));
        Problem {
            title: words(&self.body, "<p class=\"notice-title\""),
            text: words(&self.body, "<div class=\"notice-body\""),
            field: wrong.map(|wrong| attribute(&wrong, "data-field")),
            question: (!ticks.is_empty()).then_some(Question { ticks, name }),
        }
    }

    /// The hidden fields of the page's form.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self
            .body
            .split("<input ")
            .skip(1)
            .filter(|input| input.starts_with("type=\"hidden\""));
        inputs
            .map(|input| (attribute(input, "name"), attribute(input, "value")))
            .collect()
    }
}

/// The words of the first element that begins so.
fn words(html: &str, element: &str) -> String {
    let (_, rest) = html
        .split_once(element)
        .unwrap_or_else(|| panic!("no {element} in {html}"));
    let tag = element[1..].split(' ').next().unwrap();
    let inside = &rest[rest.find('>').unwrap() + 1..];
    let inside = inside.split(&format!("</{tag}>")).next().unwrap();
    let text: String = inside
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').unwrap().1 })
        .collect();
    unescaped(&text)
}

fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    named
        .iter()
        .fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag
        .split(&format!("{name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    unescaped(value)
}

impl Browser {
    pub fn new(console: &str) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            // A page that never ends is a failure, not a wait.
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self {
            http,
            console: Url::parse(console).unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The name and value of the console's session cookie.
    pub fn session(&self) -> Option<(&String, &String)> {
        self.cookies.iter().find(|(name, _)| name.contains("steward"))
    }

    /// Opens a page; `address` is a path of the console or a whole address.
    pub async fn get(&mut self, address: &str) -> Page {
        self.request(Method::GET, address, &[("accept", "text/html")], None)
            .await
    }

    /// How much of a page has come when `text` has, which is waited for.
    pub async fn get_until(&mut self, address: &str, text: &str) -> String {
        let mut answer = self
            .http
            .get(self.console.join(address).unwrap())
            .header("accept", "text/html");
        for (name, value) in &self.cookies {
            answer = answer.header("cookie", format!("{name}={value}"));
        }
        let (mut answer, mut come) = (answer.send().await.unwrap(), String::new());
        while !come.contains(text) {
            let chunk = answer.chunk().await.unwrap();
            let chunk = chunk.unwrap_or_else(|| panic!("it ended without {text}: {come}"));
            come.push_str(&String::from_utf8_lossy(&chunk));
        }
        come
    }

    /// Sends a form of the console's own page.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        self.request(
            Method::POST,
            address,
            &[("accept", "text/html"), ("sec-fetch-site", "same-origin")],
            Some(fields),
        )
        .await
    }

    /// Runs an operation by the explorer's form, whose parts may be files.
    pub async fn explore(&mut self, operation: &str, fields: &[(&str, &str)]) -> Page {
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
        self.explore_with(operation, fields, &[], &headers).await
    }

    /// `files`: field, name and content.
    pub async fn explore_with(
        &mut self,
        operation: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        let mut url = self.console.join("/explorer/").unwrap();
        url.path_segments_mut().unwrap().pop_if_empty().push(operation);
        self.post_multipart(url.path(), fields, files, headers).await
    }

    /// Sends a form that may hold files. `files`: field, name and content.
    pub async fn post_multipart(
        &mut self,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        let url = self.console.join(address).unwrap();
        let mut form = reqwest::multipart::Form::new();
        for (name, text) in fields {
            form = form.text((*name).to_owned(), (*text).to_owned());
        }
        for (name, file, content) in files {
            let part = reqwest::multipart::Part::text((*content).to_owned()).file_name((*file).to_owned());
            form = form.part((*name).to_owned(), part);
        }
        let mut request = self.http.post(url.clone()).multipart(form);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request, url).await
    }

    /// Begins to carry out the plan at `address`, with yes to all that its page asks.
    pub async fn begin(&mut self, address: &str) {
        let shown = self.get(address).await;
        let question = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]+|true)\"").unwrap();
        let found = question.captures_iter(&shown.body);
        let yes: Vec<String> = found.map(|found| found[1].to_owned()).collect();
        let yes: Vec<(&str, &str)> = yes.iter().map(|yes| ("_sure", yes.as_str())).collect();
        let id = address.split_once("?plan=").unwrap().1;
        self.post(&format!("/plans/{id}/apply"), &yes).await;
    }

    /// The plan's page once it has come to its end, or after half a minute.
    pub async fn ended(&mut self, address: &str) -> Page {
        for _ in 0..300 {
            let page = self.get(address).await;
            if !page.body.contains("Under way.") {
                return page;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        self.get(address).await
    }

    /// Carries the plan out, to its end.
    pub async fn carry_out(&mut self, address: &str) -> Page {
        self.begin(address).await;
        self.ended(address).await
    }

    /// Sends a form with files. `header`: how it is to be answered.
    pub async fn upload(&mut self, address: &str, form: reqwest::multipart::Form, header: (&str, &str)) -> Page {
        let url = self.console.join(address).unwrap();
        let request = self.http.post(url.clone()).multipart(form);
        let request = request
            .header(header.0, header.1)
            .header("sec-fetch-site", "same-origin");
        self.send(request, url).await
    }

    /// Sends a form that stays on its page, as the page's script does.
    pub async fn post_in_place(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        let headers = [IN_PLACE_HEADER, ("sec-fetch-site", "same-origin")];
        self.request(Method::POST, address, &headers, Some(fields)).await
    }

    pub async fn request(
        &mut self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        fields: Option<&[(&str, &str)]>,
    ) -> Page {
        let url = self.console.join(address).unwrap();
        let mut request = self.http.request(method, url.clone());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(fields) = fields {
            request = request.form(fields);
        }
        self.send(request, url).await
    }

    /// Asks what a switcher offers, as the page's script does.
    pub async fn places(&mut self, kind: &str) -> Page {
        self.ask("/api/places", &serde_json::json!({ "kind": kind })).await
    }

    /// Calls a server function.
    pub async fn ask(&mut self, address: &str, body: &Value) -> Page {
        let url = self.console.join(address).unwrap();
        let request = self
            .http
            .post(url.clone())
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .json(body);
        self.send(request, url).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder, url: Url) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            if name.starts_with("__Host-") && !(rest.contains("; Secure") && rest.contains("; Path=/")) {
                continue;
            }
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") || value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        Page {
            status,
            headers,
            url,
            body: answer.text().await.unwrap(),
        }
    }

    /// Opens where the page leads, until it leads nowhere.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            if !page.status.is_redirection() {
                return page;
            }
            let next = page.url.join(&page.location()).unwrap();
            page = self.get(next.as_str()).await;
        }
        panic!("too many redirects, at last to {}", page.url);
    }

    /// Signs the world's first person in, with everything in between, and stops where that leads.
    pub async fn sign_in(&mut self, return_to: &str) -> Page {
        let consent = self.consent_page(return_to).await;
        let callback = self.decide(&consent, "authorize").await;
        let done = self.get(&callback).await;
        self.follow(done).await
    }

    /// Begins a sign-in and goes as far as the consent page.
    pub async fn consent_page(&mut self, return_to: &str) -> Page {
        let started = self.post("/sign-in/start", &[("return_to", return_to)]).await;
        assert_eq!(started.status, 303, "{}", started.body);
        self.follow(started).await
    }

    /// Answers the consent page's question; gives the address of the callback that this leads to.
    pub async fn decide(&mut self, consent: &Page, decision: &str) -> String {
        self.decide_as(0, consent, decision).await
    }

    /// The same for the organization of this slug.
    pub async fn decide_for(&mut self, slug: &str, consent: &Page) -> String {
        self.decided(0, consent, "authorize", &[("organization", slug)]).await
    }

    /// The same as the person at this place of the consent page's list.
    pub async fn decide_as(&mut self, person: usize, consent: &Page, decision: &str) -> String {
        self.decided(person, consent, decision, &[]).await
    }

    async fn decided(&mut self, person: usize, consent: &Page, decision: &str, more: &[(&str, &str)]) -> String {
        assert_eq!(consent.status, 200, "{}", consent.body);
        let person = consent
            .body
            .split("name=\"person\" value=\"")
            .nth(person + 1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let mut fields = consent.hidden();
        fields.extend([
            ("person".to_owned(), person.to_owned()),
            ("decision".to_owned(), decision.to_owned()),
        ]);
        let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
        let address = consent.url.join("/v1/oauth/authorize").unwrap();
        let decided = self.post(address.as_str(), &fields).await;
        assert_eq!(decided.status, 303, "{}", decided.body);
        decided.location()
    }
}
