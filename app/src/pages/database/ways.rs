//! Ways to connect to a database: addresses for each, and as several languages want them. The password is left out.

use management_api::{database::Pooler, projects::Project};

/// What stands where the password belongs.
const PASSWORD: &str = "[YOUR-PASSWORD]";

/// One way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub title: String,
    /// What it is for.
    pub purpose: &'static str,
    pub user: String,
    pub host: String,
    pub port: u16,
    pub database: String,
}

impl Way {
    /// As programs of PostgreSQL's own and most libraries take it.
    pub fn uri(&self) -> String {
        let Self {
            user,
            host,
            port,
            database,
            ..
        } = self;
        format!("postgresql://{user}:{PASSWORD}@{host}:{port}/{database}")
    }

    /// The same for several languages.
    pub fn snippets(&self) -> Vec<(&'static str, String)> {
        let Self {
            user,
            host,
            port,
            database,
            ..
        } = self;
        vec![
            ("psql", format!("psql -h {host} -p {port} -d {database} -U {user}")),
            (".env", format!("DATABASE_URL=\"{}\"", self.uri())),
            (
                "JDBC",
                format!("jdbc:postgresql://{host}:{port}/{database}?user={user}&password={PASSWORD}"),
            ),
            (
                ".NET",
                format!(
                    "Host={host};Port={port};Database={database};Username={user};Password={PASSWORD};SSL Mode=Require"
                ),
            ),
            (
                "Python",
                format!(
                    "psycopg.connect(host=\"{host}\", port={port}, dbname=\"{database}\", user=\"{user}\", password=os.environ[\"DB_PASSWORD\"])"
                ),
            ),
            ("Go", format!("pgx.Connect(ctx, \"{}\")", self.uri())),
            ("Rust", format!("PgPool::connect(\"{}\").await?", self.uri())),
        ]
    }
}

/// Straight to the database.
pub fn direct(project: &Project) -> Option<Way> {
    let host = project.database.as_ref()?.host.clone();
    Some(Way {
        title: "Direct".to_owned(),
        purpose: "For servers that stay connected, and for migrations and dumps. By IPv6, unless the project has the IPv4 add-on.",
        user: "postgres".to_owned(),
        host,
        port: 5432,
        database: "postgres".to_owned(),
    })
}

/// The port at which the shared pooler gives a connection to one client until that one leaves.
const SESSION: u16 = 5432;

/// Through the shared pooler: by transaction and by session, for each database.
pub fn pooled(poolers: &[Pooler]) -> Vec<Way> {
    let of = |pooler: &Pooler| {
        let port = u16::try_from(pooler.db_port).unwrap_or(6543);
        let replica = pooler.database_type == "READ_REPLICA";
        let of = match replica {
            true => format!(", read replica {}", pooler.identifier),
            false => String::new(),
        };
        let way = |mode: &str, purpose, port| Way {
            title: format!("Shared pooler, {mode}{of}"),
            purpose,
            user: pooler.db_user.clone(),
            host: pooler.db_host.clone(),
            port,
            database: pooler.db_name.clone(),
        };
        let by_transaction = way(
            "by transaction",
            "For functions and much that connects for a moment. Prepared statements do not outlive a transaction.",
            port,
        );
        let by_session = way("by session", "Like the direct way, for networks without IPv6.", SESSION);
        match port == SESSION {
            true => vec![by_session],
            false => vec![by_transaction, by_session],
        }
    };
    poolers.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pooler(port: i64, kind: &str) -> Pooler {
        serde_json::from_value(serde_json::json!({
            "identifier": "abc-rr-1", "database_type": kind, "is_using_scram_auth": true, "db_user": "postgres.abc",
            "db_host": "pooler.example", "db_port": port, "db_name": "postgres", "connection_string": "",
            "pool_mode": "transaction",
        }))
        .unwrap()
    }

    #[test]
    fn each_pooler_has_two_ways_in_and_no_password() {
        let ways = pooled(&[pooler(6543, "PRIMARY"), pooler(5432, "READ_REPLICA")]);
        let titles: Vec<&str> = ways.iter().map(|way| way.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Shared pooler, by transaction",
                "Shared pooler, by session",
                "Shared pooler, by session, read replica abc-rr-1",
            ]
        );
        assert_eq!(
            ways[0].uri(),
            "postgresql://postgres.abc:[YOUR-PASSWORD]@pooler.example:6543/postgres"
        );
        for (language, snippet) in ways[0].snippets() {
            assert!(snippet.contains("pooler.example"), "{language}");
        }
    }
}
