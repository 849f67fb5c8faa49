//! The kinds of places that logs can be sent to, each with what it takes. Which of it a place cannot do without the API does
//! not say; what is marked as needed here is what the place itself cannot work without.

use crate::components::operation_form::Described;

/// A kind of place.
#[derive(Debug)]
pub struct Kind {
    /// The API's word.
    pub word: &'static str,
    pub title: &'static str,
    /// How what is sent arrives there.
    pub about: &'static str,
    pub fields: &'static [Described<'static>],
    /// Those of them that the place cannot work without.
    pub needs: &'static [&'static str],
}

const HEADERS: Described<'static> = (
    "config.headers",
    "Headers that are sent along",
    "One a line, such as Authorization=Bearer\u{a0}\u{2026}. They are not shown again.",
);

pub const KINDS: &[Kind] = &[
    Kind {
        word: "webhook",
        title: "An address over HTTP",
        about: "Logs are posted as JSON, at most 250 events at once.",
        fields: &[
            ("config.url", "Address", "Such as https://logs.example.com/supabase."),
            ("config.http", "HTTP", ""),
            ("config.gzip", "Packed", ""),
            HEADERS,
        ],
        needs: &["config.url"],
    },
    Kind {
        word: "datadog",
        title: "Datadog",
        about: "Logs go to Datadog\u{2019}s intake.",
        fields: &[
            ("config.api_key", "API key", "It is not shown again."),
            (
                "config.region",
                "Site",
                "Where the account lies, such as US1, EU or AP1.",
            ),
        ],
        needs: &["config.api_key"],
    },
    Kind {
        word: "loki",
        title: "Grafana Loki",
        about: "Logs go to the push API of a Loki.",
        fields: &[
            (
                "config.url",
                "Address",
                "Of the push API, such as https://loki.example.com/loki/api/v1/push.",
            ),
            ("config.username", "User", ""),
            ("config.password", "Password", "It is not shown again."),
            HEADERS,
        ],
        needs: &["config.url"],
    },
    Kind {
        word: "sentry",
        title: "Sentry",
        about: "Logs go to Sentry\u{2019}s logs.",
        fields: &[("config.dsn", "DSN", "As Sentry gives it out. It is not shown again.")],
        needs: &["config.dsn"],
    },
    Kind {
        word: "axiom",
        title: "Axiom",
        about: "Logs go into a dataset.",
        fields: &[
            ("config.dataset_name", "Dataset", ""),
            ("config.api_token", "API token", "It is not shown again."),
            (
                "config.domain",
                "Domain",
                "Where the account lies, such as api.axiom.co.",
            ),
        ],
        needs: &["config.dataset_name", "config.api_token"],
    },
    Kind {
        word: "s3",
        title: "Amazon S3",
        about: "Logs are collected and written into a bucket.",
        fields: &[
            ("config.s3_bucket", "Bucket", ""),
            ("config.storage_region", "Region", "Such as eu-central-1."),
            (
                "config.access_key_id",
                "Access key id",
                "Of a key that may write there. It is not shown again.",
            ),
            (
                "config.secret_access_key",
                "Secret access key",
                "It is not shown again.",
            ),
            (
                "config.batch_timeout",
                "Seconds to collect",
                "How long logs are collected before they are written.",
            ),
        ],
        needs: &[
            "config.s3_bucket",
            "config.storage_region",
            "config.access_key_id",
            "config.secret_access_key",
        ],
    },
    Kind {
        word: "last9",
        title: "Last9",
        about: "Logs go to Last9\u{2019}s intake.",
        fields: &[
            ("config.region", "Region", "Such as us-east-1."),
            ("config.username", "User", ""),
            ("config.password", "Password", "It is not shown again."),
        ],
        needs: &["config.region", "config.username", "config.password"],
    },
    Kind {
        word: "otlp",
        title: "OpenTelemetry",
        about: "Logs are sent to a collector over OTLP.",
        fields: &[
            (
                "config.endpoint",
                "Endpoint",
                "Such as https://otlp.example.com/v1/logs.",
            ),
            ("config.protocol", "Protocol", "Left empty it is http/protobuf."),
            ("config.gzip", "Packed", "Left open it is packed."),
            HEADERS,
        ],
        needs: &["config.endpoint"],
    },
    Kind {
        word: "syslog",
        title: "Syslog",
        about: "Logs are sent as syslog messages over TCP.",
        fields: &[
            ("config.host", "Host", ""),
            ("config.port", "Port", ""),
            (
                "config.tls",
                "Encrypted",
                "Left open it is not: the logs can then be read on their way.",
            ),
            ("config.structured_data", "Structured data", ""),
            (
                "config.cipher_key",
                "Key that messages are encrypted with",
                "It is not shown again.",
            ),
            (
                "config.ca_cert",
                "Certificate authority",
                "As PEM. It is not shown again.",
            ),
            (
                "config.client_cert",
                "Client certificate",
                "As PEM. It is not shown again.",
            ),
            (
                "config.client_key",
                "Key of the client certificate",
                "As PEM. It is not shown again.",
            ),
        ],
        needs: &["config.host", "config.port"],
    },
];

/// The kind of this word; nothing for one that the API names and does not describe.
pub fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// What a kind is called.
pub fn title(word: &str) -> String {
    kind(word).map_or(word, |kind| kind.title).to_owned()
}

#[cfg(test)]
mod tests {
    use management_api::{OperationId, analytics::BACKENDS};

    use super::*;
    use crate::form::Form;

    #[test]
    fn every_kind_is_one_of_the_apis_and_all_that_can_be_set_is_asked_for() {
        let form = Form::of(OperationId::CreateLogDrain);
        let asked: Vec<&str> = KINDS
            .iter()
            .flat_map(|kind| kind.fields)
            .map(|(name, ..)| *name)
            .collect();
        for kind in KINDS {
            assert!(BACKENDS.contains(&kind.word), "{}", kind.word);
        }
        for name in &asked {
            assert!(form.field(name).is_some(), "{name}");
        }
        for kind in KINDS {
            let of_it = |name: &str| kind.fields.iter().any(|(one, ..)| *one == name);
            assert!(
                kind.needs.iter().all(|name| of_it(name)) && !kind.needs.is_empty(),
                "{}",
                kind.word
            );
        }
        let settings = form.fields.iter().filter(|field| field.name.starts_with("config."));
        for field in settings {
            assert!(
                asked.contains(&field.name.as_str()),
                "{} is asked for nowhere",
                field.name
            );
        }
    }
}
