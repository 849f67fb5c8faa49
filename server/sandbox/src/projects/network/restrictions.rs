//! Restrictions: the ranges of addresses that may connect.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
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

/// What was asked for while the database could not take it, and when.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    config: Ranges,
    requested_at: OffsetDateTime,
}

impl Restrictions {
    /// Whether some addresses are kept away, or will be once what was asked for holds.
    pub fn restricts(&self) -> bool {
        self.config != Ranges::open()
    }
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
    let shown = shown(call)?;
    Ok(answer(StatusCode::OK, &shown))
}

fn shown(call: &Call<'_>) -> Result<Value, Refusal> {
    let network = &call.project()?.parts.network;
    let mut shown = match &network.restrictions {
        Some(restrictions) => restrictions.shown(call.now, Ranges::lists),
        None => json!({ "entitlement": "allowed", "config": Ranges::open().lists(), "status": "applied" }),
    };
    if let Some(pending) = &network.pending {
        shown["pending_config"] = pending.config.lists();
        shown["pending_requested_at"] = json!(moment(pending.requested_at));
    }
    Ok(shown)
}

#[derive(Deserialize)]
struct Review {
    action: String,
    requested_at: String,
}

/// v1-review-network-restrictions
pub fn review(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let Review { action, requested_at } = call.request.json()?;
    let applies = match action.as_str() {
        "apply" => true,
        "reject" => false,
        _ => return Err(Refusal::Invalid("action: expected apply or reject.".to_owned())),
    };
    let network = &mut call.running()?.parts.network;
    let pending = network
        .pending
        .take_if(|pending| moment(pending.requested_at) == requested_at);
    let pending = pending.ok_or_else(|| Refusal::Conflict("Another change waits, or none.".to_owned()))?;
    if applies {
        network.restrictions = Some(Box::new(Restrictions {
            old: pending.config.clone(),
            config: pending.config,
            updated_at: now,
            applied_at: now,
        }));
    }
    let shown = shown(call)?;
    Ok(answer(StatusCode::CREATED, &shown))
}

/// v1-update-network-restrictions
pub fn apply(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let config: Ranges = call.request.json()?;
    config.check()?;
    let project = call.running()?;
    // A guess: a database that is not well does not take it, and the change waits for a review.
    if *project.status(now) == ProjectStatus::ActiveUnhealthy {
        let requested_at = now;
        project.parts.network.pending = Some(Box::new(Pending { config, requested_at }));
        let mut shown = shown(call)?;
        shown["status"] = json!("stored");
        return Ok(answer(StatusCode::CREATED, &shown));
    }
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
