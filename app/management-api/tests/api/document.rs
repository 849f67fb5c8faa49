//! The API document and the recordings, where they lie beside the project.

use management_api::{Body, OperationId};
use serde_json::Value;

/// A file of the folder beside the project; says so where there is none.
pub fn shared(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/management-api/");
    let text = std::fs::read_to_string(format!("{folder}{name}")).ok();
    if text.is_none() {
        println!("skipped: {name} is not beside the project");
    }
    text
}

pub struct Document(Value);

impl Document {
    pub fn open() -> Option<Self> {
        Some(Self(serde_json::from_str(&shared("openapi-now.json")?).unwrap()))
    }

    /// The whole, for references within it.
    pub fn root(&self) -> &Value {
        &self.0
    }

    /// Path, method and entry of every operation.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, entry)| (path.as_str(), method.as_str(), entry))
        })
    }

    pub fn entry(&self, id: OperationId) -> &Value {
        let row = id.row();
        &self.0["paths"][row.path][row.method.as_str().to_lowercase()]
    }

    /// The schema of a success, if the document has one.
    pub fn answer(&self, id: OperationId) -> Option<&Value> {
        self.entry(id)["responses"][id.row().success.to_string()].pointer("/content/application~1json/schema")
    }

    /// The schema of the body, of the content type that Steward sends; within v2's envelope that of the attributes.
    pub fn body(&self, id: OperationId) -> Option<&Value> {
        let content = self.entry(id).pointer("/requestBody/content")?.as_object()?;
        let content = content.get("application/json").or_else(|| content.values().next())?;
        let body = self.resolve(&content["schema"]);
        let attributes = match id.row().body {
            Body::Data(_) => body.pointer("/properties/data/properties/attributes"),
            Body::List(..) => body.pointer("/properties/data/items/properties/attributes"),
            Body::None | Body::Json | Body::Whole(_) | Body::Form | Body::Multipart => None,
        };
        // One has no attributes, but an id beside them.
        let data = body
            .pointer("/properties/data")
            .filter(|_| matches!(id.row().body, Body::Data(_)));
        Some(attributes.or(data).map_or(body, |within| self.resolve(within)))
    }

    /// The parameters of the path and of the query, each with whether it is needed. One that is an object stands for each
    /// of its fields, in brackets.
    pub fn parameters(&self, id: OperationId) -> Vec<(String, bool, &Value)> {
        let mut all = Vec::new();
        for parameter in self.entry(id)["parameters"].as_array().into_iter().flatten() {
            let (name, schema) = (parameter["name"].as_str().unwrap(), self.resolve(&parameter["schema"]));
            match schema["properties"].as_object() {
                _ if parameter["in"] == "header" => {}
                Some(fields) => all.extend(
                    fields
                        .iter()
                        .map(|(field, schema)| (format!("{name}[{field}]"), false, schema)),
                ),
                None => all.push((name.to_owned(), parameter["required"] == true, schema)),
            }
        }
        all
    }

    /// Whether it takes the header that names a request.
    pub fn takes_a_key(&self, id: OperationId) -> bool {
        let mut all = self.entry(id)["parameters"].as_array().into_iter().flatten();
        all.any(|parameter| parameter["name"] == "Idempotency-Key")
    }

    /// Follows references.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.resolve(self.0.pointer(&reference[1..]).unwrap()),
            None => schema,
        }
    }
}
