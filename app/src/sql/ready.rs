//! Ready: statements that every database answers, for the SQL page to begin with. All of them only read.

/// A statement with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// As it stands in the address.
    pub key: &'static str,
    pub title: &'static str,
    pub sql: &'static str,
}

impl Ready {
    pub fn of(key: &str) -> Option<&'static Self> {
        READY.iter().find(|ready| ready.key == key)
    }
}

pub const READY: &[Ready] = &[
    Ready {
        key: "sizes",
        title: "Largest tables",
        sql: "select schemaname as schema, relname as \"table\",\n  pg_size_pretty(pg_total_relation_size(relid)) as size,\n  \
            pg_total_relation_size(relid) as bytes, n_live_tup as rows_estimated\nfrom pg_stat_user_tables\norder by bytes desc\nlimit 50",
    },
    Ready {
        key: "running",
        title: "Running statements",
        sql: "select pid, usename as role, state, now() - query_start as since,\n  wait_event_type, wait_event, left(query, 200) as statement\n\
            from pg_stat_activity\nwhere state <> 'idle' and pid <> pg_backend_pid()\norder by query_start",
    },
    Ready {
        key: "locks",
        title: "Who waits for whom",
        sql: "select waits.pid, left(waits.query, 120) as statement, now() - waits.query_start as since,\n  \
            holds.pid as held_by, left(holds.query, 120) as held_statement\nfrom pg_stat_activity as waits\n\
            cross join lateral unnest(pg_blocking_pids(waits.pid)) as by(pid)\njoin pg_stat_activity as holds on holds.pid = by.pid",
    },
    Ready {
        key: "dead",
        title: "Dead rows by table",
        sql: "select schemaname as schema, relname as \"table\", n_live_tup as live, n_dead_tup as dead,\n  last_vacuum, last_autovacuum\n\
            from pg_stat_user_tables\nwhere n_dead_tup > 0\norder by n_dead_tup desc\nlimit 50",
    },
    Ready {
        key: "indexes",
        title: "Indexes that nothing uses",
        sql: "select schemaname as schema, relname as \"table\", indexrelname as index,\n  pg_size_pretty(pg_relation_size(indexrelid)) as size\n\
            from pg_stat_user_indexes\njoin pg_index using (indexrelid)\nwhere idx_scan = 0 and not indisunique\n\
            order by pg_relation_size(indexrelid) desc\nlimit 50",
    },
    Ready {
        key: "cache",
        title: "Reads from memory",
        sql: "select schemaname as schema, relname as \"table\", heap_blks_read as from_disk, heap_blks_hit as from_memory,\n  \
            round(100.0 * heap_blks_hit / nullif(heap_blks_hit + heap_blks_read, 0), 1) as percent\nfrom pg_statio_user_tables\n\
            order by heap_blks_read desc\nlimit 50",
    },
    Ready {
        key: "policies",
        title: "Row level security",
        sql: "select tables.schemaname as schema, tables.tablename as \"table\", rowsecurity as enabled,\n  \
            count(policyname) as policies, string_agg(policyname, ', ') as names\nfrom pg_tables as tables\n\
            left join pg_policies as policies using (schemaname, tablename)\nwhere tables.schemaname not in ('pg_catalog', 'information_schema')\n\
            group by 1, 2, 3\norder by enabled, 1, 2",
    },
];
