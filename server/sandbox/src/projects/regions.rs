//! Where projects can be.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};
use management_api::projects::SIZES;

/// A group of regions: code, name, and the regions recommended in it, the first being the one chosen.
struct Group(&'static str, &'static str, &'static [&'static str]);

const AMERICAS: Group = Group("americas", "Americas", &["us-east-1", "us-west-1", "ca-central-1"]);
const EMEA: Group = Group(
    "emea",
    "Europe, Middle East and Africa",
    &["eu-central-1", "eu-west-1", "eu-west-2"],
);
const APAC: Group = Group(
    "apac",
    "Asia-Pacific",
    &["ap-southeast-1", "ap-northeast-1", "ap-southeast-2"],
);
const GROUPS: [&Group; 3] = [&AMERICAS, &EMEA, &APAC];

/// Code and name of each region.
const REGIONS: &[(&str, &str)] = &[
    ("us-east-1", "East US (North Virginia)"),
    ("us-east-2", "East US (Ohio)"),
    ("us-west-1", "West US (North California)"),
    ("us-west-2", "West US (Oregon)"),
    ("ca-central-1", "Canada (Central)"),
    ("sa-east-1", "South America (S\u{e3}o Paulo)"),
    ("eu-west-1", "West Europe (Ireland)"),
    ("eu-west-2", "West Europe (London)"),
    ("eu-west-3", "West Europe (Paris)"),
    ("eu-central-1", "Central Europe (Frankfurt)"),
    ("eu-central-2", "Central Europe (Zurich)"),
    ("eu-north-1", "North Europe (Stockholm)"),
    ("ap-south-1", "South Asia (Mumbai)"),
    ("ap-southeast-1", "Southeast Asia (Singapore)"),
    ("ap-southeast-2", "Oceania (Sydney)"),
    ("ap-northeast-1", "Northeast Asia (Tokyo)"),
    ("ap-northeast-2", "Northeast Asia (Seoul)"),
    ("ap-east-1", "East Asia (Hong Kong)"),
];

/// The region that is short of machines.
const SHORT: &str = "eu-west-3";

pub fn is_known(code: &str) -> bool {
    REGIONS.iter().any(|(known, _)| *known == code)
}

/// The codes of all regions.
pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
    REGIONS.iter().map(|(code, _)| *code)
}

/// The region that is taken when only a group is asked for.
pub fn chosen_in(group: &str) -> Option<&'static str> {
    let Group(_, _, regions) = GROUPS.iter().find(|Group(code, _, _)| *code == group)?;
    regions.first().copied()
}

fn group(Group(code, name, _): &Group) -> Value {
    json!({ "name": name, "code": code, "type": "smartGroup" })
}

fn region((code, name): &(&str, &str)) -> Value {
    let mut region = json!({ "name": name, "code": code, "type": "specific", "provider": "AWS" });
    if *code == SHORT {
        region["status"] = json!("capacity");
    }
    region
}

/// v1-get-available-regions
pub fn available(call: &mut Call<'_>) -> Answered {
    let request = call.request;
    let slug = request.query("organization_slug");
    call.organization_of(slug.ok_or_else(|| Refusal::Invalid("organization_slug: expected a slug.".to_owned()))?)?;
    if request
        .query("desired_instance_size")
        .is_some_and(|size| !SIZES.contains(&size))
    {
        return Err(Refusal::Invalid(
            "desired_instance_size: there is no such size.".to_owned(),
        ));
    }
    let recommended = match request.query("continent").unwrap_or("EU") {
        "NA" | "SA" => &AMERICAS,
        "EU" | "AF" => &EMEA,
        "AS" | "OC" | "AN" => &APAC,
        _ => {
            return Err(Refusal::Invalid(
                "continent: expected NA, SA, EU, AF, AS, OC or AN.".to_owned(),
            ));
        }
    };
    let specific = REGIONS.iter().filter(|(code, _)| recommended.2.contains(code));
    let regions = json!({
        "recommendations": { "smartGroup": group(recommended), "specific": specific.map(region).collect::<Vec<_>>() },
        "all": {
            "smartGroup": GROUPS.map(group),
            "specific": REGIONS.iter().map(region).collect::<Vec<_>>(),
        },
    });
    Ok(answer(StatusCode::OK, &regions))
}
