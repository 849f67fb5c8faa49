//! The rows of logs: made up for a minute at a time, and the same whenever that minute is asked for again.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::{Function, Window};
use crate::{answer::moment, projects::Project, token};

/// What logs can be asked from, with the number of rows that a project of middling size has in a minute.
pub const SOURCES: &[(&str, u128, Make)] = &[
    ("edge_logs", 3, edge),
    ("postgres_logs", 2, postgres),
    ("auth_logs", 1, auth),
    ("function_edge_logs", 1, function_edge),
    ("function_logs", 2, function),
    ("storage_logs", 1, storage),
    ("realtime_logs", 1, realtime),
    ("postgrest_logs", 1, postgrest),
    ("supavisor_logs", 1, supavisor),
];

/// Message and metadata of one row; `None` where the project has nothing that would write one.
type Make = fn(&Project, &[&Function], &mut Dice) -> Option<(String, Value)>;

/// Chances that depend on a seed alone.
pub struct Dice(u128);

impl Dice {
    pub fn new(seed: &str) -> Self {
        Self(token::number(seed))
    }

    /// A number below `sides`.
    pub fn number(&mut self, sides: u128) -> u128 {
        let number = self.0 % sides;
        self.0 /= sides;
        number
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.number(of.len() as u128)).unwrap_or_default()]
    }

    /// An address of a range that is kept for documentation (RFC 5737).
    fn address(&mut self) -> String {
        format!("203.0.113.{}", self.number(250) + 1)
    }
}

/// The rows of a source in a window, in order. A project that is not running writes nothing, nor does one before it was
/// made; and what has not happened yet is in no log.
pub fn rows(source: &str, project: &Project, functions: &[Function], window: Window) -> Vec<Value> {
    let known = SOURCES.iter().find(|(name, _, _)| *name == source);
    let Some((_, rate, make)) = known.filter(|_| project.check_running(window.now).is_ok()) else {
        return Vec::new();
    };
    let (begin, end) = (window.begin.max(project.created_at), window.end.min(window.now));
    let minute = |time: OffsetDateTime| time.unix_timestamp().div_euclid(60);
    let size = 1 + Dice::new(&project.reference).number(3);
    let mut rows = Vec::new();
    for minute in minute(begin)..=minute(end) {
        let seed = format!("{} {source} {minute}", project.reference);
        let count = Dice::new(&seed).number(rate * size) + 1;
        for place in 0..count {
            let seed = format!("{seed} {place}");
            let mut dice = Dice::new(&seed);
            // ok: each row has its part of the minute, so they come in order.
            let millisecond = (place * 60_000 + dice.number(60_000)) / count;
            let at = OffsetDateTime::from_unix_timestamp(minute * 60).unwrap_or(begin)
                + Duration::milliseconds(i64::try_from(millisecond).unwrap_or_default());
            if at < begin || at >= end {
                continue;
            }
            let deployed: Vec<_> = functions.iter().filter(|function| function.since <= at).collect();
            if let Some((message, metadata)) = make(project, &deployed, &mut dice) {
                rows.push(json!({
                    "id": token::uuid(&format!("{seed} id")),
                    "timestamp": moment(at),
                    "event_message": message,
                    "metadata": [metadata],
                }));
            }
        }
    }
    rows
}

const TABLES: &[&str] = &["profiles", "notes", "orders", "messages", "todos"];
const AGENTS: &[&str] = &[
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15",
    "node",
    "okhttp/4.12.0",
];
const PLACES: &[(&str, &str, &str)] = &[
    ("London", "GB", "LHR"),
    ("Frankfurt am Main", "DE", "FRA"),
    ("Ashburn", "US", "IAD"),
    ("Singapore", "SG", "SIN"),
    ("S\u{e3}o Paulo", "BR", "GRU"),
];

/// Most of them went well.
const STATUSES: &[u16] = &[
    200, 200, 200, 200, 200, 200, 200, 200, 206, 304, 400, 401, 404, 429, 500,
];

fn edge(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let table = dice.pick(TABLES);
    let (method, path, search) = match dice.number(10) {
        0..=3 => ("GET", format!("/rest/v1/{table}"), "?select=*"),
        4 => ("POST", format!("/rest/v1/{table}"), ""),
        5 => ("PATCH", format!("/rest/v1/{table}"), "?id=eq.1"),
        6 => ("POST", "/auth/v1/token".to_owned(), "?grant_type=password"),
        7 => ("GET", "/auth/v1/user".to_owned(), ""),
        8 => ("GET", format!("/storage/v1/object/public/{table}/1.png"), ""),
        _ => ("GET", "/realtime/v1/websocket".to_owned(), "?vsn=1.0.0"),
    };
    let status = match *dice.pick(STATUSES) {
        200 if method == "POST" => 201,
        200 if path.ends_with("/websocket") => 101,
        status => status,
    };
    let (agent, address) = (dice.pick(AGENTS), dice.address());
    let (city, country, colo) = dice.pick(PLACES);
    let host = project.host();
    let url = format!("https://{host}{path}{search}");
    let message = format!("{method} | {status} | {address} | {url} | {agent}");
    let metadata = json!({
        "identifier": project.reference,
        "request": [{
            "method": method,
            "path": path,
            "host": host,
            "protocol": "https:",
            "search": search,
            "url": url,
            "cf": [{ "city": city, "country": country, "colo": colo, "asn": 64_496 + dice.number(15) }],
            "headers": [{
                "cf_connecting_ip": address,
                "x_real_ip": address,
                "user_agent": agent,
                "x_client_info": "supabase-js-web/2.57.0",
                "host": host,
            }],
        }],
        "response": [{
            "status_code": status,
            "origin_time": dice.number(300) + 4,
            "headers": [{ "content_type": "application/json", "content_length": dice.number(9_000), "sb_gateway_version": "1" }],
        }],
    });
    Some((message, metadata))
}

fn postgres(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let table = dice.pick(TABLES);
    let select = format!("select * from public.{table}_old");
    let (severity, state, message, query) = match dice.number(8) {
        0..=2 => (
            "LOG",
            "00000",
            "connection authorized: user=authenticator database=postgres".to_owned(),
            None,
        ),
        3 => ("LOG", "00000", "checkpoint starting: time".to_owned(), None),
        4 => (
            "LOG",
            "00000",
            format!("checkpoint complete: wrote {} buffers", dice.number(900)),
            None,
        ),
        5 => (
            "ERROR",
            "42P01",
            format!("relation \"public.{table}_old\" does not exist"),
            Some(select),
        ),
        6 => {
            let message = format!("duplicate key value violates unique constraint \"{table}_pkey\"");
            (
                "ERROR",
                "23505",
                message,
                Some(format!("insert into public.{table} values ($1, $2)")),
            )
        }
        _ => (
            "FATAL",
            "28P01",
            "password authentication failed for user \"postgres\"".to_owned(),
            None,
        ),
    };
    let metadata = json!({
        "host": format!("db-{}", project.reference),
        "parsed": [{
            "error_severity": severity,
            "sql_state_code": state,
            "user_name": dice.pick(&["authenticator", "postgres", "supabase_admin"]),
            "database_name": "postgres",
            "application_name": dice.pick(&["postgrest", "supavisor", ""]),
            "backend_type": if message.starts_with("checkpoint") { "checkpointer" } else { "client backend" },
            "command_tag": query.as_ref().and_then(|query| query.split(' ').next()).map(str::to_uppercase),
            "query": query,
            "connection_from": dice.address(),
            "process_id": dice.number(90_000) + 100,
            "session_id": format!("{:x}.{:x}", dice.number(1 << 30), dice.number(1 << 16)),
        }],
    });
    Some((message, metadata))
}

fn auth(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let (method, path, grant, status, text) = *dice.pick(&[
        ("POST", "/token", Some("password"), 200, "Login"),
        ("POST", "/token", Some("refresh_token"), 200, "request completed"),
        ("GET", "/user", None, 200, "request completed"),
        ("POST", "/signup", None, 200, "request completed"),
        ("POST", "/logout", None, 204, "request completed"),
        (
            "POST",
            "/token",
            Some("password"),
            400,
            "400: Invalid login credentials",
        ),
        ("POST", "/otp", None, 429, "429: Email rate limit exceeded"),
    ]);
    let level = if status < 400 { "info" } else { "warning" };
    let metadata = json!({
        "level": level,
        "msg": text,
        "method": method,
        "path": path,
        "status": status,
        "duration": dice.number(200_000_000),
        "component": "api",
        "host": format!("db-{}", project.reference),
        "remote_addr": dice.address(),
        "request_id": token::uuid(&dice.number(u128::from(u64::MAX)).to_string()),
        "referer": "http://localhost:3000",
        "grant_type": grant,
        "error": (status >= 400).then_some(text),
    });
    let message = json!({ "level": level, "msg": text, "method": method, "path": path, "status": status });
    Some((message.to_string(), metadata))
}

fn function_edge(project: &Project, functions: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let function = (!functions.is_empty()).then(|| dice.pick(functions))?;
    let (method, status) = (dice.pick(&["POST", "POST", "GET", "OPTIONS"]), dice.pick(STATUSES));
    let host = project.host();
    let path = format!("/functions/v1/{}", function.slug);
    let metadata = json!({
        "function_id": function.id,
        "deployment_id": format!("{}_{}_{}", project.reference, function.id, function.version),
        "execution_id": token::uuid(&dice.number(1 << 40).to_string()),
        "execution_time_ms": dice.number(900) + 8,
        "version": function.version.to_string(),
        "project_ref": project.reference,
        "request": [{ "method": method, "url": format!("https://{host}{path}"), "pathname": path, "host": host }],
        "response": [{ "status_code": status }],
    });
    Some((format!("{method} | {status} | https://{host}{path}"), metadata))
}

fn function(project: &Project, functions: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let function = (!functions.is_empty()).then(|| dice.pick(functions))?;
    let boot = dice.number(60) + 20;
    let (event, level, message) = match dice.number(6) {
        0 => ("Boot", "log", format!("booted (time: {boot}ms)")),
        1 => ("Shutdown", "log", "shutdown".to_owned()),
        2 | 3 => ("Log", "info", format!("handled a request for {}\n", function.slug)),
        4 => ("Log", "warning", "the cache was cold\n".to_owned()),
        _ => (
            "Log",
            "error",
            "TypeError: Cannot read properties of undefined (reading 'id')\n".to_owned(),
        ),
    };
    let metadata = json!({
        "function_id": function.id,
        "deployment_id": format!("{}_{}_{}", project.reference, function.id, function.version),
        "execution_id": token::uuid(&dice.number(1 << 40).to_string()),
        "event_type": event,
        "level": level,
        "region": project.region,
        "served_by": "supabase-edge-runtime-1.69.4",
        "version": function.version.to_string(),
        "project_ref": project.reference,
        "boot_time": (event == "Boot").then_some(boot),
        "cpu_time_used": (event == "Shutdown").then(|| dice.number(150)),
    });
    Some((message, metadata))
}

fn storage(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let (method, status) = (dice.pick(&["GET", "GET", "POST", "DELETE"]), dice.pick(STATUSES));
    let url = format!("/object/{}/{}.png", dice.pick(TABLES), dice.number(500));
    let (address, took) = (dice.address(), dice.number(400) + 3);
    let metadata = json!({
        "level": if *status < 400 { "info" } else { "warn" },
        "project": project.reference,
        "tenant_id": project.reference,
        "response_time": took,
        "req": [{
            "method": method,
            "url": url,
            "host": project.host(),
            "remote_address": address,
            "trace_id": format!("{:x}", dice.number(1 << 60)),
        }],
        "res": [{ "status_code": status }],
    });
    Some((
        format!(
            "{project} | {method} | {status} | {address} | {url}",
            project = project.reference
        ),
        metadata,
    ))
}

fn realtime(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let connected = dice.number(180);
    let (level, message) = match dice.number(4) {
        0 => (
            "info",
            "Starting stream replication for slot supabase_realtime_replication_slot".to_owned(),
        ),
        1 => ("warning", "ChannelRateLimitReached: Too many channels".to_owned()),
        _ => (
            "info",
            format!("Tenant {} has {connected} connected clients", project.reference),
        ),
    };
    let metadata = json!({
        "level": level,
        "project": project.reference,
        "external_id": project.reference,
        "region": project.region,
        "measurements": [{ "connected": connected, "limit": 200 }],
    });
    Some((message, metadata))
}

fn postgrest(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let message = match dice.number(3) {
        0 => format!(
            "Schema cache queried in {}.{} milliseconds",
            dice.number(40) + 9,
            dice.number(10)
        ),
        1 => format!("Schema cache loaded {} Relations", dice.number(40) + 2),
        _ => "Successfully connected to PostgreSQL".to_owned(),
    };
    let metadata = json!({ "host": format!("db-{}", project.reference), "identifier": project.reference });
    Some((message, metadata))
}

fn supavisor(project: &Project, _: &[&Function], dice: &mut Dice) -> Option<(String, Value)> {
    let message = dice.pick(&[
        "ClientHandler: Connection authenticated",
        "ClientHandler: socket closed with reason :normal",
        "DbHandler: DB call",
    ]);
    let metadata = json!({
        "level": "info",
        "project": project.reference,
        "region": project.region,
        "mode": dice.pick(&["transaction", "session"]),
        "db_name": "postgres",
        "db_user": "postgres",
    });
    Some(((*message).to_owned(), metadata))
}
