//! PgBouncer: how the project's own pooler is set up. It follows the pooler's settings and the compute size.

use leptos::prelude::*;
use management_api::{
    OperationId,
    database::{GetPgbouncerConfig, PgbouncerConfig},
};

use crate::{
    components::{
        copyable::Copyable,
        head::Head,
        query::{loaded, query},
    },
    page::{Page, Sheet},
    pages::{configure::pooler, parameter},
    paths,
    ui::{Card, Fact, Facts, Icon, Shape, chart::grouped},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/pooler/pgbouncer",
    title: "PgBouncer",
    icon: Icon::Pooler,
    group: None,
    parent: Some(&pooler::PAGE),
    operation: Some(OperationId::GetPgbouncerConfig),
    sheet: Some(Sheet::Configure),
    view: || view! { <Pgbouncer/> }.into_any(),
};

#[component]
pub fn Pgbouncer() -> impl IntoView {
    let project = parameter("ref");
    let config = query(GetPgbouncerConfig {
        project: project.clone(),
    });
    view! {
        <Head page=&PAGE hint="The dedicated pooler, as Supabase runs it for this project. The API shows it, and lets its size and mode be changed with the pooler." narrow=true/>
        {loaded("pgbouncer", config, Shape::Facts, move |config| drawn(&project, config))}
    }
}

fn untold() -> String {
    "Not told".to_owned()
}

fn drawn(project: &str, config: PgbouncerConfig) -> AnyView {
    let count = |value: Option<i64>| value.map_or_else(untold, |value| grouped(value as f64));
    let seconds = |value: Option<i64>| value.map_or_else(untold, |value| format!("{} s", grouped(value as f64)));
    let text = |value: Option<String>| value.filter(|text| !text.is_empty()).unwrap_or_else(untold);
    let settings = paths::settings(project, "pooler");
    let reached = match config.connection_string.clone() {
        Some(address) => view! { <Copyable value=address what="connection string"/> }.into_any(),
        None => untold().into_any(),
    };
    view! {
        <Card title="Settings" hint="In the names of PgBouncer\u{2019}s own configuration.">
            <Facts>
                <Fact term="pool_mode"><code><bdi>{text(config.pool_mode)}</bdi></code></Fact>
                <Fact term="default_pool_size">{count(config.default_pool_size)}</Fact>
                <Fact term="reserve_pool_size">{count(config.reserve_pool_size)}</Fact>
                <Fact term="max_client_conn">{count(config.max_client_conn)}</Fact>
                <Fact term="server_idle_timeout">{seconds(config.server_idle_timeout)}</Fact>
                <Fact term="server_lifetime">{seconds(config.server_lifetime)}</Fact>
                <Fact term="query_wait_timeout">{seconds(config.query_wait_timeout)}</Fact>
                <Fact term="ignore_startup_parameters"><code><bdi>{text(config.ignore_startup_parameters)}</bdi></code></Fact>
                <Fact term="Connection string">{reached}</Fact>
            </Facts>
            <p class="hint">"Size and mode are changed with the " <a href=settings>"connection pooler"</a> "."</p>
        </Card>
    }
    .into_any()
}
