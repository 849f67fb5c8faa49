//! Whether connections to the database must be encrypted.

use management_api::OperationId;

use super::{Area, Group, Kind, Section, When, effect, set};

pub const AREA: Area = Area {
    key: "ssl",
    title: "SSL enforcement",
    read: OperationId::GetSslEnforcement,
    write: OperationId::UpdateSslEnforcement,
    part: None,
    at: "",
    found: &[("requestedConfig.database", "/currentConfig/database")],
    groups: &[Group {
        title: "SSL",
        sections: &[Section {
            title: "",
            settings: &[set(
                "requestedConfig.database",
                "The database takes encrypted connections only",
                "Off: a client may connect without SSL, and what it sends can be read on its way.",
            )
            .does(&[
                effect(
                    When::On,
                    Kind::LocksOut,
                    "Clients that connect without SSL are refused.",
                ),
                effect(When::Off, Kind::Weaker, "Passwords and data may travel unencrypted."),
                effect(
                    When::Always,
                    Kind::Restarts,
                    "The database restarts, and is away for a moment.",
                ),
            ])],
        }],
    }],
    how: &[],
    elsewhere: &["currentConfig", "appliedSuccessfully"],
    called_back: None,
    takes_effect: "After a restart of the database, which Supabase makes by itself.",
};
