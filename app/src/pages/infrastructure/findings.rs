//! What stands in the way of an upgrade and what will be different after it: what it means, and how it is cured.

use management_api::projects::UpgradeFinding;
use serde_json::Value;

/// One finding for people.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub title: String,
    /// What it concerns, by its own names.
    pub names: Vec<String>,
    pub means: &'static str,
    /// What to do.
    pub cure: String,
    /// SQL that shows or cures it.
    pub sql: Option<String>,
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What stands in the way, by the kinds that the API document names; one that came later is shown as it is.
pub fn obstacle(finding: &UpgradeFinding) -> Told {
    let name = |key: &str| {
        finding
            .details
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let within = |of: &str| format!("{}.{}", name("schema_name"), name(of));
    let sql_within = |of: &str| format!("{}.{}", quoted(&name("schema_name")), quoted(&name(of)));
    let told = |title: &str, names: Vec<String>, means, cure: &str, sql: Option<String>| Told {
        title: title.to_owned(),
        names,
        means,
        cure: cure.to_owned(),
        sql,
    };
    match finding.kind.as_str() {
        "objects_depending_on_pg_cron" => told(
            "Objects depend on pg_cron",
            texts(finding.details.get("dependents")),
            "The upgrade takes the extension pg_cron out and puts it back, which cannot be done while something of yours needs its tables.",
            "Drop these objects before the upgrade, and make them anew after it. Jobs are kept.",
            None,
        ),
        "indexes_referencing_ll_to_earth" => told(
            "An index uses ll_to_earth",
            vec![within("index_name")],
            "The index calls a function of the extension earthdistance that cannot be found while indexes are made anew.",
            "Drop the index before the upgrade, and make it anew after it.",
            Some(format!("drop index {};", sql_within("index_name"))),
        ),
        "function_using_obsolete_lang" => told(
            "A function is written in a language that is gone",
            vec![format!("{} ({})", within("function_name"), name("lang_name"))],
            "The newer version does not come with this language.",
            "Write the function in PL/pgSQL or SQL, or drop it.",
            None,
        ),
        "unsupported_extension" => told(
            "An extension is not in the newer version",
            vec![name("extension_name")],
            "The newer version does not come with this extension. Whatever needs it would break.",
            "Rewrite what needs it, then drop the extension.",
            Some(format!("drop extension {};", quoted(&name("extension_name")))),
        ),
        "unsupported_fdw_handler" => told(
            "A foreign data wrapper is not in the newer version",
            vec![format!("{} ({})", name("fdw_name"), name("fdw_handler_name"))],
            "The newer version does not come with the handler of this wrapper.",
            "Drop the wrapper with its servers and foreign tables. Newer wrappers can be set up after the upgrade.",
            Some(format!(
                "drop foreign data wrapper {} cascade;",
                quoted(&name("fdw_name"))
            )),
        ),
        "unlogged_table_with_persistent_sequence" => told(
            "An unlogged table has a logged sequence",
            vec![within("table_name"), within("sequence_name")],
            "The newer version wants both alike.",
            "Make the table logged, or the sequence unlogged.",
            Some(format!("alter table {} set logged;", sql_within("table_name"))),
        ),
        "user_defined_objects_in_internal_schemas" => told(
            "Objects of yours are in a schema of Supabase",
            vec![format!("{} {}", name("obj_type"), within("obj_name"))],
            "The upgrade replaces what is in Supabase\u{2019}s own schemas, and what is yours would be lost.",
            "Move it to a schema of yours. What names it has to follow.",
            // A function goes by its arguments, too, which are not told.
            (name("obj_type") == "table").then(|| format!("alter table {} set schema public;", sql_within("obj_name"))),
        ),
        "active_replication_slot" => told(
            "A replication slot is in use",
            vec![name("slot_name")],
            "Slots do not survive an upgrade: whoever reads from this one would miss changes.",
            "Stop its reader and drop the slot. Afterwards the reader starts from a new copy.",
            Some(format!(
                "select pg_drop_replication_slot('{}');",
                name("slot_name").replace('\'', "''")
            )),
        ),
        "table_using_reg_type" => told(
            "A column holds object identifiers",
            vec![format!(
                "{} ({})",
                [within("table_name"), name("column_name")].join("."),
                name("type_name")
            )],
            "Such identifiers are other ones after the upgrade, so that the column would point elsewhere.",
            "Keep names in the column, as text.",
            Some(format!(
                "alter table {} alter column {} type text;",
                sql_within("table_name"),
                quoted(&name("column_name"))
            )),
        ),
        "x86_architecture" => told(
            "The project runs on an old machine",
            Vec::new(),
            "It is a machine with another kind of processor than the newer version is made for.",
            "Pause the project and restore it: it comes back on a machine of today. Projects on a paid plan change their compute size instead, or ask Supabase\u{2019}s support.",
            None,
        ),
        "project_hibernating" => told(
            "The project is paused",
            Vec::new(),
            "Only what runs can be upgraded.",
            "Restore the project first, in its settings.",
            None,
        ),
        _ => other(finding),
    }
}

/// What will work differently after the upgrade.
pub fn warning(finding: &UpgradeFinding) -> Told {
    let (title, means, cure, sql) = match finding.kind.as_str() {
        "pg_graphql_introspection_change" => (
            "GraphQL tells less of itself",
            "The newer pg_graphql no longer answers questions about its own schema by itself.",
            "Tools that read the GraphQL schema need it turned on after the upgrade.",
            None,
        ),
        "ltree_reindex_required" => (
            "Indexes on ltree columns have to be made anew",
            "The order of ltree values is another one, and such an index may not find its rows.",
            "Run REINDEX on them after the upgrade.",
            None,
        ),
        "btree_gist_nan_reindex" => (
            "GiST indexes on numbers may have to be made anew",
            "NaN has another place in their order, and such an index may not find rows that hold it.",
            "Run REINDEX on indexes that use btree_gist after the upgrade.",
            None,
        ),
        "collation_reindex_required" => (
            "Indexes on text have to be made anew",
            "The rules by which letters are sorted come from a newer library, and such an index may not find its rows.",
            "Run REINDEX after the upgrade, while little is written.",
            Some("reindex database concurrently postgres;".to_owned()),
        ),
        "operator_estimator_gate" => (
            "Operators of yours may be refused",
            "The newer version lets only the owner of an estimator function use it in an operator.",
            "Look whether operators of yours name estimators of others.",
            None,
        ),
        _ => return other(finding),
    };
    Told {
        title: title.to_owned(),
        names: Vec::new(),
        means,
        cure: cure.to_owned(),
        sql,
    }
}

/// By the API's words.
fn other(finding: &UpgradeFinding) -> Told {
    let detail = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    };
    Told {
        title: finding.kind.replace('_', " "),
        names: finding.details.iter().map(detail).collect(),
        means: "Steward does not know this kind of finding.",
        cure: "Supabase\u{2019}s documentation on upgrades says what it is about.".to_owned(),
        sql: None,
    }
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finding(value: Value) -> UpgradeFinding {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn findings_name_what_they_concern_and_quote_it_in_sql() {
        let told = obstacle(&finding(json!({
            "type": "user_defined_objects_in_internal_schemas",
            "obj_type": "table", "schema_name": "auth", "obj_name": "mine\"s",
        })));
        assert_eq!(told.names, ["table auth.mine\"s"]);
        assert_eq!(
            told.sql.unwrap(),
            "alter table \"auth\".\"mine\"\"s\" set schema public;"
        );
        let slot = obstacle(&finding(
            json!({ "type": "active_replication_slot", "slot_name": "a'b" }),
        ));
        assert_eq!(slot.sql.unwrap(), "select pg_drop_replication_slot('a''b');");
        let cron = obstacle(&finding(
            json!({ "type": "objects_depending_on_pg_cron", "dependents": ["view a", 7] }),
        ));
        assert_eq!(cron.names, ["view a"]);
    }

    #[test]
    fn what_came_later_is_shown_as_it_is() {
        let told = obstacle(&finding(json!({ "type": "moon_phase", "days": 3 })));
        assert_eq!(told.title, "moon phase");
        assert_eq!(told.names, ["days: 3"]);
        assert_eq!(warning(&finding(json!({ "type": "moon_phase" }))).title, "moon phase");
    }
}
