//! The timeline: what can be reached of the past days, the moment that is chosen, and the backups, drawn as SVG with the
//! same in words below it.

use leptos::prelude::*;
use management_api::database::{Backup, RecoverySpan};
use time::{Duration, OffsetDateTime};

use crate::{components::when, server_fns::backups::Recovery, ui::Card};

/// The drawing's own units; the page stretches it to its box.
const WIDTH: f64 = 1_000.0;

/// The moments between which everything can be reached; `None` where nothing can, or it makes no sense.
pub(super) fn span(data: &RecoverySpan) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let read = |seconds: Option<i64>| OffsetDateTime::from_unix_timestamp(seconds?).ok();
    let (from, to) = (read(data.earliest)?, read(data.latest)?);
    (from <= to).then_some((from, to))
}

/// Where a moment stands between `from` and `to`.
fn place(at: OffsetDateTime, from: OffsetDateTime, to: OffsetDateTime) -> f64 {
    let whole = (to - from).as_seconds_f64().max(1.0);
    ((at - from).as_seconds_f64() / whole * WIDTH).clamp(0.0, WIDTH)
}

/// Nothing where there is nothing to be drawn.
pub(super) fn card(recovery: &Recovery, chosen: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<AnyView> {
    let backups: Vec<(OffsetDateTime, &Backup)> = recovery
        .backups
        .backups
        .iter()
        .filter_map(|backup| Some((when::read(&backup.inserted_at)?, backup)))
        .collect();
    let span = span(&recovery.backups.physical_backup_data).filter(|_| recovery.backups.pitr_enabled);
    let oldest = backups
        .iter()
        .map(|(at, _)| *at)
        .chain(span.map(|(from, _)| from))
        .min()?;
    // A little before it, so that the first mark is seen.
    let from = oldest - (now - oldest).max(Duration::hours(1)) / 40;
    let x = |at| place(at, from, now);
    let band = span.map(|(first, last)| {
        let (left, right) = (x(first), x(last));
        let width = format!("{:.1}", (right - left).max(2.0));
        view! { <rect class="timeline-window" x=format!("{left:.1}") y="14" width=width height="20"></rect> }
    });
    let chosen = chosen.filter(|at| span.is_some_and(|(first, last)| (first..=last).contains(at)));
    let lost = chosen.map(|at| {
        let left = x(at);
        view! {
            <rect class="timeline-lost" x=format!("{left:.1}") y="14" width=format!("{:.1}", WIDTH - left) height="20"></rect>
            <rect class="timeline-chosen" x=format!("{:.1}", (left - 1.0).max(0.0)) y="4" width="2" height="40"></rect>
        }
    });
    let marks: Vec<_> = backups
        .iter()
        .map(|(at, backup)| {
            let (tone, _, word) = super::project::state(&backup.status);
            let title = format!("{} (UTC): {}", when::second(&backup.inserted_at), word.to_lowercase());
            view! {
                <rect class="timeline-backup" data-tone=tone.as_str() x=format!("{:.1}", (x(*at) - 3.0).clamp(0.0, WIDTH - 6.0)) y="10" width="6" height="28">
                    <title>{title}</title>
                </rect>
            }
        })
        .collect();
    let ticks: Vec<_> = (0..5)
        .map(|at| {
            let at = from + (now - from) * (f64::from(at) / 4.0);
            let text = when::written(at);
            view! { <span>{when::minute(&text)}</span> }
        })
        .collect();
    let label = label(backups.len(), span, chosen);
    let (drawn, said) = (label.clone(), label);
    Some(
        view! {
            <Card title="What can be reached">
                <figure class="timeline">
                    <svg viewBox=format!("0 0 {WIDTH} 48") preserveAspectRatio="none" role="img" aria-label=drawn>
                        <rect class="timeline-ground" x="0" y="22" width=format!("{WIDTH}") height="4"></rect>
                        {band} {marks} {lost}
                    </svg>
                    <div class="timeline-ticks" aria-hidden="true">{ticks}</div>
                    <figcaption class="hint">{said}</figcaption>
                </figure>
            </Card>
        }
        .into_any(),
    )
}

/// The same in words.
fn label(backups: usize, span: Option<(OffsetDateTime, OffsetDateTime)>, chosen: Option<OffsetDateTime>) -> String {
    let told = |at| when::second(&when::written(at));
    let mut said = match (span, backups) {
        (Some((from, to)), _) => format!("Every second from {} to {} (UTC).", told(from), told(to)),
        (None, 1) => "One daily backup.".to_owned(),
        (None, count) => format!("{count} daily backups."),
    };
    if let Some(at) = chosen {
        said += &format!(" Chosen: {}; what came after it would be lost.", told(at));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_must_make_sense() {
        let of = |earliest, latest| span(&RecoverySpan { earliest, latest });
        assert!(of(Some(1), Some(2)).is_some());
        assert_eq!(of(Some(2), Some(1)), None);
        assert_eq!(of(None, Some(1)), None);
        assert_eq!(of(Some(i64::MAX), Some(i64::MAX)), None);
    }

    #[test]
    fn moments_stand_where_they_belong() {
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        for (moment, expected) in [(0, 0.0), (50, 500.0), (100, 1_000.0), (-9, 0.0), (200, 1_000.0)] {
            assert_eq!(place(at(moment), at(0), at(100)), expected);
        }
        assert_eq!(place(at(5), at(5), at(5)), 0.0);
    }
}
