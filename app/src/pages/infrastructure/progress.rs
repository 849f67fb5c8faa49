//! How far an upgrade is: its steps, and what became of it.

use leptos::prelude::*;
use management_api::projects::Upgrade;
use time::OffsetDateTime;

use crate::{
    components::{
        stages::{Is, Stage, stages},
        when::{self, To, When},
    },
    islands::live::Live,
    pages::backups::ago,
    ui::{Notice, Tone},
};

/// The API's words, and what each step does. The number before a word is its place.
const STEPS: &[(&str, &str, &str)] = &[
    ("0_requested", "Asked for", "Supabase has taken the order."),
    (
        "1_started",
        "Project stopped",
        "Database, APIs and functions answer nobody from here on.",
    ),
    (
        "2_launched_upgraded_instance",
        "New machine started",
        "It has the newer version.",
    ),
    (
        "3_detached_volume_from_upgraded_instance",
        "Disk taken off the new machine",
        "",
    ),
    (
        "4_attached_volume_to_original_instance",
        "That disk is at the old machine",
        "",
    ),
    (
        "5_initiated_data_upgrade",
        "Data is being upgraded",
        "The longest step. If it fails, the old version starts again with the data as it was.",
    ),
    ("6_completed_data_upgrade", "Data is upgraded", ""),
    (
        "7_detached_volume_from_original_instance",
        "Disk taken off the old machine",
        "",
    ),
    (
        "8_attached_volume_to_upgraded_instance",
        "Disk is at the new machine",
        "",
    ),
    (
        "9_completed_upgrade",
        "Project starts on the newer version",
        "From here on there is no way back but a restore.",
    ),
    (
        "10_completed_post_physical_backup",
        "Backup made",
        "The first one of the newer version.",
    ),
];

/// The API's words for what went wrong, and what that means.
const FAILURES: &[(&str, &str)] = &[
    (
        "1_upgraded_instance_launch_failed",
        "No machine with the newer version could be started.",
    ),
    (
        "2_volume_detachchment_from_upgraded_instance_failed",
        "The disk could not be taken off the new machine.",
    ),
    (
        "3_volume_attachment_to_original_instance_failed",
        "The disk could not be brought to the old machine.",
    ),
    (
        "4_data_upgrade_initiation_failed",
        "The upgrade of the data did not begin.",
    ),
    (
        "5_data_upgrade_completion_failed",
        "The data could not be upgraded. Something in the database stands in the way.",
    ),
    (
        "6_volume_detachchment_from_original_instance_failed",
        "The disk could not be taken off the old machine.",
    ),
    (
        "7_volume_attachment_to_upgraded_instance_failed",
        "The disk could not be brought to the new machine.",
    ),
    ("8_upgrade_completion_failed", "The newer version did not come up."),
    (
        "9_post_physical_backup_failed",
        "The data is upgraded, but the backup after it failed.",
    ),
];

fn is(upgrade: &Upgrade, status: f64) -> bool {
    // ok: the three numbers are small and whole.
    (upgrade.status - status).abs() < 0.5
}

pub fn runs(upgrade: &Upgrade) -> bool {
    is(upgrade, Upgrade::RUNNING)
}

/// The place in [`STEPS`]; `None` for a word that came later.
fn place(progress: Option<&str>) -> Option<usize> {
    STEPS.iter().position(|(word, ..)| Some(*word) == progress)
}

/// The upgrade that is under way, with its steps; it follows by itself.
pub fn under_way(upgrade: &Upgrade, now: OffsetDateTime) -> AnyView {
    let at = place(upgrade.progress.as_deref());
    let step = at.map_or_else(
        || {
            format!(
                "Supabase says: {}.",
                upgrade.progress.as_deref().unwrap_or("nothing yet")
            )
        },
        |at| format!("Step {} of {}.", at + 1, STEPS.len()),
    );
    let so_far = when::read(&upgrade.initiated_at).map(|begun| format!(" {} so far.", ago(now - begun)));
    let begun = upgrade.initiated_at.clone();
    let seen = upgrade.latest_status_at.clone();
    let all = STEPS.iter().enumerate().map(|(place, (word, title, does))| {
        let is = match at.map(|at| place.cmp(&at)) {
            Some(std::cmp::Ordering::Less) => Is::Done,
            Some(std::cmp::Ordering::Equal) => Is::Now,
            Some(std::cmp::Ordering::Greater) | None => Is::Next,
        };
        let since = (is == Is::Now)
            .then(|| view! { <span class="quiet">"since " <When at=seen.clone() to=To::Second/></span> });
        Stage {
            title,
            is,
            sum: view! { <code class="quiet">{*word}</code> " " {since} }.into_any(),
            body: (is != Is::Done && !does.is_empty())
                .then(|| view! { <p>{*does}</p> })
                .into_any(),
        }
    });
    let all = stages(all.collect());
    let target = upgrade.target_version.clone();
    view! {
        <Live/>
        <Notice tone=Tone::Info title=format!("Postgres is being upgraded to {target}")>
            {step} {so_far} " Begun " <When at=begun to=To::Second/> ". The project answers nobody until it is over, and Supabase has no call that stops it. You may leave: this page shows the same to everybody."
        </Notice>
        {all}
    }
    .into_any()
}

/// What became of the latest one.
pub fn outcome(upgrade: &Upgrade) -> AnyView {
    let (target, at) = (upgrade.target_version.clone(), upgrade.latest_status_at.clone());
    if is(upgrade, Upgrade::DONE) {
        return view! { <p class="hint">"Upgraded last to Postgres " {target} ", done " <When at/> "."</p> }.into_any();
    }
    let word = upgrade.error.clone().unwrap_or_default();
    let means = FAILURES
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, means)| *means);
    let means = means.unwrap_or("Supabase does not tell why in words that Steward knows.");
    let reached = place(upgrade.progress.as_deref());
    // Past this step the newer version holds the data.
    let after = match reached {
        Some(at) if at >= 9 => "The project is on the newer version.",
        Some(_) => "The project goes back to the version it had, with its data as it was before.",
        None => "Look at the version that the project has now, before you try again.",
    };
    let last = reached
        .and_then(|at| STEPS.get(at))
        .map(|(_, title, _)| format!(" The last step that was reached: {title}."));
    view! {
        <Notice tone=Tone::Error title=format!("The last upgrade, to Postgres {target}, has failed")>
            {means} " " {after} {last} " It ended " <When at to=To::Second/> ". What stands in the way is listed below; where nothing is, ask Supabase\u{2019}s support and name the word "
            <code>{word}</code> "."
        </Notice>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_at_their_numbers() {
        for (at, (word, ..)) in STEPS.iter().enumerate() {
            assert!(word.starts_with(&format!("{at}_")), "{word}");
        }
        for (at, (word, _)) in FAILURES.iter().enumerate() {
            assert!(word.starts_with(&format!("{}_", at + 1)), "{word}");
        }
        assert_eq!(place(Some("9_completed_upgrade")), Some(9));
        assert_eq!(place(Some("11_moon")), None);
        assert_eq!(place(None), None);
    }
}
