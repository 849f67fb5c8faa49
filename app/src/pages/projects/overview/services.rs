//! The services of a project, and the addresses they answer at.

use leptos::prelude::*;
use management_api::projects::{Project, ServiceHealth};

use crate::{
    components::{context::Context, copyable::Copyable, status::of_service},
    islands::live::Live,
    ui::Glyph,
};

/// Every service of a paused project is unhealthy, which is no news.
pub fn resting() -> AnyView {
    view! { <p class="hint" data-region="health">"No service runs while the project is paused."</p> }.into_any()
}

/// What people call the services.
pub fn service_name(name: &str) -> String {
    match name {
        "auth" => "Auth".to_owned(),
        "db" => "Postgres".to_owned(),
        "pooler" => "Connection pooler".to_owned(),
        "realtime" => "Realtime".to_owned(),
        "rest" => "Data API".to_owned(),
        "storage" => "Storage".to_owned(),
        other => other.to_owned(),
    }
}

/// A strip of one cell a service; colour only where it is not well.
pub fn services(services: Vec<ServiceHealth>) -> AnyView {
    let service = |service: ServiceHealth| {
        let meaning = of_service(&service.status);
        let version = service.info.and_then(|info| info.version);
        let state = [Some(meaning.word), version]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <li data-tone=meaning.tone.as_str()>
                <Glyph icon=meaning.icon/>
                <span class="services-name">{service_name(&service.name)}</span>
                <span class="services-state">{state}</span>
                {service.error.filter(|error| !error.is_empty()).map(|error| view! { <p class="services-error">{error}</p> })}
            </li>
        }
    };
    let coming_up = services.iter().any(|service| service.status == "COMING_UP");
    view! {
        {coming_up.then(|| view! { <Live/> })}
        <ul class="services" aria-label="Services">{services.into_iter().map(service).collect_view()}</ul>
    }
    .into_any()
}

pub fn endpoints(project: &Project) -> AnyView {
    // The database's host tells the domain of this project, which differs where Supabase is self-run or staged.
    let database = project
        .database
        .as_ref()
        .map(|database| database.host.clone())
        .unwrap_or_default();
    let host = database
        .strip_prefix("db.")
        .map_or_else(|| Context::current().project_host(&project.reference), str::to_owned);
    let endpoint = |term: &'static str, value: String| {
        view! { <div><dt>{term}</dt><dd><Copyable value what=format!("{term} address")/></dd></div> }
    };
    let of = |path: &str| format!("https://{host}{path}");
    view! {
        <dl class="endpoints">
            {endpoint("API", of(""))}
            {endpoint("Data API", of("/rest/v1"))}
            {endpoint("Auth", of("/auth/v1"))}
            {endpoint("Storage", of("/storage/v1"))}
            {endpoint("Realtime", of("/realtime/v1"))}
            {endpoint("Functions", of("/functions/v1"))}
            {endpoint("Public keys", of("/auth/v1/.well-known/jwks.json"))}
            {(!database.is_empty()).then(|| endpoint("Database", format!("{database}:5432")))}
        </dl>
    }
    .into_any()
}
