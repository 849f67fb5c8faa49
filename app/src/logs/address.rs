//! Address: a question and its span as the query of a page.

use super::{
    level::Level,
    question::{IS, LEVELS, NOT, Pair, Question, SOURCE, WORDS},
    span::{FROM, RANGE, Span, TO},
};

/// What the query of an address holds, in order: names may stand there several times.
pub fn choices(question: &Question, span: &Span) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = match span.range {
        Some(range) => vec![(RANGE, range.to_owned())],
        None => {
            let (from, to) = span.typed();
            vec![(FROM, from), (TO, to)]
        }
    };
    all.push((WORDS, question.words.clone()));
    all.extend(question.sources.iter().map(|source| (SOURCE, source.clone())));
    all.extend(
        question
            .levels
            .iter()
            .map(|level: &Level| (LEVELS, level.as_str().to_owned())),
    );
    all.extend(question.is.iter().map(|pair: &Pair| (IS, pair.written())));
    all.extend(question.not.iter().map(|pair| (NOT, pair.written())));
    all
}
