//! The envelope of v2: what comes in it is checked, and what goes out is put into it, a page at a time.

use axum::http::StatusCode;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::{
    answer::{Answered, Refusal, json as answer},
    request::Request,
};

/// Things on a page where nobody says how many.
const USUAL: usize = 20;
/// Things on a page, at most.
const MOST: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing<T> {
    #[serde(rename = "type")]
    kind: String,
    attributes: T,
}

fn opened<T>(thing: Thing<T>, kind: &str) -> Result<T, Refusal> {
    if thing.kind == kind {
        Ok(thing.attributes)
    } else {
        Err(Refusal::Invalid(format!("data.type: expected \u{201c}{kind}\u{201d}.")))
    }
}

/// The attributes of the one thing of this kind that was sent.
pub fn attributes<T: DeserializeOwned>(request: &Request, kind: &str) -> Result<T, Refusal> {
    let Sent { data } = request.json::<Sent<Thing<T>>>()?;
    opened(data, kind)
}

/// The attributes of each thing that was sent: one at least, `most` at most.
pub fn list<T: DeserializeOwned>(request: &Request, kind: &str, most: usize) -> Result<Vec<T>, Refusal> {
    let Sent { data } = request.json::<Sent<Vec<Thing<T>>>>()?;
    if data.is_empty() || data.len() > most {
        return Err(Refusal::Invalid(format!("data: expected 1 to {most} entries.")));
    }
    data.into_iter().map(|thing| opened(thing, kind)).collect()
}

/// A thing as it is answered.
pub fn entity(kind: &str, id: &str, attributes: Value) -> Value {
    json!({ "type": kind, "id": id, "attributes": attributes })
}

/// One thing.
pub fn one(status: StatusCode, entity: Value) -> Answered {
    Ok(answer(status, &json!({ "data": entity })))
}

/// All there are, where the operation has no pages.
pub fn all(entities: Vec<Value>) -> Answered {
    Ok(answer(StatusCode::OK, &json!({ "data": entities })))
}

fn id(entity: &Value) -> &str {
    entity["id"].as_str().unwrap_or_default()
}

/// The page that `page[size]`, `page[after]` and `page[before]` ask for. The cursor is the id of the last thing before it,
/// or of the first after it.
pub fn page(request: &Request, entities: Vec<Value>) -> Answered {
    let size = request.number("page[size]", 1..=MOST, USUAL)?;
    let place = |name: &str| -> Result<Option<usize>, Refusal> {
        let Some(cursor) = request.query(name) else {
            return Ok(None);
        };
        let place = entities.iter().position(|entity| id(entity) == cursor);
        place.map(Some).ok_or_else(|| Refusal::Coded {
            status: StatusCode::BAD_REQUEST,
            code: "pagination_cursor_invalid",
            message: format!("{name}: there is no such cursor."),
        })
    };
    let (after, before) = (place("page[after]")?, place("page[before]")?);
    let (from, to) = match (after, before) {
        (Some(_), Some(_)) => {
            return Err(Refusal::Invalid("page: expected one of after and before.".to_owned()));
        }
        (Some(after), None) => (after + 1, after + 1 + size),
        (None, Some(before)) => (before.saturating_sub(size), before),
        (None, None) => (0, size),
    };
    let to = to.min(entities.len());
    let from = from.min(to);
    let link = |name: &str, cursor: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = request.query.iter();
        let kept = kept.filter(|(known, _)| known != "page[after]" && known != "page[before]");
        query.extend_pairs(kept).append_pair(name, cursor);
        format!("{}?{}", request.place, query.finish())
    };
    let next = (to < entities.len() && to > 0).then(|| link("page[after]", id(&entities[to - 1])));
    let prev = (from > 0).then(|| link("page[before]", id(&entities[from])));
    let shown = &entities[from..to];
    Ok(answer(
        StatusCode::OK,
        &json!({ "data": shown, "links": { "first": null, "prev": prev, "next": next, "last": null } }),
    ))
}

/// The page that `page[offset]` and `page[limit]` ask for.
pub fn counted(request: &Request, entities: Vec<Value>) -> Answered {
    let limit = request.number("page[limit]", 1..=MOST, USUAL)?;
    let offset = request.number("page[offset]", 0..=usize::MAX, 0)?;
    if offset % limit != 0 {
        return Err(Refusal::Invalid(format!(
            "page[offset]: expected a multiple of {limit}."
        )));
    }
    let link = |offset: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("page[offset]", &offset.to_string());
        query.append_pair("page[limit]", &limit.to_string());
        format!("{}?{}", request.place, query.finish())
    };
    let next = (offset + limit < entities.len()).then(|| link(offset + limit));
    let prev = (offset > 0).then(|| link(offset.saturating_sub(limit)));
    let shown: Vec<_> = entities.iter().skip(offset).take(limit).collect();
    Ok(answer(
        StatusCode::OK,
        &json!({ "data": shown, "links": { "first": null, "prev": prev, "next": next, "last": null } }),
    ))
}
