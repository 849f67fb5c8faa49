//! Log drains (v2). Nothing is sent anywhere.
//!
//! Guesses: that secrets come back as stars, how many drains there can be, and which fields a kind of place cannot do
//! without.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answered, Refusal, empty},
    call::Call,
    envelope::{self, entity},
    organizations::Plan,
    token,
};

const KIND: &str = "log_drain";
/// Drains of one project.
const MOST: usize = 10;

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State(Vec<Drain>);

#[derive(Clone, Serialize, Deserialize)]
struct Drain {
    id: String,
    name: String,
    description: Option<String>,
    backend: String,
    config: Map<String, Value>,
}

impl State {
    /// One that is there from the start, with the same id in every world.
    pub fn seeded(key: &str, name: &str, backend: &str, config: Value) -> Self {
        let config = match config {
            Value::Object(config) => config,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        };
        Self(vec![Drain {
            id: token::uuid(key),
            name: name.to_owned(),
            description: Some("Kept for a year, for the auditors".to_owned()),
            backend: backend.to_owned(),
            config,
        }])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A kind of place.
struct Kind {
    name: &'static str,
    /// What it cannot do without.
    needed: &'static [&'static str],
    /// What it may have besides.
    optional: &'static [&'static str],
    /// Which of these are secrets.
    secret: &'static [&'static str],
}

impl Kind {
    fn of(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

const KINDS: &[Kind] = &[
    Kind {
        name: "webhook",
        needed: &["url"],
        optional: &["http", "gzip", "headers"],
        secret: &["headers"],
    },
    Kind {
        name: "datadog",
        needed: &["api_key"],
        optional: &["region"],
        secret: &["api_key"],
    },
    Kind {
        name: "loki",
        needed: &["url"],
        optional: &["username", "password", "headers"],
        secret: &["username", "password", "headers"],
    },
    Kind {
        name: "sentry",
        needed: &["dsn"],
        optional: &[],
        secret: &["dsn"],
    },
    Kind {
        name: "axiom",
        needed: &["api_token", "dataset_name"],
        optional: &["domain"],
        secret: &["api_token"],
    },
    Kind {
        name: "syslog",
        needed: &["host", "port"],
        optional: &[
            "tls",
            "structured_data",
            "cipher_key",
            "ca_cert",
            "client_cert",
            "client_key",
        ],
        secret: &["cipher_key", "ca_cert", "client_cert", "client_key"],
    },
    Kind {
        name: "s3",
        needed: &["s3_bucket", "storage_region", "access_key_id", "secret_access_key"],
        optional: &["batch_timeout"],
        secret: &["access_key_id", "secret_access_key"],
    },
    Kind {
        name: "last9",
        needed: &["region", "username", "password"],
        optional: &[],
        secret: &["username", "password"],
    },
    Kind {
        name: "otlp",
        needed: &["endpoint"],
        optional: &["protocol", "gzip", "headers"],
        secret: &["headers"],
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    name: Option<String>,
    description: Option<String>,
    backend_type: String,
    config: Option<Map<String, Value>>,
}

fn check(backend: &str, config: &Map<String, Value>) -> Result<(), Refusal> {
    let kind = Kind::of(backend)
        .ok_or_else(|| Refusal::Invalid(format!("backend_type: {backend} cannot be configured over the API.")))?;
    let lacks = |name: &&&str| config.get(**name).is_none_or(|value| value == "");
    if let Some(missing) = kind.needed.iter().find(lacks) {
        return Err(Refusal::Invalid(format!("config.{missing}: {backend} needs it.")));
    }
    let known = kind.needed.iter().chain(kind.optional);
    match config.keys().find(|name| !known.clone().any(|known| known == name)) {
        Some(other) => Err(Refusal::Invalid(format!("config.{other}: {backend} does not take it."))),
        None => Ok(()),
    }
}

impl Drain {
    fn body(&self) -> Value {
        let secrets = Kind::of(&self.backend).map_or(&[][..], |kind| kind.secret);
        let shown = self.config.iter().map(|(name, value)| {
            let hidden = secrets.contains(&name.as_str());
            let shown = match value {
                Value::Object(fields) if hidden => fields.keys().map(|key| (key.clone(), json!("********"))).collect(),
                _ if hidden => json!("********"),
                other => other.clone(),
            };
            (name.clone(), shown)
        });
        let mut attributes = json!({
            "name": self.name,
            "config": shown.collect::<Map<_, _>>(),
            "backend_type": self.backend,
        });
        if let Some(description) = &self.description {
            attributes["description"] = json!(description);
        }
        entity(KIND, &self.id, attributes)
    }
}

/// v2-list-log-drains
pub fn list(call: &mut Call<'_>) -> Answered {
    envelope::all(call.project()?.parts.drains.0.iter().map(Drain::body).collect())
}

/// v2-create-log-drain
pub fn create(call: &mut Call<'_>) -> Answered {
    let count = call.project()?.parts.drains.0.len();
    let Sent {
        name,
        description,
        backend_type,
        config,
    } = envelope::attributes(call.request, KIND)?;
    let name = name.filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| Refusal::Invalid("name: expected at least one character.".to_owned()))?;
    let config = config.ok_or_else(|| Refusal::Invalid("config: expected an object.".to_owned()))?;
    check(&backend_type, &config)?;
    if call.plan()? == Plan::Free {
        return Err(Refusal::PlanLimit("The free plan has no log drains.".to_owned()));
    }
    if count >= MOST {
        return Err(Refusal::Invalid(format!("A project has at most {MOST} log drains.")));
    }
    let drain = Drain {
        id: token::uuid(&token::random()),
        name,
        description,
        backend: backend_type,
        config,
    };
    let body = drain.body();
    call.project_mut()?.parts.drains.0.push(drain);
    envelope::one(StatusCode::CREATED, body)
}

/// v2-update-log-drain
pub fn update(call: &mut Call<'_>) -> Answered {
    let id = call.request.uuid("id")?.to_owned();
    let mut drains = call.project()?.parts.drains.0.iter();
    let mut changed = drains
        .find(|drain| drain.id == id)
        .ok_or(Refusal::NotFound("Log drain"))?
        .clone();
    let Sent {
        name,
        description,
        backend_type,
        config,
    } = envelope::attributes(call.request, KIND)?;
    changed.config = config.unwrap_or(changed.config);
    check(&backend_type, &changed.config)?;
    changed.backend = backend_type;
    changed.name = name.unwrap_or(changed.name);
    changed.description = description.or(changed.description);
    let body = changed.body();
    let all = &mut call.project_mut()?.parts.drains.0;
    if let Some(drain) = all.iter_mut().find(|drain| drain.id == id) {
        *drain = changed;
    }
    envelope::one(StatusCode::OK, body)
}

/// v2-delete-log-drain
pub fn delete(call: &mut Call<'_>) -> Answered {
    let id = call.request.uuid("id")?.to_owned();
    let all = &mut call.project_mut()?.parts.drains.0;
    let before = all.len();
    all.retain(|drain| drain.id != id);
    if all.len() == before {
        return Err(Refusal::NotFound("Log drain"));
    }
    Ok(empty(StatusCode::NO_CONTENT))
}
