//! Realtime: who may join, and its limits.

use management_api::OperationId;

use super::{Area, Group, Kind, Said, Section, When, effect, set};

const LOWERED: &[super::Effect] = &[effect(
    When::Lowered,
    Kind::LocksOut,
    "Clients beyond the new limit are refused.",
)];

pub const AREA: Area = Area {
    key: "realtime",
    title: "Realtime",
    read: OperationId::GetRealtimeConfig,
    write: OperationId::UpdateRealtimeConfig,
    part: None,
    at: "",
    found: &[],
    groups: &[Group {
        title: "Realtime",
        sections: &[
            Section {
                title: "Who may join",
                settings: &[
                    set(
                        "suspend",
                        "Realtime is on",
                        "Off: nobody can connect, and whoever is connected is cut off.",
                    )
                    .said(Said::Opposite)
                    .does(&[effect(
                        When::Off,
                        Kind::Stops,
                        "Every client is disconnected at once.",
                    )]),
                    set(
                        "private_only",
                        "Private channels only",
                        "Channels can only be joined by those whom a policy on realtime.messages lets in.",
                    )
                    .does(&[
                        effect(
                            When::Off,
                            Kind::Weaker,
                            "Whoever holds a key of the project can join public channels.",
                        ),
                        effect(
                            When::On,
                            Kind::LocksOut,
                            "Clients that join public channels are refused.",
                        ),
                    ]),
                    set(
                        "presence_enabled",
                        "Presence",
                        "Clients of a channel see who else is there.",
                    ),
                ],
            },
            Section {
                title: "Limits",
                settings: &[
                    set("max_concurrent_users", "Clients at the same time", "")
                        .said(Said::Count("clients"))
                        .does(LOWERED),
                    set("max_channels_per_client", "Channels of one client", "")
                        .said(Said::Count("channels"))
                        .does(LOWERED),
                    set("max_joins_per_second", "Joins a second", "Over all clients.").said(Said::Count("a second")),
                    set("max_events_per_second", "Messages a second", "Over all clients.")
                        .said(Said::Count("a second")),
                    set(
                        "max_presence_events_per_second",
                        "Presence messages a second",
                        "Over all clients.",
                    )
                    .said(Said::Count("a second")),
                    set("max_bytes_per_second", "Bytes a second", "Over all clients.").said(Said::Count("bytes")),
                    set(
                        "max_payload_size_in_kb",
                        "Size of one message",
                        "Larger ones are refused.",
                    )
                    .said(Said::Count("KB")),
                ],
            },
            Section {
                title: "Postgres",
                settings: &[
                    set(
                        "connection_pool",
                        "Connections for rights",
                        "With these it is found out who may do what in a channel.",
                    )
                    .said(Said::Count("connections")),
                    set(
                        "postgres_changes_pool",
                        "Connections for changes",
                        "With these changes of tables are followed.",
                    )
                    .said(Said::Count("connections")),
                ],
            },
        ],
    }],
    how: &[],
    elsewhere: &[],
    called_back: None,
    takes_effect: "At once, for clients that connect from then on.",
};
