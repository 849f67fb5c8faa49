//! Compute, disk and add-ons: what their pages read.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    billing::{AddonVariant, Addons, ListAddons, Price},
    projects::{Disk, DiskAutoscale, DiskUtilization, GetDisk, GetDiskAutoscale, GetDiskUtilization},
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{call::call, error::ConsoleError};

/// The add-on that a compute size is.
pub const COMPUTE: &str = "compute_instance";

/// What a project runs on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Infrastructure {
    pub addons: Part<Addons>,
    pub disk: Part<Disk>,
    pub room: Part<DiskUtilization>,
    pub autoscale: Part<DiskAutoscale>,
}

/// Four calls side by side; each may fail by itself.
#[server(prefix = "/api", endpoint = "infrastructure", input = Json, output = Json)]
pub async fn infrastructure_of(project: String) -> Result<Infrastructure, ConsoleError> {
    let of = || project.clone();
    let (addons, disk, room, autoscale) = futures::join!(
        call(ListAddons { project: of() }),
        call(GetDisk { project: of() }),
        call(GetDiskUtilization { project: of() }),
        call(GetDiskAutoscale { project: of() }),
    );
    Ok(Infrastructure {
        addons,
        disk,
        room,
        autoscale,
    })
}

/// The variant of an add-on that the project has.
pub fn selected<'a>(addons: &'a Addons, kind: &str) -> Option<&'a AddonVariant> {
    let mut selected = addons.selected.iter();
    selected.find(|addon| addon.kind == kind).map(|addon| &addon.variant)
}

/// Hours of a month, as cloud providers count them.
const HOURS: f64 = 730.0;

/// US dollars a month. What is paid by the hour is told for a month in the price's own words, where it is; else it is
/// counted.
pub fn monthly(price: &Price) -> f64 {
    let told = || {
        let (before, _) = price.description.split_once("/month")?;
        before.rsplit('$').next()?.replace(',', "").parse().ok()
    };
    match price.interval.as_str() {
        "monthly" => price.amount,
        _ => told().unwrap_or(price.amount * HOURS),
    }
}

/// So many dollars; cents only where there are some.
pub fn dollars(amount: f64) -> String {
    let whole = (amount - amount.round()).abs() < 0.005;
    if whole {
        format!("${}", crate::ui::chart::grouped(amount.round()))
    } else {
        format!("${amount:.2}")
    }
}

/// What is paid more or less than now.
pub fn difference(amount: f64) -> String {
    if amount.abs() < 0.005 {
        "\u{2014}".to_owned()
    } else if amount > 0.0 {
        format!("+{}", dollars(amount))
    } else {
        format!("\u{2212}{}", dollars(-amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_told_for_a_month() {
        let price = |amount, interval: &str, description: &str| Price {
            description: description.to_owned(),
            kind: "usage".to_owned(),
            interval: interval.to_owned(),
            amount,
        };
        for (price, expected) in [
            (price(10.0, "monthly", "$10/month"), "$10"),
            (price(0.01344, "hourly", "$0.01344/hour (~$10/month)"), "$10"),
            (price(9.73, "hourly", "$9.73/hour (~$7,103/month)"), "$7,103"),
            (price(0.1027, "hourly", "$75/month, then $10/month"), "$75"),
            (price(0.5, "hourly", "by the hour"), "$365"),
            (price(0.01, "hourly", ""), "$7.30"),
        ] {
            assert_eq!(dollars(monthly(&price)), expected, "{}", price.description);
        }
        assert_eq!([45.0, -5.0, 0.0].map(difference), ["+$45", "\u{2212}$5", "\u{2014}"]);
    }
}
