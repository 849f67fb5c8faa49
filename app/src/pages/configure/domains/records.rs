//! What is to be entered where the domain is run: each name and value to be copied, one by one or as a zone file.

use leptos::prelude::*;
use management_api::domains::HostnameConfig;

use super::hostname::here;
use crate::{
    components::{copyable::Copyable, list::List},
    islands::copy::CopyButton,
    server_fns::domains::name_of,
};

/// A DNS record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    kind: String,
    name: String,
    value: String,
    /// What it is for.
    does: &'static str,
}

/// The records that Supabase asks for, as far as it tells.
fn all(config: &HostnameConfig) -> Vec<Record> {
    let result = &config.data.result;
    let owner = &result.ownership_verification;
    let of = |kind: &str, name: &str, value: &str, does| Record {
        kind: kind.to_uppercase(),
        name: name.to_owned(),
        value: value.to_owned(),
        does,
    };
    let mut records = vec![of(
        "cname",
        name_of(config),
        &result.custom_origin_server,
        "Leads to the project",
    )];
    records.push(of(
        &owner.kind,
        &owner.name,
        &owner.value,
        "Proves that the name is yours",
    ));
    let certificate = result.ssl.validation_records.iter();
    records.extend(certificate.map(|one| of("txt", &one.txt_name, &one.txt_value, "Lets the certificate be made")));
    records.retain(|record| !record.name.is_empty() && !record.value.is_empty());
    records
}

/// As name servers read them.
fn zone(records: &[Record]) -> String {
    let absolute = |name: &str| format!("{}.", name.trim_end_matches('.'));
    let line = |record: &Record| {
        let value = match record.kind.as_str() {
            "CNAME" => absolute(&record.value),
            _ => format!("\"{}\"", record.value.replace(['"', '\\'], "")),
        };
        format!("{}\t300\tIN\t{}\t{value}", absolute(&record.name), record.kind)
    };
    records.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn records(project: &str, config: &HostnameConfig) -> AnyView {
    let all = all(config);
    if all.is_empty() {
        return view! { <p class="hint">"Supabase names no records."</p> }.into_any();
    }
    let zone = zone(&all);
    let table = List::new(("record", "records"), here(project), |record: &Record| {
        format!("{} {}", record.kind, record.name)
    })
    .column("Type", |record| view! { <code>{record.kind.clone()}</code> })
    .column("Name", |record| {
        let what = format!("name of the {} record", record.kind);
        view! { <Copyable value=record.name.clone() what/> }
    })
    .column("Value", |record| {
        let what = format!("value of the {} record", record.kind);
        view! { <Copyable value=record.value.clone() what/> }
    })
    .column("For", |record| record.does)
    .draw(all);
    view! {
        <div class="records">{table}</div>
        <details class="zone">
            <summary>"As a zone file"</summary>
            <div class="zone-text">
                <pre><code>{zone.clone()}</code></pre>
                <CopyButton value=zone what="records as a zone file".to_owned()/>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_are_told_as_far_as_supabase_does() {
        let config = |result| -> HostnameConfig {
            serde_json::from_value(json!({ "custom_hostname": "api.example.com", "data": { "result": result } }))
                .unwrap()
        };
        assert!(all(&config(json!({}))).is_empty());
        let whole = config(json!({
            "custom_origin_server": "abc.supabase.co",
            "ownership_verification": { "type": "txt", "name": "_cf.api.example.com", "value": "p" },
            "ssl": { "validation_records": [{ "txt_name": "_acme.api.example.com", "txt_value": "c\"" }] },
        }));
        let records = all(&whole);
        assert_eq!(
            zone(&records),
            "api.example.com.\t300\tIN\tCNAME\tabc.supabase.co.\n_cf.api.example.com.\t300\tIN\tTXT\t\"p\"\n_acme.api.example.com.\t300\tIN\tTXT\t\"c\""
        );
        // Once the name is proved, its record is empty.
        let proved = config(json!({
            "custom_origin_server": "abc.supabase.co",
            "ownership_verification": { "type": "", "name": "", "value": "" },
        }));
        assert_eq!(all(&proved).len(), 1);
    }
}
