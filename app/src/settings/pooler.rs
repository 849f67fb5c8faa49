//! The connection pooler.

use management_api::OperationId;

use super::{Area, Group, Kind, Said, Section, When, effect, set};

pub const AREA: Area = Area {
    key: "pooler",
    title: "Connection pooler",
    read: OperationId::GetPoolerConfig,
    write: OperationId::UpdatePoolerConfig,
    part: None,
    // The primary database's is the first.
    at: "/0",
    found: &[],
    groups: &[Group {
        title: "Pooler",
        sections: &[Section {
            title: "",
            settings: &[
                set(
                    "default_pool_size",
                    "Connections of one user to one database",
                    "Kept open to Postgres, and lent to clients. Empty leaves it to the compute size.",
                )
                .said(Said::Count("connections"))
                .does(&[
                    effect(
                        When::Lowered,
                        Kind::LocksOut,
                        "Clients wait longer for a connection, and some may run out of time.",
                    ),
                    effect(
                        When::Raised,
                        Kind::LocksOut,
                        "Postgres takes a limited number of connections from all of its clients together.",
                    ),
                ]),
                set(
                    "pool_mode",
                    "A connection is lent for",
                    "A transaction lets more clients share; a session is needed for what lasts longer, such as LISTEN.",
                )
                .does(&[effect(
                    When::Always,
                    Kind::Restarts,
                    "The dedicated pooler starts anew, and its connections are closed. The shared pooler has a port for each mode.",
                )]),
            ],
        }],
    }],
    how: &[],
    elsewhere: &[
        "identifier",
        "database_type",
        "is_using_scram_auth",
        "db_user",
        "db_host",
        "db_port",
        "db_name",
        "connection_string",
        "connectionString",
        "max_client_conn",
    ],
    called_back: None,
    takes_effect: "Within some seconds, for connections that are opened from then on.",
};
