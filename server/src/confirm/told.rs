//! What a request would do, where that depends on its parameters.

use std::net::IpAddr;

use app::sql;
use management_api::{Asks, Effect, Request, projects::AllowedCidrs};
use serde_json::Value;

use super::addresses::{addresses, cuts_off};

/// Something to be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it does, going on from "I know that this …".
    pub does: String,
    /// The text in which that was read, where it is one: it must be the same when the answer comes.
    pub about: String,
    /// Whether rows are lost by it: then a name is typed, too.
    pub loses: bool,
}

/// What this very request does that must be asked about; `None` where there is nothing, or only what the operation
/// always asks. `ranges` are those that can reach the database now, where [`super::addresses::takes_ranges_away`] wants to know; `caller` is
/// the address that the person comes from, where it is one of the internet.
pub async fn told(request: &Request, ranges: Option<&AllowedCidrs>, caller: Option<IpAddr>) -> Option<Told> {
    let row = request.id.row();
    let at = |pointer: &str| request.parameters.pointer(pointer);
    let texts = |names: &[&str]| -> String {
        let texts = names.iter().filter_map(|name| request.parameter(name));
        // Each ends by itself, even where its last line is a comment.
        texts.map(|text| format!("{text}\n;\n")).collect()
    };
    // A name is typed for these, which asks more than a box.
    if row.effect == Effect::Destructive && !matches!(row.asks, Asks::Sql(_) | Asks::KeptSql(_)) {
        return None;
    }
    let does = match row.asks {
        // What these do is asked of Supabase, too: their parameters alone do not tell.
        Asks::Nothing
        | Asks::That(_)
        | Asks::Each(_)
        | Asks::Name(_)
        | Asks::Merge
        | Asks::Push
        | Asks::Reset
        | Asks::ReplacesSecrets
        | Asks::ChangesFunctions => None,
        Asks::Sql(names) => return script("", texts(names)).await,
        Asks::KeptSql(names) => return script("keeps SQL for later that ", texts(names)).await,
        Asks::Addresses(_) => match addresses(&request.parameters, ranges) {
            Some(does) => Some(does.to_owned()),
            None => caller.and_then(|caller| cuts_off(&request.parameters, caller)),
        },
        Asks::PublicFunction => {
            let checks = ["/verify_jwt", "/function/verify_jwt", "/metadata/verify_jwt"];
            let open = checks.iter().any(|check| at(check) == Some(&Value::Bool(false)));
            open.then(|| "lets anybody on the internet call the function, without a token of the project".to_owned())
        }
        Asks::Schemas => at("/db_schema")
            .and_then(Value::as_str)
            .map(|schemas| match schemas.trim() {
                "" => "takes every schema out of the Data API".to_owned(),
                schemas => format!("lets the Data API show the schemas {schemas}, and no others"),
            }),
        Asks::Realtime => realtime(at("/suspend"), at("/private_only")),
        Asks::S3 => (at("/features/s3Protocol/enabled") == Some(&Value::Bool(true)))
            .then(|| "lets whoever holds an S3 key of the project reach its files by the S3 protocol".to_owned()),
        Asks::KeyRole => at("/secret_jwt_template")
            .filter(|template| !template.is_null())
            .map(|_| "changes the role that the key stands for, and so what its holders can reach".to_owned()),
    };
    does.map(|does| Told {
        does,
        loses: false,
        about: match row.asks {
            Asks::Addresses(_) => request.body.iter().map(Value::to_string).collect(),
            _ => String::new(),
        },
    })
}

async fn script(before: &'static str, text: String) -> Option<Told> {
    let script = text.clone();
    // Reading takes a while for a long script, and its own stack.
    let deeds = tokio::task::spawn_blocking(move || sql::deeds(&script)).await;
    // What is only kept loses nothing yet.
    let runs = before.is_empty();
    let (loses, deeds): (bool, Vec<String>) = match deeds {
        Ok(deeds) => (
            deeds.iter().any(|deed| deed.loses),
            deeds.into_iter().map(|deed| deed.does).collect(),
        ),
        Err(_) => (true, vec![sql::UNREADABLE.to_owned()]),
    };
    (!deeds.is_empty()).then(|| Told {
        does: format!("{before}{}", deeds.join("; ")),
        about: text,
        loses: loses && runs,
    })
}

fn realtime(suspend: Option<&Value>, private_only: Option<&Value>) -> Option<String> {
    if suspend == Some(&Value::Bool(true)) {
        Some("turns Realtime off, and disconnects every client".to_owned())
    } else if private_only == Some(&Value::Bool(false)) {
        Some("lets whoever holds a key of the project join its public channels".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;
    use serde_json::json;

    use super::*;

    async fn does(id: OperationId, mut parameters: Value) -> Option<String> {
        parameters["ref"] = json!("abc");
        told(&id.request(parameters).unwrap(), None, None)
            .await
            .map(|told| told.does)
    }

    #[tokio::test]
    async fn opening_and_closing_the_database_is_named() {
        for (parameters, expected) in [
            (
                json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] }),
                None,
            ),
            (
                json!({ "dbAllowedCidrs": ["203.0.113.0/24", "0.0.0.0/0"] }),
                Some("anybody on the internet"),
            ),
            (
                json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["::/0"] }),
                Some("anybody on the internet"),
            ),
            (
                json!({ "dbAllowedCidrs": ["128.0.0.0/1", "0.0.0.0/1"], "dbAllowedCidrsV6": ["2001:db8::/32"] }),
                Some("anybody on the internet"),
            ),
            (
                json!({ "dbAllowedCidrs": [], "dbAllowedCidrsV6": [] }),
                Some("closes the database: no address"),
            ),
            (json!({}), Some("closes the database: no address")),
            (
                json!({ "dbAllowedCidrs": ["203.0.113.0/24"] }),
                Some("closes the database to IPv6"),
            ),
            (
                json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": [] }),
                Some("closes the database to IPv6"),
            ),
            (
                json!({ "dbAllowedCidrsV6": ["2001:db8::/32"] }),
                Some("closes the database to IPv4"),
            ),
        ] {
            let told = does(OperationId::UpdateNetworkRestrictions, parameters.clone()).await;
            match expected {
                None => assert_eq!(told, None, "{parameters}"),
                Some(expected) => assert!(
                    told.as_deref().unwrap_or_default().contains(expected),
                    "{parameters}: {told:?}"
                ),
            }
        }
        for (parameters, expected) in [
            (json!({ "add": { "dbAllowedCidrs": ["203.0.113.0/24"] } }), None),
            (
                json!({ "remove": { "dbAllowedCidrs": ["203.0.113.0/24"] } }),
                Some("could not be read"),
            ),
            (
                json!({ "add": { "dbAllowedCidrsV6": ["::/0"] } }),
                Some("anybody on the internet"),
            ),
            (
                json!({ "remove": { "dbAllowedCidrs": ["0.0.0.0/0"] } }),
                Some("is cut off"),
            ),
        ] {
            let told = does(OperationId::PatchNetworkRestrictions, parameters.clone()).await;
            match expected {
                None => assert_eq!(told, None, "{parameters}"),
                Some(expected) => assert!(
                    told.as_deref().unwrap_or_default().contains(expected),
                    "{parameters}: {told:?}"
                ),
            }
        }
    }

    #[tokio::test]
    async fn what_opens_or_stops_something_is_told_and_the_rest_is_not() {
        let function = |verify: Option<bool>| json!({ "function_slug": "a", "function": { "verify_jwt": verify } });
        for (id, parameters, asked) in [
            (OperationId::UpdateFunction, function(Some(false)), true),
            (OperationId::UpdateFunction, function(Some(true)), false),
            (OperationId::UpdateFunction, function(None), false),
            (
                OperationId::DeployFunction,
                json!({ "metadata": { "entrypoint_path": "a", "verify_jwt": false } }),
                true,
            ),
            (
                OperationId::DeployFunction,
                json!({ "metadata": { "entrypoint_path": "a" } }),
                false,
            ),
            (
                OperationId::UpdatePostgrestConfig,
                json!({ "db_schema": "public,private" }),
                true,
            ),
            (OperationId::UpdatePostgrestConfig, json!({ "max_rows": 10 }), false),
            (OperationId::UpdateRealtimeConfig, json!({ "suspend": true }), true),
            (
                OperationId::UpdateRealtimeConfig,
                json!({ "private_only": false }),
                true,
            ),
            (
                OperationId::UpdateRealtimeConfig,
                json!({ "private_only": true }),
                false,
            ),
            (OperationId::UpdateStorageConfig, json!({ "fileSizeLimit": 10 }), false),
            (
                OperationId::UpdateStorageConfig,
                json!({ "features": { "s3Protocol": { "enabled": true } } }),
                true,
            ),
            (OperationId::UpdateApiKey, json!({ "id": "a", "name": "other" }), false),
            (
                OperationId::UpdateApiKey,
                json!({ "id": "a", "secret_jwt_template": { "role": "service_role" } }),
                true,
            ),
            (OperationId::RunQuery, json!({ "query": "select 1" }), false),
            (OperationId::RunQuery, json!({ "query": "drop table a" }), true),
            (
                OperationId::UpsertMigration,
                json!({ "query": "create table a ()", "rollback": "drop table a" }),
                true,
            ),
            (
                OperationId::PatchMigration,
                json!({ "version": "1", "name": "a" }),
                false,
            ),
        ] {
            let told = does(id, parameters.clone()).await;
            assert_eq!(told.is_some(), asked, "{id} {parameters}: {told:?}");
        }
        let kept = does(
            OperationId::PatchMigration,
            json!({ "version": "1", "rollback": "drop table a" }),
        )
        .await;
        assert_eq!(kept.as_deref(), Some("keeps SQL for later that drops the table a"));
    }
}
