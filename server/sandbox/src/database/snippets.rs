//! SQL that people saved in the dashboard. The API reads it only, so a project has what it began with.

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    projects::Project,
    token,
    world::Person,
};

/// How many of the snippets below a project has.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    count: usize,
}

impl State {
    /// The state of a project that people have worked with.
    pub fn seeded(reference: &str) -> Self {
        // ok: a remainder of 3.
        let count = 1 + (token::number(&format!("{reference} snippets")) % 3) as usize;
        Self { count }
    }
}

struct Text {
    name: &'static str,
    description: Option<&'static str>,
    /// `user`: nobody else sees it; `project`: the whole organization does.
    visibility: &'static str,
    sql: &'static str,
}

const TEXTS: [Text; 3] = [
    Text {
        name: "Largest tables",
        description: Some("The ten tables that take the most room"),
        visibility: "project",
        sql: "select relname, pg_size_pretty(pg_total_relation_size(oid)) as size\nfrom pg_class\nwhere relkind = 'r'\n\
            order by pg_total_relation_size(oid) desc\nlimit 10;",
    },
    Text {
        name: "Sign-ups by day",
        description: None,
        visibility: "user",
        sql: "select date_trunc('day', created_at) as day, count(*)\nfrom auth.users\ngroup by 1\norder by 1 desc;",
    },
    Text {
        name: "Long-running queries",
        description: Some("What has been under way for more than a minute"),
        visibility: "project",
        sql: "select pid, now() - query_start as since, query\nfrom pg_stat_activity\n\
            where state = 'active' and now() - query_start > interval '1 minute';",
    },
];

/// A snippet with whom it belongs to.
struct Snippet<'a> {
    id: String,
    text: &'static Text,
    project: &'a Project,
    owner: &'a Person,
    inserted_at: OffsetDateTime,
}

impl Snippet<'_> {
    fn brief(&self) -> Value {
        // ok: as small as the real ones.
        let number = token::number(&self.owner.id) as u32 % 1_000_000;
        let username = self.owner.email.split('@').next().unwrap_or_default();
        let person = json!({ "id": number, "username": username });
        let time = moment(self.inserted_at);
        json!({
            "id": self.id,
            "inserted_at": time,
            "updated_at": time,
            "type": "sql",
            "visibility": self.text.visibility,
            "name": self.text.name,
            "description": self.text.description,
            "project": { "id": self.project.id, "name": self.project.name },
            "owner": person,
            "updated_by": person,
            "favorite": false,
        })
    }
}

/// The snippets that the caller sees, of the projects that are left.
fn visible<'a>(call: &'a Call<'_>) -> Vec<Snippet<'a>> {
    let mut snippets = Vec::new();
    for organization in call.world.reached(&call.caller) {
        let projects = call.world.projects.iter();
        for project in
            projects.filter(|project| project.organization == organization.slug && !project.is_removed(call.now))
        {
            for (place, text) in TEXTS.iter().enumerate().take(project.parts.snippets.count) {
                let seed = format!("{} snippet {place}", project.reference);
                // ok: fewer members than any number.
                let chosen = token::number(&seed) as usize % organization.members.len().max(1);
                let owner = organization
                    .members
                    .get(chosen)
                    .and_then(|(id, _)| call.world.person(id));
                let Some(owner) = owner else { continue };
                if text.visibility == "user" && owner.id != call.caller.person {
                    continue;
                }
                snippets.push(Snippet {
                    id: token::uuid(&seed),
                    text,
                    project,
                    owner,
                    // ok: there are three.
                    inserted_at: project.created_at + Duration::minutes(31 * (place as i64 + 1)),
                });
            }
        }
    }
    snippets
}

/// v1-list-all-snippets
pub fn list(call: &mut Call<'_>) -> Answered {
    let query = |name: &str| call.request.query(name).filter(|value| !value.is_empty());
    let limit = match query("limit") {
        None => 100,
        Some(limit) => (limit.parse().ok())
            .filter(|limit| (1..=100).contains(limit))
            .ok_or_else(|| Refusal::Invalid("limit: expected a number from 1 to 100.".to_owned()))?,
    };
    let by_name = match query("sort_by") {
        None | Some("inserted_at") => false,
        Some("name") => true,
        Some(_) => return Err(Refusal::Invalid("sort_by: expected name or inserted_at.".to_owned())),
    };
    let descending = match query("sort_order") {
        None => !by_name,
        Some("asc") => false,
        Some("desc") => true,
        Some(_) => return Err(Refusal::Invalid("sort_order: expected asc or desc.".to_owned())),
    };
    let mut snippets = visible(call);
    if let Some(reference) = query("project_ref") {
        let project = call
            .world
            .projects
            .iter()
            .find(|project| project.reference == reference);
        let project = project.ok_or(Refusal::NotFound("Project"))?;
        call.home_of(&project.organization).map_err(|refusal| match refusal {
            Refusal::NotFound(_) => Refusal::NotFound("Project"),
            other => other,
        })?;
        snippets.retain(|snippet| snippet.project.reference == reference);
    }
    snippets.sort_by(|a, b| {
        let order = if by_name {
            a.text.name.cmp(b.text.name)
        } else {
            a.inserted_at.cmp(&b.inserted_at)
        };
        let order = order.then_with(|| a.id.cmp(&b.id));
        if descending { order.reverse() } else { order }
    });
    let start = match query("cursor") {
        None => 0,
        Some(cursor) => {
            // The cursor names the last snippet that was given.
            let last = BASE64_URL_SAFE_NO_PAD
                .decode(cursor)
                .ok()
                .and_then(|id| String::from_utf8(id).ok());
            let place = last.and_then(|last| snippets.iter().position(|snippet| snippet.id == last));
            place.ok_or_else(|| Refusal::Invalid("cursor: this is not one of this list.".to_owned()))? + 1
        }
    };
    let page = &snippets[start..snippets.len().min(start + limit)];
    let data: Vec<_> = page.iter().map(Snippet::brief).collect();
    let mut list = json!({ "data": data });
    if let Some(last) = page.last().filter(|_| start + limit < snippets.len()) {
        list["cursor"] = json!(BASE64_URL_SAFE_NO_PAD.encode(&last.id));
    }
    Ok(answer(StatusCode::OK, &list))
}

/// v1-get-a-snippet
pub fn get(call: &mut Call<'_>) -> Answered {
    let id = call.request.path("id");
    let shape = [8, 13, 18, 23];
    let is_uuid = id.len() == 36
        && (id.bytes().enumerate()).all(|(at, byte)| {
            if shape.contains(&at) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        });
    if !is_uuid {
        return Err(Refusal::Invalid("id: expected a UUID.".to_owned()));
    }
    let snippets = visible(call);
    let snippet = snippets.iter().find(|snippet| snippet.id.eq_ignore_ascii_case(id));
    // As recorded: one that is not there is answered 406.
    let snippet = snippet.ok_or(Refusal::NotAcceptable("Failed to retrieve SQL snippet"))?;
    let mut whole = snippet.brief();
    whole["content"] = json!({ "schema_version": "1.0", "sql": snippet.text.sql });
    Ok(answer(StatusCode::OK, &whole))
}
