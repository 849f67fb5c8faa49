//! From where the database can be reached.

use management_api::OperationId;

use super::{Area, Group, Kind, Said, Section, When, effect, ranges::Family, set};

pub const AREA: Area = Area {
    key: "network",
    title: "Network restrictions",
    read: OperationId::GetNetworkRestrictions,
    write: OperationId::UpdateNetworkRestrictions,
    part: None,
    at: "",
    found: &[
        ("dbAllowedCidrs", "/config/dbAllowedCidrs"),
        ("dbAllowedCidrsV6", "/config/dbAllowedCidrsV6"),
    ],
    groups: &[Group {
        title: "Who may connect",
        sections: &[Section {
            title: "",
            settings: &[
                set(
                    "dbAllowedCidrs",
                    "IPv4 ranges",
                    "An address with the length of its prefix: /32 is one address, /24 are 256. With none, no IPv4 address can connect.",
                )
                .said(Said::Ranges(Family::V4))
                .does(&[
                    effect(
                        When::Always,
                        Kind::LocksOut,
                        "Addresses outside of the ranges cannot reach the database and its pooler. The APIs stay as they are.",
                    ),
                    effect(When::Emptied, Kind::LocksOut, "No IPv4 address can reach the database any more."),
                ]),
                set(
                    "dbAllowedCidrsV6",
                    "IPv6 ranges",
                    "An address with the length of its prefix: /128 is one address, /64 one network. With none, no IPv6 address can connect.",
                )
                .said(Said::Ranges(Family::V6))
                .does(&[
                    effect(
                        When::Always,
                        Kind::LocksOut,
                        "Addresses outside of the ranges cannot reach the database and its pooler. The APIs stay as they are.",
                    ),
                    effect(When::Emptied, Kind::LocksOut, "No IPv6 address can reach the database any more."),
                ]),
            ],
        }],
    }],
    how: &[],
    elsewhere: &[
        "config",
        "old_config",
        "status",
        "entitlement",
        "updated_at",
        "applied_at",
        "pending_config",
        "pending_requested_at",
    ],
    called_back: None,
    takes_effect: "Within a minute or so. The status below says whether it has arrived.",
};
