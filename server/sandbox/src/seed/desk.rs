//! What people of the demo have made beside their databases: a notebook, and a program that runs.

use serde_json::json;

use crate::{compute, notebooks, world::World};

/// Places of the projects.
const NOTEBOOK: usize = 1;
const PROGRAM: usize = 6;

pub fn fill(world: &mut World) {
    let (now, person) = (world.now(), world.people[0].id.clone());
    let cells = json!([
        { "type": "markdown", "text": "What to look at on Mondays, before anybody asks.\n\nThe second one takes a while on the big tables." },
        { "type": "database", "title": "Tables by schema", "sql": "-- System schemas are left out.\nselect schemaname, count(*) as tables\nfrom pg_tables\nwhere schemaname not in ('pg_catalog', 'information_schema')\ngroup by schemaname\norder by tables desc, schemaname", "row_limit": 20 },
        { "type": "log", "title": "Errors of the last hour", "sql": "select timestamp, event_message from logs where source = 'postgres_logs' and severity_text = 'ERROR' order by timestamp desc limit 20", "time_range": { "type": "relative", "unit": "hour", "amount": 1 } },
    ]);
    let name = "Monday morning";
    world.projects[NOTEBOOK].parts.notebooks = notebooks::State::seeded("demo notebook", name, &person, now, &cells);
    world.projects[PROGRAM].parts.compute = compute::State::seeded("mailer", now);
}
