//! Views: questions that are asked again and again, ready in ClickHouse's SQL.

/// A question with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// As it stands in the address.
    pub key: &'static str,
    pub title: &'static str,
    pub sql: &'static str,
}

impl View {
    pub fn of(key: &str) -> Option<&'static Self> {
        VIEWS.iter().find(|view| view.key == key)
    }
}

pub const VIEWS: &[View] = &[
    View {
        key: "slowest",
        title: "Slowest requests",
        sql: "select log_attributes['request.method'] as method, log_attributes['request.path'] as path,\n  count() as requests,\n  \
            quantile(0.5)(toFloat64OrZero(log_attributes['response.origin_time'])) as half_ms,\n  \
            quantile(0.95)(toFloat64OrZero(log_attributes['response.origin_time'])) as slow_ms\nfrom logs\nwhere source = 'edge_logs'\n\
            group by method, path\norder by slow_ms desc\nlimit 50",
    },
    View {
        key: "errors",
        title: "Errors by path",
        sql: "select log_attributes['request.path'] as path, log_attributes['response.status_code'] as status,\n  count() as requests\n\
            from logs\nwhere source = 'edge_logs' and toInt32OrZero(log_attributes['response.status_code']) >= 400\n\
            group by path, status\norder by requests desc\nlimit 50",
    },
    View {
        key: "auth",
        title: "Sign-ins that failed",
        sql: "select log_attributes['path'] as path, log_attributes['msg'] as said, log_attributes['status'] as status,\n  count() as times\n\
            from logs\nwhere source = 'auth_logs' and toInt32OrZero(log_attributes['status']) >= 400\n\
            group by path, said, status\norder by times desc\nlimit 50",
    },
    View {
        key: "functions",
        title: "Functions that failed",
        sql: "select log_attributes['request.pathname'] as path, log_attributes['response.status_code'] as status,\n  count() as calls,\n  \
            quantile(0.95)(toFloat64OrZero(log_attributes['execution_time_ms'])) as slow_ms\nfrom logs\n\
            where source = 'function_edge_logs' and toInt32OrZero(log_attributes['response.status_code']) >= 500\n\
            group by path, status\norder by calls desc\nlimit 50",
    },
    View {
        key: "connections",
        title: "Connections to the database",
        sql: "select log_attributes['parsed.user_name'] as role, log_attributes['parsed.application_name'] as program,\n  count() as connections\n\
            from logs\nwhere source = 'postgres_logs' and event_message ilike 'connection authorized%'\n\
            group by role, program\norder by connections desc\nlimit 50",
    },
    View {
        key: "database",
        title: "Errors of the database",
        sql: "select log_attributes['parsed.sql_state_code'] as code, event_message as said, count() as times,\n  max(timestamp) as last\n\
            from logs\nwhere source = 'postgres_logs' and log_attributes['parsed.error_severity'] in ('ERROR', 'FATAL', 'PANIC')\n\
            group by code, said\norder by times desc\nlimit 50",
    },
    View {
        key: "replication",
        title: "Replication and Realtime",
        sql: "select timestamp, source, event_message\nfrom logs\nwhere source in ('realtime_logs', 'postgres_logs') and event_message ilike '%replication%'\n\
            order by timestamp desc\nlimit 100",
    },
];
