//! Restrictions: the ranges of addresses that may connect.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
};

/// Ranges of one project, of both versions.
const MOST: usize = 100;

/// Ranges as the API reads them; a list that is missing is empty.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ranges {
    #[serde(rename = "dbAllowedCidrs")]
    v4: Vec<String>,
    #[serde(rename = "dbAllowedCidrsV6")]
    v6: Vec<String>,
}

/// What was asked for last, and when it holds.
#[derive(Clone, Serialize, Deserialize)]
pub struct Restrictions {
    config: Ranges,
    /// What holds before that.
    old: Ranges,
    updated_at: OffsetDateTime,
    applied_at: OffsetDateTime,
}

fn is_range(text: &str, v6: bool) -> bool {
    let Some((address, bits)) = text.split_once('/') else {
        return false;
    };
    let (fits, most) = if v6 {
        (address.parse::<Ipv6Addr>().is_ok(), 128)
    } else {
        (address.parse::<Ipv4Addr>().is_ok(), 32)
    };
    let digits = bits.len() <= 3 && bits.bytes().all(|byte| byte.is_ascii_digit());
    fits && digits && bits.parse().is_ok_and(|bits: u16| bits <= most)
}

impl Ranges {
    /// Everybody.
    fn open() -> Self {
        Self {
            v4: vec!["0.0.0.0/0".to_owned()],
            v6: vec!["::/0".to_owned()],
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let v4 = self.v4.iter().map(|text| ("dbAllowedCidrs", text, false));
        let v6 = self.v6.iter().map(|text| ("dbAllowedCidrsV6", text, true));
        match v4.chain(v6).find(|(_, text, v6)| !is_range(text, *v6)) {
            Some((name, text, v6)) => Err(Refusal::Invalid(format!(
                "{name}: \u{201c}{text}\u{201d} is no range of IPv{} addresses in CIDR notation.",
                if v6 { 6 } else { 4 }
            ))),
            None if self.v4.len() + self.v6.len() > MOST => {
                Err(Refusal::Invalid(format!("Expected at most {MOST} ranges.")))
            }
            None => Ok(()),
        }
    }

    fn add(&mut self, more: Self) {
        for (known, more) in [(&mut self.v4, more.v4), (&mut self.v6, more.v6)] {
            for range in more {
                if !known.contains(&range) {
                    known.push(range);
                }
            }
        }
    }

    fn remove(&mut self, gone: &Self) {
        self.v4.retain(|range| !gone.v4.contains(range));
        self.v6.retain(|range| !gone.v6.contains(range));
    }

    /// One list with versions, as the answer to a PATCH has it.
    fn versioned(&self) -> Value {
        let v4 = self.v4.iter().map(|range| json!({ "address": range, "type": "v4" }));
        let v6 = self.v6.iter().map(|range| json!({ "address": range, "type": "v6" }));
        json!({ "dbAllowedCidrs": v4.chain(v6).collect::<Vec<_>>() })
    }

    fn lists(&self) -> Value {
        json!({ "dbAllowedCidrs": self.v4, "dbAllowedCidrsV6": self.v6 })
    }
}

impl Restrictions {
    /// What holds now.
    fn holding(&self, now: OffsetDateTime) -> &Ranges {
        if self.applied_at <= now {
            &self.config
        } else {
            &self.old
        }
    }

    fn shown(&self, now: OffsetDateTime, write: fn(&Ranges) -> Value) -> Value {
        let mut shown = json!({
            "entitlement": "allowed",
            "config": write(&self.config),
            "status": "applied",
            "updated_at": moment(self.updated_at),
        });
        if self.applied_at <= now {
            shown["applied_at"] = json!(moment(self.applied_at));
        } else {
            shown["status"] = json!("stored");
            shown["old_config"] = write(&self.old);
        }
        shown
    }
}

/// v1-get-network-restrictions
pub fn get(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let shown = match &call.project()?.parts.network.restrictions {
        Some(restrictions) => restrictions.shown(now, Ranges::lists),
        None => json!({ "entitlement": "allowed", "config": Ranges::open().lists(), "status": "applied" }),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// v1-update-network-restrictions
pub fn apply(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let config: Ranges = call.request.json()?;
    config.check()?;
    let project = call.running()?;
    // As recorded: the answer tells no times.
    let shown = json!({ "entitlement": "allowed", "config": config.lists(), "status": "applied" });
    project.parts.network.restrictions = Some(Box::new(Restrictions {
        old: config.clone(),
        config,
        updated_at: now,
        applied_at: now,
    }));
    Ok(answer(StatusCode::CREATED, &shown))
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Patch {
    add: Ranges,
    remove: Ranges,
}

/// v1-patch-network-restrictions
pub fn patch(call: &mut Call<'_>) -> Answered {
    let (now, lasting) = (call.now, call.world.rules.coming_up / 2);
    call.project()?;
    let Patch { add, remove } = call.request.json()?;
    add.check()?;
    remove.check()?;
    let restrictions = &mut call.running()?.parts.network.restrictions;
    let (old, mut config) = match restrictions {
        Some(known) => (known.holding(now).clone(), known.config.clone()),
        None => (Ranges::open(), Ranges::open()),
    };
    config.remove(&remove);
    config.add(add);
    config.check()?;
    let applied_at = now + lasting;
    let restrictions = restrictions.insert(Box::new(Restrictions {
        config,
        old,
        updated_at: now,
        applied_at,
    }));
    Ok(answer(StatusCode::OK, &restrictions.shown(now, Ranges::versioned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_from_other_texts() {
        for (text, v6, expected) in [
            ("8.8.8.0/24", false, true),
            ("0.0.0.0/0", false, true),
            ("8.8.8.8", false, false),
            ("8.8.8.0/33", false, false),
            ("8.8.8.0/+1", false, false),
            ("8.8.8/24", false, false),
            ("::/0", false, false),
            ("::/0", true, true),
            ("2001:db8::/129", true, false),
            ("0.0.0.0/0", true, false),
        ] {
            assert_eq!(is_range(text, v6), expected, "{text}");
        }
    }
}
