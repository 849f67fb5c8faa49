//! Storage: how large a file may be, and what it can do.

use management_api::OperationId;

use super::{Area, Group, Kind, Said, Section, When, effect, set};

pub const AREA: Area = Area {
    key: "storage",
    title: "Storage",
    read: OperationId::GetStorageConfig,
    write: OperationId::UpdateStorageConfig,
    part: None,
    at: "",
    found: &[],
    groups: &[Group {
        title: "Storage",
        sections: &[
            Section {
                title: "Files",
                settings: &[set(
                    "fileSizeLimit",
                    "Largest file",
                    "Of all buckets; one of them may have a lower limit of its own.",
                )
                .said(Said::Bytes)
                .does(&[effect(
                    When::Lowered,
                    Kind::LocksOut,
                    "Larger files are refused from then on; those that are there stay.",
                )])],
            },
            Section {
                title: "What it can do",
                settings: &[
                    set(
                        "features.imageTransformation.enabled",
                        "Images in other sizes",
                        "Images are served in the size and format that is asked for. Charged by image.",
                    )
                    .does(&[effect(
                        When::Off,
                        Kind::Stops,
                        "Addresses of changed images answer with an error.",
                    )]),
                    set(
                        "features.s3Protocol.enabled",
                        "S3 protocol",
                        "Files can be reached with S3 keys of the project.",
                    )
                    .does(&[
                        effect(
                            When::On,
                            Kind::Weaker,
                            "Whoever holds an S3 key of the project reaches every file.",
                        ),
                        effect(When::Off, Kind::Stops, "Whatever uses the S3 protocol is refused."),
                    ]),
                    set(
                        "features.purgeCache.enabled",
                        "Caches can be emptied",
                        "Files that were replaced are taken out of the caches of the network that serves them.",
                    ),
                    set(
                        "features.icebergCatalog.enabled",
                        "Analytics buckets",
                        "Tables of Apache Iceberg in buckets of their own.",
                    )
                    .does(&[effect(
                        When::Off,
                        Kind::Stops,
                        "Analytics buckets cannot be reached any more.",
                    )]),
                    set("features.icebergCatalog.maxNamespaces", "Namespaces at most", "")
                        .said(Said::Count("namespaces"))
                        .needs(
                            "features.icebergCatalog.enabled",
                            "true",
                            "Only with analytics buckets.",
                        ),
                    set("features.icebergCatalog.maxTables", "Tables at most", "")
                        .said(Said::Count("tables"))
                        .needs(
                            "features.icebergCatalog.enabled",
                            "true",
                            "Only with analytics buckets.",
                        ),
                    set("features.icebergCatalog.maxCatalogs", "Catalogs at most", "")
                        .said(Said::Count("catalogs"))
                        .needs(
                            "features.icebergCatalog.enabled",
                            "true",
                            "Only with analytics buckets.",
                        ),
                    set(
                        "features.vectorBuckets.enabled",
                        "Vector buckets",
                        "Embeddings in buckets of their own.",
                    )
                    .does(&[effect(
                        When::Off,
                        Kind::Stops,
                        "Vector buckets cannot be reached any more.",
                    )]),
                    set("features.vectorBuckets.maxBuckets", "Buckets at most", "")
                        .said(Said::Count("buckets"))
                        .needs("features.vectorBuckets.enabled", "true", "Only with vector buckets."),
                    set("features.vectorBuckets.maxIndexes", "Indexes at most", "")
                        .said(Said::Count("indexes"))
                        .needs("features.vectorBuckets.enabled", "true", "Only with vector buckets."),
                ],
            },
            Section {
                title: "Release",
                settings: &[set(
                    "external.upstreamTarget",
                    "Release of Storage",
                    "main is the steady one, canary the one on trial.",
                )],
            },
        ],
    }],
    how: &[],
    elsewhere: &["capabilities"],
    called_back: None,
    takes_effect: "Within some seconds.",
};
