//! What fits what was typed, and how well: letters in their order, those that stand together and begin a word first.

use std::collections::BTreeMap;

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::server_fns::find::{Hit, Kind};

/// The best of each kind, at most `most`; kinds by their best, what one was on before first of all, and operations last.
/// Beside each hit stands what is said of it, perhaps nothing.
pub fn rank(words: &str, hits: Vec<(Hit, &str)>, most: usize) -> Vec<Hit> {
    let pattern = Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut kinds: BTreeMap<Kind, Vec<(u32, Hit)>> = BTreeMap::new();
    for (mut hit, help) in hits {
        if let Some(score) = scored(&pattern, &mut matcher, &mut hit).or_else(|| said(words, &hit, help)) {
            kinds.entry(hit.kind).or_default().push((score, hit));
        }
    }
    let best = kinds
        .values()
        .flatten()
        .map(|(score, _)| *score)
        .max()
        .unwrap_or_default();
    let mut kinds: Vec<(Kind, u32, Vec<Hit>)> = kinds
        .into_iter()
        .filter_map(|(kind, mut hits)| {
            // What is scattered over a long text is no find beside what stands there as typed.
            hits.retain(|(score, _)| score * 2 >= best);
            // Stable: what one was on stays in its order, and so do the menus.
            hits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            let first = hits.first()?.0;
            Some((kind, first, hits.into_iter().take(most).map(|(_, hit)| hit).collect()))
        })
        .collect();
    // Operations have long names, which nearly anything fits.
    kinds.sort_by_key(|(kind, best, _)| {
        (
            *kind != Kind::Recent,
            *kind == Kind::Operation,
            std::cmp::Reverse(*best),
        )
    });
    kinds.into_iter().flat_map(|(_, _, hits)| hits).collect()
}

/// `None` where it does not fit. What stands in the title counts for more than what stands beside it.
fn scored(pattern: &Pattern, matcher: &mut Matcher, hit: &mut Hit) -> Option<u32> {
    let (mut text, mut places) = (Vec::new(), Vec::new());
    if let Some(score) = pattern.indices(Utf32Str::new(&hit.title, &mut text), matcher, &mut places) {
        places.sort_unstable();
        places.dedup();
        hit.marks = places;
        return Some(score);
    }
    let whole = format!("{} {}", hit.title, hit.side);
    let score = pattern.indices(Utf32Str::new(&whole, &mut text), matcher, &mut places)?;
    let length = u32::try_from(hit.title.chars().count()).unwrap_or(u32::MAX);
    places.retain(|place| *place < length);
    places.sort_unstable();
    places.dedup();
    hit.marks = places;
    Some(score * 3 / 4)
}

/// What a letter counts for that stands in what is said of a hit: a scattered one in the title counts twice that.
const SAID: u32 = 8;

/// Whether every word stands in what is said, as it was typed: letters that are left out would fit any sentence.
fn said(words: &str, hit: &Hit, help: &str) -> Option<u32> {
    let text = format!("{} {help}", hit.title).to_lowercase();
    let words = words.to_lowercase();
    let fits = !help.is_empty() && words.split_whitespace().all(|word| text.contains(word));
    let letters = words.chars().filter(|letter| !letter.is_whitespace()).count();
    (fits && letters > 0).then(|| u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(SAID))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(kind: Kind, title: &str, side: &str) -> Hit {
        Hit {
            kind,
            title: title.to_owned(),
            marks: Vec::new(),
            side: side.to_owned(),
            href: String::new(),
        }
    }

    fn all() -> Vec<Hit> {
        vec![
            hit(Kind::Recent, "Secrets", "Shop"),
            hit(Kind::Recent, "Members", "Acme"),
            hit(Kind::Project, "Storefront", "abcdefghijklmnopqrst"),
            hit(Kind::Project, "Shop", "zyxwvutsrqponmlkjihg"),
            hit(Kind::Page, "Secrets", "Shop"),
            hit(Kind::Page, "Sign-ins", "You"),
            hit(Kind::Operation, "Create secrets", "POST /v1/projects/{ref}/secrets"),
            hit(
                Kind::Operation,
                "Generate TypeScript types",
                "GET /v1/projects/{ref}/types/typescript",
            ),
        ]
    }

    fn with_help() -> Vec<(Hit, &'static str)> {
        let setting = hit(Kind::Setting, "Reuse of a refresh token", "Auth security_reuse");
        let helped = (
            setting,
            "How long a used one is still taken, for clients that ask twice.",
        );
        all().into_iter().map(|hit| (hit, "")).chain([helped]).collect()
    }

    fn found(words: &str, most: usize) -> Vec<(Kind, String)> {
        let hits = rank(words, with_help(), most);
        hits.into_iter().map(|hit| (hit.kind, hit.title)).collect()
    }

    fn titles(words: &str) -> Vec<String> {
        found(words, 9).into_iter().map(|(_, title)| title).collect()
    }

    #[test]
    fn what_one_was_on_comes_first_and_the_best_after_it() {
        assert_eq!(found("secrets", 9)[0], (Kind::Recent, "Secrets".to_owned()));
        assert_eq!(found("secrets", 9)[1], (Kind::Page, "Secrets".to_owned()));
        assert_eq!(titles("shop")[0], "Secrets", "it was in Shop");
        assert!(titles("shop").contains(&"Shop".to_owned()));
    }

    #[test]
    fn letters_may_be_left_out_but_not_scattered_over_anything() {
        assert!(titles("scrts").contains(&"Secrets".to_owned()));
        assert!(!titles("secrets").contains(&"Generate TypeScript types".to_owned()));
        assert!(titles("xqz").is_empty());
    }

    #[test]
    fn every_word_must_fit_and_case_does_not_matter() {
        assert_eq!(titles("SECRETS create"), ["Create secrets"]);
        assert!(titles("secrets members").is_empty());
    }

    #[test]
    fn what_is_said_of_a_setting_finds_it_word_by_word() {
        assert_eq!(titles("clients twice"), ["Reuse of a refresh token"]);
        assert_eq!(titles("refresh CLIENTS"), ["Reuse of a refresh token"]);
        assert!(titles("clnts twce").is_empty());
    }

    #[test]
    fn what_fits_is_marked_and_no_kind_crowds_out_the_others() {
        let hits = rank("st", with_help(), 9);
        let storefront = hits.iter().find(|hit| hit.title == "Storefront").unwrap();
        assert_eq!(storefront.marks, [0, 1]);
        assert_eq!(
            found("", 1).iter().filter(|(kind, _)| *kind == Kind::Project).count(),
            1
        );
    }
}
