//! Question: what of the logs is wanted, as it stands in the address, and the ClickHouse SQL that asks for it.

use super::{
    level::{LEVEL, Level},
    line::Count,
};

/// Fields of the form beside those of the span.
pub const SOURCE: &str = "source";
pub const LEVELS: &str = "level";
pub const WORDS: &str = "q";
/// `attribute=value`, several times: it is that, or it is not.
pub const IS: &str = "is";
pub const NOT: &str = "not";

/// Lines of a page, and of a file.
pub const LINES: usize = 100;
pub const MOST: usize = 1_000;

/// Sources that are known, with what people call them.
pub const SOURCES: &[(&str, &str)] = &[
    ("edge_logs", "API gateway"),
    ("postgres_logs", "Postgres"),
    ("auth_logs", "Auth"),
    ("function_edge_logs", "Function calls"),
    ("function_logs", "Function output"),
    ("storage_logs", "Storage"),
    ("realtime_logs", "Realtime"),
    ("postgrest_logs", "Data API"),
    ("supavisor_logs", "Pooler"),
    ("pgbouncer_logs", "PgBouncer"),
    ("workflow_run_logs", "Branch runs"),
];

/// What people call a source; a newer one goes by its own word.
pub fn source_name(source: &str) -> &str {
    let known = SOURCES.iter().find(|(word, _)| *word == source);
    known.map_or(source, |(_, name)| name)
}

/// An attribute and a value of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub name: String,
    pub value: String,
}

impl Pair {
    /// `None` where there is no such attribute: its name is letters, digits, dots, hyphens and underscores.
    pub fn read(text: &str) -> Option<Self> {
        let (name, value) = text.split_once('=')?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let good = !name.is_empty() && name.len() <= 100 && name.bytes().all(plain);
        good.then(|| Self {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }

    pub fn written(&self) -> String {
        format!("{}={}", self.name, self.value)
    }

    fn sql(&self, sign: &str) -> String {
        format!("log_attributes['{}'] {sign} {}", self.name, literal(&self.value))
    }
}

/// What is wanted; nothing said leaves nothing out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub sources: Vec<String>,
    pub levels: Vec<Level>,
    /// Words of the message, in whatever case.
    pub words: String,
    pub is: Vec<Pair>,
    pub not: Vec<Pair>,
}

/// Filters of each kind, at most.
const FILTERS: usize = 20;

impl Question {
    /// `all` gives what the address holds under a name.
    pub fn read(all: impl Fn(&str) -> Vec<String>) -> Self {
        let word = |text: &String| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit())
        };
        let pairs = |name: &str| {
            all(name)
                .iter()
                .filter_map(|text| Pair::read(text))
                .take(FILTERS)
                .collect()
        };
        Self {
            sources: all(SOURCE).into_iter().filter(word).take(FILTERS).collect(),
            levels: all(LEVELS).iter().filter_map(|word| Level::read(word)).collect(),
            words: all(WORDS).pop().unwrap_or_default().trim().chars().take(200).collect(),
            is: pairs(IS),
            not: pairs(NOT),
        }
    }

    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// What stands after `where`, without sources and levels where `whole` is wanted; empty where nothing is left out.
    fn conditions(&self, whole: bool) -> String {
        let mut all = Vec::new();
        if !whole && !self.sources.is_empty() {
            let names: Vec<String> = self.sources.iter().map(|source| literal(source)).collect();
            all.push(format!("source in ({})", names.join(", ")));
        }
        if !whole && !self.levels.is_empty() && self.levels.len() < Level::ALL.len() {
            let words: Vec<String> = self.levels.iter().map(|level| literal(level.as_str())).collect();
            all.push(format!("({LEVEL}) in ({})", words.join(", ")));
        }
        if !self.words.is_empty() {
            all.push(format!(
                "event_message ilike {}",
                literal(&format!("%{}%", like(&self.words)))
            ));
        }
        all.extend(self.is.iter().map(|pair| pair.sql("=")));
        all.extend(self.not.iter().map(|pair| pair.sql("!=")));
        match all.is_empty() {
            true => String::new(),
            false => format!(" where {}", all.join(" and ")),
        }
    }

    /// Whether lines of this source and level are wanted.
    pub fn wants(&self, count: &Count) -> bool {
        let level = Level::read(&count.level).unwrap_or(Level::Info);
        (self.sources.is_empty() || self.sources.contains(&count.source))
            && (self.levels.is_empty() || self.levels.contains(&level))
    }

    /// The newest lines.
    pub fn lines(&self, most: usize) -> String {
        format!(
            "select id, timestamp, source, {LEVEL} as level, event_message, log_attributes from logs{} \
             order by timestamp desc limit {most}",
            self.conditions(false)
        )
    }

    /// How many lines there are, by source, level and part of the span. Sources and levels that were not chosen are counted,
    /// too, so that they can be.
    pub fn counts(&self, step: i64) -> String {
        format!(
            "select intDiv(toUnixTimestamp(timestamp), {step}) as part, source, {LEVEL} as level, count() as lines \
             from logs{} group by part, source, level order by part desc limit 5000",
            self.conditions(true)
        )
    }
}

/// A text of ClickHouse's SQL, in which a backslash says that what follows is meant as it is.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A text as `like` wants it, where two signs and the backslash mean something.
fn like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(fields: &[(&str, &str)]) -> Question {
        Question::read(|name| {
            let all = fields.iter().filter(|(one, _)| *one == name);
            all.map(|(_, text)| (*text).to_owned()).collect()
        })
    }

    #[test]
    fn every_choice_becomes_a_condition() {
        let asked = question(&[
            (SOURCE, "edge_logs"),
            (SOURCE, "auth_logs"),
            (LEVELS, "error"),
            (WORDS, " 100%_ "),
            (IS, "request.path=/rest/v1/a=b"),
            (NOT, "request.method=GET"),
        ]);
        let sql = asked.lines(10);
        for part in [
            "source in ('edge_logs', 'auth_logs')",
            "in ('error')",
            "event_message ilike '%100\\\\%\\\\_%'",
            "log_attributes['request.path'] = '/rest/v1/a=b'",
            "log_attributes['request.method'] != 'GET'",
            "limit 10",
        ] {
            assert!(sql.contains(part), "{part}: {sql}");
        }
        let counts = asked.counts(60);
        assert!(!counts.contains("source in") && counts.contains("ilike"), "{counts}");
        assert!(!question(&[]).lines(1).contains("where"));
        assert!(question(&[(SOURCE, ""), (LEVELS, "loud")]).is_open());
    }

    #[test]
    fn nothing_gets_out_of_its_text() {
        let hostile = "'; drop table logs; -- \\";
        let asked = question(&[
            (WORDS, hostile),
            (IS, &format!("a={hostile}")),
            (SOURCE, hostile),
            (IS, "a']=1"),
            (NOT, "=x"),
        ]);
        assert!(asked.sources.is_empty() && asked.is.len() == 1 && asked.not.is_empty());
        assert!(
            asked
                .lines(1)
                .contains("log_attributes['a'] = '\\'; drop table logs; -- \\\\'"),
            "{}",
            asked.lines(1)
        );
    }
}
