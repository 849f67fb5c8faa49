//! The sentence that tells of a call: who did what, or tried to.

use serde::{Deserialize, Serialize};

/// What the catalogue's sentences begin with, and the same as it stands behind "to".
const VERBS: &[(&str, &str)] = &[
    ("accepted", "accept"),
    ("activated", "activate"),
    ("added", "add"),
    ("applied", "apply"),
    ("asked", "ask"),
    ("brought", "bring"),
    ("cancelled", "cancel"),
    ("changed", "change"),
    ("checked", "check"),
    ("claimed", "claim"),
    ("compared", "compare"),
    ("counted", "count"),
    ("created", "create"),
    ("deleted", "delete"),
    ("deployed", "deploy"),
    ("disconnected", "disconnect"),
    ("enabled", "enable"),
    ("exchanged", "exchange"),
    ("gave", "give"),
    ("generated", "generate"),
    ("had", "have"),
    ("invited", "invite"),
    ("lifted", "lift"),
    ("listed", "list"),
    ("looked", "look"),
    ("made", "make"),
    ("merged", "merge"),
    ("opened", "open"),
    ("paused", "pause"),
    ("pushed", "push"),
    ("queried", "query"),
    ("ran", "run"),
    ("read", "read"),
    ("recorded", "record"),
    ("removed", "remove"),
    ("renamed", "rename"),
    ("replaced", "replace"),
    ("reset", "reset"),
    ("restarted", "restart"),
    ("restored", "restore"),
    ("revoked", "revoke"),
    ("rolled", "roll"),
    ("sent", "send"),
    ("set", "set"),
    ("settled", "settle"),
    ("shared", "share"),
    ("stopped", "stop"),
    ("tested", "test"),
    ("took", "take"),
    ("turned", "turn"),
    ("updated", "update"),
    ("upgraded", "upgrade"),
    ("withdrew", "withdraw"),
];

/// A sentence in which names stand out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    pub text: String,
    /// Where each name begins and ends, in bytes; in order and apart.
    pub marks: Vec<(usize, usize)>,
}

impl Sentence {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a name. What could turn the text around it is left out.
    pub fn push_name(&mut self, name: &str) {
        let begin = self.text.len();
        self.text
            .extend(name.chars().map(|c| if c.is_control() { ' ' } else { c }));
        if self.text.len() > begin {
            self.marks.push((begin, self.text.len()));
        }
    }

    /// The text in pieces; `true` for names. Marks that fit no text are passed over.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for &(begin, end) in &self.marks {
            if let (Some(before), Some(name)) = (self.text.get(at..begin), self.text.get(begin..end)) {
                pieces.extend((!before.is_empty()).then_some((before, false)));
                pieces.push((name, true));
                at = end;
            }
        }
        pieces.extend(
            self.text
                .get(at..)
                .filter(|rest| !rest.is_empty())
                .map(|rest| (rest, false)),
        );
        pieces
    }

    /// "Ada tried to pause …" for "Ada paused …". A sentence that begins otherwise stays as it is.
    pub fn tried(&self) -> Self {
        self.attempt().unwrap_or_else(|| self.clone())
    }

    fn attempt(&self) -> Option<Self> {
        // Behind who it was.
        let who = self.marks.first().filter(|mark| mark.0 == 0).map_or(0, |mark| mark.1);
        let past = self.text.get(who..)?.strip_prefix(' ')?.split(' ').next()?;
        let (_, verb) = VERBS.iter().find(|(known, _)| *known == past)?;
        let attempt = format!("tried to {verb}");
        let (begin, end) = (who + 1, who + 1 + past.len());
        let moved = |at: usize| if at < end { at } else { at - end + begin + attempt.len() };
        Some(Self {
            text: format!("{}{attempt}{}", &self.text[..begin], &self.text[end..]),
            marks: self.marks.iter().map(|&(from, to)| (moved(from), moved(to))).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;

    use super::*;

    fn of(who: &str, what: &str, name: &str) -> Sentence {
        let mut sentence = Sentence::default();
        sentence.push_name(who);
        sentence.push(what);
        sentence.push_name(name);
        sentence
    }

    #[test]
    fn a_sentence_knows_its_names() {
        let mut sentence = Sentence::default();
        sentence.push_name("ada\u{e9}");
        sentence.push(" paused ");
        sentence.push_name("");
        sentence.push_name("sh\nop");
        assert_eq!(sentence.text, "ada\u{e9} paused sh op");
        assert_eq!(
            sentence.pieces(),
            [("ada\u{e9}", true), (" paused ", false), ("sh op", true)]
        );
    }

    #[test]
    fn marks_that_fit_no_text_do_no_harm() {
        let text = "\u{e9}\u{e9} done".to_owned();
        for marks in [vec![(1, 3)], vec![(0, 99)], vec![(4, 2)], vec![(2, 4), (0, 2)]] {
            let sentence = Sentence {
                text: text.clone(),
                marks,
            };
            let whole: String = sentence.pieces().into_iter().map(|(piece, _)| piece).collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn what_was_not_done_was_tried() {
        assert_eq!(
            of("ada", " paused the project ", "shop").tried(),
            of("ada", " tried to pause the project ", "shop")
        );
        assert_eq!(of("ada", " ran ", "").tried(), of("ada", " tried to run ", ""));
        assert_eq!(
            of("", " read the project ", "shop").tried(),
            of("", " tried to read the project ", "shop")
        );
        for other in [of("ada", " juggled ", "shop"), of("ada", "", ""), of("", "", "")] {
            assert_eq!(other.tried(), other);
        }
    }

    #[test]
    fn marks_that_fit_no_text_are_not_followed() {
        let odd = Sentence {
            text: "\u{e9}\u{e9} paused".to_owned(),
            marks: vec![(1, 3), (9, 2)],
        };
        assert_eq!(odd.tried(), odd);
    }

    #[test]
    fn every_operation_can_be_tried() {
        for id in OperationId::ALL {
            let sentence = of("ada", &format!(" {}", id.row().sentence), "");
            let tried = sentence.tried();
            assert!(tried.text.starts_with("ada tried to "), "{id}: {}", tried.text);
            assert_eq!(tried.marks, [(0, 3)], "{id}");
        }
    }
}
