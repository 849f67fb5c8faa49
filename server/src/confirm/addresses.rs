//! The addresses that reach the database: whom a change of its ranges lets in, and whom it shuts out.

use std::net::IpAddr;

use app::settings::ranges::{Family, Range};
use management_api::{Asks, Request, projects::AllowedCidrs};
use serde_json::Value;

/// Whether what `request` would do to the database's ranges depends on those that are there.
pub(super) fn takes_ranges_away(request: &Request) -> bool {
    let added_or_taken = matches!(request.id.row().asks, Asks::Addresses(_));
    added_or_taken && request.parameters.get("remove").is_some()
}

/// Whom the ranges let in afterwards: everybody, or nobody of one version of the internet protocol. An empty list lets
/// nobody in, and so does one that is left out where the lists replace those before them.
pub(super) fn addresses(parameters: &Value, before: Option<&AllowedCidrs>) -> Option<&'static str> {
    let list = |object: &str, name: &str| -> Vec<&str> {
        let values = parameters
            .pointer(object)
            .and_then(|lists| lists.get(name))
            .and_then(Value::as_array);
        values.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    const V4: &str = "dbAllowedCidrs";
    const V6: &str = "dbAllowedCidrsV6";
    let added = ["", "/add"]
        .iter()
        .flat_map(|object| [list(object, V4), list(object, V6)]);
    if added.flatten().any(is_everybody) {
        return Some("lets anybody on the internet reach the database");
    }
    let taken = [list("/remove", V4), list("/remove", V6)];
    if taken.iter().flatten().any(|range| is_everybody(range)) {
        return Some("takes away that anybody can reach the database: whoever no other range holds is cut off");
    }
    let changes = parameters.get("add").is_some() || parameters.get("remove").is_some();
    let closed = |name: &str, taken: &[&str], before: Option<&Vec<String>>| match before {
        _ if !changes => list("", name).is_empty(),
        None => false,
        Some(before) => {
            let stays = before.iter().any(|range| !taken.contains(&range.as_str()));
            !before.is_empty() && !stays && list("/add", name).is_empty()
        }
    };
    let [taken_v4, taken_v6] = &taken;
    let v4 = closed(V4, taken_v4, before.map(|before| &before.v4));
    let v6 = closed(V6, taken_v6, before.map(|before| &before.v6));
    match (v4, v6) {
        (true, true) => Some("closes the database: no address can reach it any more, neither by IPv4 nor by IPv6"),
        (false, true) => {
            Some("closes the database to IPv6: no IPv6 range is left, so no IPv6 address can reach it any more")
        }
        (true, false) => {
            Some("closes the database to IPv4: no IPv4 range is left, so no IPv4 address can reach it any more")
        }
        (false, false) if before.is_none() && parameters.get("remove").is_some() => {
            Some("takes ranges away, and may close the database: which ranges are left could not be read")
        }
        (false, false) => None,
    }
}

/// That lists which take the place of those before them do not hold the address that the person comes from.
pub(super) fn cuts_off(parameters: &Value, caller: IpAddr) -> Option<String> {
    let replaces = parameters.get("add").is_none() && parameters.get("remove").is_none();
    let family = Family::of(caller);
    let list = match family {
        Family::V4 => "dbAllowedCidrs",
        Family::V6 => "dbAllowedCidrsV6",
    };
    let ranges = parameters.get(list).and_then(Value::as_array).into_iter().flatten();
    let mut ranges = ranges.filter_map(|range| Range::lenient(range.as_str()?, family));
    (replaces && !ranges.any(|range| range.holds(caller)))
        .then(|| format!("cuts off {caller}, where you are, from the database: no range holds that address"))
}

/// Whether a range holds every address, or half of them at least.
fn is_everybody(range: &str) -> bool {
    let bits = range.split_once('/').map(|(_, bits)| bits.trim());
    bits.and_then(|bits| bits.parse::<u8>().ok())
        .is_some_and(|bits| bits <= 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whoever_would_be_cut_off_is_told() {
        let here = |text: &str| text.parse::<IpAddr>().unwrap();
        let lists = json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] });
        for (caller, off) in [
            ("203.0.113.9", false),
            ("198.51.100.24", true),
            ("2001:db8::1", false),
            ("2001:db9::1", true),
        ] {
            let told = cuts_off(&lists, here(caller));
            assert_eq!(told.is_some(), off, "{caller}");
            assert!(told.is_none_or(|told| told.contains(caller)));
        }
        // What is added takes nobody away.
        assert_eq!(cuts_off(&json!({ "add": {} }), here("198.51.100.24")), None);
    }

    #[test]
    fn taking_the_last_range_away_closes() {
        let before = AllowedCidrs {
            v4: vec!["203.0.113.0/24".to_owned(), "198.51.100.0/24".to_owned()],
            v6: vec!["2001:db8::/32".to_owned()],
        };
        let (v4, v6) = ("dbAllowedCidrs", "dbAllowedCidrsV6");
        for (parameters, expected) in [
            (json!({ "remove": { v4: ["203.0.113.0/24"] } }), None),
            (json!({ "remove": { v4: ["192.0.2.0/24"] } }), None),
            (
                json!({ "remove": { v4: before.v4 } }),
                Some("closes the database to IPv4"),
            ),
            (
                json!({ "remove": { v6: before.v6 } }),
                Some("closes the database to IPv6"),
            ),
            (
                json!({ "remove": { v4: before.v4, v6: before.v6 } }),
                Some("closes the database: no address"),
            ),
            (
                json!({ "remove": { v4: before.v4 }, "add": { v4: ["192.0.2.0/24"] } }),
                None,
            ),
        ] {
            let told = addresses(&parameters, Some(&before));
            assert_eq!(told.is_some(), expected.is_some(), "{parameters}: {told:?}");
            assert!(
                told.unwrap_or_default().contains(expected.unwrap_or_default()),
                "{told:?}"
            );
        }
        let open = AllowedCidrs {
            v4: vec!["0.0.0.0/0".to_owned()],
            v6: Vec::new(),
        };
        assert_eq!(
            addresses(&json!({ "remove": { v6: ["2001:db8::/32"] } }), Some(&open)),
            None
        );
    }
}
