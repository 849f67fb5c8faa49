//! A call as a command for the shell, without the token.

use management_api::{Body, Request, Upload, catalogue::Method};
use serde_json::Value;
use url::Url;

use crate::stack::address;

/// Bytes of a body that stand in the command itself; a longer one is named as a file.
const LONGEST: usize = 16 * 1024;

/// `request` as it is sent, but with the token as a variable of the shell. Secrets are the caller's to take out.
pub fn command(api_url: &Url, request: &Request) -> String {
    let row = request.id.row();
    let mut lines = vec![match row.method {
        Method::Head => "curl --head".to_owned(),
        method => format!("curl -X {}", method.as_str()),
    }];
    lines[0].push_str(&format!(" {}", quoted(address(api_url, request).as_str())));
    // Double quotes, so that the shell puts the token in.
    lines.push("-H \"Authorization: Bearer $SUPABASE_ACCESS_TOKEN\"".to_owned());
    if let Some(key) = &request.idempotency_key {
        lines.push(format!("-H {}", quoted(&format!("Idempotency-Key: {key}"))));
    }
    if let Some(body) = &request.body {
        match row.body {
            Body::None | Body::Json | Body::Whole(_) | Body::Data(_) | Body::List(..) => {
                lines.push("-H 'Content-Type: application/json'".to_owned());
                let text = body.to_string();
                lines.push(if text.len() > LONGEST {
                    "--data-binary '@body.json'".to_owned()
                } else {
                    format!("--data-raw {}", quoted(&text))
                });
            }
            Body::Form => {
                for (name, value) in body.as_object().into_iter().flatten() {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    lines.push(format!("--data-urlencode {}", quoted(&format!("{name}={value}"))));
                }
            }
            Body::Multipart => {
                let metadata = body.get("metadata").cloned().unwrap_or_default();
                // Unlike -F this takes the text as it is.
                lines.push(format!("--form-string {}", quoted(&format!("metadata={metadata}"))));
                lines.extend(
                    files(body)
                        .iter()
                        .map(|file| format!("-F {}", quoted(&part(&file.name)))),
                );
            }
        }
    }
    lines.join(" \\\n  ")
}

fn files(body: &Value) -> Vec<Upload> {
    let files = body.get("file").filter(|files| !files.is_null());
    files
        .and_then(|files| Upload::deserialize_all(files).ok())
        .unwrap_or_default()
}

/// A file in curl's own spelling, in which quotes keep `;` and `,` from meaning anything.
fn part(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { '_' } else { c })
        .flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("file=@\"{name}\";filename=\"{name}\"")
}

/// `text` as one word of a POSIX shell, in which nothing of it means anything.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use management_api::{OperationId, branches::GetBranch, database::RunQuery, projects::ListProjects};
    use serde_json::json;

    use super::*;

    const HOSTILE: &str = "'; rm -rf / #$(id)`id`\"\\\n$HOME !! %s \u{202e}&<>|*?~\t\u{1b}[0m";

    fn api() -> Url {
        Url::parse("https://api.supabase.com").unwrap()
    }

    /// The arguments that a shell would hand to curl.
    fn arguments(command: &str) -> Vec<String> {
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\nSUPABASE_ACCESS_TOKEN=token\n{command}");
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{command}: {output:?}"
        );
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn a_read_is_one_line_and_its_token() {
        let request = Request::of(&ListProjects {}).unwrap();
        assert_eq!(
            command(&api(), &request),
            "curl -X GET 'https://api.supabase.com/v1/projects' \\\n  -H \"Authorization: Bearer $SUPABASE_ACCESS_TOKEN\""
        );
    }

    #[test]
    fn hostile_texts_arrive_as_they_are() {
        let query: RunQuery = serde_json::from_value(json!({ "ref": "shop", "query": HOSTILE })).unwrap();
        let request = Request::of(&query).unwrap();
        let arguments = arguments(&command(&api(), &request));
        assert_eq!(arguments.len(), 9, "{arguments:?}");
        assert_eq!(arguments[..2], ["-X", "POST"]);
        assert_eq!(Url::parse(&arguments[2]).unwrap().path(), request.path);
        assert_eq!(arguments[4], "Authorization: Bearer token");
        let body: Value = serde_json::from_str(&arguments[8]).unwrap();
        assert_eq!(body["query"], HOSTILE);
    }

    #[test]
    fn hostile_names_stay_in_the_path() {
        let name: String = HOSTILE
            .chars()
            .filter(|c| !c.is_control() && *c != '\u{202e}')
            .collect();
        let request = Request::of(&GetBranch {
            project: "shop".to_owned(),
            name,
        })
        .unwrap();
        let arguments = arguments(&command(&api(), &request));
        assert_eq!(arguments.len(), 5);
        assert_eq!(Url::parse(&arguments[2]).unwrap().path(), request.path);
    }

    #[test]
    fn file_names_stay_within_their_quotes() {
        assert_eq!(part("index.ts"), "file=@\"index.ts\";filename=\"index.ts\"");
        assert_eq!(
            part("a\";type=x\\\n"),
            "file=@\"a\\\";type=x\\\\_\";filename=\"a\\\";type=x\\\\_\""
        );
    }

    #[test]
    fn a_long_body_is_a_file() {
        let query: RunQuery = serde_json::from_value(json!({ "ref": "abc", "query": "x".repeat(LONGEST) })).unwrap();
        let command = command(&api(), &Request::of(&query).unwrap());
        assert!(
            command.ends_with("--data-binary '@body.json'") && command.len() < 400,
            "{command}"
        );
    }

    /// The command of an operation whose every text is hostile; `None` where it wants more than texts.
    fn hostile(id: OperationId) -> Option<String> {
        use app::form::{Field, Form, Kind, Place};
        let fields = Form::of(id).fields.iter();
        let texts = fields.filter(|field| matches!(field.kind, Kind::Text { .. }));
        // What names a place is refused unless it could be one.
        let text = |field: &Field| match (field.place, field.name.as_str()) {
            (Place::Path, _) | (_, "organization_slug" | "project_ref") => "shop",
            (Place::Query | Place::Body, _) => HOSTILE,
        };
        let parameters: serde_json::Map<_, _> = texts.map(|field| (field.name.clone(), json!(text(field)))).collect();
        Some(command(&api(), &id.request(parameters.into()).ok()?))
    }

    #[test]
    fn every_operation_made_of_texts_is_one_command() {
        let commands: Vec<String> = OperationId::ALL.iter().filter_map(|id| hostile(*id)).collect();
        assert!(commands.len() > 80, "only {}", commands.len());
        // One shell for all of them.
        let ends: Vec<String> = arguments(&commands.join("\n"));
        let methods = ends
            .iter()
            .filter(|word| ["-X", "--head"].contains(&word.as_str()))
            .count();
        assert_eq!(methods, commands.len());
    }
}
