//! Settings of Postgres. What is not set has the value that comes with the compute size.

use management_api::OperationId;

use super::{Area, Effect, Group, Kind, Said, Section, When, effect, set};

/// Settings that only a new start of Postgres takes over.
const RESTARTS: &[Effect] = &[
    effect(
        When::Always,
        Kind::Restarts,
        "It counts after the next restart of the database.",
    ),
    effect(
        When::Emptied,
        Kind::Restarts,
        "It counts after the next restart of the database.",
    ),
];
const MEMORY: &[Effect] = &[effect(
    When::Always,
    Kind::LocksOut,
    "More than the compute size has makes Postgres run out of memory.",
)];
const CONNECTIONS: &[Effect] = &[
    effect(
        When::Always,
        Kind::Restarts,
        "It counts after the next restart of the database.",
    ),
    effect(
        When::Emptied,
        Kind::Restarts,
        "It counts after the next restart of the database.",
    ),
    effect(
        When::Lowered,
        Kind::LocksOut,
        "Clients beyond the new number are refused.",
    ),
];

/// What writes a line for everything that happens.
const FILLS: &[Effect] = &[effect(
    When::On,
    Kind::Stops,
    "A busy database fills its logs with it, and older lines go sooner.",
)];

pub const AREA: Area = Area {
    key: "database",
    title: "Postgres settings",
    read: OperationId::GetPostgresConfig,
    write: OperationId::UpdatePostgresConfig,
    part: Some(OperationId::PatchPostgresConfig),
    at: "",
    found: &[],
    groups: &[
        Group {
            title: "Memory",
            sections: &[Section {
                title: "",
                settings: &[
                    set(
                        "shared_buffers",
                        "Shared buffers",
                        "Memory for pages that all connections share. A fourth of the memory is usual. Such as 256MB.",
                    )
                    .short()
                    .does(RESTARTS),
                    set(
                        "effective_cache_size",
                        "Memory expected for caching",
                        "What the planner reckons with; nothing is reserved. Such as 768MB.",
                    )
                    .short(),
                    set(
                        "work_mem",
                        "Memory of one sort or hash",
                        "Each connection may take it several times over. Such as 4MB.",
                    )
                    .short()
                    .does(MEMORY),
                    set(
                        "maintenance_work_mem",
                        "Memory for maintenance",
                        "For building an index and for vacuum. Such as 64MB.",
                    )
                    .short()
                    .does(MEMORY),
                    set(
                        "logical_decoding_work_mem",
                        "Memory for logical decoding",
                        "What is beyond it goes to the disk. Such as 64MB.",
                    )
                    .short(),
                ],
            }],
        },
        Group {
            title: "Connections",
            sections: &[Section {
                title: "",
                settings: &[
                    set(
                        "max_connections",
                        "Connections at the same time",
                        "Those of Supabase\u{2019}s own services count, too.",
                    )
                    .said(Said::Count("connections"))
                    .does(CONNECTIONS),
                    set(
                        "max_locks_per_transaction",
                        "Locks of one transaction",
                        "Reckoned with for each connection; dumps of many tables need more.",
                    )
                    .said(Said::Count("locks"))
                    .does(RESTARTS),
                    set(
                        "statement_timeout",
                        "A statement is ended after",
                        "Such as 30s or 2min; a number alone is milliseconds, 0 is never.",
                    )
                    .short()
                    .does(&[effect(
                        When::Always,
                        Kind::Stops,
                        "Statements that take longer are ended, those of migrations, too.",
                    )]),
                    set(
                        "track_activity_query_size",
                        "Bytes kept of each statement",
                        "For looking at what is running.",
                    )
                    .short()
                    .does(RESTARTS),
                    set(
                        "session_replication_role",
                        "Triggers and rules that fire",
                        "origin is usual; replica lets none of the usual ones fire.",
                    )
                    .does(&[effect(
                        When::Always,
                        Kind::Weaker,
                        "With replica neither triggers nor foreign keys are checked.",
                    )]),
                ],
            }],
        },
        Group {
            title: "Parallel work",
            sections: &[Section {
                title: "",
                settings: &[
                    set("max_worker_processes", "Background processes", "")
                        .said(Said::Count("processes"))
                        .does(RESTARTS),
                    set("max_parallel_workers", "Parallel workers of all statements", "").said(Said::Count("workers")),
                    set(
                        "max_parallel_workers_per_gather",
                        "Parallel workers of one step",
                        "0 turns parallel queries off.",
                    )
                    .said(Said::Count("workers")),
                    set(
                        "max_parallel_maintenance_workers",
                        "Parallel workers of one maintenance command",
                        "",
                    )
                    .said(Said::Count("workers")),
                ],
            }],
        },
        Group {
            title: "Vacuum",
            sections: &[Section {
                title: "",
                settings: &[
                    set("autovacuum_max_workers", "Processes that vacuum by themselves", "")
                        .said(Said::Count("processes"))
                        .does(RESTARTS),
                    set(
                        "autovacuum_work_mem",
                        "Memory of each of them",
                        "Such as 64MB; -1 for that of maintenance.",
                    )
                    .short()
                    .does(MEMORY),
                ],
            }],
        },
        Group {
            title: "Logging",
            sections: &[Section {
                title: "",
                settings: &[
                    set("log_connections", "Connections are logged", "").does(FILLS),
                    set(
                        "log_disconnections",
                        "Ends of connections are logged",
                        "With how long they lasted.",
                    )
                    .does(FILLS),
                    set(
                        "log_duration",
                        "The time of every statement is logged",
                        "Without the statement itself.",
                    )
                    .does(FILLS),
                    set("log_lock_waits", "Long waits for a lock are logged", ""),
                    set("log_checkpoints", "Checkpoints are logged", ""),
                    set(
                        "log_temp_files",
                        "Temporary files are logged from",
                        "Such as 10MB; 0 logs all of them, -1 none.",
                    )
                    .short(),
                    set(
                        "log_autovacuum_min_duration",
                        "Vacuums are logged that took",
                        "Such as 10s; a number alone is milliseconds, 0 logs all of them, -1 none.",
                    )
                    .short(),
                    set(
                        "log_startup_progress_interval",
                        "A long start is logged every",
                        "Such as 10s; a number alone is milliseconds, 0 is never.",
                    )
                    .short(),
                    set("log_replication_commands", "Commands of replication are logged", ""),
                    set(
                        "log_recovery_conflict_waits",
                        "Waits of replicas are logged",
                        "Those for statements in the way of what the primary has sent.",
                    ),
                ],
            }],
        },
        Group {
            title: "Extensions",
            sections: &[Section {
                title: "",
                settings: &[
                    set(
                        "pg_stat_statements.max",
                        "Statements that are counted",
                        "Those that were used least are forgotten.",
                    )
                    .said(Said::Count("statements"))
                    .does(RESTARTS),
                    set(
                        "pg_net.batch_size",
                        "Requests of pg_net in one round",
                        "More at once take more of the database\u{2019}s time.",
                    )
                    .said(Said::Count("requests")),
                    set(
                        "cron.log_statement",
                        "Jobs of pg_cron are logged",
                        "Each before it is run.",
                    )
                    .does(RESTARTS),
                ],
            }],
        },
        Group {
            title: "Write-ahead log",
            sections: &[Section {
                title: "",
                settings: &[
                    set("max_wal_size", "Log that sets off a checkpoint", "Such as 1GB.").short(),
                    set(
                        "checkpoint_timeout",
                        "Longest time between checkpoints",
                        "Such as 5min; a number alone is seconds.",
                    )
                    .short(),
                    set(
                        "wal_keep_size",
                        "Log kept for replicas",
                        "For replicas that fall behind. Such as 1GB.",
                    )
                    .short(),
                    set("track_commit_timestamp", "The time of every commit is recorded", "").does(RESTARTS),
                ],
            }],
        },
        Group {
            title: "Replication",
            sections: &[Section {
                title: "",
                settings: &[
                    set("max_replication_slots", "Replication slots", "")
                        .said(Said::Count("slots"))
                        .does(RESTARTS),
                    set("max_wal_senders", "Processes that send the log", "")
                        .said(Said::Count("processes"))
                        .does(RESTARTS),
                    set(
                        "max_slot_wal_keep_size",
                        "Log that one slot may hold back",
                        "Such as 4GB; a slot that falls further behind is lost, a disk that runs full is worse.",
                    )
                    .short(),
                    set(
                        "max_logical_replication_workers",
                        "Processes that take over changes",
                        "Of logical replication.",
                    )
                    .said(Said::Count("processes"))
                    .does(RESTARTS),
                    set(
                        "max_sync_workers_per_subscription",
                        "Processes that copy tables",
                        "At the start of a subscription.",
                    )
                    .said(Said::Count("processes")),
                    set(
                        "wal_sender_timeout",
                        "A silent replica is given up after",
                        "Such as 60s; a number alone is milliseconds.",
                    )
                    .short(),
                    set(
                        "max_standby_archive_delay",
                        "A replica of the archive waits for its statements",
                        "Such as 30s.",
                    )
                    .short(),
                    set(
                        "max_standby_streaming_delay",
                        "A streaming replica waits for its statements",
                        "Such as 30s.",
                    )
                    .short(),
                    set(
                        "hot_standby_feedback",
                        "Replicas tell which rows they need",
                        "Keeps their statements from being ended, and lets dead rows stay longer.",
                    ),
                ],
            }],
        },
    ],
    how: &["restart_database"],
    elsewhere: &[],
    called_back: None,
    takes_effect: "At once, but for those that wait for a restart.",
};
