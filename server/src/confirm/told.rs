//! What a request would do, where that depends on its parameters.

use std::net::IpAddr;

use app::{
    settings::ranges::{Family, Range},
    sql,
};
use management_api::{Asks, Effect, Request, projects::AllowedCidrs};
use serde_json::Value;

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
/// always asks. `ranges` are those that can reach the database now, where [`takes_ranges_away`] wants to know; `caller` is
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

/// Whether what `request` would do to the database's ranges depends on those that are there.
pub fn takes_ranges_away(request: &Request) -> bool {
    let added_or_taken = matches!(request.id.row().asks, Asks::Addresses(_));
    added_or_taken && request.parameters.get("remove").is_some()
}

/// Whom the ranges let in afterwards: everybody, or nobody of one version of the internet protocol. An empty list lets
/// nobody in, and so does one that is left out where the lists replace those before them.
fn addresses(parameters: &Value, before: Option<&AllowedCidrs>) -> Option<&'static str> {
    let list = |object: &str, name: &str| -> Vec<&str> {
        let values = parameters
            .pointer(object)
            .and_then(|lists| lists.get(name))
            .and_then(Value::as_array);
        values.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    const V4: &str = "dbAllowedCidrs";
    const V6: &str = "dbAllowedCidrsV6";
    let added = ["", "/add"]
        .iter()
        .flat_map(|object| [list(object, V4), list(object, V6)]);
    if added.flatten().any(is_everybody) {
        return Some("lets anybody on the internet reach the database");
    }
    let taken = [list("/remove", V4), list("/remove", V6)];
    if taken.iter().flatten().any(|range| is_everybody(range)) {
        return Some("takes away that anybody can reach the database: whoever no other range holds is cut off");
    }
    let changes = parameters.get("add").is_some() || parameters.get("remove").is_some();
    let closed = |name: &str, taken: &[&str], before: Option<&Vec<String>>| match before {
        _ if !changes => list("", name).is_empty(),
        None => false,
        Some(before) => {
            let stays = before.iter().any(|range| !taken.contains(&range.as_str()));
            !before.is_empty() && !stays && list("/add", name).is_empty()
        }
    };
    let [taken_v4, taken_v6] = &taken;
    let v4 = closed(V4, taken_v4, before.map(|before| &before.v4));
    let v6 = closed(V6, taken_v6, before.map(|before| &before.v6));
    match (v4, v6) {
        (true, true) => Some("closes the database: no address can reach it any more, neither by IPv4 nor by IPv6"),
        (false, true) => {
            Some("closes the database to IPv6: no IPv6 range is left, so no IPv6 address can reach it any more")
        }
        (true, false) => {
            Some("closes the database to IPv4: no IPv4 range is left, so no IPv4 address can reach it any more")
        }
        (false, false) if before.is_none() && parameters.get("remove").is_some() => {
            Some("takes ranges away, and may close the database: which ranges are left could not be read")
        }
        (false, false) => None,
    }
}

/// That lists which take the place of those before them do not hold the address that the person comes from.
fn cuts_off(parameters: &Value, caller: IpAddr) -> Option<String> {
    let replaces = parameters.get("add").is_none() && parameters.get("remove").is_none();
    let family = Family::of(caller);
    let list = match family {
        Family::V4 => "dbAllowedCidrs",
        Family::V6 => "dbAllowedCidrsV6",
    };
    let ranges = parameters.get(list).and_then(Value::as_array).into_iter().flatten();
    let mut ranges = ranges.filter_map(|range| Range::lenient(range.as_str()?, family));
    (replaces && !ranges.any(|range| range.holds(caller)))
        .then(|| format!("cuts off {caller}, where you are, from the database: no range holds that address"))
}

/// Whether a range holds every address, or half of them at least.
fn is_everybody(range: &str) -> bool {
    let bits = range.split_once('/').map(|(_, bits)| bits.trim());
    bits.and_then(|bits| bits.parse::<u8>().ok())
        .is_some_and(|bits| bits <= 1)
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

    #[test]
    fn whoever_would_be_cut_off_is_told() {
        let here = |text: &str| text.parse::<IpAddr>().unwrap();
        let lists = json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] });
        for (caller, off) in [
            ("203.0.113.9", false),
            ("198.51.100.24", true),
            ("2001:db8::1", false),
            ("2001:db9::1", true),
        ] {
            let told = cuts_off(&lists, here(caller));
            assert_eq!(told.is_some(), off, "{caller}");
            assert!(told.is_none_or(|told| told.contains(caller)));
        }
        // What is added takes nobody away.
        assert_eq!(cuts_off(&json!({ "add": {} }), here("198.51.100.24")), None);
    }

    #[test]
    fn taking_the_last_range_away_closes() {
        let before = AllowedCidrs {
            v4: vec!["203.0.113.0/24".to_owned(), "198.51.100.0/24".to_owned()],
            v6: vec!["2001:db8::/32".to_owned()],
        };
        let (v4, v6) = ("dbAllowedCidrs", "dbAllowedCidrsV6");
        for (parameters, expected) in [
            (json!({ "remove": { v4: ["203.0.113.0/24"] } }), None),
            (json!({ "remove": { v4: ["192.0.2.0/24"] } }), None),
            (
                json!({ "remove": { v4: before.v4 } }),
                Some("closes the database to IPv4"),
            ),
            (
                json!({ "remove": { v6: before.v6 } }),
                Some("closes the database to IPv6"),
            ),
            (
                json!({ "remove": { v4: before.v4, v6: before.v6 } }),
                Some("closes the database: no address"),
            ),
            (
                json!({ "remove": { v4: before.v4 }, "add": { v4: ["192.0.2.0/24"] } }),
                None,
            ),
        ] {
            let told = addresses(&parameters, Some(&before));
            assert_eq!(told.is_some(), expected.is_some(), "{parameters}: {told:?}");
            assert!(
                told.unwrap_or_default().contains(expected.unwrap_or_default()),
                "{told:?}"
            );
        }
        let open = AllowedCidrs {
            v4: vec!["0.0.0.0/0".to_owned()],
            v6: Vec::new(),
        };
        assert_eq!(
            addresses(&json!({ "remove": { v6: ["2001:db8::/32"] } }), Some(&open)),
            None
        );
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
