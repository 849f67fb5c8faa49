//! The Data API: which schemas it shows, and how much.

use management_api::OperationId;

use super::{Area, Group, Kind, Said, Section, When, effect, set};

pub const AREA: Area = Area {
    key: "data-api",
    title: "Data API",
    read: OperationId::GetPostgrestConfig,
    write: OperationId::UpdatePostgrestConfig,
    part: None,
    at: "",
    found: &[],
    groups: &[Group {
        title: "Data API",
        sections: &[
            Section {
                title: "What it shows",
                settings: &[
                    set(
                        "db_schema",
                        "Schemas that are shown",
                        "Tables, views and functions of these schemas can be reached. None turns the Data API off.",
                    )
                    .said(Said::Commas)
                    .does(&[
                        effect(
                            When::Emptied,
                            Kind::Stops,
                            "Every request to the Data API is refused from then on.",
                        ),
                        effect(
                            When::Always,
                            Kind::Weaker,
                            "Whatever the roles anon and authenticated may do in a schema that is added, everybody with the address can.",
                        ),
                    ]),
                    set(
                        "db_extra_search_path",
                        "Schemas that are searched as well",
                        "Names in requests are looked up there, too, without being shown.",
                    ).short()
                    .said(Said::Commas),
                ],
            },
            Section {
                title: "How much",
                settings: &[
                    set(
                        "max_rows",
                        "Rows of one answer",
                        "Longer answers are cut off there. It bounds what one request can take with it.",
                    )
                    .said(Said::Count("rows")),
                    set(
                        "db_pool",
                        "Connections to Postgres",
                        "Kept open for the Data API. Empty leaves it to the compute size.",
                    )
                    .said(Said::Count("connections")),
                    set(
                        "db_pool_acquisition_timeout",
                        "Wait for a connection",
                        "A request that gets none by then is refused. At most a minute.",
                    )
                    .said(Said::Seconds),
                    set(
                        "db_pool_max_idletime",
                        "Unused connections are closed after",
                        "At most a minute.",
                    )
                    .said(Said::Seconds),
                    set(
                        "db_pool_max_lifetime",
                        "Connections are closed after",
                        "Used or not. At most an hour.",
                    )
                    .said(Said::Seconds),
                ],
            },
        ],
    }],
    how: &[],
    // What legacy tokens are signed with; see the API keys.
    elsewhere: &["jwt_secret"],
    called_back: None,
    takes_effect: "Within some seconds. Requests that are under way are answered.",
};
